"""The picture of both sides of each session. Minimum: see `insights.before_after`.

The latest `say.LATEST` sessions are drawn, the oldest of them on the left; a ring is before, a dot after.
"""

import plotly.graph_objects as go

from kapjournal.charts.frame import axis, drawable, plain, scale, trace
from kapjournal.charts.palette import Palette
from kapjournal.charts.rows import centred
from kapjournal.insights import say
from kapjournal.insights.before_after import BeforeAfter, Sides
from kapjournal.language import _

NAMED = 4
FEWEST = 3


def before_after_figure(shown: BeforeAfter, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the two means of every session and the way between them."""
    drawable(shown)
    sides = shown.rated[-say.LATEST :]
    before = [(float(place), it.before or 0.0) for place, it in enumerate(sides)]
    after = [(float(place), it.after or 0.0) for place, it in enumerate(sides)]
    told = [_told(it, locale) for it in sides]
    hover = {"customdata": told, "hovertemplate": "%{customdata}<extra></extra>", "hoverinfo": "all"}
    ring = {"color": palette.paper, "size": 14, "line": {"color": palette.line, "width": 2}}
    traces = [
        trace(
            "lines",
            [list(pair) for pair in zip(before, after, strict=True)],
            line={"color": palette.dot, "width": 3},
        ),
        trace("markers", [before], marker=ring) | hover,
        trace("markers", [after], marker={"color": palette.line, "size": 9}) | hover,
    ]
    step = -(-len(sides) // NAMED)
    ticks = [
        (float(place), _two_lines(it.session, locale)) for place, it in enumerate(sides) if place % step == 0
    ]
    across = axis(palette, *centred(len(sides), FEWEST), ticks)
    return go.Figure(
        {"data": traces, "layout": plain(palette, locale) | {"xaxis": across, "yaxis": scale(palette)}}
    )


def _two_lines(day: int, locale: str) -> str:
    return say.month_day(day, locale) + "<br>" + say.year(day, locale)


def _told(sides: Sides, locale: str) -> str:
    return _("{day}: {before} before, {after} after").format(
        day=say.short_day(sides.session, locale),
        before=say.tenths(sides.before or 0, locale),
        after=say.tenths(sides.after or 0, locale),
    )
