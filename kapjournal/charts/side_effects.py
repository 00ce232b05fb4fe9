"""The picture of side effects by session. Minimum: see `insights.side_effects`.

A row for each effect, the most frequent at the top; a column for each of the latest `say.LATEST` sessions. Strength is
told by size and by filling; a dash below all rows is a session without a report.
"""

import plotly.graph_objects as go

from kapjournal.charts.frame import axis, drawable, plain, trace
from kapjournal.charts.palette import Palette
from kapjournal.charts.rows import centred, folded, height, names
from kapjournal.insights import say
from kapjournal.insights.side_effects import SideEffectsSeen

NAMED = 3
FEWEST = 3
LEFT = 142
WIDEST = 20
SIZES = {1: 7, 2: 12, 3: 17}


def side_effects_figure(seen: SideEffectsSeen, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the strongest report of every effect after every session."""
    drawable(seen)
    sessions = seen.sessions[-say.LATEST :]
    first, last = centred(len(sessions), FEWEST)
    places = [
        (column, row, seen.strengths[session, name])
        for row, name in enumerate(seen.names)
        for column, session in enumerate(sessions)
        if (session, name) in seen.strengths
    ]
    silent = [
        (column, row)
        for column, it in enumerate(sessions)
        if it not in seen.reported
        for row in range(len(seen.names))
    ]
    rules = [[(first, row), (last, row)] for row in range(len(seen.names))]
    traces = [
        trace("lines", rules, line={"color": palette.hairline, "width": 1}),
        trace("markers", [silent], marker={"symbol": "line-ew-open", "color": palette.label, "size": 8}),
        trace(
            "markers",
            [[(column, row) for column, row, _strength in places]],
            marker={
                "size": [SIZES[it] for _column, _row, it in places],
                "color": palette.line,
                "opacity": 1,
                "line": {"width": 0},
            },
        )
        | {
            "customdata": [
                f"{say.short_day(sessions[column], locale)}: {seen.names[row]}" for column, row, _it in places
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
            "hoverinfo": "all",
        },
    ]
    step = -(-len(sessions) // NAMED)
    ticks = [
        (float(column), f"{say.month_day(it, locale)}<br>{say.year(it, locale)}")
        for column, it in enumerate(sessions)
        if column % step == 0
    ]
    labels = [folded(it, WIDEST) for it in seen.names]
    layout = plain(palette, locale, height=height(labels), left=LEFT) | {
        "xaxis": axis(palette, first, last, ticks),
        "yaxis": names(palette, labels),
    }
    return go.Figure({"data": traces, "layout": layout})
