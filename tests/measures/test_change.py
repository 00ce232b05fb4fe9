"""A change has a name only from the published number of points on, and its citation with it."""

from typing import Any

import msgspec
import pytest

from kapjournal.content import Content
from kapjournal.errors import OutOfRange
from kapjournal.measures.scoring import NO_CLEAR_CHANGE, Change, change
from tests.measures.forms import at_total, shipped

ERROR = "larger than usual measurement error in the published samples"


def between(content: Content, id: str, baseline: int, later: int) -> Change:
    measure = shipped(content, id)
    found = change(measure, at_total(measure, baseline), at_total(measure, later))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("id", "points", "words", "threshold", "citation"),
    [
        ("phq-9", 0, NO_CLEAR_CHANGE, 5, "Löwe 2004"),
        ("phq-9", 4, NO_CLEAR_CHANGE, 5, "Löwe 2004"),
        ("phq-9", 5, "a clear change", 5, "Löwe 2004"),
        ("gad-7", 3, NO_CLEAR_CHANGE, 4, "Toussaint 2020"),
        ("gad-7", 4, "a clear change", 4, "Toussaint 2020"),
        ("pcl-5", 9, NO_CLEAR_CHANGE, 10, "National Center for PTSD"),
        ("pcl-5", 10, "worth discussing", 10, "National Center for PTSD"),
        ("pcl-5", 17, "worth discussing", 10, "National Center for PTSD"),
        ("pcl-5", 18, ERROR, 18, "Marx 2022"),
    ],
)
def test_both_sides_of_every_threshold_up_and_down(
    content: Content, id: str, points: int, words: str, threshold: int, citation: str
) -> None:
    up, down = between(content, id, 1, 1 + points), between(content, id, 20, 20 - points)
    assert (up.points, down.points) == (points, -points)
    for it in (up, down):
        assert (it.words, it.threshold, it.counts) == (words, threshold, words != NO_CLEAR_CHANGE)
        assert it.citation.startswith(citation)


@pytest.mark.parametrize("id", ["pc-ptsd-5", "phq-2", "gad-2"])
def test_where_no_number_is_published_nothing_is_said(content: Content, id: str) -> None:
    measure = shipped(content, id)
    assert change(measure, at_total(measure, measure.highest), at_total(measure, 0)) is None


@pytest.mark.parametrize(
    ("baseline", "later", "outcomes"),
    [
        (20, 10, ("response",)),
        (20, 11, ()),
        (21, 11, ()),
        (20, 4, ("response", "remission")),
        (20, 5, ("response",)),
        (9, 4, ("response", "remission")),
        (8, 4, ()),
        (4, 0, ()),
        (0, 0, ()),
        (2, 27, ()),
    ],
)
def test_response_and_remission_are_named_for_a_clear_fall_only(
    content: Content, baseline: int, later: int, outcomes: Any
) -> None:
    assert between(content, "phq-9", baseline, later).outcomes == outcomes


def test_other_measures_have_no_published_outcomes(content: Content) -> None:
    assert between(content, "gad-7", 21, 0).outcomes == ()
    assert between(content, "pcl-5", 80, 0).outcomes == ()


def test_scores_of_two_versions_or_measures_are_not_compared(content: Content) -> None:
    phq = shipped(content, "phq-9")
    newer = msgspec.structs.replace(phq, version=2)
    for other in (newer, shipped(content, "gad-7")):
        with pytest.raises(OutOfRange, match="version"):
            change(phq, at_total(phq, 20), at_total(other, 5))
        with pytest.raises(OutOfRange, match="version"):
            change(phq, at_total(other, 20), at_total(phq, 5))
    assert change(newer, at_total(newer, 20), at_total(newer, 5)) is not None
