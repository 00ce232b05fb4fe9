"""Item 9 of the PHQ-9 is a record of its own: the other eight can be shared without it."""

import pytest

from kapjournal.content import Content, Measure
from kapjournal.errors import NotAllowed, TooLateToUndo
from kapjournal.measures.responses import (
    answers,
    bring_back_response,
    delete_response,
    responses,
    scores,
)
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Store
from tests.cast import Cast
from tests.measures.forms import Sheet, responded, shipped

DAY = 86_400
ZEROS = "00000000"


@pytest.fixture
def phq(content: Content) -> Measure:
    return shipped(content, "phq-9")


def apart(cast: Cast, store: Store | None = None) -> list[str]:
    found = cast.work(store or cast.new_store()).reading(cast.alice).all(AnswerApart).values()
    return [it.value.code for it in found]


def totals(cast: Cast, content: Content, store: Store | None = None) -> list[int | None]:
    found = scores(cast.work(store or cast.new_store()), by=cast.alice, content=content, measure="phq-9")
    return [it.score and it.score.total for it in found]


def test_the_response_says_nothing_of_item_9(cast: Cast, phq: Measure) -> None:
    none = responded(cast, cast.alice, phq, *ZEROS, "0")
    three = responded(cast, cast.alice, phq, *ZEROS, "3")
    assert none.value.answers == three.value.answers == ("0",) * 8 + ("", "")
    assert sorted(apart(cast)) == ["0", "3"]


def test_it_says_of_which_response_it_is_and_of_which_item(cast: Cast, phq: Measure) -> None:
    response = responded(cast, cast.alice, phq, *ZEROS, "2")
    [only] = cast.work(cast.new_store()).reading(cast.alice).all(AnswerApart).values()
    value = only.value
    assert (value.response, value.measure, value.version, value.item) == (response.id, "phq-9", 1, "9")
    assert only.id != response.id


def test_changed_again_and_saved_again_it_is_there_once(cast: Cast, phq: Measure) -> None:
    sheet = Sheet(cast, cast.alice, phq)
    sheet.fill(*ZEROS, "3")
    sheet.again("9", "3")
    sheet.answer("9", "1")
    sheet.again("9", "1")
    assert apart(cast) == apart(cast, cast.store) == ["1"]


def test_item_9_may_be_the_first_answer(cast: Cast, phq: Measure) -> None:
    sheet = Sheet(cast, cast.alice, phq)
    sheet.answer("9", "1")
    work = cast.work(cast.new_store())
    assert [*answers(work, by=cast.alice, measure=phq, response=sheet.response)] == [("9", "1")]


def test_without_item_9_there_is_no_total(cast: Cast, content: Content, phq: Measure) -> None:
    response = responded(cast, cast.alice, phq, *ZEROS, "3")
    [only] = cast.work().reading(cast.alice).all(AnswerApart)
    cast.work().delete(cast.alice, only)
    assert totals(cast, content) == totals(cast, content, cast.store) == [None]
    assert responses(cast.work(), by=cast.alice, measure="phq-9")[0].id == response.id


def test_it_goes_and_comes_back_with_its_response(cast: Cast, content: Content, phq: Measure) -> None:
    responded(cast, cast.alice, phq, *ZEROS, "0")
    cast.later(60)
    response = responded(cast, cast.alice, phq, *ZEROS, "3").id
    assert totals(cast, content, cast.store) == [0, 3]
    delete_response(cast.work(), by=cast.alice, response=response)
    assert totals(cast, content) == totals(cast, content, cast.store) == [0]
    assert apart(cast) == ["0"]
    bring_back_response(cast.work(), by=cast.alice, response=response)
    assert totals(cast, content) == totals(cast, content, cast.store) == [0, 3]


def test_a_draft_goes_with_its_item_9(cast: Cast, phq: Measure) -> None:
    left = Sheet(cast, cast.alice, phq)
    left.answer("9", "3")
    responded(cast, cast.alice, phq, *ZEROS, "0")
    assert apart(cast) == ["0"]


def test_after_seven_days_it_is_gone(cast: Cast, phq: Measure) -> None:
    response = responded(cast, cast.alice, phq, *ZEROS, "3").id
    delete_response(cast.work(), by=cast.alice, response=response)
    cast.later(8 * DAY)
    with pytest.raises(TooLateToUndo):
        bring_back_response(cast.work(), by=cast.enter("alice"), response=response)


def test_only_a_response_is_deleted_or_brought_back(cast: Cast, phq: Measure) -> None:
    responded(cast, cast.alice, phq, *ZEROS, "3")
    [only] = cast.work().reading(cast.alice).all(AnswerApart)
    with pytest.raises(NotAllowed):
        delete_response(cast.work(), by=cast.alice, response=only)
    cast.work().delete(cast.alice, only)
    with pytest.raises(NotAllowed):
        bring_back_response(cast.work(), by=cast.alice, response=only)
    assert apart(cast) == apart(cast, cast.store) == []
    assert len(cast.work().reading(cast.alice).all(Response)) == 1
