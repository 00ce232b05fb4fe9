"""Check in, several times a day or for a day that has passed; take a check-in back."""

from collections.abc import Mapping
from datetime import date

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.measures.values import CheckIn, Craving
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.verbs import verb

ALWAYS = ("mood", "anxiety", "energy")
EXTRAS = ("pain", "craving", "sleep", "connectedness", "hope")
RATINGS = (*ALWAYS, *EXTRAS)
TEN = range(11)
FARTHEST_BACK = 20 * 366 * 86_400


@verb
def check_in(
    work: Work, *, by: SignedIn, ratings: Mapping[str, int | None], when: Moment, save_id: bytes
) -> Record[CheckIn]:
    """Save a check-in for `when`, not later than now. Raises NotAllowed, OutOfRange, StorageUnavailable."""
    if work.role(by) != "patient":
        raise NotAllowed
    if not work.now - FARTHEST_BACK <= when.at <= work.now + 60:
        raise OutOfRange("date")
    given = {name: _checked(name, rating) for name, rating in ratings.items() if rating is not None}
    craving = given.pop("craving", None)
    if not given and craving is None:
        raise OutOfRange("ratings")
    rated = msgspec.structs.replace(CheckIn(at=when.at, zone=when.zone, wall=when.wall), **given)
    puts = [Put(rated, save_id, save_id)]
    if craving is not None:
        value = Craving(at=when.at, zone=when.zone, wall=when.wall, craving=craving)
        beside = _beside(save_id)
        puts.append(Put(value, beside, beside))
    saved: Record[CheckIn] = work.save(by, *puts)[0].record
    return saved


@verb
def check_ins(work: Work, *, by: SignedIn) -> tuple[Record[CheckIn], ...]:
    """All check-ins, oldest first."""
    return work.reading(by).derived("check-ins", CheckIn, _in_order)


@verb
def points(work: Work, *, by: SignedIn, rating: str) -> tuple[tuple[int, int], ...]:
    """All ratings of one name as (local day as a date's ordinal, rating), in no particular order."""
    if rating == "craving":
        return work.reading(by).derived("points craving", Craving, lambda found: _points(found, rating))
    if rating not in RATINGS:
        raise OutOfRange("rating")
    return work.reading(by).derived(f"points {rating}", CheckIn, lambda found: _points(found, rating))


@verb
def delete_check_in(work: Work, *, by: SignedIn, check_in: bytes) -> None:
    """Delete a check-in with its craving; both can be brought back for seven days. Raises NotAllowed."""
    with work.writing(by):
        work.own(by, CheckIn, check_in)
        if work.reading(by).get(Craving, _beside(check_in)) is not None:
            work.delete(by, _beside(check_in))
        work.delete(by, check_in)


@verb
def bring_back_check_in(work: Work, *, by: SignedIn, check_in: bytes) -> None:
    """Undo `delete_check_in`. Raises NotAllowed, TooLateToUndo."""
    with work.writing(by):
        if _beside(check_in) in {it.id for it in work.deleted(by)}:
            work.undelete(by, _beside(check_in))
        work.undelete(by, check_in)


def _beside(check_in: bytes) -> bytes:
    """The id of the craving that was saved with a check-in.

    It differs in the first byte, so that the two are never taken for saves of the same box.
    """
    return bytes([check_in[0] ^ 1, *check_in[1:]])


def _checked(name: str, rating: object) -> int:
    if name not in RATINGS or type(rating) is not int or rating not in TEN:
        raise OutOfRange(name)
    return rating


def _in_order(found: Mapping[bytes, Record[CheckIn]]) -> tuple[Record[CheckIn], ...]:
    return tuple(sorted(found.values(), key=lambda it: (it.value.at, it.seq)))


def _points(
    found: Mapping[bytes, Record[CheckIn]] | Mapping[bytes, Record[Craving]], rating: str
) -> tuple[tuple[int, int], ...]:
    days: dict[str, int] = {}
    points = []
    for record in found.values():
        number = getattr(record.value, rating)
        if number is not None:
            wall = record.value.wall[:10]
            day = days.get(wall)
            if day is None:
                day = days[wall] = date.fromisoformat(wall).toordinal()
            points.append((day, number))
    return tuple(points)
