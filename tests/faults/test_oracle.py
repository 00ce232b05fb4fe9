"""The oracle sees what is lost, torn or doubled, and takes nothing else for it."""

from pathlib import Path

import pytest

from tests.faults.oracle import Attempt, Found, Log, State, digest, judge

BOX, OTHER_BOX = b"box-here", b"box-else"
RECORD, COPY = b"r" * 16, b"c" * 16


def save_id(number: int, box: bytes = BOX) -> bytes:
    return box + number.to_bytes(8)


def state(version: int, text: str, last: bytes, record: bytes = RECORD) -> State:
    return State(record, version, last, digest(text), finished=False)


def found(*newest: State, earlier: tuple[State, ...] = (), damaged: int = 0) -> Found:
    return Found(newest, earlier, damaged)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """ "Blue" was acknowledged; "Blue light" was sent and not answered."""
    log = Log(tmp_path / "log")
    log.attempt(Attempt(save_id(1), RECORD, 0, (), digest("Blue")))
    log.acknowledge(save_id(1), RECORD, 1)
    log.attempt(Attempt(save_id(2), RECORD, 1, (), digest("Blue light")))
    return log


def test_what_was_acknowledged_is_on_disk_before_anything_else(log: Log, tmp_path: Path) -> None:
    [line] = (tmp_path / "log").read_text().splitlines()
    assert save_id(1).hex() in line
    assert digest("Blue") in line


@pytest.mark.parametrize(("version", "text", "number"), [(1, "Blue", 1), (2, "Blue light", 2)])
def test_an_unanswered_save_is_there_or_not(log: Log, version: int, text: str, number: int) -> None:
    assert judge(log, found(state(version, text, save_id(number)))).ok


def test_an_earlier_state_counts_as_there(log: Log) -> None:
    log.attempt(Attempt(save_id(1, OTHER_BOX), RECORD, 0, (), digest("Red")))
    newest = state(2, "Red", save_id(1, OTHER_BOX))
    assert judge(log, found(newest, earlier=(state(1, "Blue", b""),))).ok


@pytest.mark.parametrize("nothing", [found(), found(damaged=1)])
def test_a_missing_or_damaged_entry_is_lost(log: Log, nothing: Found) -> None:
    assert judge(log, nothing).lost == (save_id(1),)


def test_a_text_that_another_box_wrote_over_is_lost(log: Log) -> None:
    log.attempt(Attempt(save_id(1, OTHER_BOX), RECORD, 0, (), digest("Red")))
    assert judge(log, found(state(2, "Red", save_id(1, OTHER_BOX)))).lost == (save_id(1),)


@pytest.mark.parametrize(("base", "after"), [(1, ()), (0, (save_id(1),)), (0, (save_id(2),))])
def test_a_box_that_went_on_from_it_may_write_over_it(log: Log, base: int, after: tuple[bytes, ...]) -> None:
    log.attempt(Attempt(save_id(1, OTHER_BOX), RECORD, base, after, digest("Red")))
    assert judge(log, found(state(2, "Red", save_id(1, OTHER_BOX)))).ok


def test_a_text_that_was_never_sent_is_torn(log: Log) -> None:
    assert judge(log, found(state(2, "Blue li", save_id(2)))).torn == (RECORD,)


def test_a_text_that_stands_twice_is_doubled(log: Log) -> None:
    twice = found(state(1, "Blue", save_id(1)), state(1, "Blue", save_id(1), COPY))
    assert judge(log, twice).doubled == (COPY, COPY)


def test_an_entry_that_was_acknowledged_as_finished_and_is_a_draft_is_lost(log: Log) -> None:
    log.finish(RECORD)
    assert judge(log, found(state(1, "Blue", save_id(1)))).lost == (RECORD,)
