from math import nan

import pytest

from kapjournal.insights.measure import Band, MeasureCourse, MeasurePoint, Thresholds, measure_course
from kapjournal.insights.measure_words import alt_text, sentence, table
from tests.insights.strategies import TODAY

BANDS = (Band("mild", 5, 9), Band("moderate", 10, 14), Band("minimal", 0, 4))
LOWE = Thresholds(5, "Löwe 2004")
MARX = Thresholds(18, "Marx 2022", discuss=10)


def answered(*totals: float, thresholds: Thresholds = LOWE, version: int = 1) -> MeasureCourse:
    points = [
        MeasurePoint(TODAY - 14 * (len(totals) - place - 1), total, version)
        for place, total in enumerate(totals)
    ]
    return measure_course(
        points[::-1], [TODAY - 3, TODAY + 9], title="PHQ-9", highest=80, bands=BANDS, thresholds=thresholds
    )


def test_nothing_and_one_answer_say_what_is_missing() -> None:
    assert sentence(answered()) == "Your PHQ-9 over time appears here after you have answered it twice."
    one = answered(12)
    assert not one.enough
    assert sentence(one) == (
        "Your PHQ-9 was 12 on November 20, 2026, in the range often called moderate. A line appears here once "
        "you have answered the same form twice."
    )


def test_a_change_that_counts_is_named_against_the_dated_first() -> None:
    assert sentence(answered(12, 9, 7)) == (
        "Your first PHQ-9 was 12 on October 23, 2026, in the range often called moderate. Your last was 7 on "
        "November 20, 2026, in the range often called mild. That is 5 points lower, a change that counts: the "
        "threshold is 5 points (Löwe 2004). A dotted line marks the first. Upright lines are sessions."
    )


@pytest.mark.parametrize(("last", "counts"), [(16, False), (17, True), (8, False), (7, True), (12, False)])
def test_a_change_counts_from_the_threshold_on(last: float, counts: bool) -> None:
    course = answered(12, last)
    assert course.counts is counts
    assert ("There is no clear change" in sentence(course)) is not counts


@pytest.mark.parametrize(
    ("last", "says"), [(31, "no clear change"), (30, "worth discussing"), (22, "counts")]
)
def test_between_two_thresholds_it_is_worth_discussing(last: float, says: str) -> None:
    assert says in sentence(answered(40, last, thresholds=MARX))


def test_a_total_without_a_band_has_no_name() -> None:
    assert "Your last was 40 on November 20, 2026. " in sentence(answered(12, 40))


def test_of_very_many_answers_the_latest_are_drawn_and_the_first_is_compared() -> None:
    course = answered(*[20] * 30, *[10] * 30)
    assert [it.total for it in course.drawn] == [20] * 22 + [10] * 30
    assert course.change == -10
    assert "The picture shows the latest 52 answers." in sentence(course)
    assert "52 answers" in alt_text(course)
    assert len(table(course).rows) == 60


def test_sessions_before_what_is_drawn_have_no_mark() -> None:
    days = [TODAY - 14 * number for number in range(60)]
    points = [MeasurePoint(day, 9) for day in days]
    course = measure_course(points, days, title="x", highest=27, bands=[], thresholds=LOWE)
    assert course.sessions == tuple(sorted(days[:52]))
    assert sentence(course).endswith("Short lines at the foot are sessions.")


def test_versions_are_not_compared() -> None:
    old, new = answered(20, 18).points, answered(12, 11, version=2).points
    course = measure_course(
        [it._replace(day=it.day - 100) for it in old] + list(new),
        [],
        title="PHQ-9",
        highest=27,
        bands=BANDS,
        thresholds=LOWE,
    )
    assert course.change == -1
    assert sentence(course).endswith(
        "Answers to an earlier version of the form are shown, but not compared. A dotted line marks the first."
    )


def test_totals_that_cannot_be_are_left_out() -> None:
    assert [it.total for it in answered(nan, -1, 81, 80, 0).points] == [80, 0]


def test_the_table_and_the_text_for_who_does_not_see_it() -> None:
    course = answered(12, 40)
    assert table(course).rows == (("Nov 6, 2026", "12", "moderate"), ("Nov 20, 2026", "40", "–"))
    assert alt_text(course) == (
        "Chart of your PHQ-9 from 0 to 80, 2 answers. A dotted line marks the first. Thin lines part the "
        "ranges that have a name. Upright lines are sessions."
    )
