"""The picture of one rating over time with session marks.

Invariants: by day every rated day is a dot, and the strong line is the 7-day mean; by week and month a
band from lowest to highest rating takes the place of dots, which remain only where there is no line. The line
breaks where the series does. A picture of ten years weighs less than 100 kB.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from kapjournal.charts.frame import day_label, layout, session_lines, trace
from kapjournal.charts.palette import Palette
from kapjournal.insights.days import Segment
from kapjournal.insights.mood import Dot, MoodSeries
from kapjournal.insights.periods import Unit

SMALLER_FROM = 120
HOVER = "%{customdata}: %{y}<extra></extra>"

Points = list[tuple[float, float]]
Trace = dict[str, Any]


def mood_figure(series: MoodSeries, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw a series; `locale` is the Babel name ("en", "pt_BR") that dates are written in."""
    drawn = {mean.day for segment in series.segments for mean in segment}
    by_day = series.unit is Unit.DAY
    traces = [
        session_lines(series.sessions, palette),
        _dots([dot for dot in series.dots if by_day or dot.day not in drawn], series.unit, palette, locale),
        _line(series.segments, series.unit, palette, locale),
    ]
    if not by_day:
        traces.insert(0, _band(series, palette))
    return go.Figure({"data": traces, "layout": layout(palette, series.first_day, series.last_day, locale)})


def _band(series: MoodSeries, palette: Palette) -> Trace:
    """One closed outline a segment, there along the highest ratings and back along the lowest."""
    dots = {dot.day: dot for dot in series.dots}
    outlines = [_outline([dots[mean.day] for mean in segment]) for segment in series.segments]
    return trace("lines", outlines) | {
        "fill": "toself",
        "fillcolor": palette.band,
        "line": {"color": palette.band, "width": 2},
    }


def _outline(dots: Sequence[Dot]) -> Points:
    there = [(dot.day, float(dot.high)) for dot in dots]
    back = [(dot.day, float(dot.low)) for dot in reversed(dots)]
    return [*there, *back, there[0]]


def _dots(dots: Sequence[Dot], unit: Unit, palette: Palette, locale: str) -> Trace:
    return trace("markers", [[(dot.day, dot.mean) for dot in dots]]) | {
        "marker": {"color": palette.dot, "size": 6 if len(dots) > SMALLER_FROM else 8},
        "customdata": [day_label(dot.first, unit, locale) for dot in dots],
        "hovertemplate": HOVER,
        "hoverinfo": "all",
    }


def _line(segments: Sequence[Segment], unit: Unit, palette: Palette, locale: str) -> Trace:
    """The means; its markers are as wide as the line, and show a segment of a single point."""
    line = trace("lines+markers", [[(mean.day, mean.mean) for mean in segment] for segment in segments])
    width = 3 if unit is Unit.DAY else 2
    line |= {
        "line": {"color": palette.line, "width": width},
        "marker": {"color": palette.line, "size": width},
    }
    if unit is Unit.DAY:
        return line
    names = [None if day is None else day_label(day, unit, locale) for day in line["x"]]
    return line | {"hovertemplate": HOVER, "hoverinfo": "all", "customdata": names}
