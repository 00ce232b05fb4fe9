"""How long it lasted: days from a session until the rating was back half-way to the level before.

The estimator, session by session:
* the level before is the mean of the seven days before (at least three of them rated);
* the level after is the 3-day mean of day 2, that is of days 1 to 3; a 3-day mean is that of a day and its
  two neighbours, at least two of them rated;
* there is a lift if the level after is at least `LIFT` points beyond the level before: above it for ratings that
  are hoped to rise, such as mood, below it for those hoped to fall, such as pain;
* half-way lies in the middle of the two levels. The lift has lasted until the first day whose 3-day mean has
  reached half-way and stays there for three days, so that two bad days do not end it;
* what is not known is kept as such: the end lies after `low` and no later than `high`. Unrated days widen that;
  where the next session, the last rating or `HORIZON` comes first, `high` is None: at least `low` days.
Bias and coverage on courses whose truth is known: docs/insights.md.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from kapjournal.insights.around import Around, around, mean_of
from kapjournal.insights.turnbull import Median, median

BEFORE = 7
LEAST_BEFORE = 3
LEAST_OF_THREE = 2
AFTER_DAY = 2
LIFT = 1.0
STAYS = 3
HORIZON = 90
LEAST = 3


class Outcome(StrEnum):
    """What can be said of one session."""

    TOO_FEW = "too few ratings"
    NO_LIFT = "no lift"
    ENDED = "ended"
    OPEN = "open"


class Lasted(msgspec.Struct, frozen=True, gc=False):
    """One session. It ended after day `low` and up to day `high`; None: not seen to end. `cut`: a new session came."""

    session: int
    outcome: Outcome
    low: int = 0
    high: int | None = None
    cut: bool = False


class Lasting(msgspec.Struct, frozen=True, gc=False):
    """Every session, oldest first, and the median over those with a lift (None with fewer than `LEAST`)."""

    name: str
    rises: bool
    sessions: tuple[Lasted, ...]
    median: Median | None

    @property
    def lifts(self) -> tuple[Lasted, ...]:
        """The sessions whose lift has a length, seen to its end or not."""
        return tuple(it for it in self.sessions if it.outcome in (Outcome.ENDED, Outcome.OPEN))

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return self.median is not None


def lasting(
    points: Iterable[tuple[int, float]],
    sessions: Iterable[int],
    today: int,
    name: str = "mood",
    *,
    rises: bool = True,
) -> Lasting:
    """How long each session's lift lasted, from `(day, value)` pairs and session days, in any order."""
    # One day more than the horizon, so that its own 3-day mean has both neighbours.
    courses = around(points, sessions, today, before=BEFORE, after=HORIZON + 1)
    each = tuple(lasted(it, rises=rises) for it in courses)
    known = [(it.low, it.high) for it in each if it.outcome in (Outcome.ENDED, Outcome.OPEN)]
    return Lasting(name, rises, each, median(known) if len(known) >= LEAST else None)


def lasted(course: Around, *, rises: bool = True) -> Lasted:
    """How long the lift of one session lasted."""
    before = mean_of(course.levels, range(-BEFORE, 0), least=LEAST_BEFORE)
    after = _three_days(course, AFTER_DAY)
    if before is None or after is None:
        return Lasted(course.session, Outcome.TOO_FEW)
    sign = 1 if rises else -1
    if sign * (after - before) < LIFT:
        return Lasted(course.session, Outcome.NO_LIFT)
    half = (before + after) / 2
    known = [
        (day, sign * (mean - half) <= 0)
        for day in range(AFTER_DAY + 1, min(course.until, HORIZON + 1))
        if (mean := _three_days(course, day)) is not None
    ]
    return _until(course, [(AFTER_DAY, False), *known])


def _until(course: Around, known: Sequence[tuple[int, bool]]) -> Lasted:
    """The end from days in order and whether each had reached half-way; the first had not."""
    not_yet, reached = known[0][0], None
    for day, back in known:
        if not back:
            not_yet, reached = day, None
            continue
        reached = day if reached is None else reached
        if day - reached >= STAYS - 1:
            return Lasted(course.session, Outcome.ENDED, not_yet, reached, course.cut)
    return Lasted(course.session, Outcome.OPEN, not_yet, None, course.cut)


def _three_days(course: Around, day: int) -> float | None:
    return mean_of(course.levels, range(day - 1, day + 2), least=LEAST_OF_THREE)
