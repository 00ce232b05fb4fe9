"""Questions of one's own: asked in their phase, kept as typed, taken back and brought back."""

import os

import msgspec
import pytest

from kapjournal.content import load_content
from kapjournal.errors import NotAllowed, OutOfRange, TooLateToUndo, TooLong, UnsuitableText
from kapjournal.journal.phases import Guards
from kapjournal.journal.prompts import (
    NOTHING_SEEN,
    add_own_prompt,
    bring_back_own_prompt,
    delete_own_prompt,
    go_on,
    named,
    own_prompts,
    pool,
    seen,
    sitting,
)
from kapjournal.journal.values import OwnPrompt, Phase
from kapjournal.records import Record
from tests.cast import Cast
from tests.journal.desk import DAY, written

FREE = Guards(nothing=False, capture_only=False, meanings=None, measures=True)


def added(cast: Cast, text: str = "What did the cello say?", phase: Phase | None = None) -> Record[OwnPrompt]:
    return add_own_prompt(
        cast.work(), by=cast.alice, text=text, phase=phase, now=cast.now(), save_id=os.urandom(16)
    )


def texts(cast: Cast) -> list[str]:
    return [it.value.text for it in own_prompts(cast.work(cast.new_store()), by=cast.alice)]


def asked(cast: Cast, phase: Phase) -> list[str]:
    """The person's own questions in the pool of a phase."""
    own = own_prompts(cast.work(), by=cast.alice)
    return [it.text for it in pool(load_content(), phase, own) if it.source == "own"]


def test_questions_are_kept_oldest_first_and_on_one_line(cast: Cast) -> None:
    for text in ("  What did\n the cello say? ", "And then?"):
        added(cast, text)
        cast.later(60)
    assert texts(cast) == ["What did the cello say?", "And then?"]


def test_pressing_save_twice_keeps_one(cast: Cast) -> None:
    save_id = os.urandom(16)
    for _press in range(2):
        add_own_prompt(
            cast.work(), by=cast.alice, text="And then?", phase=None, now=cast.now(), save_id=save_id
        )
    assert texts(cast) == ["And then?"]


def test_a_question_is_asked_in_its_phase_or_in_all(cast: Cast) -> None:
    added(cast, "Whenever?")
    added(cast, "Before?", "prep")
    assert sorted(asked(cast, "prep")) == ["Before?", "Whenever?"]
    assert asked(cast, "between") == asked(cast, "hard") == ["Whenever?"]


def test_own_questions_come_after_ours(cast: Cast) -> None:
    record = added(cast, phase="prep")
    ours = load_content().prompts("prep")
    found = pool(load_content(), "prep", [record])
    assert (found[:-1], found[-1].text) == (ours, record.value.text)


def test_an_own_question_gets_its_turn_once_the_others_had_theirs(cast: Cast) -> None:
    record = added(cast, phase="prep")
    ours = load_content().prompts("prep")
    known = msgspec.structs.replace(NOTHING_SEEN, prompts=tuple(it.id for it in ours))
    first = sitting(pool(load_content(), "prep", [record]), known, "2026-09-21", FREE)[0]
    assert first.text == record.value.text
    go_on(cast.work(), by=cast.alice, prompt=first, now=cast.now())
    assert seen(cast.work(), by=cast.alice).prompts == (first.id,)


def test_an_own_question_is_found_by_its_name_while_it_is_there(cast: Cast) -> None:
    record, content = added(cast), load_content()
    own = own_prompts(cast.work(), by=cast.alice)
    id = pool(content, "hard", own)[-1].id
    found = named(id, content, own)
    assert found is not None
    assert found.text == record.value.text
    assert named(id, content, ()) is None


def test_our_questions_and_blank_pages_are_named_too(cast: Cast) -> None:
    content, own = load_content(), [added(cast)]
    assert named("prep.intention", content, own) == content.prompt("prep.intention")
    for unknown in ("", "own.", "own.zz", "prep.gone"):
        assert named(unknown, content, own) is None


def test_a_deleted_question_is_asked_no_more_and_comes_back(cast: Cast) -> None:
    record = added(cast)
    delete_own_prompt(cast.work(), by=cast.alice, prompt=record.id)
    assert (texts(cast), asked(cast, "prep")) == ([], [])
    bring_back_own_prompt(cast.work(), by=cast.alice, prompt=record.id)
    assert texts(cast) == asked(cast, "prep") == [record.value.text]


def test_what_was_written_to_a_deleted_question_stays(cast: Cast) -> None:
    record = added(cast)
    entry = written(cast, cast.alice, "It hummed.", prompt=f"own.{record.id.hex()}", prompt_version=1)
    delete_own_prompt(cast.work(), by=cast.alice, prompt=record.id)
    assert cast.work(cast.new_store()).own(cast.alice, type(entry.value), entry.id).value == entry.value


def test_after_seven_days_it_is_too_late(cast: Cast) -> None:
    record = added(cast)
    delete_own_prompt(cast.work(), by=cast.alice, prompt=record.id)
    cast.later(7 * DAY)
    with pytest.raises(TooLateToUndo):
        bring_back_own_prompt(cast.work(), by=cast.enter("alice"), prompt=record.id)


def test_only_a_question_is_deleted_or_brought_back_as_one(cast: Cast) -> None:
    record, entry = added(cast), written(cast, cast.alice, "The cello.")
    for id in (entry.id, bytes(16), b""):
        with pytest.raises(NotAllowed):
            delete_own_prompt(cast.work(), by=cast.alice, prompt=id)
    cast.work().delete(cast.alice, entry.id)
    for id in (entry.id, record.id, bytes(16)):
        with pytest.raises(NotAllowed):
            bring_back_own_prompt(cast.work(), by=cast.alice, prompt=id)
    assert [it.id for it in cast.work().deleted(cast.alice)] == [entry.id]


@pytest.mark.parametrize(
    ("text", "error"),
    [("", OutOfRange), (" \n\t\u3000", OutOfRange), ("x" * 201, TooLong), ("a\0b", UnsuitableText)],
)
def test_a_question_that_cannot_be_asked_is_refused(cast: Cast, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        added(cast, text)
    assert texts(cast) == []


@pytest.mark.parametrize("phase", ["prep ", "Prep", "never", "\0"])
def test_a_phase_that_is_none_is_refused(cast: Cast, phase: str) -> None:
    with pytest.raises(OutOfRange):
        added(cast, phase=phase)  # type: ignore[arg-type]  # what is refused
    assert texts(cast) == []


def test_a_therapist_has_no_questions_and_goes_on_from_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_own_prompt(
            cast.work(), by=cast.bob, text="And then?", phase=None, now=cast.now(), save_id=os.urandom(16)
        )
    with pytest.raises(NotAllowed):
        go_on(cast.work(), by=cast.bob, prompt=load_content().prompts("prep")[0], now=cast.now())
    assert own_prompts(cast.work(), by=cast.bob) == ()


def test_nobody_else_sees_or_deletes_a_question(cast: Cast) -> None:
    record = added(cast)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert own_prompts(cast.work(), by=by) == ()
        with pytest.raises(NotAllowed):
            delete_own_prompt(cast.work(), by=by, prompt=record.id)
    delete_own_prompt(cast.work(), by=cast.alice, prompt=record.id)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            bring_back_own_prompt(cast.work(), by=by, prompt=record.id)
    assert texts(cast) == []
