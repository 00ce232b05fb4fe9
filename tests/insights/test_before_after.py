import pytest

from kapjournal.insights.before_after import Sides, before_after
from kapjournal.insights.before_after_words import alt_text, sentence, table
from tests.insights.strategies import TODAY

Points = list[tuple[int, float]]


def shift(session: int, before: float, after: float) -> Points:
    return [(session + day, before if day < 0 else after) for day in (-3, -2, -1, 0, 1, 2, 3)]


def told(*shifts: tuple[float, float], name: str = "mood") -> str:
    sessions = [TODAY - 5 - 14 * place for place in range(len(shifts))]
    points = [it for session, (b, a) in zip(sessions, shifts, strict=True) for it in shift(session, b, a)]
    return sentence(before_after(points, sessions, TODAY, name))


def test_the_sides_leave_the_day_of_the_session_out() -> None:
    points = [(TODAY - 6, 2), (TODAY - 5, 4), (TODAY - 4, 10), (TODAY - 3, 5), (TODAY - 1, 7), (TODAY, 0)]
    shown = before_after(points, [TODAY - 4], TODAY)
    assert shown.sessions == (Sides(TODAY - 4, 3, 6),)


def test_one_rated_day_is_too_few_for_a_side() -> None:
    shown = before_after([(TODAY - 3, 2), (TODAY - 1, 4), (TODAY, 5)], [TODAY - 2], TODAY)
    assert shown.sessions[0].difference is None
    assert not shown.enough
    assert sentence(shown) == (
        "Your mood before and after a session appears here once it is rated on 2 of the 3 days before and on 2 of "
        "the 3 days after."
    )


def test_one_session_is_told_without_a_mean() -> None:
    assert told((3, 6)) == (
        "1 of 1 session has ratings of your mood on both sides. It was at least 1 point higher after 1."
    )


def test_a_mean_is_called_higher_only_beyond_its_interval() -> None:
    assert told((3, 6), (4, 6), (3, 5), (4, 7)).endswith(
        "On average it was 2.5 points higher after, likely range 1.7 to 3.3."
    )
    assert "there is no clear difference" in told((3, 6), (6, 3), (5, 5.5), (4, 6))


def test_more_sessions_than_are_drawn_are_told() -> None:
    assert told(*[(3, 6)] * 13).endswith("The picture shows the latest 12.")


def test_lower_is_told_as_a_number_of_points() -> None:
    text = told((8, 5), (7, 5), (8, 6), name="pain")
    assert "It was at least 1 point lower after 3." in text
    assert "On average it was 2.3 points lower after, likely range 1." in text


@pytest.mark.parametrize("value", [0.0, 5.0, 10.0])
def test_the_same_everywhere_is_no_difference(value: float) -> None:
    text = told(*[(value, value)] * 4)
    assert "It was about the same after 4." in text
    assert "no clear difference: 0.0 points, likely range 0.0 to 0.0." in text


def test_the_table_has_a_row_a_session() -> None:
    shown = before_after(shift(TODAY - 9, 3, 6), [TODAY - 9, TODAY - 1], TODAY)
    assert table(shown).rows == (("Nov 11, 2026", "3.0", "6.0", "3.0"), ("Nov 19, 2026", "–", "–", "–"))
    assert "each of 1 session." in alt_text(shown)
