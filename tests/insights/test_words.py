from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.insights.mood import mood_series
from kapjournal.insights.periods import Period
from kapjournal.insights.words import Row, alt_text, period_label, reported, sentence, table_rows
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY

Points = list[tuple[int, int]]


def said(
    points: Points, period: Period = Period.WEEKS_4, sessions: tuple[int, ...] = (), locale: str = "en"
) -> str:
    return sentence(mood_series(points, sessions, period, TODAY), locale)


def test_nothing_rated_yet_says_what_will_be_here() -> None:
    assert said([]) == "Your mood over time appears here after your first check-in with it."


def test_an_empty_period_says_so_without_blame() -> None:
    assert said([(TODAY - 100, 5)]) == (
        "There is no rating of your mood between October 24, 2026 and November 20, 2026."
    )


def test_one_rating_claims_no_course() -> None:
    assert said([(TODAY, 6)], Period.ALL) == (
        "You rated your mood for the first time on November 20, 2026. The rating was 6. "
        "The 7-day mean starts when three days within one week have a rating."
    )


def test_a_full_period_is_counted_against_its_days() -> None:
    points = [(TODAY - 90, 1)] + [(TODAY - day, 4 if day > 40 else 6) for day in range(0, 80, 2)]
    assert said(points, Period.MONTHS_3, sessions=(TODAY - 41,)) == (
        "You rated your mood on 40 of the last 90 days. Ratings lay between 4 and 6. "
        "The 7-day mean went from 4.0 (September 7) to 6.0 (November 20). Upright lines are sessions."
    )


def test_a_young_journal_is_counted_since_its_first_day() -> None:
    points = [(TODAY - day, 5) for day in (0, 1, 11)]
    assert said(points, Period.MONTHS_3).startswith(
        "You rated your mood on 3 of the 12 days since November 9, 2026."
    )


def test_two_means_that_share_days_are_not_compared() -> None:
    points = [(TODAY - day, value) for day, value in ((6, 1), (5, 2), (4, 3), (0, 9))]
    assert "The 7-day mean was 3.8 (November 20)." in said(points)


def test_a_course_that_ends_where_it_began_is_not_called_a_change() -> None:
    text = said([(TODAY - day, 5) for day in range(28)])
    assert "Every rating was 5. The 7-day mean was 5.0 (October 26) and again 5.0 (November 20)." in text


def test_years_are_named_where_the_picture_shows_two() -> None:
    text = said([(TODAY - day, day % 9) for day in range(400)], Period.YEAR)
    assert "(November 21, 2025) to " in text


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (500, "The weekly mean was 2.0 (week of July 7, 2025) and again 2.0 (week of November 16, 2026)."),
        (3650, "The monthly mean went from 3.9 (November 2016) to 3.6 (November 2026)."),
    ],
)
def test_weeks_and_months_are_named_as_such(days: int, expected: str) -> None:
    assert expected in said([(TODAY - day, day % 9) for day in range(days)], Period.ALL)


def test_a_month_of_too_few_ratings_says_what_it_takes() -> None:
    text = said([(TODAY, 5), (TODAY - 3000, 5)], Period.ALL)
    assert "The monthly mean starts when three days of one month have a rating." in text


def test_a_band_and_many_sessions_are_named_as_they_are_drawn() -> None:
    points = [(TODAY - day, day % 9) for day in range(3650)]
    sessions = tuple(TODAY - 14 * number for number in range(13))
    assert said(points, Period.ALL, sessions=sessions).endswith(
        "The band reaches from the lowest to the highest rating of each month. Short lines at the foot are sessions."
    )
    assert said(points, Period.ALL, sessions=sessions[:12]).endswith("Upright lines are sessions.")


def test_numbers_and_dates_are_written_as_the_person_does() -> None:
    points = [(TODAY - day, 4 if day else 7) for day in range(3650)]
    text = said(points, Period.ALL, locale="de")
    assert "3.650" in text
    assert "23. November 2016" in text
    assert "4,2 (November 2026)" in text


