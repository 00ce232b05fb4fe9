"""A therapist's private notes: saved as they are typed, theirs alone, and kept when the link ends."""

import os

import pytest

from kapjournal.errors import NotAllowed
from kapjournal.journal.writing import Draft
from kapjournal.records import SignedIn
from kapjournal.sharing import linking, notes
from tests.cast import Cast
from tests.sharing.desk import linked, with_factor

NOTE = b"n" * 16
WRITER = b"w" * 8


def push(cast: Cast, link: bytes, text: str, n: int, by: SignedIn | None = None, id: bytes = NOTE) -> bytes:
    """One push of the box."""
    draft = Draft(id, WRITER + n.to_bytes(8), text, base_version=n - 1)
    saved = notes.write_note(cast.work(), by=by or cast.bob, link=link, draft=draft, now=cast.now())
    return saved.record.id


def texts(cast: Cast, link: bytes) -> list[str]:
    return [it.value.text for it in notes.notes(cast.work(), by=cast.bob, link=link)]


def test_a_note_is_saved_again_as_it_grows(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    for n, text in enumerate(("Ask", "Ask about", "Ask about sleep"), start=1):
        push(cast, link, text, n)
    assert texts(cast, link) == ["Ask about sleep"]


def test_an_older_push_does_not_take_newer_words_away(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "Ask", 1)
    push(cast, link, "Ask about sleep", 2)
    push(cast, link, "Ask", 1)
    assert texts(cast, link) == ["Ask about sleep"]


def test_what_was_written_elsewhere_is_kept_beside(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "here", 1)
    elsewhere = Draft(NOTE, os.urandom(16), "there", base_version=0)
    saved = notes.write_note(cast.work(), by=cast.bob, link=link, draft=elsewhere, now=cast.now())
    assert saved.copied
    assert sorted(texts(cast, link)) == ["here", "there"]


def test_an_earlier_state_is_kept_after_ten_minutes_of_writing(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "first", 1)
    push(cast, link, "second", 2)
    assert cast.work().history(cast.bob, NOTE) == ()
    cast.later(601)
    push(cast, link, "third", 3)
    assert [it.value.text for it in cast.work().history(cast.bob, NOTE)] == ["second"]


def test_an_empty_note_is_not_listed(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, " \n", 1)
    assert texts(cast, link) == []


def test_notes_outlive_the_link(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "mine", 1)
    linking.stop(cast.work(), by=cast.alice, link=link)
    push(cast, link, "still mine", 2)
    assert texts(cast, link) == ["still mine"]


def test_a_deleted_note_comes_back(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "mine", 1)
    notes.delete_note(cast.work(), by=cast.bob, note=NOTE)
    assert texts(cast, link) == []
    notes.bring_back_note(cast.work(), by=cast.bob, note=NOTE)
    assert texts(cast, link) == ["mine"]


def test_nobody_else_reads_or_writes_them(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    push(cast, link, "mine", 1)
    for by in (cast.alice, cast.dora, with_factor(cast, cast.charlie)):
        for ask in (
            lambda by=by: notes.notes(cast.work(), by=by, link=link),
            lambda by=by: notes.note(cast.work(), by=by, id=NOTE),
            lambda by=by: notes.delete_note(cast.work(), by=by, note=NOTE),
            lambda by=by: push(cast, link, "theirs", 1, by),
        ):
            with pytest.raises(NotAllowed):
                ask()
    assert texts(cast, link) == ["mine"]


def test_a_note_about_one_patient_does_not_move_to_another(cast: Cast) -> None:
    link, other = linked(cast, "check_ins"), linked(cast, "check_ins", by=cast.dora)
    push(cast, link, "mine", 1)
    with pytest.raises(NotAllowed):
        push(cast, other, "moved", 2)
