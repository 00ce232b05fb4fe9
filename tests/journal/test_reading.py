"""Entries are read back: one, all, those of a session, the recent ones."""

import pytest

from kapjournal.errors import NotAllowed
from kapjournal.journal.reading import entries, entry, recent_entries, session_entries
from kapjournal.records.rows import NEWEST_NOTES
from tests.cast import Cast
from tests.journal.desk import Box, done, many, planned, written


def test_an_entry_or_a_draft_is_read_by_its_id(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    box = Box(cast, cast.alice)
    box.push("Rain.")
    assert entry(cast.work(), by=cast.alice, id=record.id).value.text == "The cello."
    assert entry(cast.work(), by=cast.alice, id=box.id).value.text == "Rain."


def test_an_id_that_is_no_entry_is_not_found(cast: Cast) -> None:
    for id in (planned(cast, cast.alice).id, bytes(16), b"", b"x" * 99):
        with pytest.raises(NotAllowed):
            entry(cast.work(), by=cast.alice, id=id)


def test_all_entries_come_newest_first(cast: Cast) -> None:
    many(cast, cast.alice, NEWEST_NOTES + 5)
    found = entries(cast.work(cast.new_store()), by=cast.alice)
    assert [it.value.text for it in found] == [f"text {number}" for number in range(NEWEST_NOTES + 4, -1, -1)]


def test_recent_entries_are_those_among_the_newest_notes(cast: Cast) -> None:
    many(cast, cast.alice, NEWEST_NOTES + 5)
    found = recent_entries(cast.work(cast.new_store()), by=cast.alice)
    assert len(found) == NEWEST_NOTES
    assert found[0].value.text == f"text {NEWEST_NOTES + 4}"


def test_an_old_entry_is_read_without_opening_the_whole_journal(cast: Cast) -> None:
    oldest = written(cast, cast.alice, "The cello.")
    many(cast, cast.alice, NEWEST_NOTES)
    work = cast.work(cast.new_store())
    assert entry(work, by=cast.alice, id=oldest.id).value.text == "The cello."
    assert not work.reading(cast.alice).complete


def test_an_old_entry_is_edited_without_opening_the_whole_journal(cast: Cast) -> None:
    oldest = written(cast, cast.alice, "The cello.", phase="same_day")
    many(cast, cast.alice, NEWEST_NOTES)
    cast.store = cast.new_store()
    saved = Box(cast, cast.alice, opens=oldest).push("The cello, and rain.")
    assert not saved.copied
    assert (saved.record.value.phase, saved.record.value.finished) == ("same_day", oldest.value.finished)


def test_the_entries_of_a_session_come_oldest_first(cast: Cast) -> None:
    session = done(cast, cast.alice)
    for text in ("one", "two"):
        written(cast, cast.alice, text, session=session.id)
        cast.later(60)
    written(cast, cast.alice, "of no session")
    Box(cast, cast.alice).push("not finished")
    found = session_entries(cast.work(), by=cast.alice, session=session.id)
    assert [it.value.text for it in found] == ["one", "two"]


def test_nobody_reads_what_somebody_else_wrote(cast: Cast) -> None:
    session = done(cast, cast.alice)
    record = written(cast, cast.alice, "The cello.", session=session.id)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert entries(cast.work(), by=by) == recent_entries(cast.work(), by=by) == ()
        assert session_entries(cast.work(), by=by, session=session.id) == ()
        with pytest.raises(NotAllowed):
            entry(cast.work(), by=by, id=record.id)
