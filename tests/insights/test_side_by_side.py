import pytest

from kapjournal.charts.palette import LIGHT
from kapjournal.charts.side_by_side import side_by_side_figure
from kapjournal.insights.mood import mood_series
from kapjournal.insights.periods import Period
from kapjournal.insights.side_by_side import alt_text, sentence, side_by_side, table
from tests.insights.strategies import TODAY

MOOD = mood_series([(TODAY - day, 4 + day % 3) for day in range(20)], [], Period.WEEKS_4, TODAY, "mood")
PAIN = mood_series([(TODAY - day, 6) for day in range(0, 20, 2)], [], Period.WEEKS_4, TODAY, "pain")
SINGLE = mood_series([(TODAY - day, 3) for day in (3, 4, 5)], [], Period.WEEKS_4, TODAY, "sleep")
RARE = mood_series([(TODAY, 6)], [], Period.WEEKS_4, TODAY, "sleep")


def test_each_line_is_told_by_itself() -> None:
    assert sentence(side_by_side([MOOD, PAIN, RARE])) == (
        "Mood and pain, each by itself. The line of your mood lay between 4.8 and 5.1. The line of your "
        "pain stayed at 6.0. Too few ratings for a line: sleep. Lines "
        "that look alike need not have to do with each other."
    )


def test_a_single_mean_is_a_point_in_words_and_in_the_picture() -> None:
    shown = side_by_side([MOOD, SINGLE])
    assert "Your sleep has one point, at 3.0." in sentence(shown)
    dots = [it for it in side_by_side_figure(shown, LIGHT).data if it.mode == "markers"]
    assert [len(it.x) for it in dots] == [0, 1]


def test_one_line_is_not_side_by_side() -> None:
    shown = side_by_side([MOOD, RARE])
    assert not shown.enough
    assert "appear here once two ratings have three rated days within a week" in sentence(shown)
    assert alt_text(side_by_side([])) == "This chart is empty."


def test_the_table_has_a_column_a_rating() -> None:
    shown = table(side_by_side([MOOD, PAIN]))
    assert shown.head == ("Day", "Mood", "Pain")
    assert shown.rows[-2:] == (("Nov 19, 2026", "5.0", "–"), ("Nov 20, 2026", "4.0", "6.0"))
    assert "2 charts one below the other" in alt_text(side_by_side([MOOD, PAIN]))


def test_different_days_do_not_stand_side_by_side() -> None:
    with pytest.raises(ValueError, match="same days"):
        side_by_side([MOOD, mood_series([], [], Period.YEAR, TODAY - 9, "pain")])
