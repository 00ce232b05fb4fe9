from math import nan

from hypothesis import given, settings

from kapjournal.insights.average import LEAST, average_course
from kapjournal.insights.average_words import alt_text, sentence, table
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY

SESSION_DAYS = [TODAY - 30 * place - 25 for place in range(4)]


def lifted(by: float) -> list[tuple[int, float]]:
    return [
        (session + day, 4 if day < 0 else 4 + by if day < 8 else 4 + by / 2)
        for session in SESSION_DAYS
        for day in range(-7, 22)
    ]


def test_every_day_is_the_mean_of_its_sessions() -> None:
    points = [(session - 1, value) for session, value in zip(SESSION_DAYS, (2, 4, 6, 8), strict=True)]
    [point] = average_course(points, SESSION_DAYS, TODAY).points
    assert (point.day, point.mean, point.sessions) == (-1, 5, 4)
    assert 0 <= point.low < 5 < point.high <= 10


def test_a_day_of_too_few_sessions_is_not_drawn() -> None:
    points = [(session + 2, 5.0) for session in SESSION_DAYS[: LEAST - 1]]
    assert average_course(points, SESSION_DAYS, TODAY).points == ()


def test_days_after_the_next_session_are_not_counted() -> None:
    course = average_course(
        [(TODAY - day, 5) for day in range(60)], [TODAY - 8, TODAY - 16, TODAY - 24], TODAY
    )
    assert [it.day for it in course.points] == list(range(-7, 8))
    assert {it.sessions for it in course.points} == {3}


def test_too_few_sessions_say_what_is_missing() -> None:
    course = average_course(lifted(2), SESSION_DAYS[:2], TODAY)
    assert not course.enough
    assert sentence(course) == (
        "Your average course appears here once 3 sessions have ratings of your mood on the same days before and "
        "after. So far there are ratings around 2 sessions."
    )


def test_the_sentence_holds_the_means() -> None:
    text = sentence(average_course(lifted(3), SESSION_DAYS, TODAY))
    assert "This is the mean of your mood around 4 sessions." in text
    assert "It was 4.0 in the week before and 7.0 in the week after. In the third week it was 5.5." in text


def test_a_small_difference_is_not_called_one() -> None:
    text = sentence(average_course(lifted(0.9), SESSION_DAYS, TODAY))
    assert "That is about the same: less than 1 point apart." in text


def test_a_difference_is_judged_by_the_numbers_that_are_shown() -> None:
    text = sentence(average_course(lifted(0.96), SESSION_DAYS, TODAY))
    assert "It was 4.0 in the week before and 5.0 in the week after." in text
    assert "about the same" not in text


def test_the_table_counts_the_sessions_of_each_day() -> None:
    course = average_course(lifted(3), SESSION_DAYS, TODAY)
    assert table(course).rows[0] == ("-7", "4.0", "4.0 to 4.0", "4")
    assert len(table(course).rows) == 29
    assert "from 7 days before to 21 days after" in alt_text(course)


def test_nan_is_no_rating() -> None:
    assert average_course([(day, nan) for day, _value in lifted(1)], SESSION_DAYS, TODAY).points == ()


@settings(max_examples=40, deadline=None)
@given(ANY_POINTS, SESSIONS)
def test_every_course_stays_on_the_scale(points: list[tuple[int, int]], sessions: list[int]) -> None:
    for it in average_course(points, sessions, TODAY).points:
        assert 0 <= it.low <= it.mean + 1e-9
        assert it.mean - 1e-9 <= it.high <= 10
        assert it.sessions >= LEAST
