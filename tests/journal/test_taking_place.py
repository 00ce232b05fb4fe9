"""A session took place, or did not after all."""

import pytest

from kapjournal.clock import moment
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange
from kapjournal.journal.sessions import arc, mark_done, mark_not_done, session
from kapjournal.records import Record
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, HOUR, done, planned


def mark(cast: Cast, record: Record, ended_ago: int) -> Record:  # type: ignore[type-arg]  # of sessions
    ended = moment(cast.at - ended_ago, ZONE)
    return mark_done(cast.work(), by=cast.alice, session=record.id, ended=ended)


def test_a_session_is_done_at_the_time_it_ended(cast: Cast) -> None:
    record = planned(cast, cast.alice, -2 * HOUR)
    mark(cast, record, HOUR)
    value = session(cast.work(cast.new_store()), by=cast.alice, id=record.id).value
    assert value.ended_at == cast.at - HOUR
    assert arc(cast.work(), by=cast.alice).phase == "same_day"


def test_a_session_is_entered_weeks_later(cast: Cast) -> None:
    assert done(cast, cast.alice, 30 * DAY).value.ended_at == cast.at - 30 * DAY
    assert arc(cast.work(), by=cast.alice).phase == "between"


def test_the_end_can_be_corrected(cast: Cast) -> None:
    record = mark(cast, planned(cast, cast.alice, -5 * HOUR), HOUR)
    assert mark(cast, record, 2 * HOUR).value.ended_at == cast.at - 2 * HOUR


def test_a_session_that_was_held_up_to_a_day_early_is_done(cast: Cast) -> None:
    assert mark(cast, planned(cast, cast.alice, DAY), 0).value.ended_at == cast.at


@pytest.mark.parametrize(("starts_in", "ended_ago"), [(-HOUR, -61), (-HOUR, 25 * HOUR + 1), (DAY + 1, 0)])
def test_an_end_in_the_future_or_long_before_the_start_is_refused(
    cast: Cast, starts_in: int, ended_ago: int
) -> None:
    record = planned(cast, cast.alice, starts_in)
    with pytest.raises(OutOfRange, match="ended"):
        mark(cast, record, ended_ago)
    assert session(cast.work(), by=cast.alice, id=record.id).value.ended_at == 0


def test_that_it_took_place_can_be_taken_back(cast: Cast) -> None:
    record = done(cast, cast.alice)
    assert mark_not_done(cast.work(), by=cast.alice, session=record.id).value.ended_at == 0
    assert arc(cast.work(), by=cast.alice).phase == "prep"


def test_a_session_that_changed_in_another_tab_is_not_marked_unseen(cast: Cast) -> None:
    record = planned(cast, cast.alice, -2 * HOUR)
    slow = cast.work()
    assert session(slow, by=cast.alice, id=record.id)
    planned(cast, cast.alice, -3 * HOUR, session=record)
    with pytest.raises(ChangedElsewhere):
        mark_done(slow, by=cast.alice, session=record.id, ended=cast.now())


def test_nobody_else_marks_it(cast: Cast) -> None:
    record = planned(cast, cast.alice, -HOUR)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            mark_done(cast.work(), by=by, session=record.id, ended=cast.now())
        with pytest.raises(NotAllowed):
            mark_not_done(cast.work(), by=by, session=record.id)
    assert session(cast.work(), by=cast.alice, id=record.id) == record
