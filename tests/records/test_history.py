"""Earlier states: kept when asked for, twenty of them, newest first."""

import pytest
from sqlalchemy import text

from kapjournal.records import SignedIn
from tests.cast import Cast
from tests.records.boxes import Box, note, rows_of, save, written


def past(cast: Cast, record: bytes, by: SignedIn | None = None) -> list[str]:
    return [it.value.text for it in cast.work().history(by or cast.alice, record)]


def test_an_autosave_leaves_no_history(cast: Cast) -> None:
    box = Box()
    for words in ("B", "Bl", "Blue"):
        save(cast, box.put(words))
    assert past(cast, box.record) == []


def test_a_state_is_kept_when_its_successor_asks_for_it(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("One"))
    save(cast, box.put("Two", keep=True))
    save(cast, box.put("Three"))
    save(cast, box.put("Four", keep=True))
    assert past(cast, box.record) == ["Three", "One"]


def test_a_repeated_save_keeps_nothing_twice(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("One"))
    put = box.put("Two", keep=True)
    for _attempt in range(2):
        save(cast, put)
    assert past(cast, box.record) == ["One"]


def test_the_newest_twenty_states_are_kept(cast: Cast) -> None:
    box = Box()
    for number in range(25):
        save(cast, box.put(str(number), keep=number > 0))
    assert past(cast, box.record) == [str(number) for number in range(23, 3, -1)]


def test_twenty_are_kept_of_each_record(cast: Cast) -> None:
    boxes = Box(), Box()
    for number in range(22):
        for box in boxes:
            save(cast, box.put(str(number), keep=number > 0))
    assert [len(past(cast, box.record)) for box in boxes] == [20, 20]


def test_a_state_that_was_changed_by_somebody_is_left_out(cast: Cast) -> None:
    box = Box()
    for words in ("One", "Two", "Three"):
        save(cast, box.put(words, keep=words != "One"))
    with cast.engine.begin() as connection:
        connection.execute(text("UPDATE record_history SET kind = 'rating' WHERE version = 1"))
    assert past(cast, box.record) == ["Two"]


def test_nobody_reads_somebody_elses_history(cast: Cast) -> None:
    record = written(cast, "One")
    save(cast, Box(record.id, 1).put("Two", keep=True))
    assert past(cast, record.id) == ["One"]
    assert past(cast, record.id, by=cast.dora) == []


@pytest.mark.parametrize("act", ["keep", "delete"])
def test_a_state_that_was_rolled_back_by_somebody_can_still_be_replaced(cast: Cast, act: str) -> None:
    box = Box()
    save(cast, box.put("One"))
    save(cast, box.put("Two", keep=True))
    with cast.engine.begin() as connection:
        for column in ("version", "body", "dek"):
            connection.execute(text(f"UPDATE records SET {column} = (SELECT {column} FROM record_history)"))
    if act == "delete":
        cast.work().delete(cast.alice, box.record)
        assert [it.value.text for it in cast.work().deleted(cast.alice)] == ["One"]
    else:
        save(cast, box.put("Three", keep=True))
        assert past(cast, box.record) == ["One"]
    assert len(rows_of(cast.engine, "version", "record_history")) == 1


def test_a_deleted_state_counts_as_an_earlier_one_when_it_is_back(cast: Cast) -> None:
    record = written(cast, "One")
    cast.work().delete(cast.alice, record.id)
    back = cast.work().undelete(cast.alice, record.id)
    cast.work().restate(cast.alice, back, note("Two"))
    assert past(cast, record.id) == ["One"]
