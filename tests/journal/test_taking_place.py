"""A session took place, or did not after all."""

import pytest

from kapjournal.clock import moment
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange
from kapjournal.journal.phases import guards
from kapjournal.journal.sessions import (
    READY,
    arc,
    get_ready,
    mark_done,
    mark_not_done,
    say_slept,
    session,
    sessions,
)
from kapjournal.records import Record
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, HOUR, done, planned


def mark(cast: Cast, record: Record, ended_ago: int) -> Record:  # type: ignore[type-arg]  # of sessions
    ended = moment(cast.at - ended_ago, ZONE)
    return mark_done(cast.work(), by=cast.alice, session=record.id, ended=ended)


def phase(cast: Cast) -> str:
    return arc(cast.work(cast.new_store()), by=cast.alice, now=cast.now()).phase


def test_a_session_is_done_at_the_time_it_ended(cast: Cast) -> None:
    record = planned(cast, cast.alice, -2 * HOUR)
    mark(cast, record, HOUR)
    value = session(cast.work(cast.new_store()), by=cast.alice, id=record.id).value
    assert value.ended_at == cast.at - HOUR
    assert phase(cast) == "same_day"


def test_a_session_is_entered_weeks_later(cast: Cast) -> None:
    assert done(cast, cast.alice, 60 * DAY).value.ended_at == cast.at - 60 * DAY
    assert phase(cast) == "between"


def test_the_end_can_be_corrected(cast: Cast) -> None:
    record = mark(cast, planned(cast, cast.alice, -5 * HOUR), HOUR)
    assert mark(cast, record, 2 * HOUR).value.ended_at == cast.at - 2 * HOUR


@pytest.mark.parametrize(("starts_in", "ended_ago"), [(-HOUR, HOUR), (-HOUR, 0), (-HOUR, -60), (0, 0)])
def test_it_may_end_from_its_start_to_a_minute_from_now(cast: Cast, starts_in: int, ended_ago: int) -> None:
    record = planned(cast, cast.alice, starts_in)
    assert mark(cast, record, ended_ago).value.ended_at == cast.at - ended_ago


@pytest.mark.parametrize(
    ("starts_in", "ended_ago"),
    [(-HOUR, -61), (-HOUR, HOUR + 1), (-HOUR, 30 * DAY), (1, 0), (DAY, 0), (-HOUR, -70 * 365 * DAY)],
)
def test_an_end_in_the_future_or_before_the_start_is_refused(
    cast: Cast, starts_in: int, ended_ago: int
) -> None:
    record = planned(cast, cast.alice, starts_in)
    with pytest.raises(OutOfRange, match="ended"):
        mark(cast, record, ended_ago)
    assert session(cast.work(), by=cast.alice, id=record.id).value.ended_at == 0


def test_a_session_that_did_not_take_place_leaves_the_course_and_is_kept(cast: Cast) -> None:
    record = done(cast, cast.alice)
    say_slept(cast.work(), by=cast.alice, session=record.id)
    value = mark_not_done(cast.work(), by=cast.alice, session=record.id).value
    assert (value.ended_at, value.slept_at, value.cancelled_at) == (0, 0, cast.at)
    assert sessions(cast.work(cast.new_store()), by=cast.alice) == ()
    assert session(cast.work(cast.new_store()), by=cast.alice, id=record.id).value == value
    assert phase(cast) == "pre_course"


def test_planning_a_cancelled_session_anew_brings_it_back(cast: Cast) -> None:
    record = planned(cast, cast.alice, 2 * DAY)
    cancelled = mark_not_done(cast.work(), by=cast.alice, session=record.id)
    assert phase(cast) == "pre_course"
    assert planned(cast, cast.alice, 3 * DAY, session=cancelled).id == record.id
    assert len(sessions(cast.work(), by=cast.alice)) == 1
    assert phase(cast) == "prep"


def test_marking_a_cancelled_session_done_brings_it_back(cast: Cast) -> None:
    record = planned(cast, cast.alice, -2 * HOUR)
    mark_not_done(cast.work(), by=cast.alice, session=record.id)
    assert mark(cast, record, HOUR).value.cancelled_at == 0
    assert phase(cast) == "same_day"


def test_of_two_sessions_at_once_the_other_one_stays(cast: Cast) -> None:
    one, other = (done(cast, cast.alice, HOUR) for _session in range(2))
    assert phase(cast) == "same_day"
    mark_not_done(cast.work(), by=cast.alice, session=one.id)
    assert [it.id for it in sessions(cast.work(), by=cast.alice)] == [other.id]
    assert phase(cast) == "same_day"


def test_having_slept_ends_the_day_of_capturing_after_twelve_hours(cast: Cast) -> None:
    record = done(cast, cast.alice, 13 * HOUR)
    assert phase(cast) == "same_day"
    assert say_slept(cast.work(), by=cast.alice, session=record.id).value.slept_at == cast.at
    assert phase(cast) == "days_1_3"


def test_the_first_time_that_somebody_slept_counts(cast: Cast) -> None:
    record = done(cast, cast.alice, 13 * HOUR)
    first = say_slept(cast.work(), by=cast.alice, session=record.id)
    cast.later(60)
    assert say_slept(cast.work(), by=cast.alice, session=record.id) == first


def test_nobody_has_slept_since_a_session_to_come(cast: Cast) -> None:
    record = planned(cast, cast.alice, 1)
    with pytest.raises(OutOfRange, match="date"):
        say_slept(cast.work(), by=cast.alice, session=record.id)
    assert session(cast.work(), by=cast.alice, id=record.id) == record


def test_what_is_ready_is_what_was_ticked_last(cast: Cast) -> None:
    record = planned(cast, cast.alice)
    for items in (("quiet", "escort"), READY, (), ("phone",)):
        get_ready(cast.work(), by=cast.alice, session=record.id, items=items)
        found = session(cast.work(cast.new_store()), by=cast.alice, id=record.id).value.ready
        assert found == tuple(it for it in READY if it in items)


def test_ticking_nothing_new_saves_nothing(cast: Cast) -> None:
    record = planned(cast, cast.alice)
    first = get_ready(cast.work(), by=cast.alice, session=record.id, items=["bring", "escort"])
    again = get_ready(cast.work(), by=cast.alice, session=record.id, items=["escort", "bring", "bring"])
    assert (first.version, again) == (2, first)


@pytest.mark.parametrize("wrong", ["", "Escort", "driver", "phone "])
def test_what_is_not_on_the_list_is_refused(cast: Cast, wrong: str) -> None:
    record = planned(cast, cast.alice)
    with pytest.raises(OutOfRange, match="ready"):
        get_ready(cast.work(), by=cast.alice, session=record.id, items=["phone", wrong])  # type: ignore[list-item]
    assert session(cast.work(), by=cast.alice, id=record.id) == record


def test_during_a_session_nothing_is_asked(cast: Cast) -> None:
    planned(cast, cast.alice, -HOUR)
    assert guards(arc(cast.work(), by=cast.alice, now=cast.now())).nothing


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
        with pytest.raises(NotAllowed):
            say_slept(cast.work(), by=by, session=record.id)
        with pytest.raises(NotAllowed):
            get_ready(cast.work(), by=by, session=record.id, items=["phone"])
    assert session(cast.work(), by=cast.alice, id=record.id) == record
