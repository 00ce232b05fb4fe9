from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.charts.frame import BOTTOM, TOP
from kapjournal.charts.mood import mood_figure
from kapjournal.charts.palette import DARK, LIGHT
from kapjournal.insights.mood import MoodSeries, mood_series
from kapjournal.insights.periods import Period, Unit
from kapjournal.insights.say import MANY_SESSIONS

TODAY = date(2026, 11, 20).toordinal()
DAILY = [(TODAY - day, (day * 7) % 11) for day in range(3650)]


def drawn(series: MoodSeries) -> list[dict[str, Any]]:
    return list(mood_figure(series, LIGHT).to_dict()["data"])


def test_by_day_there_are_sessions_dots_and_a_line() -> None:
    series = mood_series(DAILY[:10], [TODAY - 4], Period.WEEKS_4, TODAY)
    sessions, dots, line = drawn(series)
    assert (list(sessions["x"]), list(sessions["y"])) == ([TODAY - 4, TODAY - 4], [BOTTOM, TOP])
    assert list(zip(dots["x"], dots["y"], strict=True)) == sorted(DAILY[:10])
    assert list(line["x"]) == [mean.day for mean in series.segments[0]]


def test_the_pen_is_lifted_between_segments() -> None:
    points = [(TODAY - day, 5) for day in (0, 1, 2, 10, 11, 12)]
    line = drawn(mood_series(points, [], Period.WEEKS_4, TODAY))[-1]
    assert list(line["x"]) == [TODAY - 10, None, TODAY]
    assert line["connectgaps"] is False


def test_a_line_of_one_point_can_be_seen() -> None:
    line = drawn(mood_series(DAILY[:3], [], Period.WEEKS_4, TODAY))[-1]
    assert list(line["x"]) == [TODAY]
    assert line["mode"] == "lines+markers"
    assert line["marker"]["size"] == line["line"]["width"]


def test_by_month_a_band_reaches_from_the_lowest_to_the_highest_rating() -> None:
    series = mood_series(DAILY, [], Period.ALL, TODAY)
    band = drawn(series)[0]
    assert series.unit is Unit.MONTH
    assert band["fill"] == "toself"
    assert (min(band["y"]), max(band["y"])) == (0, 10)
    assert len(band["x"]) == 2 * len(series.segments[0]) + 1


def test_a_month_of_too_few_ratings_stays_a_dot() -> None:
    points = [(TODAY - 3000, 4), *DAILY[:60]]
    dots = drawn(mood_series(points, [], Period.ALL, TODAY))[2]
    assert (list(dots["x"]), list(dots["y"])) == ([TODAY - 3000], [4])


def test_many_sessions_shrink_to_stubs_below_the_scale() -> None:
    days = range(TODAY - MANY_SESSIONS, TODAY + 1)
    sessions = drawn(mood_series([], days, Period.WEEKS_4, TODAY))[0]
    assert max(height for height in sessions["y"] if height is not None) < 0
    assert sessions["line"]["dash"] == "solid"


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_theme_shows_through(palette: Any) -> None:
    figure = mood_figure(mood_series(DAILY, [], Period.YEAR, TODAY), palette)
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.font.family is None
    assert figure.data[-1].line.color == palette.line


@pytest.mark.parametrize(
    ("period", "most"), [(Period.MONTHS_3, 8_000), (Period.YEAR, 32_000), (Period.ALL, 32_000)]
)
def test_a_picture_of_ten_years_of_ratings_is_light(period: Period, most: int) -> None:
    series = mood_series(DAILY * 2, range(TODAY - 3650, TODAY, 30), period, TODAY)
    assert len(mood_figure(series, LIGHT).to_json()) <= most


def test_a_session_every_three_days_for_ten_years_is_still_light() -> None:
    series = mood_series(DAILY, range(TODAY - 3650, TODAY, 3), Period.ALL, TODAY)
    assert len(mood_figure(series, LIGHT).to_json()) <= 100_000


@settings(max_examples=30, deadline=None)  # Plotly imports much when it first draws
@given(
    st.lists(st.tuples(st.integers(TODAY - 4000, TODAY), st.integers(0, 10)), max_size=60),
    st.lists(st.integers(TODAY - 4000, TODAY), max_size=40),
    st.sampled_from(Period),
)
def test_every_series_can_be_drawn(
    points: list[tuple[int, int]], sessions: list[int], period: Period
) -> None:
    series = mood_series(points, sessions, period, TODAY)
    for trace in drawn(series):
        assert len(trace["x"]) == len(trace["y"])
        assert all(BOTTOM <= y <= TOP for y in trace["y"] if y is not None)
        assert all(series.first_day <= x <= series.last_day for x in trace["x"] if x is not None)
