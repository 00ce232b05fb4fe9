"""Plan a session, and change the plan."""

import os

import pytest

from kapjournal.clock import moment
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange, TooLong, UnsuitableText
from kapjournal.journal.sessions import (
    FARTHEST_AHEAD,
    FARTHEST_BACK,
    delete_session,
    plan_session,
    session,
    sessions,
)
from kapjournal.journal.values import Session
from kapjournal.records import Record
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, done, planned


def change(cast: Cast, record: Record[Session], starts_in: int = DAY, **more: object) -> Record[Session]:
    return planned(cast, cast.alice, starts_in, session=record, **more)


def test_a_plan_is_kept_as_it_was_made(cast: Cast) -> None:
    starts = moment(cast.at + DAY, "America/St_Johns")
    record = plan_session(
        cast.work(),
        by=cast.alice,
        starts=starts,
        route="im",
        place="  Clinic,\n room 3 ",
        escort="Noor",
        bring="\nWater\nSocks\n",
        planned_minutes=75,
        save_id=os.urandom(16),
    )
    value = session(cast.work(cast.new_store()), by=cast.alice, id=record.id).value
    assert (value.at, value.zone, value.wall) == starts
    assert (value.route, value.place, value.escort) == ("im", "Clinic, room 3", "Noor")
    assert (value.bring, value.planned_minutes, value.ended_at) == ("Water\nSocks", 75, 0)


def test_pressing_save_twice_plans_one_session(cast: Cast) -> None:
    save_id = os.urandom(16)
    first, second = (planned(cast, cast.alice, save_id=save_id) for _press in range(2))
    assert first == second
    assert [it.id for it in sessions(cast.work(), by=cast.alice)] == [first.id]


def test_sessions_come_first_to_last_whenever_they_were_planned(cast: Cast) -> None:
    ids = {days: planned(cast, cast.alice, days * DAY).id for days in (7, -30, 1, 14)}
    found = [it.id for it in sessions(cast.work(), by=cast.alice)]
    assert found == [ids[days] for days in (-30, 1, 7, 14)]


def test_two_sessions_at_the_same_time_are_two_sessions(cast: Cast) -> None:
    assert planned(cast, cast.alice).id != planned(cast, cast.alice).id
    assert len(sessions(cast.work(), by=cast.alice)) == 2


def test_a_changed_plan_stays_the_same_session(cast: Cast) -> None:
    record = planned(cast, cast.alice, place="Clinic")
    changed = change(cast, record, 2 * DAY, place="Home", route="oral")
    assert (changed.id, changed.version) == (record.id, 2)
    assert (changed.value.place, changed.value.at) == ("Home", cast.at + 2 * DAY)
    assert len(sessions(cast.work(), by=cast.alice)) == 1


def test_changing_the_plan_of_a_session_that_took_place_keeps_that_it_did(cast: Cast) -> None:
    record = done(cast, cast.alice, DAY)
    assert change(cast, record, -DAY, place="Clinic").value.ended_at == record.value.ended_at


def test_a_session_that_took_place_does_not_move_behind_its_end(cast: Cast) -> None:
    record = done(cast, cast.alice, 3 * DAY)
    for starts_in in (-DAY, -3 * DAY + 1):
        with pytest.raises(OutOfRange, match="date"):
            change(cast, record, starts_in)
    assert session(cast.work(), by=cast.alice, id=record.id) == record
    assert change(cast, record, -3 * DAY).value.at == record.value.ended_at


def test_two_tabs_do_not_overwrite_each_others_plan(cast: Cast) -> None:
    record = planned(cast, cast.alice)
    change(cast, record, place="Clinic")
    with pytest.raises(ChangedElsewhere):
        change(cast, record, place="Home")
    assert session(cast.work(), by=cast.alice, id=record.id).value.place == "Clinic"


@pytest.mark.parametrize("starts_in", [-FARTHEST_BACK, 0, FARTHEST_AHEAD])
def test_a_session_may_be_back_dated_and_planned_two_years_ahead(cast: Cast, starts_in: int) -> None:
    assert planned(cast, cast.alice, starts_in).value.at == cast.at + starts_in


@pytest.mark.parametrize("starts_in", [-FARTHEST_BACK - 1, FARTHEST_AHEAD + 1, 73 * 365 * DAY])
def test_a_session_in_2099_or_long_ago_is_refused(cast: Cast, starts_in: int) -> None:
    with pytest.raises(OutOfRange, match="date"):
        planned(cast, cast.alice, starts_in)
    assert sessions(cast.work(), by=cast.alice) == ()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("planned_minutes", it) for it in (-1, 601, 1.5, "60", "６０", None, True, float("nan"))]
    + [("route", it) for it in ("", "IV", "rectal", None)],
)
def test_what_is_not_possible_is_refused_and_nothing_is_saved(cast: Cast, field: str, wrong: object) -> None:
    with pytest.raises(OutOfRange, match=field):
        planned(cast, cast.alice, **{field: wrong})
    assert sessions(cast.work(), by=cast.alice) == ()


@pytest.mark.parametrize("minutes", [0, 600])
def test_a_session_is_planned_for_0_to_600_minutes(cast: Cast, minutes: int) -> None:
    assert planned(cast, cast.alice, planned_minutes=minutes).value.planned_minutes == minutes


@pytest.mark.parametrize(("field", "limit"), [("place", 200), ("escort", 200), ("bring", 2000)])
def test_texts_of_a_plan_have_a_limit(cast: Cast, field: str, limit: int) -> None:
    assert len(getattr(planned(cast, cast.alice, **{field: "x" * limit}).value, field)) == limit
    for wrong, error in (("x" * (limit + 1), TooLong), ("a\0b", UnsuitableText), ("\ud800", UnsuitableText)):
        with pytest.raises(error):
            planned(cast, cast.alice, **{field: wrong})
    assert len(sessions(cast.work(), by=cast.alice)) == 1


def test_only_patients_plan_sessions(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        planned(cast, cast.bob)


def test_the_session_of_somebody_else_or_a_deleted_one_is_not_changed(cast: Cast) -> None:
    record = planned(cast, cast.alice, place="Clinic")
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            planned(cast, by, session=record, place="Elsewhere")
    delete_session(cast.work(), by=cast.alice, session=record.id)
    with pytest.raises(NotAllowed):
        change(cast, record)


def test_nobody_reads_the_sessions_of_somebody_else(cast: Cast) -> None:
    record = planned(cast, cast.alice)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert sessions(cast.work(), by=by) == ()
        with pytest.raises(NotAllowed):
            session(cast.work(), by=by, id=record.id)


def test_a_zone_that_nobody_knows_becomes_utc(cast: Cast) -> None:
    starts = moment(cast.at, "Mars/Olympus")
    assert starts.zone == "UTC"
    assert moment(cast.at, ZONE).zone == ZONE
