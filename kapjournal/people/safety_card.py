"""The safety card: one for each patient, changed part by part. The parts stand here in the order of the card."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange, TooManyLines
from kapjournal.language import _
from kapjournal.people.values import Contact, SafetyCard
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.records.work import new_id
from kapjournal.texts import checked_line
from kapjournal.verbs import verb

Part = Literal["signs", "doing", "distractions", "tell", "professionals", "safer", "reasons"]
PARTS: tuple[Part, ...] = get_args(Part)
PARTS_WITH_PHONES: frozenset[Part] = frozenset({"tell", "professionals"})
MOST_LINES = 12
PHONE_LENGTH = 60
EMPTY = SafetyCard(at=0, zone="UTC", wall="1970-01-01T00:00")


def part_words() -> dict[Part, tuple[str, str]]:
    """The title of each part, and what belongs there."""
    return {
        "signs": (_("My signs"), _("How I notice that it gets hard.")),
        "doing": (_("What I do"), _("Things I can do on my own.")),
        "distractions": (_("People who distract me"), _("And places, if you like.")),
        "tell": (_("People I tell"), _("Somebody I can tell that I need help.")),
        "professionals": (_("Professionals"), _("Therapist, prescriber, clinic, doctor.")),
        "safer": (_("Making my space safer"), _("What I put away, or give to somebody to keep.")),
        "reasons": (_("Reasons to stay"), _("Large ones or small ones.")),
    }


@verb
def safety_card(work: Work, *, by: SignedIn) -> Record[SafetyCard] | None:
    """This patient's safety card; None until something was filled in."""
    return work.reading(by).derived("safety card", SafetyCard, _the_one)


@verb
def change_safety_card(
    work: Work, *, by: SignedIn, part: Part, given: Iterable[str | Contact], base_version: int, now: Moment
) -> Record[SafetyCard]:
    """Give a part of the card new lines, or people: at most `MOST_LINES`, of 200 characters each.

    `base_version` is what the person started from, 0 for no card yet. Empty lines are left out, and the same words
    change nothing. Raises NotAllowed, OutOfRange, TooLong, TooManyLines, UnsuitableText, ChangedElsewhere.
    """
    if work.role(by) != "patient":
        raise NotAllowed
    record = safety_card(work, by=by)
    present = EMPTY if record is None else record.value
    wanted = msgspec.structs.replace(present, **{part: _checked(part, given)})
    if record is not None and wanted == present:
        return record
    wanted = msgspec.structs.replace(wanted, at=now.at, zone=now.zone, wall=now.wall)
    place = new_id() if record is None else record.id
    with work.writing(by):
        saved = work.save(by, Put(wanted, place, new_id(), base_version))[0].record
        if record is None:
            _refuse_a_second(work, by)
    return saved


def _refuse_a_second(work: Work, by: SignedIn) -> None:
    """Of two tabs that begin a card at the same moment one is refused: the saving before took turns."""
    work.forget(by)
    if len(work.reading(by).all(SafetyCard)) > 1:
        raise ChangedElsewhere


def _checked(part: Part, given: Iterable[str | Contact]) -> tuple[str | Contact, ...]:
    lines = tuple(given)
    if part not in PARTS or any(isinstance(it, Contact) != (part in PARTS_WITH_PHONES) for it in lines):
        raise OutOfRange("part")
    kept = tuple(it for it in map(_checked_one, lines) if it not in ("", Contact("")))
    if len(kept) > MOST_LINES:
        raise TooManyLines(len(kept), MOST_LINES)
    return kept


def _checked_one(it: str | Contact) -> str | Contact:
    if isinstance(it, Contact):
        return Contact(checked_line(it.name), checked_line(it.phone, PHONE_LENGTH))
    return checked_line(it)


def _the_one(found: Mapping[bytes, Record[SafetyCard]]) -> Record[SafetyCard] | None:
    return next(iter(found.values()), None)
