"""Saving: once each, in order, and never over a text that was changed elsewhere."""

import os

import pytest

from kapjournal.errors import ChangedElsewhere, NotAllowed
from kapjournal.journal.values import Dose, Entry
from kapjournal.measures.values import CheckIn, Craving
from kapjournal.people.values import Preferences
from kapjournal.records import Put
from kapjournal.records.work import new_id
from tests.cast import Cast
from tests.records.boxes import Box, note, rows_of, save, words_of, written

BESIDE = {"at": 0, "zone": "UTC", "wall": "1970-01-01T00:00"}


def test_what_is_saved_is_read_by_another_process(cast: Cast) -> None:
    written(cast, "Blue light.")
    assert words_of(cast) == ["Blue light."]


def test_repeating_a_save_saves_nothing_twice(cast: Cast) -> None:
    put = Box().put("Blue light.")
    first, again = save(cast, put), save(cast, put)
    assert again == first
    assert rows_of(cast.engine, "version, seq") == [(1, 1)]


def test_a_repeated_save_takes_no_number(cast: Cast) -> None:
    put = Box().put("Blue light.")
    for _attempt in range(3):
        save(cast, put)
    assert rows_of(cast.engine, "seq", "accounts") == [(1,)]


def test_a_later_text_of_the_same_box_replaces_the_earlier_one(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("Blue"))
    saved = save(cast, box.put("Blue light."))
    assert (saved.record.version, saved.copied) == (2, False)
    assert words_of(cast) == ["Blue light."]


def test_a_retry_after_a_newer_save_of_the_same_box_changes_nothing(cast: Cast) -> None:
    box = Box()
    late = box.put("Blue")
    save(cast, late)
    newest = save(cast, box.put("Blue light."))
    again = save(cast, late)
    assert (again.record.version, again.copied) == (newest.record.version, False)
    assert words_of(cast) == ["Blue light."]


def test_a_save_that_was_overtaken_by_the_next_one_changes_nothing(cast: Cast) -> None:
    box = Box()
    slow, fast = box.put("Blue"), box.put("Blue light.")
    save(cast, fast)
    save(cast, slow)
    assert words_of(cast) == ["Blue light."]


def test_a_reloaded_box_goes_on_from_the_save_it_names(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("Blue"))
    reloaded = Box(box.record, 0, after=[box.save_id])
    saved = save(cast, reloaded.put("Blue light."))
    assert (saved.record.version, saved.copied) == (2, False)
    assert words_of(cast) == ["Blue light."]


def test_a_box_does_not_go_on_from_a_save_that_it_has_not_seen(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("Blue"))
    reloaded = Box(box.record, 0, after=[box.save_id])
    save(cast, box.put("Blue light."))
    assert save(cast, reloaded.put("Blue door.")).copied
    assert words_of(cast) == ["Blue door.", "Blue light."]


def test_a_text_that_was_changed_elsewhere_is_kept_beside_the_other_one(cast: Cast) -> None:
    record = written(cast, "Blue")
    here, there = Box(record.id, 1), Box(record.id, 1)
    save(cast, there.put("Blue there"))
    saved = save(cast, here.put("Blue here"))
    assert saved.copied
    assert saved.record.id != record.id
    assert words_of(cast) == ["Blue here", "Blue there"]


def test_a_copy_is_made_once_and_goes_on(cast: Cast) -> None:
    record = written(cast, "Blue")
    here, there = Box(record.id, 1), Box(record.id, 1)
    save(cast, there.put("Blue there"))
    first = here.put("Blue here")
    copy = save(cast, first).record
    assert save(cast, first).record == copy
    before_the_answer = save(cast, here.put("Blue here now"))
    assert (before_the_answer.record.id, before_the_answer.copied) == (copy.id, True)
    here.hear(before_the_answer)
    after_the_answer = save(cast, here.put("Blue here and now"))
    assert (after_the_answer.record.id, after_the_answer.copied) == (copy.id, False)
    assert words_of(cast) == ["Blue here and now", "Blue there"]


def test_a_copy_goes_on_after_a_reload_that_lost_its_answer(cast: Cast) -> None:
    record = written(cast, "Blue")
    here, there = Box(record.id, 1), Box(record.id, 1)
    save(cast, there.put("Blue there"))
    copy = save(cast, here.put("Blue here")).record
    reloaded = Box(record.id, 1, after=[here.save_id])
    assert save(cast, reloaded.put("Blue here now")).record.id == copy.id
    assert words_of(cast) == ["Blue here now", "Blue there"]


def test_a_copy_is_not_replaced_by_a_box_that_has_not_seen_its_latest_state(cast: Cast) -> None:
    record = written(cast, "Blue")
    here, there = Box(record.id, 1), Box(record.id, 1)
    save(cast, there.put("Blue there"))
    save(cast, here.put("Blue here"))
    reloaded = Box(record.id, 1, after=[here.save_id])
    save(cast, here.put("Blue here, later"))
    assert save(cast, reloaded.put("Blue here, from before")).copied
    assert words_of(cast) == ["Blue here, from before", "Blue here, later", "Blue there"]


