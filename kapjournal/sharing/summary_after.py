"""What the summary takes from the time after sessions: side effects, monthly checks, substances, steps."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from kapjournal.journal.values import Step
from kapjournal.measures.values import Craving, MonthlyCheck, SideEffects, Substances, Urge
from kapjournal.records import Record, Snapshot, Value
from kapjournal.sharing.summary_values import Cravings, Month, Planned, Report, Use, Wish

MOST_STEPS = 2
V = TypeVar("V", bound=Value)
Reported = TypeVar("Reported", SideEffects, Urge)


def reports(opened: Snapshot, session: bytes) -> tuple[Report, ...]:
    """The reports of a session, the same day's first."""
    found = _by_day(opened.all(SideEffects), session)
    return tuple(Report(when=it.when, effects=it.effects, flags=it.flags) for it in found)


def wishes(opened: Snapshot, session: bytes) -> tuple[Wish, ...]:
    """The wish for more after a session, the same day's first."""
    return tuple(Wish(when=it.when, strength=it.strength) for it in _by_day(opened.all(Urge), session))


def month(opened: Snapshot) -> Month | None:
    """The latest monthly check."""
    it = _latest(opened.all(MonthlyCheck).values())
    if it is None:
        return None
    return Month(
        day=it.wall[:10],
        urinary_pain=it.urinary_pain,
        urinary_frequency=it.urinary_frequency,
        blood_in_urine=it.blood_in_urine,
        memory=it.memory,
    )


def use(opened: Snapshot) -> Use | None:
    """The latest monthly answers about craving and other substances."""
    it = _latest(opened.all(Substances).values())
    return None if it is None else Use(day=it.wall[:10], craving=it.craving, others=it.others)


def cravings(opened: Snapshot, first_day: str, last_day: str) -> Cravings | None:
    """The craving ratings from one local day to another, both included."""
    found = [it for it in opened.all(Craving).values() if first_day <= it.value.wall[:10] <= last_day]
    last = _latest(found)
    if last is None:
        return None
    ratings = [it.value.craving for it in found]
    return Cravings(
        count=len(ratings), low=min(ratings), high=max(ratings), last=last.craving, day=last.wall[:10]
    )


def steps(opened: Snapshot) -> tuple[Planned, ...]:
    """The newest steps, newest first."""
    found = sorted(opened.all(Step).values(), key=lambda it: (it.value.at, it.id), reverse=True)
    return tuple(
        Planned(
            day=it.value.wall[:10],
            action=it.value.action,
            cue=it.value.cue,
            clock=it.value.clock,
            obstacle=it.value.obstacle,
            outcome=it.value.outcome,
        )
        for it in found[:MOST_STEPS]
    )


def _by_day(found: Mapping[bytes, Record[Reported]], session: bytes) -> list[Reported]:
    """The newest report of each day of a session: said again, the newer one counts."""
    mine = sorted((it for it in found.values() if it.value.session == session), key=_moment)
    by_day = {it.value.when: it.value for it in mine}
    return sorted(by_day.values(), key=lambda it: it.when, reverse=True)


def _latest(found: Iterable[Record[V]]) -> V | None:
    it = max(found, key=_moment, default=None)
    return None if it is None else it.value


def _moment(it: Record[V]) -> tuple[int, bytes]:
    return it.value.at, it.id
