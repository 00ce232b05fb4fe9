"""The picture of the average course around a session. Minimum: see `insights.average`."""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from kapjournal.charts.frame import axis, drawable, plain, scale, session_lines, trace
from kapjournal.charts.palette import Palette
from kapjournal.insights import say
from kapjournal.insights.average import AFTER, BEFORE, AverageCourse, Point
from kapjournal.language import _

NAMED = (-7, 0, 7, 14, 21)


def average_figure(course: AverageCourse, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw the mean with its band; below every seventh day stands how many sessions it is of."""
    drawable(course)
    runs = _runs(course.points)
    band = [
        [(it.day, it.high) for it in run]
        + [(it.day, it.low) for it in reversed(run)]
        + [(run[0].day, run[0].high)]
        for run in runs
    ]
    text = _("Day {day}: {mean}, {sessions}")
    told = [
        text.format(
            day=say.number(it.day, locale),
            mean=say.tenths(it.mean, locale),
            sessions=say.sessions(it.sessions, locale),
        )
        for it in course.points
    ]
    traces = [
        trace("lines", band, fill="toself", fillcolor=palette.band, line={"color": palette.band, "width": 2}),
        session_lines([0], palette),
        trace(
            "lines",
            [[(it.day, it.mean) for it in run] for run in runs],
            line={"color": palette.line, "width": 3},
        ),
        trace(
            "markers",
            [[(it.day, it.mean) for it in course.points]],
            marker={"color": palette.line, "size": 6},
        )
        | {"customdata": told, "hovertemplate": "%{customdata}<extra></extra>", "hoverinfo": "all"},
    ]
    across = axis(palette, -BEFORE - 1, AFTER + 1, _ticks(course, locale))
    return go.Figure(
        {"data": traces, "layout": plain(palette, locale) | {"xaxis": across, "yaxis": scale(palette)}}
    )


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points of neighbouring days."""
    runs = [[points[0]]]
    for before, after in pairwise(points):
        if after.day - before.day > 1:
            runs.append([])
        runs[-1].append(after)
    return runs


def _ticks(course: AverageCourse, locale: str) -> list[tuple[float, str]]:
    """Every seventh day, with the number of sessions behind it."""
    counts = {it.day: it.sessions for it in course.points}
    return [(day, f"{_name(day, locale)}<br>{say.number(counts.get(day, 0), locale)}") for day in NAMED]


def _name(day: int, locale: str) -> str:
    return _("session") if day == 0 else say.number(day, locale)
