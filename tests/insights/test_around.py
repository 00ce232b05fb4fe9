from math import inf, nan

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.insights.around import around, levels, mean_of
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY


def test_days_are_counted_from_the_session() -> None:
    [one] = around([(TODAY - 2, 4), (TODAY, 6), (TODAY, 7)], [TODAY - 1], TODAY, before=3, after=3)
    assert one.levels == {-1: 4, 1: 6.5}
    assert (one.until, one.cut) == (1, False)


def test_a_day_belongs_to_the_session_before_it_and_leads_up_to_the_next() -> None:
    points = [(TODAY - day, day) for day in range(10)]
    first, second = around(points, [TODAY - 2, TODAY - 6], TODAY, before=7, after=21)
    assert sorted(first.levels) == [-3, -2, -1, 0, 1, 2, 3]
    assert sorted(second.levels) == [-3, -2, -1, 0, 1, 2]
    assert (first.until, first.cut) == (3, True)
    assert (second.until, second.cut) == (2, False)


def test_a_session_after_the_last_day_is_cut_by_nothing() -> None:
    first, _second = around([], [TODAY - 40, TODAY], TODAY, before=7, after=21)
    assert (first.until, first.cut) == (21, False)


def test_sessions_to_come_are_left_out() -> None:
    assert around([(TODAY, 5)], [TODAY + 1], TODAY, before=7, after=7) == ()


def test_what_is_no_rating_is_left_out() -> None:
    assert levels([(1, nan), (2, 11), (3, -1), (4, inf), (5, 0), (6, 10)]) == {5: 0, 6: 10}


def test_a_mean_takes_enough_rated_days() -> None:
    assert mean_of({1: 4, 3: 6}, range(1, 4), least=2) == 5
    assert mean_of({1: 4, 3: 6}, range(1, 4), least=3) is None


@given(ANY_POINTS, SESSIONS, st.integers(1, 20), st.integers(1, 90))
def test_no_day_after_belongs_to_two_sessions(
    points: list[tuple[int, int]], sessions: list[int], before: int, after: int
) -> None:
    courses = around(points, sessions, TODAY, before=before, after=after)
    owned = [it.session + day for it in courses for day in it.levels if day >= 0]
    assert len(owned) == len(set(owned))
    assert all(-before <= day <= it.until <= after for it in courses for day in it.levels)
    assert [it.session for it in courses] == sorted({day for day in sessions if day <= TODAY})
