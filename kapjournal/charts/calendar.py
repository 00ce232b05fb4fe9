"""The calendar of thirteen weeks: a column a week, a row a weekday. Minimum: see `insights.calendar`.

A filled square is an entry, a ring a check-in, a diamond around them a session: shapes, not colours.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import plotly.graph_objects as go
from babel.dates import get_day_names

from kapjournal.charts.frame import axis, drawable, plain, trace
from kapjournal.charts.palette import Palette
from kapjournal.insights import say
from kapjournal.insights.calendar import WEEKS, Calendar, Day
from kapjournal.language import _

LEFT = 44


def calendar_figure(shown: Calendar, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the marks of every day that has something."""
    drawable(shown)
    empty = [_place(shown, day) for day in range(shown.since, shown.last + 1)]
    square = {"symbol": "square", "color": palette.line, "size": 15}
    dot = {"symbol": "circle", "color": palette.paper, "size": 6, "line": {"color": palette.line, "width": 2}}
    diamond = {"symbol": "diamond-open", "color": palette.session, "size": 22, "line": {"width": 2}}
    traces = [
        trace("markers", [empty], marker={"symbol": "square", "color": palette.hairline, "size": 17}),
        _marks(shown, (it for it in shown.days if it.entries), square),
        _marks(shown, (it for it in shown.days if it.check_ins), dot),
        _marks(shown, (it for it in shown.days if it.session), diamond),
        _marks(shown, shown.days, {"opacity": 0, "size": 20})
        | {
            "customdata": [_told(it, locale) for it in shown.days],
            "hovertemplate": "%{customdata}<extra></extra>",
            "hoverinfo": "all",
        },
    ]
    names = get_day_names("abbreviated", locale=locale)
    layout = plain(palette, locale, left=LEFT) | {
        "xaxis": axis(palette, -0.7, WEEKS - 0.3, _months(shown, locale)),
        "yaxis": axis(palette, 6.7, -0.7, [(day, names[day]) for day in (0, 2, 4, 6)]),
    }
    return go.Figure({"data": traces, "layout": layout})


def _marks(shown: Calendar, days: Iterable[Day], marker: dict[str, Any]) -> dict[str, Any]:
    return trace("markers", [[_place(shown, it.day) for it in days]], marker=marker)


def _place(shown: Calendar, day: int) -> tuple[int, int]:
    """Column and row of a day."""
    return divmod(day - shown.first, 7)


def _told(it: Day, locale: str) -> str:
    text = _("{day}: entries {entries}, check-ins {check_ins}")
    return text.format(
        day=say.short_day(it.day, locale),
        entries=say.number(it.entries, locale),
        check_ins=say.number(it.check_ins, locale),
    )


def _months(shown: Calendar, locale: str) -> list[tuple[float, str]]:
    """The name of each month below the week in which it begins."""
    starts = [day for day in range(shown.first, shown.last + 1) if date.fromordinal(day).day == 1]
    return [(_place(shown, day)[0], say.month(day, locale)) for day in starts]
