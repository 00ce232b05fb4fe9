"""Ratings by day, the 7-day mean, and the gaps between rated days.

Invariants: every rated day weighs the same, however often it was rated; a mean rests on at least
`MIN_RATED` rated days; a segment never crosses a gap of `MIN_GAP` or more days without a rating.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

WINDOW = 7
MIN_RATED = 3
MIN_GAP = 4


class DayMean(msgspec.Struct, frozen=True, gc=False):
    """The ratings of one local day: their mean, lowest and highest (0 to 10), and how many there were."""

    day: int
    mean: float
    low: int
    high: int
    count: int


class Mean(msgspec.Struct, frozen=True, gc=False):
    """A point of the line: the mean (0 to 10) of `days` rated days, drawn at `day`."""

    day: int
    mean: float
    days: int


Segment = tuple[Mean, ...]


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Days without a rating between two rated days, first and last included."""

    first: int
    last: int


def daily_means(points: Iterable[tuple[int, int]]) -> tuple[DayMean, ...]:
    """One value a day from `(day, value)` pairs in any order, sorted by day."""
    by_day: dict[int, list[int]] = {}
    for day, value in points:
        by_day.setdefault(day, []).append(value)
    return tuple(
        DayMean(day, sum(values) / len(values), min(values), max(values), len(values))
        for day, values in sorted(by_day.items())
    )


def weekly_mean(days: Sequence[DayMean]) -> tuple[Segment, ...]:
    """The trailing 7-day mean at each rated day, as runs to be drawn as unbroken lines.

    The mean of a day is that of the rated days among it and the six before it. It trails rather than
    being centred, so that nothing after a session moves the line before it, and anybody can check it
    by hand. `days` must be sorted, as `daily_means` returns them.
    """
    return joined(((mean.day, mean.day, mean) for mean in _trailing(days)), MIN_GAP)


def _trailing(days: Sequence[DayMean]) -> Iterator[Mean]:
    first = 0
    for index, day in enumerate(days):
        while days[first].day <= day.day - WINDOW:
            first += 1
        rated = index - first + 1
        yield Mean(day.day, sum(one.mean for one in days[first : index + 1]) / rated, rated)


def joined(stops: Iterable[tuple[int, int, Mean]], min_gap: int) -> tuple[Segment, ...]:
    """Join means to runs, which end at a mean of too few rated days and at a gap of `min_gap` unrated days.

    Each mean comes in order, after the first and the last rated day it stands for.
    """
    segments: list[list[Mean]] = []
    drawn_until: int | None = None
    for first, last, mean in stops:
        if mean.days < MIN_RATED:
            drawn_until = None
            continue
        if drawn_until is None or first - drawn_until > min_gap:
            segments.append([])
        segments[-1].append(mean)
        drawn_until = last
    return tuple(tuple(segment) for segment in segments)


def gaps(days: Sequence[DayMean], min_days: int = MIN_GAP) -> tuple[Gap, ...]:
    """Stretches of at least `min_days` days without a rating, between rated days in order."""
    return tuple(
        Gap(before.day + 1, after.day - 1)
        for before, after in pairwise(days)
        if after.day - before.day > min_days
    )
