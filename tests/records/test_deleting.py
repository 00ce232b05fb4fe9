"""Deleting can be undone for seven days; then nothing is left."""

import pytest

from kapjournal.application import Application
from kapjournal.content import load_content
from kapjournal.errors import ChangedElsewhere, DamagedRecord, NotAllowed, TooLateToUndo
from kapjournal.journal.values import Entry
from kapjournal.records import Put
from kapjournal.records.work import DAY, new_id
from kapjournal.settings import read_settings
from tests.cast import Cast
from tests.records.boxes import Box, note, rows_of, save, words_of, written


def purge(cast: Cast) -> None:
    Application(read_settings({}), cast.store, lambda: cast.at, load_content()).purge()


def test_what_is_deleted_is_gone_everywhere(cast: Cast) -> None:
    record, other_server = written(cast, "Blue"), cast.new_store()
    assert words_of(cast, other_server) == ["Blue"]
    cast.work().delete(cast.alice, record.id)
    assert words_of(cast) == words_of(cast, cast.store) == words_of(cast, other_server) == []
    with pytest.raises(NotAllowed):
        cast.work().own(cast.alice, Entry, record.id)


def test_a_tombstone_holds_no_words(cast: Cast) -> None:
    record = written(cast, "Blue")
    cast.work().delete(cast.alice, record.id)
    assert rows_of(cast.engine, "body, dek, deleted") == [(b"", b"", cast.at // DAY)]


def test_what_is_deleted_comes_back_as_it_was(cast: Cast) -> None:
    record, other_server = written(cast, "Blue"), cast.new_store()
    cast.work().delete(cast.alice, record.id)
    words_of(cast, other_server)
    back = cast.work().undelete(cast.alice, record.id)
    assert (back.id, back.value, back.version) == (record.id, record.value, 3)
    assert words_of(cast) == words_of(cast, cast.store) == words_of(cast, other_server) == ["Blue"]


def test_deleting_and_bringing_back_can_be_repeated(cast: Cast) -> None:
    record = written(cast, "Blue")
    for _time in range(3):
        cast.work().delete(cast.alice, record.id)
        cast.work().undelete(cast.alice, record.id)
    assert words_of(cast) == ["Blue"]


def test_the_list_of_what_was_deleted_has_the_latest_first(cast: Cast) -> None:
    first, second = written(cast, "One"), written(cast, "Two")
    written(cast, "Three")
    for record in (second, first):
        cast.work().delete(cast.alice, record.id)
    found = cast.work().deleted(cast.alice)
    assert [it.value.text for it in found] == ["One", "Two"]
    assert [it.id for it in found] == [first.id, second.id]


def test_nothing_is_deleted_twice_and_nothing_that_is_not_there(cast: Cast) -> None:
    record = written(cast, "Blue")
    cast.work().delete(cast.alice, record.id)
    for unknown in (record.id, new_id()):
        with pytest.raises(NotAllowed):
            cast.work().delete(cast.alice, unknown)


def test_only_what_was_deleted_is_brought_back(cast: Cast) -> None:
    record = written(cast, "Blue")
    for unknown in (record.id, new_id()):
        with pytest.raises(NotAllowed):
            cast.work().undelete(cast.alice, unknown)


def test_nobody_deletes_or_brings_back_what_is_somebody_elses(cast: Cast) -> None:
    record = written(cast, "Blue")
    with pytest.raises(NotAllowed):
        cast.work().delete(cast.dora, record.id)
    cast.work().delete(cast.alice, record.id)
    assert cast.work().deleted(cast.dora) == ()
    with pytest.raises(NotAllowed):
        cast.work().undelete(cast.dora, record.id)


def test_seven_days_later_it_is_too_late(cast: Cast) -> None:
    record = written(cast, "Blue")
    cast.work().delete(cast.alice, record.id)
    cast.at = (cast.at // DAY + 7) * DAY - 1
    assert [it.id for it in cast.work().deleted(cast.enter("alice"))] == [record.id]
    cast.at += 1
    back = cast.enter("alice")
    assert cast.work().deleted(back) == ()
    with pytest.raises(TooLateToUndo):
        cast.work().undelete(back, record.id)


def test_purging_leaves_nothing_of_it_and_everything_else(cast: Cast) -> None:
    gone, kept = written(cast, "Blue"), written(cast, "Green")
    save(cast, Box(gone.id, 1).put("Blue light.", keep=True))
    cast.work().delete(cast.alice, gone.id)
    cast.at = (cast.at // DAY + 7) * DAY - 1
    purge(cast)
    assert len(rows_of(cast.engine, "id", "record_history")) == 2
    cast.at += 1
    purge(cast)
    assert rows_of(cast.engine, "id") == [(kept.id,)]
    assert rows_of(cast.engine, "id", "record_history") == []
    with pytest.raises(NotAllowed):
        cast.work().undelete(cast.enter("alice"), gone.id)


@pytest.mark.parametrize("base", [0, 1, 2])
def test_words_typed_into_something_deleted_elsewhere_are_kept_as_a_copy(cast: Cast, base: int) -> None:
    record = written(cast, "Blue")
    box = Box(record.id, base)
    cast.work().delete(cast.alice, record.id)
    assert save(cast, box.put("Blue light.")).copied
    assert words_of(cast) == ["Blue light."]


def test_a_change_without_words_to_something_deleted_is_refused(cast: Cast) -> None:
    record = written(cast, "Blue")
    cast.work().delete(cast.alice, record.id)
    with pytest.raises(ChangedElsewhere):
        save(cast, Put(note("Blue light."), record.id, new_id(), base_version=1))


def test_a_box_that_knows_nothing_of_deleting_and_bringing_back_goes_into_a_copy(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("Blue"))
    cast.work().delete(cast.alice, box.record)
    cast.work().undelete(cast.alice, box.record)
    assert save(cast, box.put("Blue light.")).copied
    assert words_of(cast) == ["Blue", "Blue light."]


def test_what_was_damaged_while_deleted_does_not_come_back(cast: Cast) -> None:
    record = written(cast, "Blue")
    cast.work().delete(cast.alice, record.id)
    with cast.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE record_history SET gen = 2")
    assert cast.work().deleted(cast.alice) == ()
    with pytest.raises(DamagedRecord):
        cast.work().undelete(cast.alice, record.id)