@settings(deadline=None)  # Babel reads a locale when it is first used
@given(ANY_POINTS, SESSIONS, st.sampled_from(Period), st.sampled_from(["en", "de", "pt_BR", "ar"]))
def test_every_series_finds_its_words(
    points: Points, sessions: list[int], period: Period, locale: str
) -> None:
    series = mood_series(points, sessions, period, TODAY)
    for text in (sentence(series, locale), alt_text(series, locale)):
        assert not set("{}!") & set(text)
        assert "nan" not in text.lower()
        assert text.endswith(".")


def test_alt_text_says_what_there_is_to_see() -> None:
    points = [(TODAY - day, 5) for day in (*range(10), *range(20, 28))]
    assert alt_text(mood_series(points, [TODAY - 12, TODAY - 3], Period.WEEKS_4, TODAY)) == (
        "Chart of your mood on a scale from 0 to 10, from October 24, 2026 to November 20, 2026. "
        "Each dot is a day. The line is the 7-day mean. "
        "There is 1 gap without ratings. 2 sessions are marked."
    )


def test_alt_text_of_an_empty_picture_says_so() -> None:
    assert alt_text(mood_series([], [], Period.ALL, TODAY)).endswith("It is empty.")


@pytest.mark.parametrize(("days", "step"), [(500, "week"), (3650, "month")])
def test_alt_text_names_the_band_of_longer_steps(days: int, step: str) -> None:
    text = alt_text(mood_series([(TODAY - day, 5) for day in range(days)], [], Period.ALL, TODAY))
    assert f"from the lowest to the highest rating of each {step}" in text


def test_the_table_has_a_row_a_dot() -> None:
    points = [(TODAY, 6), (TODAY, 7), (TODAY - 2, 4), (TODAY, 6)]
    assert table_rows(mood_series(points, [], Period.WEEKS_4, TODAY)) == (
        Row("2026-11-18", 4.0, 1),
        Row("2026-11-20", 6.33, 3),
    )


def test_a_row_of_a_leap_day_is_named_by_it() -> None:
    leap_day = date(2028, 2, 29).toordinal()
    assert table_rows(mood_series([(leap_day, 3)], [], Period.ALL, leap_day))[0].date == "2028-02-29"


@given(ANY_POINTS, st.sampled_from(Period))
def test_the_table_holds_the_numbers_of_the_picture(points: Points, period: Period) -> None:
    series = mood_series(points, [], period, TODAY)
    rows = table_rows(series)
    assert [row.ratings for row in rows] == [dot.count for dot in series.dots]
    assert [row.mean for row in rows] == [round(dot.mean, 2) for dot in series.dots]


def test_periods_have_names() -> None:
    assert [period_label(period) for period in Period] == ["4 weeks", "3 months", "1 year", "All"]


def test_somebody_else_is_told_only_what_is_shown() -> None:
    points = [(TODAY - day, 4 if day > 5 else 6) for day in range(0, 20, 2)]
    told = reported(mood_series(points, (TODAY - 9,), Period.WEEKS_4, TODAY))
    assert told == (
        "Ratings of mood on 10 of the 19 days from November 2, 2026 to November 20, 2026. "
        "Ratings lay between 4 and 6. The 7-day mean went from 4.0 (November 6) to 5.5 (November 20). "
        "Upright lines are sessions."
    )


def test_somebody_else_is_told_of_one_day_and_of_none() -> None:
    one = mood_series([(TODAY, 6)], (), Period.WEEKS_4, TODAY)
    assert reported(one).startswith("Ratings of mood on one day, November 20, 2026. The rating was 6.")
    for points in ([], [(TODAY - 100, 5)]):
        assert reported(mood_series(points, (), Period.WEEKS_4, TODAY)) == (
            "No rating of mood is shown between October 24, 2026 and November 20, 2026."
        )


@settings(max_examples=60, deadline=None)
@given(ANY_POINTS, SESSIONS, st.sampled_from(list(Period)))
def test_nothing_that_somebody_else_is_told_speaks_to_the_person(
    points: Points, sessions: list[int], period: Period
) -> None:
    rated = [(day, int(value)) for day, value in points if 0 <= value <= 10]
    series = mood_series(rated, sessions, period, TODAY)
    for told in (reported(series), alt_text(series, own=False)):
        assert "you" not in told.lower()
