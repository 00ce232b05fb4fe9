"""Where in the arc of a session a person is: a pure function of the sessions and the clock.

Windows are counted from the end of the latest session that is done, or up to the start of the next one
that is planned. Where they overlap, the first of `same_day`, `days_1_3`, `prep`, `between` wins.
"""

from collections.abc import Iterable
from typing import NamedTuple

from kapjournal.journal.values import Phase, Session
from kapjournal.records import Record

HOUR = 3600
DAY = 24 * HOUR
SAME_DAY = 12 * HOUR
FIRST_DAYS = 72 * HOUR
PREPARATION = 7 * DAY
ASK_AFTER = 3 * HOUR


class Arc(NamedTuple):
    """The phase, with the session it belongs to, the latest one done, the next one, and one to ask about.

    A session that is not marked done is `coming` until three hours after its planned end, then `unsure`.
    """

    phase: Phase
    session: Record[Session] | None
    latest: Record[Session] | None
    coming: Record[Session] | None
    unsure: Record[Session] | None


def planned_end(session: Session) -> int:
    """When a session is planned to end, UTC seconds."""
    return session.at + session.planned_minutes * 60


def arc_at(sessions: Iterable[Record[Session]], at: int) -> Arc:
    """The arc at a moment (UTC seconds)."""
    all_sessions = tuple(sessions)
    done = [it for it in all_sessions if it.value.ended_at]
    latest = max(
        (it for it in done if it.value.ended_at <= at), key=lambda it: it.value.ended_at, default=None
    )
    open_ones = [it for it in all_sessions if not it.value.ended_at]
    ahead = [it for it in open_ones if planned_end(it.value) + ASK_AFTER > at]
    coming = min(ahead, key=lambda it: it.value.at, default=None)
    past = [it for it in open_ones if planned_end(it.value) + ASK_AFTER <= at]
    unsure = max(past, key=lambda it: it.value.at, default=None)
    since = at - latest.value.ended_at if latest else FIRST_DAYS
    if since < SAME_DAY:
        return Arc("same_day", latest, latest, coming, unsure)
    if since < FIRST_DAYS:
        return Arc("days_1_3", latest, latest, coming, unsure)
    if coming and coming.value.at - at <= PREPARATION:
        return Arc("prep", coming, latest, coming, unsure)
    return Arc("between", None, latest, coming, unsure)
