"""The picture of how long it lasted, one bar a session. Minimum: see `insights.lasting`.

The latest `say.LATEST` sessions are drawn, the latest at the top. A thick bar is known, a thin end is not,
an arrow says that the end was not seen. The dashed line is the median, the band its range.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from kapjournal.charts.frame import axis, drawable, plain, trace
from kapjournal.charts.palette import Palette
from kapjournal.charts.rows import height, names
from kapjournal.insights import say
from kapjournal.insights.lasting import Lasted, Lasting, Outcome
from kapjournal.insights.lasting_words import length
from kapjournal.insights.turnbull import Median
from kapjournal.language import _

LEFT = 96
SHORTEST = 14
STEPS = (7, 14, 28)

Row = tuple[int, Lasted]


def lasting_figure(shown: Lasting, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the length of each session's lift."""
    drawable(shown)
    latest = list(enumerate(reversed(shown.sessions[-say.LATEST :])))
    bars = [(row, it) for row, it in latest if it.outcome in (Outcome.ENDED, Outcome.OPEN)]
    none = [(row, it) for row, it in latest if (row, it) not in bars]
    furthest = max(SHORTEST, *(it.high or it.low for _row, it in bars), _furthest(shown.median)) + 1.5
    traces = [
        *_median(shown.median, furthest, len(latest), palette),
        _line([[(0, row), (_known(it), row)] for row, it in bars], palette.line, 8),
        _line([[(_known(it), row), (it.high, row)] for row, it in bars if it.high], palette.line, 2),
        _marks([(it.high, row) for row, it in bars if it.high], "line-ns-open", palette),
        _marks([(it.low, row) for row, it in bars if not it.high], "triangle-right", palette),
        _notes(none, shown.rises, palette),
        _hover(bars, shown.rises, locale),
    ]
    labels = [say.short_day(it.session, locale) for _row, it in latest]
    layout = plain(palette, locale, height=height(labels), left=LEFT) | {
        "xaxis": axis(palette, 0, furthest, _ticks(furthest, locale))
        | {"showgrid": True, "gridcolor": palette.hairline},
        "yaxis": names(palette, labels),
    }
    return go.Figure({"data": traces, "layout": layout})


def _known(it: Lasted) -> int:
    """Where the thick bar ends: at the end where it is known to the day."""
    return it.high if it.high is not None and it.high - it.low == 1 else it.low


def _furthest(median: Median | None) -> int:
    return 0 if median is None else max(median.days or 0, median.high or 0, median.low or 0)


def _median(median: Median | None, furthest: float, rows: int, palette: Palette) -> list[dict[str, Any]]:
    """The band of the range and the line of the median, where there are such."""
    if median is None:
        return []
    top, foot = -0.6, rows - 0.4
    drawn = []
    if median.low is not None:
        high = furthest if median.high is None else median.high
        corners = [(median.low, top), (high, top), (high, foot), (median.low, foot), (median.low, top)]
        drawn.append(trace("lines", [corners], fill="toself", fillcolor=palette.band, line={"width": 0}))
    if median.days is not None:
        ends = [(median.days, top), (median.days, foot)]
        drawn.append(
            _line([ends], palette.ink, 1.5)
            | {"line": {"color": palette.ink, "width": 1.5, "dash": "2px,3px"}}
        )
    return drawn


def _line(pieces: Sequence[Sequence[tuple[float, float]]], colour: str, width: float) -> dict[str, Any]:
    return trace("lines", pieces, line={"color": colour, "width": width})


def _marks(points: Sequence[tuple[float, float]], symbol: str, palette: Palette) -> dict[str, Any]:
    line = {"color": palette.line, "width": 2}
    return trace(
        "markers", [points], marker={"symbol": symbol, "color": palette.line, "size": 14, "line": line}
    )


def _notes(rows: Sequence[Row], rises: bool, palette: Palette) -> dict[str, Any]:
    """Why a session has no bar."""
    return trace(
        "text",
        [[(0.3, row) for row, _it in rows]],
        text=[_why(it, rises) for _row, it in rows],
        textposition="middle right",
        textfont={"color": palette.label, "size": 14},
    )


def _why(it: Lasted, rises: bool) -> str:
    """Short enough to end before the median begins; the table says more."""
    if it.outcome is Outcome.TOO_FEW:
        return _("few ratings")
    return _("no lift") if rises else _("no drop")


def _hover(rows: Sequence[Row], rises: bool, locale: str) -> dict[str, Any]:
    told = [f"{say.short_day(it.session, locale)}: {length(it, rises, locale)}" for _row, it in rows]
    return trace(
        "markers", [[(_known(it) / 2, row) for row, it in rows]], marker={"opacity": 0, "size": 20}
    ) | {
        "customdata": told,
        "hovertemplate": "%{customdata}<extra></extra>",
        "hoverinfo": "all",
    }


def _ticks(furthest: float, locale: str) -> list[tuple[float, str]]:
    step = next((it for it in STEPS if furthest / it <= 5), STEPS[-1])
    places = range(0, int(furthest) + 1, step)
    return [(it, say.number(it, locale) if it else _("0 days")) for it in places]
