"""What stands in the box is saved as it is typed."""

import pytest

from kapjournal.errors import NotAllowed, TooLong, UnsuitableText
from kapjournal.journal.reading import drafts, entries, entry
from kapjournal.journal.writing import About
from tests.cast import ZONE, Cast
from tests.journal.desk import Box, done


def test_the_first_text_makes_a_draft_with_time_and_subject(cast: Cast) -> None:
    session = done(cast, cast.alice)
    about = About(session.id, "same_day", "same_day.music", 2)
    value = Box(cast, cast.alice).push("The cello.", about=about).record.value
    assert (value.text, value.finished) == ("The cello.", 0)
    assert (value.session, value.phase, value.prompt, value.prompt_version) == about
    assert (value.at, value.zone, value.wall) == (cast.at, ZONE, "2026-09-21T16:13")


def test_a_draft_is_offered_and_is_no_entry_yet(cast: Cast) -> None:
    Box(cast, cast.alice).push("The cello.")
    assert [it.value.text for it in drafts(cast.work(), by=cast.alice)] == ["The cello."]
    assert entries(cast.work(), by=cast.alice) == ()


def test_a_draft_without_words_is_not_offered(cast: Cast) -> None:
    Box(cast, cast.alice).push(" \n\t ")
    assert drafts(cast.work(), by=cast.alice) == ()


def test_drafts_come_newest_first(cast: Cast) -> None:
    for text in ("one", "two", "three"):
        Box(cast, cast.alice).push(text)
        cast.later(60)
    assert [it.value.text for it in drafts(cast.work(), by=cast.alice)] == ["three", "two", "one"]


def test_every_push_replaces_the_text_before(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    versions = [box.push(text).record.version for text in ("The", "The cello", "The cello.")]
    assert versions == [1, 2, 3]
    assert [it.value.text for it in drafts(cast.work(cast.new_store()), by=cast.alice)] == ["The cello."]


def test_going_on_later_keeps_when_it_was_begun_and_what_it_is_about(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    first = box.push("The", about=About(phase="same_day")).record.value
    cast.later(50 * 60)
    later = box.push("The cello.", about=About(phase="days_1_3")).record.value
    assert (later.at, later.wall, later.phase) == (first.at, first.wall, "same_day")


def test_a_repeated_push_saves_once(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    first = box.push("The cello.", heard=False)
    for store in (None, cast.new_store()):
        assert box.again(heard=False, store=store).record == first.record
    assert len(drafts(cast.work(), by=cast.alice)) == 1


def test_a_box_that_never_heard_an_answer_goes_on_in_its_own_draft(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    for text in ("The", "The cello", "The cello."):
        assert not box.push(text, heard=False).copied
    assert [it.value.text for it in drafts(cast.work(), by=cast.alice)] == ["The cello."]


def test_an_entry_can_be_about_an_own_session_only(cast: Cast) -> None:
    hers = done(cast, cast.dora)
    for session in (hers.id, bytes(16), b"?"):
        with pytest.raises(NotAllowed):
            Box(cast, cast.alice).push("The cello.", about=About(session))
    assert drafts(cast.work(), by=cast.alice) == ()


def test_a_therapist_writes_no_entries(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        Box(cast, cast.bob).push("The cello.")


def test_a_text_that_cannot_be_kept_leaves_the_one_before(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.")
    for text, error in (("x" * 100_001, TooLong), ("a\0b", UnsuitableText), ("\udcff", UnsuitableText)):
        with pytest.raises(error):
            box.push(text)
    assert entry(cast.work(), by=cast.alice, id=box.id).value.text == "The cello."
    assert box.push("The cello again.").record.version == 2
