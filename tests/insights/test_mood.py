from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.insights.days import MIN_RATED, Mean, daily_means
from kapjournal.insights.mood import GAP, Dot, MoodSeries, mood_series
from kapjournal.insights.periods import Period, Unit
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY

Points = list[tuple[int, int]]
PERIODS = st.sampled_from(Period)
TEN_YEARS = [(TODAY - day, (day * 7 + half) % 11) for day in range(3650) for half in (0, 1)]


def shown(series: MoodSeries, points: Points) -> Points:
    return [(day, value) for day, value in points if series.first_day <= day <= series.last_day]


def test_nobody_has_rated_yet() -> None:
    series = mood_series([], [], Period.MONTHS_3, TODAY)
    assert (series.dots, series.segments, series.gaps, series.since) == ((), (), (), None)


def test_one_rating_is_one_dot_without_a_line() -> None:
    series = mood_series([(TODAY, 6)], [], Period.YEAR, TODAY)
    assert series.dots == (Dot(TODAY, TODAY, TODAY, 6.0, 6, 6, 1, 1),)
    assert series.segments == ()
    assert series.since == TODAY


def test_the_first_days_of_a_period_look_back_to_before_it() -> None:
    series = mood_series([(TODAY - day, day % 10) for day in range(60)], [], Period.WEEKS_4, TODAY)
    first = series.segments[0][0]
    assert (first.day, first.days) == (TODAY - 27, 7)
    assert first.mean == pytest.approx((0 + 1 + 2 + 3 + 7 + 8 + 9) / 7)


def test_ratings_before_the_period_are_not_shown_but_remembered() -> None:
    series = mood_series([(TODAY - 200, 6)], [], Period.WEEKS_4, TODAY)
    assert (series.dots, series.since) == ((), series.first_day)


def test_planned_sessions_are_not_marked_and_two_of_one_day_are_one() -> None:
    series = mood_series([], [TODAY + 1, TODAY, TODAY - 3, TODAY], Period.WEEKS_4, TODAY)
    assert series.sessions == (TODAY - 3, TODAY)


def test_weeks_take_the_place_of_days_when_a_phone_could_not_show_them() -> None:
    monday = date(2026, 11, 16).toordinal()
    points = [(TODAY - 500, 5), (monday, 2), (monday, 4), (monday + 1, 6), (monday + 4, 9)]
    series = mood_series(points, [], Period.ALL, TODAY)
    assert series.unit is Unit.WEEK
    assert series.dots[-1] == Dot(monday, monday, monday + 4, 6.0, 2, 9, 3, 4)
    assert series.segments == ((Mean(monday + 2, 6.0, 3),),)


def test_a_week_without_ratings_breaks_the_line_of_weeks() -> None:
    monday = date(2026, 11, 16).toordinal()
    weeks = (monday, monday - 7, monday - 21)
    points = [(TODAY - 500, 5)] + [(week + day, 5) for week in weeks for day in range(3)]
    series = mood_series(points, [], Period.ALL, TODAY)
    assert [len(segment) for segment in series.segments] == [1, 2]


def test_months_take_the_place_of_weeks_after_three_years() -> None:
    series = mood_series(TEN_YEARS, [], Period.ALL, TODAY)
    assert series.unit is Unit.MONTH
    assert len(series.dots) == 121


@given(ANY_POINTS, PERIODS)
def test_dots_weigh_every_rated_day_the_same(points: Points, period: Period) -> None:
    series = mood_series(points, [], period, TODAY)
    days = daily_means(shown(series, points))
    assert series.rated_days == len(days)
    assert sum(dot.count for dot in series.dots) == len(shown(series, points))
    assert sum(dot.mean * dot.days for dot in series.dots) == pytest.approx(sum(day.mean for day in days))


@given(ANY_POINTS)
def test_dots_reach_from_the_lowest_to_the_highest_rating(points: Points) -> None:
    series = mood_series(points, [], Period.ALL, TODAY)
    for dot in series.dots:
        values = [value for day, value in points if dot.first <= day <= dot.last]
        assert (dot.low, dot.high) == (min(values), max(values))
        assert dot.start <= dot.first <= dot.day <= dot.last


@given(ANY_POINTS, SESSIONS, PERIODS)
def test_no_line_bridges_a_gap_whatever_its_steps(
    points: Points, sessions: list[int], period: Period
) -> None:
    series = mood_series(points, sessions, period, TODAY)
    assert all(gap.last - gap.first + 1 >= GAP[series.unit] for gap in series.gaps)
    for segment in series.segments:
        for before, after in pairwise(segment):
            between = range(before.day, after.day)
            assert not any(gap.first in between and gap.last in between for gap in series.gaps)


@given(ANY_POINTS, PERIODS)
def test_a_mean_rests_on_at_least_three_rated_days(points: Points, period: Period) -> None:
    series = mood_series(points, [], period, TODAY)
    assert all(mean.days >= MIN_RATED for segment in series.segments for mean in segment)


@given(ANY_POINTS, SESSIONS, PERIODS)
def test_the_order_of_ratings_and_sessions_changes_nothing(
    points: Points, sessions: list[int], period: Period
) -> None:
    again = mood_series(points[::-1], sessions[::-1], period, TODAY)
    assert mood_series(points, sessions, period, TODAY) == again
