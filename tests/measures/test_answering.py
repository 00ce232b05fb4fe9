"""Answer item by item, pause, go on, submit; nothing is saved twice and nothing is scored half."""

import os
from typing import Any

import msgspec
import pytest

from kapjournal.content import Content, Measure
from kapjournal.errors import AnswersRefused, ChangedElsewhere, NotAllowed
from kapjournal.measures.responses import DRAFT_SECONDS, answers, draft, latest, responses, scores, submit
from kapjournal.measures.scoring import Answer
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import SignedIn
from tests.cast import Cast
from tests.journal.desk import planned
from tests.measures.forms import Sheet, comes_back, responded, shipped

DAY = 86_400


@pytest.fixture
def phq(content: Content) -> Measure:
    return shipped(content, "phq-9")


@pytest.fixture
def gad(content: Content) -> Measure:
    return shipped(content, "gad-2")


def codes(cast: Cast, sheet: Sheet) -> dict[str, str]:
    work = cast.work(cast.new_store())
    return dict(answers(work, by=sheet.by, measure=sheet.measure, response=sheet.response))


def test_each_answer_is_saved_as_it_is_given(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.answer("1", "2")
    assert codes(cast, sheet) == {"1": "2"}
    sheet.answer("2", "0")
    assert codes(cast, sheet) == {"1": "2", "2": "0"}
    assert responses(cast.work(), by=cast.alice, measure="gad-2") == ()


def test_an_answer_can_be_changed_until_it_is_submitted(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.fill("2", "0")
    sheet.answer("1", "3")
    assert sheet.submit().value.answers == ("3", "0")


def test_a_draft_is_found_again_and_gone_on_with(cast: Cast, gad: Measure) -> None:
    Sheet(cast, cast.alice, gad).answer("1", "2")
    alice = comes_back(cast, DRAFT_SECONDS - 1)
    found = draft(cast.work(), by=alice, measure=gad)
    assert found is not None
    other_device = Sheet(cast, alice, gad, found.id)
    other_device.answer("2", "1")
    assert other_device.submit().value.answers == ("2", "1")
    assert draft(cast.work(), by=alice, measure=gad) is None


def test_a_draft_is_of_no_use_after_two_days(cast: Cast, gad: Measure) -> None:
    Sheet(cast, cast.alice, gad).answer("1", "2")
    alice = comes_back(cast, DRAFT_SECONDS)
    assert draft(cast.work(), by=alice, measure=gad) is None


def test_drafts_of_other_measures_and_versions_are_not_mixed_up(
    cast: Cast, gad: Measure, phq: Measure
) -> None:
    Sheet(cast, cast.alice, gad).answer("1", "2")
    for other in (phq, msgspec.structs.replace(gad, version=2)):
        assert draft(cast.work(), by=cast.alice, measure=other) is None


def test_saving_again_under_the_same_save_id_changes_nothing(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    first = sheet.answer("1", "2")
    assert sheet.again("1", "2") == first
    assert sheet.again("1", "3") == first
    assert codes(cast, sheet) == {"1": "2"}


def test_an_answer_that_arrives_late_does_not_undo_a_newer_one(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.answer("1", "2")
    newer = sheet.answer("1", "3")
    sheet.counter -= 1
    assert sheet.again("1", "2") == newer
    assert codes(cast, sheet) == {"1": "3"}


def test_two_tabs_answer_one_draft_together(cast: Cast, gad: Measure) -> None:
    one = Sheet(cast, cast.alice, gad)
    one.answer("1", "2")
    Sheet(cast, cast.alice, gad, one.response).answer("2", "3")
    assert codes(cast, one) == {"1": "2", "2": "3"}


def test_submitting_keeps_moment_version_and_codes_and_no_words(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.fill("2", "0")
    cast.later(300)
    value = sheet.submit().value
    now = cast.now()
    expected = Response(**now._asdict(), measure="gad-2", version=1, answers=("2", "0"), finished=now.at)
    assert value == expected
    assert latest(cast.work(cast.new_store()), by=cast.alice, measure="gad-2").value == expected  # type: ignore[union-attr]


def test_an_unfinished_set_is_not_submitted(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.answer("1", "2")
    with pytest.raises(AnswersRefused, match="question 2"):
        sheet.submit()
    assert codes(cast, sheet) == {"1": "2"}
    assert responses(cast.work(), by=cast.alice, measure="gad-2") == ()


def test_submitting_twice_is_submitting_once(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.fill("2", "0")
    first = sheet.submit()
    cast.later(60)
    assert (sheet.submit().value, sheet.submit().version) == (first.value, first.version)
    [only] = responses(cast.work(cast.new_store()), by=cast.alice, measure="gad-2")
    assert (only.id, only.value) == (first.id, first.value)


def test_what_was_submitted_does_not_change(cast: Cast, gad: Measure) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.fill("2", "0")
    sheet.submit()
    with pytest.raises(ChangedElsewhere):
        sheet.answer("1", "3")
    assert codes(cast, sheet) == {"1": "2", "2": "0"}


def test_other_drafts_of_the_measure_go_when_one_is_submitted(cast: Cast, gad: Measure, phq: Measure) -> None:
    left, other = Sheet(cast, cast.alice, gad), Sheet(cast, cast.alice, phq)
    left.answer("1", "1")
    other.answer("9", "1")
    responded(cast, cast.alice, gad, "2", "0")
    assert draft(cast.work(cast.new_store()), by=cast.alice, measure=gad) is None
    with pytest.raises(NotAllowed):
        codes(cast, left)
    assert codes(cast, other) == {"9": "1"}


def test_responses_are_oldest_first(cast: Cast, gad: Measure) -> None:
    alice = cast.alice
    for code in "312":
        responded(cast, alice, gad, code, "0")
        alice = comes_back(cast, 7 * DAY)
    found = responses(cast.work(), by=alice, measure="gad-2")
    assert [it.value.answers[0] for it in found] == ["3", "1", "2"]
    assert latest(cast.work(), by=alice, measure="gad-2") == found[-1]
    assert latest(cast.work(), by=alice, measure="phq-9") is None


def test_scores_are_computed_from_what_is_kept(cast: Cast, content: Content, phq: Measure) -> None:
    responded(cast, cast.alice, phq, *"222222222", "1")
    [only] = scores(cast.work(cast.new_store()), by=cast.alice, content=content, measure="phq-9")
    assert only.score is not None
    assert (only.score.total, only.score.subscores, only.score.band) == (
        18,
        {"phq-8": 16},
        "moderately severe",
    )
    assert "item-9" in only.score.flags


def test_what_stands_behind_a_gate_that_is_closed_goes(cast: Cast, content: Content) -> None:
    sheet = Sheet(cast, cast.alice, shipped(content, "pc-ptsd-5"))
    sheet.fill("yes", "yes", "no")
    sheet.answer("gate", "no")
    assert sheet.submit().value.answers == ("no", "", "", "", "", "")


def test_a_response_knows_the_session_that_it_belongs_to(cast: Cast, gad: Measure) -> None:
    session = planned(cast, cast.alice)
    sheet = Sheet(cast, cast.alice, gad)
    sheet.answer("1", "0", session.id)
    sheet.answer("2", "0")
    assert sheet.submit().value.session == session.id
    foreign = Sheet(cast, cast.dora, gad)
    for unknown in (session.id, os.urandom(16)):
        with pytest.raises(NotAllowed):
            foreign.answer("1", "0", unknown)


@pytest.mark.parametrize(
    ("item", "code"), [("1", "4"), ("1", ""), ("3", "0"), ("", "0"), ("1", "Not at all")]
)
def test_what_is_no_answer_is_not_saved(cast: Cast, gad: Measure, item: str, code: str) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    with pytest.raises(AnswersRefused):
        sheet.answer(item, code)
    with pytest.raises(NotAllowed):
        codes(cast, sheet)


def test_an_id_that_is_something_else_is_refused(cast: Cast, gad: Measure) -> None:
    session = planned(cast, cast.alice)
    phq_draft = Sheet(cast, cast.alice, gad)
    phq_draft.answer("1", "1")
    for taken, measure in ((session.id, gad), (phq_draft.response, msgspec.structs.replace(gad, version=2))):
        with pytest.raises(ChangedElsewhere):
            Sheet(cast, cast.alice, measure, taken).answer("1", "0")
    assert codes(cast, phq_draft) == {"1": "1"}


def test_only_patients_answer(cast: Cast, gad: Measure) -> None:
    with pytest.raises(NotAllowed):
        Sheet(cast, cast.bob, gad).answer("1", "0")


def test_nobody_reads_or_submits_what_somebody_else_answered(
    cast: Cast, content: Content, gad: Measure
) -> None:
    sheet = Sheet(cast, cast.alice, gad)
    sheet.fill("2", "0")

    def refused(by: SignedIn) -> None:
        for verb in (answers, submit):
            more: dict[str, Any] = {"now": cast.now()} if verb is submit else {}
            with pytest.raises(NotAllowed):
                verb(cast.work(), by=by, measure=gad, response=sheet.response, **more)  # type: ignore[operator]
        assert draft(cast.work(), by=by, measure=gad) is None
        assert scores(cast.work(), by=by, content=content, measure="gad-2") == ()

    for by in (cast.bob, cast.charlie, cast.dora):
        refused(by)
    sheet.submit()
    for by in (cast.bob, cast.charlie, cast.dora):
        refused(by)


def test_every_answer_stands_where_its_item_stands(cast: Cast, phq: Measure) -> None:
    sheet = Sheet(cast, cast.alice, phq)
    for item, code in (("7", "3"), ("9", "2"), ("difficulty", "1"), ("1", "0")):
        sheet.answer(item, code)
    snapshot = cast.work(cast.new_store()).reading(cast.alice)
    [kept] = snapshot.all(Response).values()
    assert kept.value.answers == ("0", "", "", "", "", "", "3", "", "", "1")
    assert [it.value.code for it in snapshot.all(AnswerApart).values()] == ["2"]
    work = cast.work()
    assert answers(work, by=cast.alice, measure=phq, response=sheet.response) == (
        Answer("1", "0"),
        Answer("7", "3"),
        Answer("9", "2"),
        Answer("difficulty", "1"),
    )
