"""What comes after the sessions of the invented course: steps, side effects, monthly checks. Pure, like the course."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from kapjournal.clock import Moment, moment
from kapjournal.demo.sentences import STEPS
from kapjournal.journal.phases import DAY, HOUR
from kapjournal.journal.values import Outcome, Session, Step
from kapjournal.measures.side_effects import MONTH
from kapjournal.measures.values import (
    Effect,
    EffectName,
    Lasted,
    MonthlyCheck,
    ReportDay,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Record

OUTCOMES: tuple[Outcome, ...] = ("did", "did", "did", "not_yet", "let_go", "")
USUAL: tuple[EffectName, ...] = ("nausea", "dizziness", "headache", "sedation", "dissociated", "anxiety")
REPORTS: tuple[tuple[ReportDay, int], ...] = (("same_day", 3 * HOUR), ("next_day", 26 * HOUR))


def steps(
    sessions: Sequence[Record[Session]], rng: Random, zone: str, marked: Callable[[str], str]
) -> list[Step]:
    """A step after most sessions that are done; of most of them the patient has said how it went."""
    return [_step(it, rng, zone, marked) for it in sessions if it.value.ended_at and rng.random() < 0.7]


def side_effects(sessions: Sequence[Record[Session]], rng: Random, zone: str) -> list[SideEffects | Urge]:
    """A report on the day of most sessions and often on the next; the urge for more stands apart."""
    done = (it for it in sessions if it.value.ended_at)
    return [
        value
        for it in done
        for when, later in REPORTS
        if rng.random() < 0.8
        for value in _report(it, when, moment(it.value.ended_at + later, zone), rng)
    ]


def monthly_checks(
    sessions: Sequence[Record[Session]], rng: Random, now: Moment
) -> list[MonthlyCheck | Substances]:
    """A check a month after the first session and every month since; substances stand apart."""
    first = next((it.value.ended_at for it in sessions if it.value.ended_at), now.at)
    moments = (moment(at, now.zone) for at in range(first + MONTH, now.at, MONTH))
    return [value for when in moments for value in _check(when, rng)]


def _step(session: Record[Session], rng: Random, zone: str, marked: Callable[[str], str]) -> Step:
    action, cue, clock, obstacle = rng.choice(STEPS)
    planned = moment(session.value.ended_at + rng.randint(2, 4) * DAY + rng.randint(1, 4) * HOUR, zone)
    outcome = rng.choice(OUTCOMES)
    return Step(
        **planned._asdict(),
        session=session.id,
        action=marked(action),
        cue=marked(cue),
        clock=clock,
        obstacle=marked(obstacle),
        outcome=outcome,
        said_at=planned.at + 3 * DAY if outcome else 0,
    )


def _report(
    session: Record[Session], when: ReportDay, at: Moment, rng: Random
) -> Iterator[SideEffects | Urge]:
    lasted: Lasted = "hours" if when == "same_day" else "still"
    names = rng.sample(USUAL, rng.choice((0, 1, 2) if when == "same_day" else (0, 0, 1)))
    effects = tuple(Effect(name, rng.choice((1, 1, 2)), lasted) for name in USUAL if name in names)
    yield SideEffects(**at._asdict(), session=session.id, when=when, effects=effects)
    if rng.random() < 0.5:
        yield Urge(**at._asdict(), session=session.id, when=when, strength=rng.choice((0, 0, 1)))


def _check(when: Moment, rng: Random) -> Iterator[MonthlyCheck | Substances]:
    yield MonthlyCheck(
        **when._asdict(),
        urinary_pain=0,
        urinary_frequency=rng.choice((0, 0, 1)),
        blood_in_urine=False,
        memory=rng.choice((0, 0, 1)),
    )
    yield Substances(**when._asdict(), craving=rng.choice((0, 1, 1, 2)), others=rng.choice((0, 0, 1)))
