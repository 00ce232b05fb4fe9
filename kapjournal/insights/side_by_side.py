"""Several ratings of the same stretch, one below the other. They are put side by side and nothing more.

Minimum: two ratings with a line each, which takes three rated days within one week or month.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from kapjournal.insights import say
from kapjournal.insights.mood import MoodSeries
from kapjournal.language import _

MOST = 4


class SideBySide(msgspec.Struct, frozen=True, gc=False):
    """At most four series over the same stretch, each with a line; `left_out` names those without one."""

    series: tuple[MoodSeries, ...]
    left_out: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return len(self.series) >= 2


def side_by_side(series: Sequence[MoodSeries]) -> SideBySide:
    """Put series side by side. Raises ValueError if they do not show the same days."""
    if len({(it.first_day, it.last_day, it.unit) for it in series}) > 1:
        raise ValueError("side by side belong series of the same days")
    drawn = [it for it in series if it.segments]
    return SideBySide(tuple(drawn[:MOST]), tuple(it.name for it in series if not it.segments))


def sentence(shown: SideBySide, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    if not shown.enough:
        return _("Lines side by side appear here once two ratings have three rated days within a week.")
    parts = [_("{ratings}, each by itself.").format(ratings=_names(shown, locale)), *_ranges(shown, locale)]
    if shown.left_out:
        parts.append(
            _("Too few ratings for a line: {ratings}.").format(
                ratings=say.listed(list(shown.left_out), locale)
            )
        )
    parts.append(_("Lines that look alike need not have to do with each other."))
    return " ".join(parts)


def alt_text(shown: SideBySide, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    if not shown.series:
        return _("This chart is empty.")
    text = _("{count} charts one below the other, from 0 to 10 and from {first} to {last}: {ratings}.")
    return text.format(
        count=say.number(len(shown.series), locale),
        first=say.day(shown.series[0].first_day, locale),
        last=say.day(shown.series[0].last_day, locale),
        ratings=_names(shown, locale),
    )


def table(shown: SideBySide, locale: str = "en") -> say.Table:
    """One row a day, week or month with any rating, oldest first; a dash where one is not rated."""
    found = sorted((dot.start, place, dot.mean) for place, it in enumerate(shown.series) for dot in it.dots)
    rows = []
    for start, dots in groupby(found, key=lambda it: it[0]):
        means = {place: mean for _start, place, mean in dots}
        told = (say.tenths(means[it], locale) if it in means else "–" for it in range(len(shown.series)))
        rows.append((say.short_day(start, locale), *told))
    return say.Table((_("Day"), *(_capital(it.name) for it in shown.series)), tuple(rows))


def _ranges(shown: SideBySide, locale: str) -> list[str]:
    text = _("The line of your {rating} lay between {low} and {high}.")
    same = _("The line of your {rating} stayed at {low}.")
    single = _("Your {rating} has one point, at {low}.")
    told = []
    for series in shown.series:
        means = [mean.mean for segment in series.segments for mean in segment]
        low, high = say.tenths(min(means), locale), say.tenths(max(means), locale)
        words = single if len(means) == 1 else same if low == high else text
        told.append(words.format(rating=series.name, low=low, high=high))
    return told


def _names(shown: SideBySide, locale: str) -> str:
    return _capital(say.listed([it.name for it in shown.series], locale))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
