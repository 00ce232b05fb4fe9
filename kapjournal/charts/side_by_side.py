"""The picture of several ratings, one below the other. Minimum: see `insights.side_by_side`."""

from typing import Any

import plotly.graph_objects as go

from kapjournal.charts.frame import HEIGHT, dates, drawable, plain, scale, session_lines, trace
from kapjournal.charts.palette import Palette
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.side_by_side import SideBySide

PANEL = 96
FOOT = 50
TITLE = 0.24
ALONE = 6


def side_by_side_figure(shown: SideBySide, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the mean of each rating on its own scale from 0 to 10, above the same days."""
    drawable(shown)
    count = len(shown.series)
    first, last = shown.series[0].first_day, shown.series[0].last_day
    layout: dict[str, Any] = plain(palette, locale, height=max(HEIGHT, FOOT + PANEL * count)) | {
        "xaxis": dates(palette, first, last, locale) | {"anchor": f"y{count}" if count > 1 else "y"},
        "annotations": [_title(it, 1 - place / count, palette) for place, it in enumerate(shown.series)],
    }
    traces = []
    for place, series in enumerate(shown.series):
        number = "" if place == 0 else str(place + 1)
        domain = [1 - (place + 1) / count, 1 - (place + TITLE) / count]
        layout[f"yaxis{number}"] = scale(palette) | {
            "domain": domain,
            "tickfont": {"color": palette.label, "size": 12},
        }
        traces += [it | {"yaxis": f"y{number}"} for it in _panel(series, palette)]
    return go.Figure({"data": traces, "layout": layout})


def _panel(series: MoodSeries, palette: Palette) -> list[dict[str, Any]]:
    """Sessions and the line; a mean by itself, which no line leads to, is a dot."""
    line = [[(it.day, it.mean) for it in segment] for segment in series.segments]
    alone = [it for it in line if len(it) == 1]
    return [
        session_lines(series.sessions, palette),
        trace("lines", line, line={"color": palette.line, "width": 2}),
        trace("markers", alone, marker={"color": palette.line, "size": ALONE}),
    ]


def _title(series: MoodSeries, top: float, palette: Palette) -> dict[str, Any]:
    return {
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "text": series.name[:1].upper() + series.name[1:],
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "font": {"color": palette.ink, "size": 14},
    }
