"""What holds for every picture around sessions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from kapjournal.charts.average import average_figure
from kapjournal.charts.before_after import before_after_figure
from kapjournal.charts.calendar import calendar_figure
from kapjournal.charts.domains import domains_figure
from kapjournal.charts.frame import BOTTOM, HEIGHT, TOP
from kapjournal.charts.lasting import lasting_figure
from kapjournal.charts.measure import measure_figure
from kapjournal.charts.palette import DARK, LIGHT, Palette
from kapjournal.charts.side_by_side import side_by_side_figure
from kapjournal.charts.side_effects import side_effects_figure
from kapjournal.insights.average import average_course
from kapjournal.insights.before_after import before_after
from kapjournal.insights.calendar import calendar
from kapjournal.insights.domains import domains
from kapjournal.insights.lasting import Outcome, lasting
from kapjournal.insights.measure import Band, MeasurePoint, Thresholds, measure_course
from kapjournal.insights.mood import mood_series
from kapjournal.insights.periods import Period
from kapjournal.insights.say import LATEST
from kapjournal.insights.side_by_side import side_by_side
from kapjournal.insights.side_effects import Report, side_effects_seen

TODAY = date(2026, 11, 20).toordinal()
Maker = Callable[[int, Palette], go.Figure]
PARTS = ("mind", "body", "spirit", "relationships", "lifestyle", "nature")


def sessions(days: int) -> list[int]:
    return [day for day in range(TODAY - 1, TODAY - days, -1) if (TODAY - day) % 21 == 14]


def rated(days: int) -> list[tuple[int, float]]:
    """Two points higher for a week after each session."""
    held = sessions(days)
    return [
        (day, 4.0 + (day * 7 % 3) / 2 + 3 * any(0 <= day - it <= 7 for it in held))
        for day in range(TODAY - days, TODAY)
    ]


def measured(days: int, palette: Palette) -> go.Figure:
    answers = [MeasurePoint(day, day % 28) for day in range(TODAY, TODAY - days, -14)]
    bands = [Band("minimal", 0, 4), Band("mild", 5, 27)]
    course = measure_course(
        answers, sessions(days), title="PHQ-9", highest=27, bands=bands, thresholds=Thresholds(5, "Löwe 2004")
    )
    return measure_figure(course, palette)


def beside(days: int, palette: Palette) -> go.Figure:
    points = [(day, int(value)) for day, value in rated(days)]
    series = [
        mood_series(points, sessions(days), Period.ALL, TODAY, name)
        for name in ("mood", "sleep", "pain", "craving")
    ]
    return side_by_side_figure(side_by_side(series), palette)


def effects(days: int, palette: Palette) -> go.Figure:
    reports = [
        Report(it, tuple((f"Effect {n} of many words", 1 + n % 3) for n in range(12)))
        for it in sessions(days)
    ]
    return side_effects_figure(side_effects_seen(reports, sessions(days), TODAY), palette)


def written(days: int, palette: Palette) -> go.Figure:
    return domains_figure(
        domains([PARTS[day % 5] for day in range(days)], [(it, it) for it in PARTS]), palette
    )


def weeks(days: int, palette: Palette) -> go.Figure:
    every = range(TODAY - days, TODAY)
    return calendar_figure(calendar(every, every, sessions(days), TODAY), palette)


MAKERS: dict[str, Maker] = {
    "before_after": lambda days, palette: before_after_figure(
        before_after(rated(days), sessions(days), TODAY), palette
    ),
    "average": lambda days, palette: average_figure(
        average_course(rated(days), sessions(days), TODAY), palette
    ),
    "lasting": lambda days, palette: lasting_figure(lasting(rated(days), sessions(days), TODAY), palette),
    "measure": measured,
    "side_effects": effects,
    "domains": written,
    "calendar": weeks,
    "side_by_side": beside,
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Maker:
    return MAKERS[request.param]


def test_ten_years_are_light(make: Maker) -> None:
    assert len(make(3650, LIGHT).to_json()) <= 100_000


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_theme_shows_through_and_colours_are_its_own(make: Maker, palette: Palette) -> None:
    figure = make(200, palette)
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.font.family is None
    other = set(LIGHT if palette is DARK else DARK) - set(palette)
    assert not [colour for colour in other if colour in figure.to_json()]


def test_nothing_moves_under_a_finger(make: Maker) -> None:
    layout = make(200, LIGHT).to_dict()["layout"]
    axes = [value for name, value in layout.items() if name.startswith(("xaxis", "yaxis"))]
    assert len(axes) >= 2
    assert all(axis["fixedrange"] for axis in axes)
    assert layout["dragmode"] is False
    assert layout["showlegend"] is False


def test_no_picture_is_lower_than_on_every_page(make: Maker) -> None:
    assert make(200, LIGHT).layout.height >= HEIGHT


def test_what_is_drawn_lies_inside(make: Maker) -> None:
    figure = make(3650, LIGHT).to_dict()
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"])
        for name in ("x", "y"):
            number = (trace.get("yaxis") or "y")[1:] if name == "y" else ""
            low, high = sorted(figure["layout"][f"{name}axis{number}"]["range"])
            assert all(low - 1e-9 <= it <= high + 1e-9 for it in trace[name] if it is not None)


def test_ratings_keep_their_scale() -> None:
    for name in ("before_after", "average", "side_by_side"):
        assert tuple(MAKERS[name](200, LIGHT).layout.yaxis.range) == (BOTTOM, TOP)


EMPTY: dict[str, Callable[[], go.Figure]] = {
    "before_after": lambda: before_after_figure(before_after([], [], TODAY), LIGHT),
    "average": lambda: average_figure(average_course(rated(40), sessions(30), TODAY), LIGHT),
    "lasting": lambda: lasting_figure(lasting(rated(40), sessions(30), TODAY), LIGHT),
    "measure": lambda: measured(14, LIGHT),
    "side_effects": lambda: side_effects_figure(side_effects_seen([], [TODAY], TODAY), LIGHT),
    "domains": lambda: written(4, LIGHT),
    "calendar": lambda: calendar_figure(calendar([], [], [], TODAY), LIGHT),
    "side_by_side": lambda: side_by_side_figure(side_by_side([]), LIGHT),
}


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_too_few_points_are_not_drawn(draw: Callable[[], go.Figure]) -> None:
    with pytest.raises(ValueError, match="too few points"):
        draw()


def traces(figure: go.Figure) -> list[dict[str, Any]]:
    return list(figure.to_dict()["data"])


def test_the_latest_sessions_are_drawn_with_both_sides() -> None:
    shown = before_after(rated(600), sessions(600), TODAY)
    _ways, before, after = traces(before_after_figure(shown, LIGHT))
    assert list(before["y"]) == [round(it.before or 0, 2) for it in shown.rated[-LATEST:]]
    assert list(after["y"]) == [round(it.after or 0, 2) for it in shown.rated[-LATEST:]]


def test_the_average_is_drawn_at_its_days_above_its_numbers_of_sessions() -> None:
    course = average_course(rated(200), sessions(200), TODAY)
    figure = average_figure(course, LIGHT)
    assert list(traces(figure)[-1]["x"]) == [it.day for it in course.points]
    counts = {it.day: it.sessions for it in course.points}
    assert list(figure.layout.xaxis.ticktext) == [
        f"-7<br>{counts[-7]}",
        f"session<br>{counts[0]}",
        f"7<br>{counts[7]}",
        f"14<br>{counts[14]}",
        f"21<br>{counts.get(21, 0)}",
    ]


def test_a_lift_that_was_not_seen_to_end_has_an_arrow() -> None:
    held = sessions(200)
    shown = lasting([it for it in rated(200) if it[0] <= held[0] + 5], held, TODAY)
    assert shown.sessions[-1].outcome is Outcome.OPEN
    arrows = [
        it
        for it in traces(lasting_figure(shown, LIGHT))
        if it.get("marker", {}).get("symbol") == "triangle-right"
    ]
    assert [list(it["x"]) for it in arrows] == [[shown.sessions[-1].low]]
    assert list(arrows[0]["y"]) == [0]


def test_the_area_of_a_part_follows_its_entries() -> None:
    shown = domains(["mind"] * 8 + ["body"] * 2, [("mind", "Mind"), ("body", "Body")])
    parts = traces(domains_figure(shown, LIGHT))[0]
    radii = [
        round((x * x + y * y) ** 0.5, 2) for x, y in zip(parts["x"], parts["y"], strict=True) if x is not None
    ]
    assert sorted(set(radii)) == [0, 0.5, 1]


def test_strength_is_told_by_size_and_silence_by_a_dash() -> None:
    reports = [Report(TODAY - 9, (("Nausea", 1),)), Report(TODAY - 5, (("Nausea", 3),))]
    seen = side_effects_seen(reports, [TODAY - 9, TODAY - 5, TODAY - 1], TODAY)
    _rules, silent, dots = traces(side_effects_figure(seen, LIGHT))
    assert list(silent["x"]) == [2]
    assert dots["marker"]["size"][0] < dots["marker"]["size"][1]
    assert list(dots["x"]) == [0, 1]


def test_the_baseline_of_a_measure_is_its_first_comparable_answer() -> None:
    answers = [MeasurePoint(TODAY - 40, 20), MeasurePoint(TODAY - 20, 14, 2), MeasurePoint(TODAY, 9, 2)]
    course = measure_course(answers, [], title="x", highest=27, bands=[], thresholds=Thresholds(5, "x"))
    baseline, line = traces(measure_figure(course, LIGHT))[2:4]
    assert list(baseline["y"]) == [14, 14]
    assert list(line["x"]) == [TODAY - 40, None, TODAY - 20, TODAY]


def test_a_day_of_the_calendar_stands_in_its_week_and_weekday() -> None:
    monday = date(2026, 11, 16).toordinal()
    figure = calendar_figure(calendar([monday], [], [monday + 2], TODAY), LIGHT)
    _empty, entries, _check_ins, held, _hover = traces(figure)
    assert (list(entries["x"]), list(entries["y"])) == ([12], [0])
    assert (list(held["x"]), list(held["y"])) == ([12], [2])
