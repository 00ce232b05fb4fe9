"""Where in the arc of a session a person is: a pure function of the sessions, the clock and the time zone.

Windows run from the end of a session, or up to the start of the next one. A session whose planned end has passed
counts as ended then until somebody says otherwise, so that nobody is asked for meaning in a fog; but only one that
is marked done leads on to the first days and the weeks after. Where windows overlap, the first of `PRECEDENCE` wins.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kapjournal.clock import known_zone
from kapjournal.journal.values import Phase, Session
from kapjournal.records import Record

HOUR = 3600
DAY = 24 * HOUR
SAME_DAY = 12 * HOUR
LONGEST_SAME_DAY = 24 * HOUR
FIRST_DAYS = 72 * HOUR
WEEK = 10 * DAY
MONTH = 45 * DAY
PREPARATION = 7 * DAY
ASK_AFTER = 3 * HOUR
ASK_UNTIL = 14 * DAY
PRECEDENCE: tuple[Phase, ...] = (
    "in_session",
    "same_day",
    "pre_session",
    "days_1_3",
    "prep",
    "week_1",
    "month_1",
    "between",
    "pre_course",
)
AFTER: tuple[tuple[int, Phase], ...] = ((FIRST_DAYS, "days_1_3"), (WEEK, "week_1"), (MONTH, "month_1"))


class Arc(NamedTuple):
    """The phase, with the session it belongs to, the latest one done, the next one, and one to ask about.

    A session is `unsure` from three hours after its planned end until it is marked, for two weeks. `session_day`
    says whether a session begins or ends on this calendar day of the person.
    """

    phase: Phase
    session: Record[Session] | None = None
    latest: Record[Session] | None = None
    coming: Record[Session] | None = None
    unsure: Record[Session] | None = None
    session_day: bool = False


class Guards(NamedTuple):
    """What this moment spares a person.

    `nothing`: no input at all. `capture_only`: no meaning, scores, charts, decisions or new sharing. `meanings`: how
    many prompts a day may ask for a meaning, None for any number. `measures`: whether questionnaires may be offered.
    """

    nothing: bool
    capture_only: bool
    meanings: int | None
    measures: bool


def guards(arc: Arc) -> Guards:
    """The guards in force."""
    quiet = arc.phase in ("in_session", "same_day")
    meanings = 0 if quiet else 1 if arc.phase == "days_1_3" else None
    return Guards(arc.phase == "in_session", quiet, meanings, measures=not quiet and not arc.session_day)


def planned_end(session: Session) -> int:
    """When a session is planned to end, UTC seconds."""
    return session.at + session.planned_minutes * 60


def ended(session: Session) -> int:
    """When a session ended, or is presumed to, UTC seconds."""
    return session.ended_at or planned_end(session)


def same_day_until(session: Session) -> int:
    """When capturing ends: 12 hours after the session or when the person has slept, at most 24 hours; UTC seconds."""
    latest = ended(session) + LONGEST_SAME_DAY
    if not session.slept_at:
        return latest
    return min(max(session.slept_at, ended(session) + SAME_DAY), latest)


def arc_at(sessions: Iterable[Record[Session]], at: int, zone: str) -> Arc:
    """The arc at a moment (UTC seconds) for somebody in a zone (IANA name).

    A clock that was set back finds a session that ends after `at`: begun, it counts as ended just now; else it comes.
    """
    known = [it for it in sessions if not it.value.cancelled_at]
    begun = [it for it in known if _has_begun(it.value, at)]
    done = [it for it in begun if it.value.ended_at]
    latest = max(done, key=lambda it: it.value.ended_at, default=None)
    coming = min(
        (it for it in known if not _has_begun(it.value, at)), key=lambda it: it.value.at, default=None
    )
    unsure = max(
        (it for it in begun if not it.value.ended_at and _is_asked(it.value, at)),
        key=lambda it: it.value.at,
        default=None,
    )
    windows = [
        *_since(begun, latest, at),
        *_until(coming, at, is_today=coming is not None and _same_day(coming.value.at, at, zone)),
    ]
    found = dict(windows)
    phase = next(it for it in PRECEDENCE if it in found)
    edges = (moment for it in known for moment in (it.value.at, ended(it.value)))
    return Arc(phase, found[phase], latest, coming, unsure, any(_same_day(it, at, zone) for it in edges))


def _since(
    begun: list[Record[Session]], latest: Record[Session] | None, at: int
) -> Iterator[tuple[Phase, Record[Session] | None]]:
    """The windows that sessions have opened, each with its session; of two of a kind the later one comes last."""
    yield ("between" if latest else "pre_course"), None
    open_still = [it for it in begun if at < ended(it.value) + LONGEST_SAME_DAY]
    for it in sorted(open_still, key=lambda it: (ended(it.value), it.id)):
        if not it.value.ended_at and at < planned_end(it.value):
            yield "in_session", it
        elif at < same_day_until(it.value):
            yield "same_day", it
    if latest is not None:
        yield from ((phase, latest) for until, phase in AFTER if at - latest.value.ended_at < until)


def _until(
    coming: Record[Session] | None, at: int, *, is_today: bool
) -> Iterator[tuple[Phase, Record[Session] | None]]:
    """The windows of a session to come."""
    if coming is not None and is_today:
        yield "pre_session", coming
    if coming is not None and coming.value.at - at <= PREPARATION:
        yield "prep", coming


def _is_asked(session: Session, at: int) -> bool:
    return ASK_AFTER <= at - planned_end(session) < ASK_UNTIL


def _has_begun(session: Session, at: int) -> bool:
    return session.at <= at or 0 < session.ended_at <= at


def _same_day(one: int, other: int, zone: str) -> bool:
    """Whether two moments (UTC seconds) are on one calendar day; zones are asked only about those that may be."""
    return abs(one - other) < 2 * DAY and _day(one, zone) == _day(other, zone)


def _day(at: int, zone: str) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(known_zone(zone))).date().isoformat()
