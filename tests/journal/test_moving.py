"""An entry can be about an earlier day."""

import pytest

from kapjournal.clock import moment
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange
from kapjournal.journal.reading import entries, entry
from kapjournal.journal.writing import move_entry
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, Box, written


def test_an_entry_moves_to_the_day_it_is_about(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    when = moment(cast.at - 3 * DAY, "Asia/Kathmandu")
    move_entry(cast.work(), by=cast.alice, entry=record.id, when=when)
    value = entry(cast.work(cast.new_store()), by=cast.alice, id=record.id).value
    assert (value.at, value.zone, value.wall) == when
    assert (value.text, value.finished) == ("The cello.", record.value.finished)


def test_entries_are_in_the_order_of_what_they_are_about(cast: Cast) -> None:
    for text in ("one", "two", "three"):
        written(cast, cast.alice, text)
        cast.later(60)
    newest = entries(cast.work(), by=cast.alice)[0]
    move_entry(cast.work(), by=cast.alice, entry=newest.id, when=moment(cast.at - DAY, ZONE))
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["two", "one", "three"]


def test_a_moved_entry_stays_on_its_day_when_it_is_edited(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    when = moment(cast.at - DAY, ZONE)
    moved = move_entry(cast.work(), by=cast.alice, entry=record.id, when=when)
    Box(cast, cast.alice, opens=moved).push("The cello, and rain.")
    assert entry(cast.work(), by=cast.alice, id=record.id).value.wall == when.wall


@pytest.mark.parametrize("ahead", [61, DAY, 50 * 366 * DAY])
def test_an_entry_is_not_about_the_future(cast: Cast, ahead: int) -> None:
    record = written(cast, cast.alice, "The cello.")
    with pytest.raises(OutOfRange, match="date"):
        move_entry(cast.work(), by=cast.alice, entry=record.id, when=moment(cast.at + ahead, ZONE))
    assert entry(cast.work(), by=cast.alice, id=record.id).value.at == record.value.at


def test_a_clock_that_is_a_minute_fast_is_forgiven(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    move_entry(cast.work(), by=cast.alice, entry=record.id, when=moment(cast.at + 60, ZONE))
    assert entry(cast.work(), by=cast.alice, id=record.id).value.at == cast.at + 60


def test_the_entry_of_somebody_else_is_not_moved(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    with pytest.raises(NotAllowed):
        move_entry(cast.work(), by=cast.dora, entry=record.id, when=cast.now())


def test_an_entry_that_changed_in_another_tab_is_not_moved_unseen(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    slow = cast.work()
    assert entry(slow, by=cast.alice, id=record.id)
    Box(cast, cast.alice, opens=record).push("The cello, and rain.")
    with pytest.raises(ChangedElsewhere):
        move_entry(slow, by=cast.alice, entry=record.id, when=cast.now())
