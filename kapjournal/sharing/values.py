"""What sharing is made of. Ids are 16 random bytes; days in the clear are UTC days since 1970."""

from hashlib import sha256
from typing import ClassVar, Literal, NamedTuple, get_args

import msgspec

from kapjournal.records import Value
from kapjournal.records.values import Kind

Category = Literal[
    "check_ins", "measures", "item_9", "sessions", "dose", "side_effects", "substances", "steps"
]
CATEGORIES: tuple[Category, ...] = get_args(Category)


class Scope(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """What a link shares: whole categories from the local day `since` on ("" for all), and single notes by id.

    With `goes_on`, what comes later is shared too; without, nothing but what was there when it was chosen.
    Of what was chosen once, `Link.once` holds the ids.
    """

    categories: tuple[Category, ...] = ()
    entries: tuple[bytes, ...] = ()
    recordings: tuple[bytes, ...] = ()
    since: str = ""
    goes_on: bool = True


class Link(Value, frozen=True, gc=False, kw_only=True, tag="link"):
    """A patient's connection to one therapist; its id is also that of this record.

    `therapist_key` is the therapist's public key, pinned when the code was typed; `key` is the link key (32 bytes).
    `name` is the therapist in the patient's words, `my_name` what the patient is called there. `ends` is the last UTC
    day on which it works. For a scope that does not go on, `chosen_at` (UTC seconds) is when it was chosen, and
    `once` what its categories covered then. `paused_at` and `ended_at` (UTC seconds) are 0 unless it is;
    `catching_up` says that grants or new keys are still to be made.
    """

    kind: ClassVar[Kind] = "setting"

    therapist: bytes
    therapist_key: bytes
    key: bytes
    name: str
    my_name: str
    scope: Scope = Scope()
    purpose: str = ""
    attention: str = ""
    ends: int = 0
    chosen_at: int = 0
    once: tuple[bytes, ...] = ()
    paused_at: int = 0
    ended_at: int = 0
    catching_up: bool = False


class Patient(Value, frozen=True, gc=False, kw_only=True, tag="patient"):
    """A therapist's side of a link they accepted: the patient's account and public key, pinned, and the link key.

    `name` is the patient in the therapist's words. `looked_at` (UTC seconds) is when the therapist last found something
    new, and `looked` the mark of the digest that was there then.
    """

    kind: ClassVar[Kind] = "setting"

    owner: bytes
    owner_key: bytes
    key: bytes
    name: str
    looked_at: int = 0
    looked: bytes = b""


class PrivateNote(Value, frozen=True, gc=False, kw_only=True, tag="private-note"):
    """What a therapist noted about a patient: the therapist's own record, which no patient ever opens.

    `cut_at` (UTC seconds) is when its history was cut last.
    """

    kind: ClassVar[Kind] = "note"

    link: bytes
    text: str
    cut_at: int = 0


class LastScore(NamedTuple):
    """The last total of a measure as far as it is shared, on the local day `day` (YYYY-MM-DD).

    `name` is what the total is of: the measure's title, or `PHQ-8` where item 9 is not shared. `change` is from the
    first shared answers to the last, None if there is nothing to compare.
    """

    name: str
    total: int
    highest: int
    day: str
    change: int | None


class Digest(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """The head of what a link shares, sealed under the link key: enough for the therapist's list.

    `scope` is without ids: what is shared is told by the grants. `ends` as in `Link`; `shared_at` (UTC seconds) is
    when the link was made, or what is shared once was chosen; `zone` and `language` are the patient's.
    `last_session` is the local start (YYYY-MM-DDTHH:MM) of the last shared session that took place, or "". The
    counts are of what is shared.
    """

    my_name: str
    purpose: str
    attention: str
    scope: Scope
    ends: int
    shared_at: int
    zone: str
    language: str = "en"
    paused: bool = False
    last_session: str = ""
    scores: tuple[LastScore, ...] = ()
    check_ins: int = 0
    responses: int = 0
    sessions: int = 0
    entries: int = 0
    recordings: int = 0
    side_effects: int = 0
    substances: int = 0
    steps: int = 0
    v: int = 1

    @property
    def mark(self) -> bytes:
        """The same as long as this says the same."""
        return sha256(msgspec.json.encode(self)).digest()[:8]
