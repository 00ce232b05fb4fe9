"""The wheel of what was written about. Minimum: see `insights.domains`.

Every part has the same angle, and its area is in proportion to its entries. Parts are told apart by their place
and name, not by colour.
"""

from math import cos, pi, sin, sqrt

import plotly.graph_objects as go

from kapjournal.charts.frame import drawable, plain, trace
from kapjournal.charts.palette import Palette
from kapjournal.insights import say
from kapjournal.insights.domains import Domains

POINTS = 16
AWAY = 1.14
WIDE, HIGH = 2.0, 1.32


def domains_figure(shown: Domains, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the wheel; beside every part stand its name and how many entries it has."""
    drawable(shown)
    most = max(it.entries for it in shown.shares)
    angle = 2 * pi / len(shown.shares)
    parts = [
        [(0.0, 0.0), *_arc(place * angle, angle, sqrt(it.entries / most)), (0.0, 0.0)]
        for place, it in enumerate(shown.shares)
        if it.entries
    ]
    rim = [_arc(place * angle, angle, 1.0) for place in range(len(shown.shares))]
    spokes = [[(0.0, 0.0), _at(place * angle, 1.0)] for place in range(len(shown.shares))]
    traces = [
        trace("lines", parts, fill="toself", fillcolor=palette.dot, line={"color": palette.line, "width": 2}),
        trace("lines", [*rim, *spokes], line={"color": palette.hairline, "width": 1}),
    ]
    layout = plain(palette, locale, left=4) | {
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": {"visible": False, "fixedrange": True, "range": [-WIDE, WIDE]},
        "yaxis": {"visible": False, "fixedrange": True, "range": [-HIGH, HIGH], "scaleanchor": "x"},
        "annotations": [
            _name(it.label, say.number(it.entries, locale), (place + 0.5) * angle, palette)
            for place, it in enumerate(shown.shares)
        ],
    }
    return go.Figure({"data": traces, "layout": layout})


def _name(label: str, count: str, angle: float, palette: Palette) -> dict[str, object]:
    """A name outside the rim, on the side it belongs to."""
    x, y = _at(angle, AWAY)
    side = "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
    return {
        "x": x,
        "y": y,
        "text": f"{label} <b>{count}</b>",
        "showarrow": False,
        "xanchor": side,
        "yanchor": "middle",
        "font": {"color": palette.ink, "size": 14},
    }


def _arc(start: float, angle: float, radius: float) -> list[tuple[float, float]]:
    return [_at(start + angle * step / POINTS, radius) for step in range(POINTS + 1)]


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A place on a circle; angles go clockwise from the top."""
    return radius * sin(angle), radius * cos(angle)
