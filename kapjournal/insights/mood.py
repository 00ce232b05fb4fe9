"""One rating over time, with session marks: everything its picture, table and sentence show.

Invariants: each rated day of the stretch is in exactly one dot, and weighs the same; by day the line is
the trailing 7-day mean, by week and month the mean of that week or month; it rests on at least `MIN_RATED`
rated days and breaks at gaps of `GAP` days.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from kapjournal.insights.days import (
    MIN_GAP,
    WINDOW,
    DayMean,
    Gap,
    Mean,
    Segment,
    daily_means,
    gaps,
    joined,
    weekly_mean,
)
from kapjournal.insights.periods import Period, Stretch, Unit, first_day, index, unit_for, within

GAP = {Unit.DAY: MIN_GAP, Unit.WEEK: 7, Unit.MONTH: 28}


class Dot(msgspec.Struct, frozen=True, gc=False):
    """A day, week or month with ratings.

    `start` is its first calendar day, `first` and `last` its first and last rated day. `mean` is that of
    its `days` rated days; `low` and `high` are the lowest and highest of its `count` ratings (0 to 10).
    """

    start: int
    first: int
    last: int
    mean: float
    low: int
    high: int
    days: int
    count: int

    @property
    def day(self) -> int:
        """Where it is drawn: the middle of its rated days."""
        return (self.first + self.last) // 2


class MoodSeries(msgspec.Struct, frozen=True, gc=False):
    """What the picture of one rating shows.

    `name` is the rating in the person's language. `first_day` to `last_day` is the axis; ratings count
    since `since`, the first of these days the person could be said to rate (None: has never rated).
    """

    name: str
    period: Period
    unit: Unit
    first_day: int
    last_day: int
    since: int | None
    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]
    sessions: tuple[int, ...]
    gaps: tuple[Gap, ...]

    @property
    def rated_days(self) -> int:
        """Days with at least one rating."""
        return sum(dot.days for dot in self.dots)


def mood_series(
    points: Iterable[tuple[int, int]],
    sessions: Sequence[int],
    period: Period,
    today: int,
    name: str = "mood",
) -> MoodSeries:
    """The series of a period from `(day, value)` pairs and session days, each in any order.

    `today` is the ordinal of the person's local day; sessions after it are not marked.
    """
    rated = daily_means(points)
    past = [day for day in sessions if day <= today]
    stretch = within(period, today, [*(day.day for day in rated), *past])
    unit = unit_for(stretch)
    shown = _cut(rated, stretch)
    dots = _dots(shown, unit)
    return MoodSeries(
        name=name,
        period=period,
        unit=unit,
        first_day=stretch.first,
        last_day=stretch.last,
        since=max(rated[0].day, stretch.first) if rated and rated[0].day <= stretch.last else None,
        dots=dots,
        segments=_by_day(rated, stretch) if unit is Unit.DAY else _by_step(dots, unit),
        sessions=tuple(sorted({day for day in past if day >= stretch.first})),
        gaps=gaps(shown, GAP[unit]),
    )


def _cut(days: Iterable[DayMean], stretch: Stretch) -> tuple[DayMean, ...]:
    return tuple(day for day in days if stretch.first <= day.day <= stretch.last)


def _dots(days: Sequence[DayMean], unit: Unit) -> tuple[Dot, ...]:
    steps = groupby(days, key=lambda day: index(day.day, unit))
    return tuple(_dot(first_day(step, unit), tuple(members)) for step, members in steps)


def _dot(start: int, days: Sequence[DayMean]) -> Dot:
    return Dot(
        start=start,
        first=days[0].day,
        last=days[-1].day,
        mean=sum(day.mean for day in days) / len(days),
        low=min(day.low for day in days),
        high=max(day.high for day in days),
        days=len(days),
        count=sum(day.count for day in days),
    )


def _by_day(rated: Sequence[DayMean], stretch: Stretch) -> tuple[Segment, ...]:
    """The 7-day mean, whose first days look back to before the stretch."""
    lead = Stretch(stretch.first - WINDOW + 1, stretch.last)
    cut = (
        tuple(mean for mean in segment if mean.day >= stretch.first)
        for segment in weekly_mean(_cut(rated, lead))
    )
    return tuple(segment for segment in cut if segment)


def _by_step(dots: Sequence[Dot], unit: Unit) -> tuple[Segment, ...]:
    return joined(((dot.first, dot.last, Mean(dot.day, dot.mean, dot.days)) for dot in dots), GAP[unit])
