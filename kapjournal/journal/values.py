"""What a journal is made of. Ids are the 16-byte ids of other records of the same person, b"" for none."""

from typing import ClassVar, Literal

from kapjournal.records import Value
from kapjournal.records.values import Kind

Route = Literal["iv", "im", "nasal", "oral", "other"]
Media = Literal["audio/webm", "audio/ogg", "audio/mp4"]
Phase = Literal[
    "pre_course",
    "prep",
    "pre_session",
    "in_session",
    "same_day",
    "days_1_3",
    "week_1",
    "month_1",
    "between",
    "hard",
    "flat",
]
Ready = Literal["escort", "fasting", "phone", "bring", "quiet"]
Outcome = Literal["", "did", "not_yet", "let_go"]

INTENTION = "prep.intention"
"""The prompt whose answer is the intention of a session; it stays as it was once the session has begun."""


class Session(Value, frozen=True, gc=False, kw_only=True, tag="session"):
    """A ketamine session. `at`, `zone`, `wall` say when it starts; `ended_at` (UTC seconds) is 0 until done.

    `planned_minutes` and `minutes` are 0..600; `intensity`, `challenge`, `relief` 0..10; pressures in mmHg. `ready` is
    what the patient has ticked on the practical list. `slept_at` and `cancelled_at` (UTC seconds) are 0 until the
    patient says that they have slept, or that it did not take place.
    """

    kind: ClassVar[Kind] = "session"

    route: Route = "other"
    place: str = ""
    escort: str = ""
    bring: str = ""
    planned_minutes: int = 90
    ended_at: int = 0
    minutes: int | None = None
    intensity: int | None = None
    challenge: int | None = None
    relief: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    ready: tuple[Ready, ...] = ()
    slept_at: int = 0
    cancelled_at: int = 0


class Dose(Value, frozen=True, gc=False, kw_only=True, tag="dose"):
    """The dose of a session in the patient's words. A record of its own: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "session"

    session: bytes
    amount: str


class Step(Value, frozen=True, gc=False, kw_only=True, tag="step"):
    """One small action that the patient chose after a session, with the cue that starts it.

    `clock` is a time of day (HH:MM) or empty; `outcome` is what the patient said last, at `said_at` (UTC seconds).
    """

    kind: ClassVar[Kind] = "session"

    session: bytes
    action: str
    cue: str
    clock: str = ""
    obstacle: str = ""
    outcome: Outcome = ""
    said_at: int = 0


class Entry(Value, frozen=True, gc=False, kw_only=True, tag="entry"):
    """What the patient wrote, to a prompt or on a blank page (`prompt` empty).

    A draft until `finished` (UTC seconds). `cut_at` is when an earlier state last went into history; with 0,
    the next change sends one there.
    """

    kind: ClassVar[Kind] = "note"

    text: str
    session: bytes = b""
    phase: Phase = "between"
    prompt: str = ""
    prompt_version: int = 0
    finished: int = 0
    cut_at: int = 0


class VoiceNote(Value, frozen=True, gc=False, kw_only=True, tag="voice"):
    """What the patient said instead of writing it. The sound is `size` bytes in parts of its own.

    `seconds` (0..600) is as the browser measured it; the rest is as in `Entry`.
    """

    kind: ClassVar[Kind] = "note"

    media: Media
    seconds: int
    size: int
    session: bytes = b""
    phase: Phase = "between"
    prompt: str = ""
    prompt_version: int = 0


class OwnPrompt(Value, frozen=True, gc=False, kw_only=True, tag="own-prompt"):
    """A question that the patient wants to be asked, in one phase or (empty) in all of them."""

    kind: ClassVar[Kind] = "setting"

    text: str
    phase: Phase | Literal[""] = ""


class Seen(Value, frozen=True, gc=False, kw_only=True, tag="seen"):
    """Which prompts have had their turn, by id, the latest last. One record a person.

    `meanings` counts the prompts that asked for a meaning on the calendar day `day` (YYYY-MM-DD).
    """

    kind: ClassVar[Kind] = "setting"

    prompts: tuple[str, ...] = ()
    day: str = ""
    meanings: int = 0
