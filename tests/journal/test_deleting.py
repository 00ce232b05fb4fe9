"""Delete an entry, and bring it back within seven days."""

import pytest

from kapjournal.errors import NotAllowed, SignedOut, TooLateToUndo
from kapjournal.journal.reading import chapters, deleted_entries, entries, entry, search
from kapjournal.journal.writing import bring_back, delete_entry
from kapjournal.records import SignedIn
from tests.cast import Cast
from tests.journal.desk import DAY, Box, written


def later_on(cast: Cast, by: SignedIn, days: int) -> SignedIn:
    """The same person some days later, signed in anew."""
    cast.later(days * DAY)
    with pytest.raises(SignedOut):
        cast.work().role(by)
    return cast.enter("alice")


def deleted(cast: Cast, by: SignedIn) -> list[str]:
    return [it.value.text for it in deleted_entries(cast.work(), by=by)]  # type: ignore[attr-defined]


def test_a_deleted_entry_is_nowhere_but_among_the_deleted(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    for store in (cast.store, cast.new_store()):
        work = cast.work(store)
        assert entries(work, by=cast.alice) == chapters(work, by=cast.alice) == ()
        assert search(work, by=cast.alice, words="cello") == ()
        with pytest.raises(NotAllowed):
            entry(work, by=cast.alice, id=record.id)
    assert deleted(cast, cast.alice) == ["The cello."]


def test_a_deleted_entry_comes_back_as_it_was(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.", phase="same_day")
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    bring_back(cast.work(), by=cast.alice, entry=record.id)
    assert entry(cast.work(cast.new_store()), by=cast.alice, id=record.id).value == record.value
    assert deleted(cast, cast.alice) == []


def test_an_entry_that_came_back_can_be_edited_and_deleted_again(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    for text in ("The cello, and rain.", "The cello, and wind."):
        delete_entry(cast.work(), by=cast.alice, entry=record.id)
        bring_back(cast.work(), by=cast.alice, entry=record.id)
        present = entry(cast.work(), by=cast.alice, id=record.id)
        assert not Box(cast, cast.alice, opens=present).push(text).copied
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    assert deleted(cast, cast.alice) == ["The cello, and wind."]


def test_the_deleted_are_listed_latest_first(cast: Cast) -> None:
    for record in [written(cast, cast.alice, text) for text in ("one", "two", "three")]:
        delete_entry(cast.work(), by=cast.alice, entry=record.id)
    assert deleted(cast, cast.alice) == ["three", "two", "one"]


def test_a_deleted_draft_can_come_back_too(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.")
    delete_entry(cast.work(), by=cast.alice, entry=box.id)
    assert deleted(cast, cast.alice) == ["The cello."]
    bring_back(cast.work(), by=cast.alice, entry=box.id)
    assert entry(cast.work(), by=cast.alice, id=box.id).value.finished == 0


def test_six_days_later_an_entry_can_still_come_back(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    again = later_on(cast, cast.alice, 6)
    assert deleted(cast, again) == ["The cello."]
    bring_back(cast.work(), by=again, entry=record.id)
    assert [it.value.text for it in entries(cast.work(), by=again)] == ["The cello."]


def test_after_seven_days_it_is_too_late(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    again = later_on(cast, cast.alice, 7)
    assert deleted(cast, again) == []
    with pytest.raises(TooLateToUndo):
        bring_back(cast.work(), by=again, entry=record.id)


def test_what_is_not_deleted_cannot_come_back(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    for id in (record.id, bytes(16), b""):
        with pytest.raises(NotAllowed):
            bring_back(cast.work(), by=cast.alice, entry=id)


def test_what_is_deleted_cannot_be_deleted_again(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    with pytest.raises(NotAllowed):
        delete_entry(cast.work(), by=cast.alice, entry=record.id)


def test_nobody_else_deletes_or_brings_back(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            delete_entry(cast.work(), by=by, entry=record.id)
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    for by in (cast.bob, cast.dora):
        assert deleted(cast, by) == []
        with pytest.raises(NotAllowed):
            bring_back(cast.work(), by=by, entry=record.id)
