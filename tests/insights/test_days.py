from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given

from kapjournal.insights.days import MIN_GAP, MIN_RATED, DayMean, Gap, Mean, daily_means, gaps, weekly_mean
from tests.insights.strategies import ANY_POINTS, points

Points = list[tuple[int, int]]


def days_rated(*days: int) -> tuple[DayMean, ...]:
    return daily_means((day, 5) for day in days)


def test_several_ratings_of_one_day_are_averaged() -> None:
    assert daily_means([(9, 2), (8, 7), (9, 5)]) == (DayMean(8, 7, 7, 7, 1), DayMean(9, 3.5, 2, 5, 2))


def test_no_ratings_give_no_days_no_line_and_no_gaps() -> None:
    assert daily_means([]) == ()
    assert weekly_mean([]) == ()
    assert gaps([]) == ()


def test_the_line_starts_at_the_third_rated_day_of_a_week() -> None:
    means = daily_means([(1, 3), (4, 6), (7, 9)])
    assert weekly_mean(means) == ((Mean(7, 6.0, 3),),)


def test_three_days_that_do_not_fit_one_week_give_no_line() -> None:
    assert weekly_mean(days_rated(1, 4, 8)) == ()


def test_the_mean_looks_back_and_never_ahead() -> None:
    before = weekly_mean(daily_means([(day, 2) for day in range(1, 8)]))
    after = weekly_mean(daily_means([(day, 2) for day in range(1, 8)] + [(8, 10), (9, 10)]))
    assert after[0][: len(before[0])] == before[0]


@pytest.mark.parametrize(("next_day", "runs"), [(7, 1), (8, 2)])
def test_the_line_breaks_at_four_days_without_a_rating(next_day: int, runs: int) -> None:
    line = weekly_mean(days_rated(1, 2, 3, next_day, next_day + 1, next_day + 2))
    assert len(line) == runs


def test_the_line_breaks_at_a_day_that_too_few_days_support() -> None:
    line = weekly_mean(days_rated(1, 4, 7, 11, 12, 13))
    assert [[mean.day for mean in segment] for segment in line] == [[7], [12, 13]]


def test_gaps_name_their_first_and_last_unrated_day() -> None:
    assert gaps(days_rated(1, 5, 10, 12)) == (Gap(6, 9),)
    assert gaps(days_rated(1, 5, 10, 12), min_days=3) == (Gap(2, 4), Gap(6, 9))


@given(ANY_POINTS)
def test_daily_means_keep_every_rating(ratings: Points) -> None:
    means = daily_means(ratings)
    assert sum(day.count for day in means) == len(ratings)
    assert sum(day.mean * day.count for day in means) == pytest.approx(sum(value for _day, value in ratings))
    assert all(before.day < after.day for before, after in pairwise(means))
    assert all(0 <= day.low <= day.mean <= day.high <= 10 for day in means)


@given(points(60))
def test_the_seven_day_mean_equals_one_worked_out_by_hand(ratings: Points) -> None:
    means = {day.day: day.mean for day in daily_means(ratings)}
    windows = {day: [means[d] for d in range(day - 6, day + 1) if d in means] for day in means}
    expected = {day: fmean(window) for day, window in windows.items() if len(window) >= MIN_RATED}
    line = {mean.day: mean.mean for segment in weekly_mean(daily_means(ratings)) for mean in segment}
    assert line == pytest.approx(expected)


@given(points(60))
def test_a_line_never_bridges_a_gap(ratings: Points) -> None:
    days = daily_means(ratings)
    open_days = {day for gap in gaps(days) for day in range(gap.first, gap.last + 1)}
    for segment in weekly_mean(days):
        assert open_days.isdisjoint(range(segment[0].day, segment[-1].day + 1))


@given(points(60))
def test_every_long_stretch_without_ratings_is_a_gap(ratings: Points) -> None:
    days = [day.day for day in daily_means(ratings)]
    found = {gap.first - 1: gap.last + 1 for gap in gaps(daily_means(ratings))}
    assert found == {before: after for before, after in pairwise(days) if after - before - 1 >= MIN_GAP}
