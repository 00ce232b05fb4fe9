"""A draft becomes an entry; what is typed or retried afterwards goes into the same entry."""

import pytest

from kapjournal.errors import ChangedElsewhere, NotAllowed
from kapjournal.journal.reading import deleted_entries, drafts, earlier_versions, entries, entry
from kapjournal.journal.values import Entry
from kapjournal.journal.writing import finish
from kapjournal.records import Record
from kapjournal.records.rows import NEWEST_NOTES
from tests.cast import Cast
from tests.journal.desk import Box, many, written


def finished(cast: Cast, box: Box) -> Record[Entry] | None:
    return finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())


def test_a_finished_draft_is_an_entry_and_no_draft(cast: Cast) -> None:
    written(cast, cast.alice, "The cello.")
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["The cello."]
    assert drafts(cast.work(), by=cast.alice) == ()


def test_finishing_twice_changes_nothing(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.")
    first = finished(cast, box)
    cast.later(60)
    assert finished(cast, box) == first


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000"])
def test_an_empty_draft_is_dropped_and_not_offered_again(cast: Cast, text: str) -> None:
    box = Box(cast, cast.alice)
    box.push(text)
    assert finished(cast, box) is None
    assert entries(cast.work(), by=cast.alice) == drafts(cast.work(), by=cast.alice) == ()
    assert deleted_entries(cast.work(), by=cast.alice) == ()


def test_an_entry_that_was_emptied_is_kept_with_what_stood_there_before(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    box = Box(cast, cast.alice, opens=record)
    box.push("")
    assert finished(cast, box) is not None
    [past] = earlier_versions(cast.work(), by=cast.alice, entry=record.id)
    assert past.value.text == "The cello."  # type: ignore[attr-defined]  # it is an entry


def test_a_retry_after_finishing_makes_no_copy(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.", heard=False)
    finished(cast, box)
    for store in (None, cast.new_store()):
        assert not box.again(heard=False, store=store).copied
    [only] = entries(cast.work(cast.new_store()), by=cast.alice)
    assert (only.value.text, only.value.finished) == ("The cello.", cast.at)


def test_a_later_text_of_the_same_box_is_saved_after_finishing(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.", heard=False)
    finished(cast, box)
    assert not box.push("The cello, and rain.", heard=False).copied
    [only] = entries(cast.work(), by=cast.alice)
    assert only.value.text == "The cello, and rain."


def test_a_later_text_is_saved_into_its_entry_even_after_much_else_was_written(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.", heard=False)
    finished(cast, box)
    many(cast, cast.alice, NEWEST_NOTES)
    cast.store = cast.new_store()
    value = box.push("The cello, and rain.", heard=False).record.value
    assert value.finished == cast.at
    assert drafts(cast.work(), by=cast.alice) == ()


def test_an_entry_stays_finished_while_it_is_edited(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    cast.later(50 * 60)
    Box(cast, cast.alice, opens=record).push("The cello, and rain.")
    value = entry(cast.work(), by=cast.alice, id=record.id).value
    assert (value.finished, value.at) == (record.value.finished, record.value.at)


def test_a_draft_that_changed_in_another_tab_is_not_finished_unseen(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.")
    slow = cast.work()
    assert entry(slow, by=cast.alice, id=box.id).value.text == "The cello."
    box.push("The cello, and rain.")
    with pytest.raises(ChangedElsewhere):
        finish(slow, by=cast.alice, entry=box.id, now=cast.now())
    assert finished(cast, box) is not None


@pytest.mark.parametrize("id", [b"", bytes(16), b"x" * 40])
def test_what_is_not_there_cannot_be_finished(cast: Cast, id: bytes) -> None:
    with pytest.raises(NotAllowed):
        finish(cast.work(), by=cast.alice, entry=id, now=cast.now())
