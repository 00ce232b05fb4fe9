"""What pictures over time share: size, axes, date ticks, and how they answer to a finger.

Invariants: no picture can be dragged or zoomed, so a finger on it scrolls the page; at most `MOST_TICKS`
dates are named; x is the ordinal of the day.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol

from babel.dates import format_date, format_skeleton
from babel.numbers import get_decimal_symbol

from kapjournal.charts.palette import Palette
from kapjournal.insights import say
from kapjournal.insights.periods import Unit, first_day, index

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
HEIGHT = 260
BOTTOM, TOP = -0.9, 10.4
STUB = -0.3
MOST_TICKS = 5
STEPS = (
    *((Unit.WEEK, weeks) for weeks in (1, 2)),
    *((Unit.MONTH, months) for months in (1, 2, 3, 6)),
    *((Unit.MONTH, 12 * years) for years in (1, 2, 5, 10, 50, 500, 2500)),
)
EDGE = 0.04

Ticks = list[tuple[float, str]]


class Countable(Protocol):
    """What a picture shows, which knows whether it has enough points for one."""

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""


def layout(palette: Palette, first: int, last: int, locale: str) -> dict[str, Any]:
    """The layout of a picture of ratings from 0 to 10, from day `first` to day `last`."""
    return plain(palette, locale) | {"xaxis": dates(palette, first, last, locale), "yaxis": scale(palette)}


def plain(palette: Palette, locale: str, *, height: int = HEIGHT, left: int = 28) -> dict[str, Any]:
    """What every picture has, its axes apart; `left` is what the names beside it need, in pixels."""
    return {
        "template": "none",
        "height": height,
        "margin": {"l": left, "r": 4, "t": 6, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": f"{get_decimal_symbol(locale)} ",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.paper,
            "bordercolor": palette.line,
            "font": {"color": palette.ink, "size": 15},
        },
        "uirevision": "kept",
    }


def axis(palette: Palette, low: float, high: float, ticks: Sequence[tuple[float, str]]) -> dict[str, Any]:
    """A fixed axis from `low` to `high` with names at some places."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "showline": False,
        "tickfont": {"color": palette.label, "size": 14},
        "range": [low, high],
        "tickmode": "array",
        "tickvals": [place for place, _label in ticks],
        "ticktext": [label for _place, label in ticks],
        "tickangle": 0,
    }


def dates(palette: Palette, first: int, last: int, locale: str) -> dict[str, Any]:
    """The axis of days."""
    side = max(0.7, (last - first) * 0.015)
    return axis(palette, first - side, last + side, date_ticks(first, last, locale))


def scale(palette: Palette) -> dict[str, Any]:
    """The axis of ratings."""
    steps = [(0, "0"), (5, "5"), (10, "10")]
    return axis(palette, BOTTOM, TOP, steps) | {"showgrid": True, "gridcolor": palette.hairline}


def trace(mode: str, pieces: Sequence[Sequence[tuple[float, float]]], **more: Any) -> dict[str, Any]:
    """A trace of several pieces, with an empty place between them where the pen is lifted."""
    points: list[tuple[float | None, float | None]] = []
    for piece in pieces:
        points += [*piece, (None, None)]
    return {
        "type": "scatter",
        "mode": mode,
        "x": [x for x, _y in points[:-1]],
        "y": [None if y is None else round(y, 2) for _x, y in points[:-1]],
        "connectgaps": False,
        "hoverinfo": "skip",
        **more,
    }


def session_lines(
    days: Sequence[int], palette: Palette, *, bottom: float = BOTTOM, stub: float = STUB, top: float = TOP
) -> dict[str, Any]:
    """Upright lines, cut down to stubs at the foot where there are too many to see anything behind them."""
    many = len(days) > say.MANY_SESSIONS
    line = {"color": palette.session, "width": 1.5, "dash": "solid" if many else "4px,4px"}
    return trace("lines", [[(day, bottom), (day, stub if many else top)] for day in days], line=line)


def drawable(shown: Countable) -> None:
    """Refuse to draw what has too few points for its picture. Raises ValueError."""
    if not shown.enough:
        raise ValueError("too few points for a picture: say what is missing instead")


def date_ticks(first: int, last: int, locale: str) -> Ticks:
    """The first day of every week, fortnight, month … that lies well inside, with its name in the locale."""
    edge = (last - first) * EDGE
    choices = ((unit, step, _starts(first + edge, last - edge, unit, step)) for unit, step in STEPS)
    unit, step, days = next(choice for choice in choices if len(choice[2]) <= MOST_TICKS)
    return [(day, _label(day, unit, step, day == days[0], locale)) for day in days]


@lru_cache(maxsize=4096)  # Babel takes about 40 µs a date, and a year has 365
def day_label(day: int, unit: Unit, locale: str) -> str:
    """The name of a day, of the first day of its week, or of its month."""
    skeleton = {Unit.DAY: "MMMEd", Unit.WEEK: "yMMMd", Unit.MONTH: "yMMMM"}[unit]
    start = first_day(index(day, unit), unit)
    return format_skeleton(skeleton, date.fromordinal(start), locale=locale)


def _starts(first: float, last: float, unit: Unit, step: int) -> list[int]:
    """The starts from `first` to `last`, or one more than there may be ticks."""
    begin, end = index(int(first), unit), index(int(last), unit)
    days = (first_day(number, unit) for number in range(begin + -begin % step, end + 1, step))
    return list(islice((day for day in days if first <= day <= last), MOST_TICKS + 1))


def _label(day: int, unit: Unit, step: int, is_first: bool, locale: str) -> str:
    moment = date.fromordinal(day)
    if unit is Unit.WEEK:
        return format_skeleton("MMMd", moment, locale=locale)
    if step >= 12:
        return format_date(moment, "y", locale=locale)
    # Not the stand-alone "LLL": Babel 2.18 may then answer in a locale that was used before.
    month = format_date(moment, "MMM", locale=locale)
    return f"{month}<br>{moment.year}" if is_first or moment.month == 1 else month
