"""What a series says in words: the sentence under its picture, the text in its place, the rows of its table.

Invariants: every word follows from the numbers of the series; nothing is praised, blamed or given a
cause; a change is said only between two means that share no day.
"""

from datetime import date
from typing import NamedTuple

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from kapjournal.insights.days import WINDOW, Mean
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.periods import LENGTHS, Period, Unit, first_day, index
from kapjournal.insights.say import session_marks
from kapjournal.language import _, ngettext


class Row(NamedTuple):
    """A row of the table: first day as an ISO date, mean to two decimals, and how many ratings it is of."""

    date: str
    mean: float
    ratings: int


def period_label(period: Period) -> str:
    """What the choice of a period is called."""
    return {
        Period.WEEKS_4: _("4 weeks"),
        Period.MONTHS_3: _("3 months"),
        Period.YEAR: _("1 year"),
        Period.ALL: _("All"),
    }[period]


def sentence(series: MoodSeries, locale: str = "en") -> str:
    """What the picture shows: days rated, the range, the course of the mean, and what the marks are.

    `locale` is a Babel name ("en", "pt_BR") for dates and numbers; the words follow `language`.
    """
    if series.since is None:
        return _("Your {rating} over time appears here after your first check-in with it.").format(
            rating=series.name
        )
    if not series.dots:
        return _("There is no rating of your {rating} between {first} and {last}.").format(
            rating=series.name, first=_day(series.first_day, locale), last=_day(series.last_day, locale)
        )
    parts = [_coverage(series, series.since, locale), _range(series, locale), _course(series, locale)]
    if series.unit is not Unit.DAY and series.segments:
        parts.append(_band(series.unit))
    return " ".join([*parts, *session_marks(len(series.sessions))])


def reported(series: MoodSeries, locale: str = "en") -> str:
    """The sentence for somebody to whom the ratings are shown: only what is shown can be said."""
    if series.since is None or not series.dots:
        return _("No rating of {rating} is shown between {first} and {last}.").format(
            rating=series.name, first=_day(series.first_day, locale), last=_day(series.last_day, locale)
        )
    days = series.last_day - series.since + 1
    many = _("Ratings of {rating} on {rated} of the {days} days from {first} to {last}.")
    text = (many if days > 1 else _("Ratings of {rating} on one day, {first}.")).format(
        rating=series.name,
        rated=_number(series.rated_days, locale),
        days=_number(days, locale),
        first=_day(series.since, locale),
        last=_day(series.last_day, locale),
    )
    parts = [text, _range(series, locale), _course(series, locale)]
    return " ".join([*parts, *session_marks(len(series.sessions))])


def alt_text(series: MoodSeries, locale: str = "en", *, own: bool = True) -> str:
    """What kind of picture this is, for somebody who does not see it; the sentence says the rest.

    `own`: they are the ratings of the person who looks.
    """
    what = (
        _("Chart of your {rating} on a scale from 0 to 10, from {first} to {last}.")
        if own
        else _("Chart of {rating} on a scale from 0 to 10, from {first} to {last}.")
    )
    parts = [
        what.format(
            rating=series.name, first=_day(series.first_day, locale), last=_day(series.last_day, locale)
        ),
        _marks(series, locale) if series.dots else _("It is empty."),
    ]
    if series.sessions:
        count = len(series.sessions)
        parts.append(
            ngettext("{count} session is marked.", "{count} sessions are marked.", count).format(
                count=_number(count, locale)
            )
        )
    return " ".join(parts)


def table_rows(series: MoodSeries) -> tuple[Row, ...]:
    """One row a dot, oldest first; a week is named by its Monday, a month by its first day."""
    return tuple(
        Row(date.fromordinal(dot.start).isoformat(), round(dot.mean, 2), dot.count) for dot in series.dots
    )


def _coverage(series: MoodSeries, since: int, locale: str) -> str:
    days = series.last_day - since + 1
    if days == LENGTHS.get(series.period):
        text = _("You rated your {rating} on {rated} of the last {days} days.")
    elif series.rated_days == 1 and series.dots[0].first == since:
        text = _("You rated your {rating} for the first time on {since}.")
    else:
        text = _("You rated your {rating} on {rated} of the {days} days since {since}.")
    return text.format(
        rating=series.name,
        rated=_number(series.rated_days, locale),
        days=_number(days, locale),
        since=_day(since, locale),
    )


def _course(series: MoodSeries, locale: str) -> str:
    if not series.segments:
        return _no_mean_yet(series.unit)
    first, last = series.segments[0][0], series.segments[-1][-1]
    if last.day - first.day < WINDOW:
        text = _("The {mean} was {last} ({last_day}).")
    elif _mean(first, locale) == _mean(last, locale):
        text = _("The {mean} was {first} ({first_day}) and again {last} ({last_day}).")
    else:
        text = _("The {mean} went from {first} ({first_day}) to {last} ({last_day}).")
    return text.format(
        mean=_mean_name(series.unit),
        first=_mean(first, locale),
        last=_mean(last, locale),
        first_day=_point(series, first, locale),
        last_day=_point(series, last, locale),
    )


def _no_mean_yet(unit: Unit) -> str:
    if unit is Unit.MONTH:
        return _("The monthly mean starts when three days of one month have a rating.")
    return _("The 7-day mean starts when three days within one week have a rating.")


def _mean_name(unit: Unit) -> str:
    return {Unit.DAY: _("7-day mean"), Unit.WEEK: _("weekly mean"), Unit.MONTH: _("monthly mean")}[unit]


def _range(series: MoodSeries, locale: str) -> str:
    low = min(dot.low for dot in series.dots)
    high = max(dot.high for dot in series.dots)
    if sum(dot.count for dot in series.dots) == 1:
        text = _("The rating was {low}.")
    elif low == high:
        text = _("Every rating was {low}.")
    else:
        text = _("Ratings lay between {low} and {high}.")
    return text.format(low=_number(low, locale), high=_number(high, locale))


def _marks(series: MoodSeries, locale: str) -> str:
    parts = [_("Each dot is a day.")] if series.unit is Unit.DAY else [_band(series.unit)]
    if series.segments:
        parts.append(_("The line is the {mean}.").format(mean=_mean_name(series.unit)))
    if series.gaps:
        count = len(series.gaps)
        gap = ngettext(
            "There is {count} gap without ratings.", "There are {count} gaps without ratings.", count
        )
        parts.append(gap.format(count=_number(count, locale)))
    return " ".join(parts)


def _band(unit: Unit) -> str:
    if unit is Unit.WEEK:
        return _("The band reaches from the lowest to the highest rating of each week.")
    return _("The band reaches from the lowest to the highest rating of each month.")


def _mean(mean: Mean, locale: str) -> str:
    return str(format_decimal(mean.mean, format="0.0", locale=locale))


def _number(number: int, locale: str) -> str:
    return str(format_decimal(number, locale=locale))


def _point(series: MoodSeries, mean: Mean, locale: str) -> str:
    """When a point of the line is, with the year only where the picture shows more than one."""
    start = first_day(index(mean.day, series.unit), series.unit)
    moment = date.fromordinal(start)
    if series.unit is Unit.MONTH:
        return format_skeleton("yMMMM", moment, locale=locale)
    if series.unit is Unit.WEEK:
        return _("week of {day}").format(day=_day(start, locale))
    if date.fromordinal(series.first_day).year != date.fromordinal(series.last_day).year:
        return _day(start, locale)
    return format_skeleton("MMMMd", moment, locale=locale)


def _day(day: int, locale: str) -> str:
    return format_date(date.fromordinal(day), format="long", locale=locale)
