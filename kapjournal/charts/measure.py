"""The picture of a questionnaire over time. Minimum: see `insights.measure`."""

from itertools import groupby

import plotly.graph_objects as go

from kapjournal.charts.frame import axis, dates, drawable, plain, session_lines, trace
from kapjournal.charts.palette import Palette
from kapjournal.charts.rows import folded
from kapjournal.insights import say
from kapjournal.insights.measure import MeasureCourse, MeasurePoint, band_of

MANY = 24
LEFT = 108
WIDEST = 15


def measure_figure(course: MeasureCourse, palette: Palette, locale: str = "en") -> go.Figure:
    """Draw totals with their bands, the first answer as a dotted line, and sessions as upright lines."""
    drawable(course)
    first, last = course.drawn[0].day, course.drawn[-1].day
    edges = [[(first, it.low - 0.5), (last, it.low - 0.5)] for it in course.bands if it.low]
    baseline = course.compared[0]
    foot = -0.06 * course.highest
    versions = [list(points) for _version, points in groupby(course.drawn, key=lambda it: it.version)]
    traces = [
        trace("lines", edges, line={"color": palette.hairline, "width": 1}),
        session_lines(course.sessions, palette, bottom=foot, stub=foot / 3, top=course.highest),
        trace(
            "lines",
            [[(max(first, baseline.day), baseline.total), (last, baseline.total)]],
            line={"color": palette.dot, "width": 2, "dash": "2px,4px"},
        ),
        trace(
            "lines",
            [[(it.day, it.total) for it in points] for points in versions],
            line={"color": palette.line, "width": 3 if len(course.drawn) <= MANY else 2},
        ),
        trace("markers", [[(it.day, it.total) for it in course.drawn]], marker=_marker(course, palette))
        | {
            "customdata": [_told(course, it, locale) for it in course.drawn],
            "hovertemplate": "%{customdata}<extra></extra>",
            "hoverinfo": "all",
        },
    ]
    upright = axis(palette, foot, course.highest * 1.04, _names(course, locale))
    upright["tickfont"] = {"color": palette.label, "size": 13}
    across = dates(palette, first, last, locale)
    return go.Figure(
        {
            "data": traces,
            "layout": plain(palette, locale, left=LEFT if course.bands else 28)
            | {"xaxis": across, "yaxis": upright},
        }
    )


def _names(course: MeasureCourse, locale: str) -> list[tuple[float, str]]:
    """The name of each band and its totals, in the middle of it; without bands, some totals."""
    if not course.bands:
        return [(it, say.number(it, locale)) for it in (0, course.highest / 2, course.highest)]
    return [((it.low + it.high) / 2, folded(f"{it.label} {it.low}–{it.high}", WIDEST)) for it in course.bands]


def _marker(course: MeasureCourse, palette: Palette) -> dict[str, object]:
    """Dots; those of many answers are smaller."""
    return {"color": palette.line, "size": 9 if len(course.drawn) <= MANY else 5}


def _told(course: MeasureCourse, point: MeasurePoint, locale: str) -> str:
    band = band_of(course, point.total)
    total = say.number(point.total, locale)
    named = f"{total} ({band.label})" if band else total
    return f"{say.short_day(point.day, locale)}: {named}"
