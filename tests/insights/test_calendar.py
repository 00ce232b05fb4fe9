from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.insights.calendar import WEEKS, Day, alt_text, calendar, sentence, table
from tests.insights.strategies import TODAY


def test_a_day_holds_all_it_has() -> None:
    shown = calendar([TODAY, TODAY, TODAY - 500], [TODAY, TODAY - 2], [TODAY - 2, TODAY + 1], TODAY)
    assert shown.days == (Day(TODAY - 2, 0, 1, True), Day(TODAY, 2, 1, False))
    assert table(shown).rows == (("Nov 18, 2026", "0", "1", "yes"), ("Nov 20, 2026", "2", "1", ""))


def test_the_sentence_counts_days() -> None:
    shown = calendar([TODAY, TODAY], [TODAY, TODAY - 2], [TODAY - 2], TODAY)
    assert sentence(shown) == (
        "From November 18, 2026 to November 20, 2026: 1 day with an entry, 2 days with a check-in, and 1 session. "
        "A filled square is an entry, a ring a check-in, a diamond a session."
    )
    assert alt_text(shown).startswith("Calendar of 13 weeks")


def test_empty_weeks_say_so() -> None:
    shown = calendar([], [TODAY - 400], [], TODAY)
    assert not shown.enough
    assert sentence(shown) == (
        "What you write and rate appears here by day. Between August 24, 2026 and November 20, 2026 there is nothing."
    )


def test_no_day_before_the_first_one_is_called_empty() -> None:
    assert calendar([TODAY - 3], [], [], TODAY).since == TODAY - 3
    older = calendar([TODAY - 400], [TODAY], [], TODAY)
    assert older.since == older.first


@given(st.dates(date(1, 6, 1), date(9999, 12, 31)))
def test_it_begins_on_a_monday(last: date) -> None:
    shown = calendar([], [], [], last.toordinal())
    assert date.fromordinal(shown.first).weekday() == 0
    assert 7 * (WEEKS - 1) <= shown.last - shown.first < 7 * WEEKS


@pytest.mark.parametrize("last", [1, 30])
def test_there_is_nothing_before_the_first_day(last: int) -> None:
    assert calendar([], [], [], last).first == 1
