"""The average course around a session: the mean of all sessions day by day, with its interval.

Minimum: `LEAST` sessions behind every point, and at least two points on either side of the session.
A day after the next session is that session's, so later points stand on fewer sessions; how many is said with each.
"""

from collections.abc import Iterable
from math import nan
from typing import NamedTuple

import msgspec

from kapjournal.insights.around import HIGHEST, LOWEST, Around, around
from kapjournal.insights.spread import Spread, spreads

BEFORE, AFTER = 7, 21
LEAST = 3
LEAST_POINTS = 2


class Point(NamedTuple):
    """`day` from the session (0 its own): mean and interval, 0 to 10, over `sessions` sessions."""

    day: int
    mean: float
    low: float
    high: float
    sessions: int


class AverageCourse(msgspec.Struct, frozen=True, gc=False):
    """What the picture shows. `sessions` are all with any rating from seven days before to 21 after."""

    name: str
    sessions: int
    points: tuple[Point, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        before = sum(point.day < 0 for point in self.points)
        after = sum(point.day > 0 for point in self.points)
        return min(before, after) >= LEAST_POINTS

    def mean(self, first: int, last: int) -> float | None:
        """The mean of the points from day `first` to day `last`, or None if there are none."""
        means = [point.mean for point in self.points if first <= point.day <= last]
        return sum(means) / len(means) if means else None


def average_course(
    points: Iterable[tuple[int, float]], sessions: Iterable[int], today: int, name: str = "mood"
) -> AverageCourse:
    """The average course from `(day, value)` pairs and session days, in any order."""
    rated = [it for it in around(points, sessions, today, before=BEFORE, after=AFTER) if it.levels]
    days = range(-BEFORE, AFTER + 1)
    found = spreads([_row(it, days) for it in rated], least=LEAST)
    return AverageCourse(
        name, len(rated), tuple(_point(day, it) for day, it in zip(days, found, strict=bool(found)) if it)
    )


def _row(one: Around, days: range) -> list[float]:
    return [one.levels.get(day, nan) for day in days]


def _point(day: int, spread: Spread) -> Point:
    return Point(day, spread.mean, max(LOWEST, spread.low), min(HIGHEST, spread.high), spread.sessions)