def test_without_copies_a_stale_state_is_refused(cast: Cast) -> None:
    record = written(cast, "Blue")
    save(cast, Box(record.id, 1).put("Blue there"))
    with pytest.raises(ChangedElsewhere):
        save(cast, Put(note("Blue here"), record.id, new_id(), base_version=1))
    assert words_of(cast) == ["Blue there"]


def test_a_state_of_a_record_that_never_was_is_refused(cast: Cast) -> None:
    with pytest.raises(ChangedElsewhere):
        save(cast, Put(note("Blue"), new_id(), new_id(), base_version=1))


def test_states_are_saved_together_or_not_at_all(cast: Cast) -> None:
    record = written(cast, "Blue")
    stale = Put(note("Blue here"), record.id, new_id(), base_version=7)
    with pytest.raises(ChangedElsewhere):
        cast.work().save(cast.alice, Put(note("New"), new_id(), new_id()), stale)
    assert words_of(cast) == ["Blue"]
    assert rows_of(cast.engine, "seq", "accounts") == [(1,)]


@pytest.mark.parametrize("last", [0, 1])
def test_states_saved_together_are_told_apart_by_their_ids(cast: Cast, last: int) -> None:
    start = os.urandom(15)
    one, two = start + bytes([last]), start + bytes([1 - last])
    puts = Put(CheckIn(**BESIDE, mood=3), one, one), Put(Craving(**BESIDE, craving=7), two, two)
    for _attempt in range(2):
        saved = cast.work().save(cast.alice, *puts)
        assert [it.record.id for it in saved] == [one, two]
    snapshot = cast.work(cast.new_store()).reading(cast.alice)
    assert [it.value.craving for it in snapshot.all(Craving).values()] == [7]
    assert [it.value.mood for it in snapshot.all(CheckIn).values()] == [3]


def test_a_repeat_beside_something_new_leaves_no_gap(cast: Cast) -> None:
    first = Put(note("One"), new_id(), new_id())
    save(cast, first)
    cast.work().save(cast.alice, first, Put(note("Two"), new_id(), new_id()))
    assert [seq for (seq,) in rows_of(cast.engine, "seq")] == [1, 2]
    assert words_of(cast, cast.store) == ["One", "Two"]


def test_a_late_repeat_beside_something_new_shows_the_newest_state(cast: Cast) -> None:
    box = Box()
    late = box.put("Blue")
    save(cast, late)
    save(cast, box.put("Blue light."))
    cast.work().reading(cast.alice)
    cast.work().save(cast.alice, late, Put(note("Two"), new_id(), new_id()))
    shown = cast.work().reading(cast.alice).all(Entry).values()
    assert sorted(it.value.text for it in shown) == ["Blue light.", "Two"]


def test_a_record_never_becomes_another_kind(cast: Cast) -> None:
    record = written(cast, "Blue")
    with pytest.raises(NotAllowed):
        save(cast, Put(Preferences(**BESIDE), record.id, new_id(), base_version=1))
    assert words_of(cast) == ["Blue"]


def test_restating_needs_the_state_that_was_read(cast: Cast) -> None:
    record = written(cast, "Blue")
    newer = cast.work().restate(cast.alice, record, note("Blue light."))
    assert (newer.version, newer.save_id) == (2, record.save_id)
    with pytest.raises(ChangedElsewhere):
        cast.work().restate(cast.alice, record, note("Blue door."))
    cast.work().delete(cast.alice, record.id)
    with pytest.raises(ChangedElsewhere):
        cast.work().restate(cast.alice, newer, note("Blue door."))


def test_a_retry_is_still_recognised_after_restating(cast: Cast) -> None:
    put = Box().put("Blue")
    record = save(cast, put).record
    cast.work().restate(cast.alice, record, note("Blue, finished"))
    assert not save(cast, put).copied
    assert words_of(cast) == ["Blue, finished"]


def test_many_new_records_are_appended(cast: Cast) -> None:
    work = cast.work()
    work.reading(cast.alice)
    work.append(cast.alice, [CheckIn(**BESIDE, mood=n % 11) for n in range(501)])
    assert len(work.reading(cast.alice).all(CheckIn)) == 501
    assert [seq for (seq,) in rows_of(cast.engine, "seq")] == [*range(1, 502)]


def test_everything_comes_back_as_it_was(cast: Cast) -> None:
    value = Dose(**BESIDE, session=b"\xff" * 16, amount="½ Spray 😀\u0301", origin="a b", language="pt")
    put = Put(value, new_id(), new_id())
    save(cast, put)
    record = cast.work(cast.new_store()).reading(cast.alice).get(Dose, put.id)
    assert record is not None
    assert record.value == value


def test_nobody_saves_into_what_is_somebody_elses(cast: Cast) -> None:
    record = written(cast, "Alice's")
    saved = save(cast, Box(record.id, 1).put("Dora's"), by=cast.dora)
    assert saved.record.id != record.id
    assert words_of(cast) == ["Alice's"]
    assert words_of(cast, by=cast.dora) == ["Dora's"]


def test_the_newest_state_is_in_the_same_unit_of_work(cast: Cast) -> None:
    work, box = cast.work(), Box()
    work.save(cast.alice, box.put("Blue"))
    assert work.own(cast.alice, Entry, box.record).value.text == "Blue"
    work.save(cast.alice, box.put("Blue light."))
    assert work.own(cast.alice, Entry, box.record).value.text == "Blue light."
