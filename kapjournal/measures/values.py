"""What a person rates and answers. Every rating is a whole number from 0 to 10; None is not rated."""

from typing import ClassVar, Literal

import msgspec

from kapjournal.records import Value
from kapjournal.records.values import Kind

EffectName = Literal[
    "nausea",
    "dizziness",
    "headache",
    "sedation",
    "dissociated",
    "confusion",
    "perceptions",
    "anxiety",
    "palpitations",
    "pressure",
    "breathing",
    "mood_crash",
]
Lasted = Literal["", "minutes", "hours", "day", "still"]
ReportDay = Literal["same_day", "next_day"]
RedFlag = Literal["chest_pain", "cannot_breathe", "fainted", "cannot_be_woken", "confused_over_a_day"]


class CheckIn(Value, frozen=True, gc=False, kw_only=True, tag="check-in"):
    """How somebody is at a moment."""

    kind: ClassVar[Kind] = "rating"

    mood: int | None = None
    anxiety: int | None = None
    energy: int | None = None
    pain: int | None = None
    sleep: int | None = None
    connectedness: int | None = None
    hope: int | None = None


class Craving(Value, frozen=True, gc=False, kw_only=True, tag="craving"):
    """How strong craving is at a moment. A record of its own: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "rating"

    craving: int


class Effect(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One side effect: how strong (1 a little, 2 clearly, 3 strongly), and how long it lasted."""

    name: EffectName
    strength: int
    lasted: Lasted = ""


class SideEffects(Value, frozen=True, gc=False, kw_only=True, tag="side-effects"):
    """What was unpleasant after a session, on the same day or on the next. Not named: not noticed."""

    kind: ClassVar[Kind] = "form"

    session: bytes
    when: ReportDay
    effects: tuple[Effect, ...] = ()
    flags: tuple[RedFlag, ...] = ()


class Urge(Value, frozen=True, gc=False, kw_only=True, tag="urge"):
    """How strong the wish for more was after a session, 0 to 3. A record of its own: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "form"

    session: bytes
    when: ReportDay
    strength: int


class MonthlyCheck(Value, frozen=True, gc=False, kw_only=True, tag="monthly-check"):
    """Bladder and memory in the last month, 0 (not at all) to 3 (strongly or often); None is not answered."""

    kind: ClassVar[Kind] = "form"

    urinary_pain: int | None = None
    urinary_frequency: int | None = None
    blood_in_urine: bool | None = None
    memory: int | None = None


class Substances(Value, frozen=True, gc=False, kw_only=True, tag="substances"):
    """Craving and other substances in the last month, 0 to 3. A record of its own: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "form"

    craving: int | None = None
    others: int | None = None


class Response(Value, frozen=True, gc=False, kw_only=True, tag="response"):
    """What somebody answered to a measure: option codes in the order of its items, "" for none.

    The place of an item that is kept apart is always "". A draft, begun at `at`, until it is `finished` (UTC seconds);
    `at` is then that moment, too. `version` is that of the measure, `session` the id of a session or b"".
    """

    kind: ClassVar[Kind] = "form"

    measure: str
    version: int
    answers: tuple[str, ...]
    session: bytes = b""
    finished: int = 0


class AnswerApart(Value, frozen=True, gc=False, kw_only=True, tag="answer-apart"):
    """The answer to one item of a response, such as item 9 of the PHQ-9: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "form"

    response: bytes
    measure: str
    version: int
    item: str
    code: str
