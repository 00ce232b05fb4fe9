"""Ratings on session time: the days before and after each session, day 0 being its own.

Invariants: a day after a session belongs to it until the next session, and a day before it since the
one before; every rated day weighs the same; what is not a rating from 0 to 10 is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

LOWEST, HIGHEST = 0, 10


class Around(NamedTuple):
    """One session: `levels` holds the mean of each rated day (0 to 10) by its days from the session.

    `until` is the last day that belongs to it, rated or not; `cut` says whether the next session ended it.
    """

    session: int
    levels: Mapping[int, float]
    until: int
    cut: bool


def around(
    points: Iterable[tuple[int, float]], sessions: Iterable[int], today: int, *, before: int, after: int
) -> tuple[Around, ...]:
    """Every session up to `today`, oldest first, with `before` days before and `after` days after it.

    `points` are `(day, value)` and `sessions` days, each in any order.
    """
    days = levels(points)
    marks: list[float] = [-inf, *sorted({day for day in sessions if day <= today}), inf]
    return tuple(
        _one(days, int(here), last, following, today=today, before=before, after=after)
        for (last, here), (_here, following) in pairwise(pairwise(marks))
    )


def levels(points: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The mean of each rated day."""
    by_day: dict[int, list[float]] = {}
    for day, value in points:
        if LOWEST <= value <= HIGHEST:  # which NaN is not
            by_day.setdefault(day, []).append(value)
    return {day: sum(values) / len(values) for day, values in by_day.items()}


def mean_of(levels: Mapping[int, float], days: Sequence[int], *, least: int) -> float | None:
    """The mean of the rated ones among `days`, or None if fewer than `least` are rated."""
    rated = [levels[day] for day in days if day in levels]
    return sum(rated) / len(rated) if len(rated) >= least else None


def _one(
    days: Mapping[int, float],
    here: int,
    last: float,
    following: float,
    *,
    today: int,
    before: int,
    after: int,
) -> Around:
    first = int(max(-before, last - here + 1))
    until = int(min(after, following - here - 1, today - here))
    mine = {day: days[here + day] for day in range(first, until + 1) if here + day in days}
    return Around(here, mine, until, following - here - 1 <= after)
