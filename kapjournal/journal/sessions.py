"""Plan a session and get ready, mark it done, record what it was like, take it back."""

from collections.abc import Collection, Mapping
from typing import get_args

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.journal.phases import Arc, arc_at
from kapjournal.journal.values import Dose, Ready, Route, Session
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.records.work import new_id
from kapjournal.texts import checked_line, checked_text
from kapjournal.verbs import verb

DAY = 86_400
FARTHEST_AHEAD = 2 * 366 * DAY
FARTHEST_BACK = 20 * 366 * DAY
MINUTES = range(601)
TEN = range(11)
PRESSURES = range(30, 301)
NOTE_LENGTH = 2_000
ROUTES: tuple[Route, ...] = get_args(Route)
READY: tuple[Ready, ...] = get_args(Ready)


class Facts(msgspec.Struct, frozen=True):
    """What a person records about a session afterwards; None is not recorded. Ranges as in `Session`."""

    minutes: int | None = None
    intensity: int | None = None
    challenge: int | None = None
    relief: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    dose: str = ""


@verb
def plan_session(
    work: Work,
    *,
    by: SignedIn,
    starts: Moment,
    route: Route,
    place: str = "",
    escort: str = "",
    bring: str = "",
    planned_minutes: int = 90,
    session: Record[Session] | None = None,
    save_id: bytes,
) -> Record[Session]:
    """Plan a session, or change the plan of `session`.

    Raises NotAllowed, OutOfRange, TooLong, UnsuitableText, ChangedElsewhere.
    """
    _patient(work, by)
    if not work.now - FARTHEST_BACK <= starts.at <= work.now + FARTHEST_AHEAD:
        raise OutOfRange("date")
    _check("planned_minutes", planned_minutes, MINUTES)
    if route not in ROUTES:
        raise OutOfRange("route")
    if session is not None:
        work.own(by, Session, session.id)
    base = Session(at=0, zone="", wall="") if session is None else session.value
    if base.ended_at and starts.at > base.ended_at:
        raise OutOfRange("date")
    plan = msgspec.structs.replace(
        base,
        at=starts.at,
        zone=starts.zone,
        wall=starts.wall,
        route=route,
        place=checked_line(place),
        escort=checked_line(escort),
        bring=checked_text(bring.strip(), NOTE_LENGTH),
        planned_minutes=planned_minutes,
        cancelled_at=0,
    )
    place_of, version = (save_id, 0) if session is None else (session.id, session.version)
    return work.save(by, Put(plan, place_of, save_id, version))[0].record


@verb
def mark_done(work: Work, *, by: SignedIn, session: bytes, ended: Moment) -> Record[Session]:
    """Say that a session has taken place and when it ended, not before it began. Raises NotAllowed, OutOfRange."""
    record = work.own(by, Session, session)
    if not record.value.at <= ended.at <= work.now + 60:
        raise OutOfRange("ended")
    changed = msgspec.structs.replace(record.value, ended_at=ended.at, cancelled_at=0)
    return work.restate(by, record, changed)


@verb
def mark_not_done(work: Work, *, by: SignedIn, session: bytes) -> Record[Session]:
    """Say that a session has not taken place; planning it anew brings it back. Raises NotAllowed."""
    record = work.own(by, Session, session)
    changed = msgspec.structs.replace(record.value, ended_at=0, slept_at=0, cancelled_at=work.now)
    return work.restate(by, record, changed)


@verb
def say_slept(work: Work, *, by: SignedIn, session: bytes) -> Record[Session]:
    """Say that the patient has slept since a session; said again, it stays as it was. Raises NotAllowed, OutOfRange."""
    record = work.own(by, Session, session)
    if record.value.slept_at:
        return record
    if work.now < record.value.at:
        raise OutOfRange("date")
    return work.restate(by, record, msgspec.structs.replace(record.value, slept_at=work.now))


@verb
def get_ready(work: Work, *, by: SignedIn, session: bytes, items: Collection[Ready]) -> Record[Session]:
    """Tick these items of the practical list, and no others. Raises NotAllowed, OutOfRange."""
    record = work.own(by, Session, session)
    if not set(items) <= set(READY):
        raise OutOfRange("ready")
    ready = tuple(it for it in READY if it in items)
    if ready == record.value.ready:
        return record
    return work.restate(by, record, msgspec.structs.replace(record.value, ready=ready))


