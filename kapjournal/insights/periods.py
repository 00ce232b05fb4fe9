"""How far back a picture looks, and in which steps it shows that stretch.

Invariants: a stretch ends today or, where tomorrow is rated already (before a flight east over the
date line), tomorrow; it is never shorter than `SHORTEST` days, nor longer than its period.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

SHORTEST = 28
LONGEST_BY_DAY = 400
LONGEST_BY_WEEK = 3 * 366


class Period(StrEnum):
    """What a person chooses; values are stable names for addresses and settings."""

    WEEKS_4 = "4w"
    MONTHS_3 = "3m"
    YEAR = "1y"
    ALL = "all"


LENGTHS = {Period.WEEKS_4: 28, Period.MONTHS_3: 90, Period.YEAR: 365}


class Unit(StrEnum):
    """What one dot stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Stretch(NamedTuple):
    """Ordinals of the first and last day shown, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Days shown."""
        return self.last - self.first + 1


def within(period: Period, today: int, known: Iterable[int] = ()) -> Stretch:
    """The days to show, given the days `known` to hold anything.

    It begins with the first known day where that is later than the period's, so that the first weeks
    fill the picture, but shows at least four weeks. Days after tomorrow are left out.
    """
    past = [day for day in known if day <= today + 1]
    last = max([today, *past])
    earliest = min([today, *past])
    if period in LENGTHS:
        earliest = max(earliest, last - LENGTHS[period] + 1)
    return Stretch(max(1, min(earliest, last - SHORTEST + 1)), last)


def unit_for(stretch: Stretch) -> Unit:
    """The step a phone can still show: days up to 400 days, weeks up to three years, then months."""
    if stretch.length <= LONGEST_BY_DAY:
        return Unit.DAY
    return Unit.WEEK if stretch.length <= LONGEST_BY_WEEK else Unit.MONTH


def index(day: int, unit: Unit) -> int:
    """The running number of the day's step: neighbours differ by one. Weeks begin on Monday."""
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return (day - 1) // 7
    moment = date.fromordinal(day)
    return moment.year * 12 + moment.month - 1


def first_day(step: int, unit: Unit) -> int:
    """The ordinal of the first day of a step; the inverse of `index`."""
    if unit is Unit.DAY:
        return step
    if unit is Unit.WEEK:
        return step * 7 + 1
    return date(step // 12, step % 12 + 1, 1).toordinal()
