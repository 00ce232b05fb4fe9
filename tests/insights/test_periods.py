from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.insights.periods import Period, Stretch, Unit, first_day, index, unit_for, within

TODAY = date(2026, 11, 20).toordinal()
LAST_DAY = date.max.toordinal()


@pytest.mark.parametrize(
    ("period", "length"),
    [(Period.WEEKS_4, 28), (Period.MONTHS_3, 90), (Period.YEAR, 365), (Period.ALL, 1001)],
)
def test_a_period_ends_today_and_has_its_length(period: Period, length: int) -> None:
    assert within(period, TODAY, [TODAY - 1000, TODAY - 3]) == Stretch(TODAY - length + 1, TODAY)


@pytest.mark.parametrize("period", [Period.MONTHS_3, Period.YEAR, Period.ALL])
def test_a_young_journal_fills_the_picture(period: Period) -> None:
    assert within(period, TODAY, [TODAY - 50, TODAY]).length == 51


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("known", [[], [TODAY], [TODAY - 5]])
def test_four_weeks_are_the_least_that_is_shown(period: Period, known: list[int]) -> None:
    assert within(period, TODAY, known) == Stretch(TODAY - 27, TODAY)


def test_a_rating_of_tomorrow_is_kept_after_a_flight_east_over_the_date_line() -> None:
    assert within(Period.WEEKS_4, TODAY, [TODAY + 1]) == Stretch(TODAY - 26, TODAY + 1)


def test_a_day_far_ahead_does_not_stretch_the_picture() -> None:
    assert within(Period.ALL, TODAY, [LAST_DAY]) == Stretch(TODAY - 27, TODAY)


@given(st.integers(1, LAST_DAY - 1), st.lists(st.integers(1, LAST_DAY)), st.sampled_from(Period))
def test_every_day_of_a_stretch_is_a_date(today: int, known: list[int], period: Period) -> None:
    stretch = within(period, today, known)
    assert 1 <= stretch.first <= today <= stretch.last <= LAST_DAY


@pytest.mark.parametrize(
    ("length", "unit"),
    [
        (28, Unit.DAY),
        (400, Unit.DAY),
        (401, Unit.WEEK),
        (1098, Unit.WEEK),
        (1099, Unit.MONTH),
        (36500, Unit.MONTH),
    ],
)
def test_longer_stretches_take_longer_steps(length: int, unit: Unit) -> None:
    assert unit_for(Stretch(TODAY - length + 1, TODAY)) is unit


def test_weeks_begin_on_monday() -> None:
    week = index(date(2026, 11, 22).toordinal(), Unit.WEEK)
    assert date.fromordinal(first_day(week, Unit.WEEK)) == date(2026, 11, 16)


def test_february_of_a_leap_year_has_its_last_day() -> None:
    leap_day = date(2028, 2, 29).toordinal()
    month = index(leap_day, Unit.MONTH)
    assert first_day(month, Unit.MONTH) == date(2028, 2, 1).toordinal()
    assert index(leap_day + 1, Unit.MONTH) == month + 1


@given(st.integers(1, LAST_DAY), st.sampled_from(Unit))
def test_a_day_lies_between_the_start_of_its_step_and_of_the_next(day: int, unit: Unit) -> None:
    step = index(day, unit)
    start = first_day(step, unit)
    assert start <= day
    assert index(start, unit) == step
    assert start == 1 or index(start - 1, unit) == step - 1