@verb
def record_facts(work: Work, *, by: SignedIn, session: bytes, facts: Facts, now: Moment) -> None:
    """Record how a session was; the dose goes into a record of its own.

    Raises NotAllowed, OutOfRange, TooLong, UnsuitableText, ChangedElsewhere.
    """
    record = work.own(by, Session, session)
    known = {field: getattr(facts, field) for field in _ALLOWED}
    for field, number in known.items():
        if number is not None:
            _check(field, number, _ALLOWED[field])
    if facts.systolic is not None and facts.diastolic is not None and facts.diastolic >= facts.systolic:
        raise OutOfRange("diastolic")
    amount = checked_line(facts.dose)
    puts = [Put(msgspec.structs.replace(record.value, **known), record.id, new_id(), record.version)]
    dose = dose_of(work, by=by, session=session)
    if dose is not None:
        puts.append(Put(msgspec.structs.replace(dose.value, amount=amount), dose.id, new_id(), dose.version))
    elif amount:
        value = Dose(at=now.at, zone=now.zone, wall=now.wall, session=session, amount=amount)
        puts.append(Put(value, new_id(), new_id()))
    work.save(by, *puts)


@verb
def delete_session(work: Work, *, by: SignedIn, session: bytes) -> None:
    """Delete a session with its dose, but not its entries; undo for seven days. Raises NotAllowed."""
    with work.writing(by):
        work.own(by, Session, session)
        dose = dose_of(work, by=by, session=session)
        if dose is not None:
            work.delete(by, dose.id)
        work.delete(by, session)


@verb
def bring_back_session(work: Work, *, by: SignedIn, session: bytes) -> None:
    """Undo `delete_session`. Raises NotAllowed, TooLateToUndo."""
    with work.writing(by):
        for it in work.deleted(by):
            if isinstance(it.value, Dose) and it.value.session == session:
                work.undelete(by, it.id)
        work.undelete(by, session)


@verb
def sessions(work: Work, *, by: SignedIn) -> tuple[Record[Session], ...]:
    """All sessions that are planned or have taken place, first to last."""
    return work.reading(by).derived("sessions", Session, _by_start)


@verb
def session(work: Work, *, by: SignedIn, id: bytes) -> Record[Session]:
    """One session. Raises NotAllowed, DamagedRecord."""
    return work.own(by, Session, id)


@verb
def dose_of(work: Work, *, by: SignedIn, session: bytes) -> Record[Dose] | None:
    """The dose that was recorded for a session."""
    return work.reading(by).derived("doses", Dose, _by_session).get(session)


@verb
def arc(work: Work, *, by: SignedIn, now: Moment) -> Arc:
    """Where in the arc of a session this person is."""
    return arc_at(sessions(work, by=by), now.at, now.zone)


def number_of(session: Record[Session], among: tuple[Record[Session], ...]) -> int:
    """Which session of the course this is, counted from 1."""
    return [it.id for it in among].index(session.id) + 1


_ALLOWED = {
    "minutes": MINUTES,
    "intensity": TEN,
    "challenge": TEN,
    "relief": TEN,
    "systolic": PRESSURES,
    "diastolic": PRESSURES,
}


def _check(field: str, number: object, allowed: range) -> None:
    if type(number) is not int or number not in allowed:
        raise OutOfRange(field)


def _patient(work: Work, by: SignedIn) -> None:
    if work.role(by) != "patient":
        raise NotAllowed


def _by_start(found: Mapping[bytes, Record[Session]]) -> tuple[Record[Session], ...]:
    taking = (it for it in found.values() if not it.value.cancelled_at)
    return tuple(sorted(taking, key=lambda it: (it.value.at, it.id)))


def _by_session(found: Mapping[bytes, Record[Dose]]) -> dict[bytes, Record[Dose]]:
    return {it.value.session: it for it in sorted(found.values(), key=lambda it: it.seq)}
