"""A questionnaire over time: bands, baseline, last answer, and whether the change between them counts.

Minimum: two answers to the same version of the form. Invariants: change is always measured from the
first answer, and only between answers to the same version; it counts from its published threshold on.
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NamedTuple

import msgspec

MOST = 52
"""Answers that a picture has room for on a phone."""


class MeasurePoint(NamedTuple):
    """An answered form: the day, its total, and the form's version."""

    day: int
    total: float
    version: int = 1


class Band(NamedTuple):
    """What a range of totals, ends included, is often called."""

    label: str
    low: int
    high: int


class Thresholds(NamedTuple):
    """From how many points a change counts, and who found so; from `discuss` points it is worth discussing."""

    counts: float
    source: str
    discuss: float | None = None


class MeasureCourse(msgspec.Struct, frozen=True, gc=False):
    """What there is to see; totals lie from 0 to `highest`, points are in order of their days.

    The picture has the latest `MOST` of them, and the `sessions` since the first of these.
    """

    title: str
    highest: int
    bands: tuple[Band, ...]
    thresholds: Thresholds
    points: tuple[MeasurePoint, ...]
    sessions: tuple[int, ...]

    @property
    def drawn(self) -> tuple[MeasurePoint, ...]:
        """The answers in the picture."""
        return self.points[-MOST:]

    @property
    def compared(self) -> tuple[MeasurePoint, ...]:
        """The answers to the latest version of the form."""
        return tuple(it for it in self.points if it.version == self.points[-1].version)

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return len(self.compared) >= 2

    @property
    def change(self) -> float | None:
        """Last total minus baseline."""
        return self.compared[-1].total - self.compared[0].total if self.enough else None

    @property
    def counts(self) -> bool:
        """Whether the change reaches the published threshold."""
        return self.change is not None and abs(self.change) >= self.thresholds.counts

    @property
    def worth_discussing(self) -> bool:
        """Whether it is below that and reaches the lower one, where there is one."""
        lower = self.thresholds.discuss
        return not self.counts and None not in (lower, self.change) and abs(self.change or 0) >= (lower or 0)


def measure_course(
    points: Iterable[MeasurePoint],
    sessions: Iterable[int],
    *,
    title: str,
    highest: int,
    bands: Sequence[Band],
    thresholds: Thresholds,
) -> MeasureCourse:
    """The course of a measure from answers in any order; totals that cannot be are left out."""
    known = sorted(it for it in points if isfinite(it.total) and 0 <= it.total <= highest)
    drawn = known[-MOST:]
    marks = {day for day in sessions if drawn and drawn[0].day <= day <= drawn[-1].day}
    return MeasureCourse(title, highest, tuple(bands), thresholds, tuple(known), tuple(sorted(marks)))


def band_of(course: MeasureCourse, total: float) -> Band | None:
    """The band of a total, where the measure has bands."""
    return next((it for it in course.bands if it.low <= total <= it.high), None)
