"""Where in the arc of a session somebody is: exact at every edge, in every zone, whatever the clock does."""

from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.clock import moment, moment_at_wall
from kapjournal.journal.phases import ASK_AFTER, ASK_UNTIL, PRECEDENCE, Arc, arc_at, guards, planned_end
from kapjournal.journal.sessions import number_of
from kapjournal.journal.values import Session
from kapjournal.records import Record

HOUR, DAY = 3600, 86_400
NOW = moment_at_wall(datetime.fromisoformat("2026-09-21T12:00"), "UTC").at
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Kathmandu",
]


def held(start: int, ended: int, *, slept: int = 0, zone: str = "UTC", id: bytes = b"h") -> Record[Session]:
    at, name, wall = moment(start, zone)
    value = Session(at=at, zone=name, wall=wall, ended_at=ended, slept_at=slept)
    return Record(id, 1, 1, id, value, 0)


def ahead(start: int, minutes: int = 60, *, zone: str = "UTC", id: bytes = b"a") -> Record[Session]:
    at, name, wall = moment(start, zone)
    return Record(id, 1, 1, id, Session(at=at, zone=name, wall=wall, planned_minutes=minutes), 0)


def cancelled(record: Record[Session]) -> Record[Session]:
    return msgspec.structs.replace(record, value=msgspec.structs.replace(record.value, cancelled_at=1))


def phase_at(at: int, *sessions: Record[Session], zone: str = "UTC") -> str:
    return arc_at(sessions, at, zone).phase


def test_without_any_session_it_is_before_the_course() -> None:
    assert arc_at([], NOW, "UTC") == Arc("pre_course")


@pytest.mark.parametrize(
    ("since", "slept", "phase"),
    [
        (0, 0, "same_day"),
        (24 * HOUR - 1, 0, "same_day"),  # nobody said that they have slept
        (24 * HOUR, 0, "days_1_3"),
        (12 * HOUR - 1, 3 * HOUR, "same_day"),  # a nap is not the end of it
        (12 * HOUR, 3 * HOUR, "days_1_3"),
        (20 * HOUR - 1, 20 * HOUR, "same_day"),
        (20 * HOUR, 20 * HOUR, "days_1_3"),
        (24 * HOUR, 30 * HOUR, "days_1_3"),  # not longer than a day
        (72 * HOUR - 1, 9 * HOUR, "days_1_3"),
        (72 * HOUR, 9 * HOUR, "week_1"),
        (10 * DAY - 1, 9 * HOUR, "week_1"),
        (10 * DAY, 9 * HOUR, "month_1"),
        (45 * DAY - 1, 9 * HOUR, "month_1"),
        (45 * DAY, 9 * HOUR, "between"),
        (400 * DAY, 0, "between"),
    ],
)
def test_after_a_session_the_phases_change_to_the_second(since: int, slept: int, phase: str) -> None:
    session = held(NOW - HOUR, NOW, slept=NOW + slept if slept else 0)
    found = arc_at([session], NOW + since, "UTC")
    assert (found.phase, found.latest) == (phase, session)
    assert found.session == (None if phase == "between" else session)


@pytest.mark.parametrize(
    ("until", "phase"),
    [
        (7 * DAY + 1, "pre_course"),
        (7 * DAY, "prep"),
        (12 * HOUR + 1, "prep"),  # the evening before
        (12 * HOUR, "pre_session"),  # NOW is noon, so this is midnight
        (1, "pre_session"),
        (0, "in_session"),
        (-HOUR + 1, "in_session"),
        (-HOUR, "same_day"),  # presumed to be over
        (-25 * HOUR + 1, "same_day"),
        (-25 * HOUR, "pre_course"),  # it may not have taken place
    ],
)
def test_around_a_planned_session_the_phases_change_to_the_second(until: int, phase: str) -> None:
    session = ahead(NOW, 60)
    found = arc_at([session], NOW - until, "UTC")
    assert found.phase == phase
    assert found.session == (None if phase == "pre_course" else session)


def test_a_session_that_is_not_marked_is_asked_about_from_three_hours_after_its_end_for_two_weeks() -> None:
    session = ahead(NOW, 90)
    end = NOW + 90 * 60
    asked = [end + ASK_AFTER - 1, end + ASK_AFTER, end + ASK_UNTIL - 1, end + ASK_UNTIL]
    assert [arc_at([session], at, "UTC").unsure for at in asked] == [None, session, session, None]


def test_a_session_that_did_not_take_place_counts_for_nothing() -> None:
    for session in (ahead(NOW), held(NOW - HOUR, NOW)):
        for at in range(NOW - 8 * DAY, NOW + 9 * DAY, 5 * HOUR):
            assert arc_at([cancelled(session)], at, "UTC") == Arc("pre_course")


@pytest.mark.parametrize(
    ("since", "phase"),
    [(HOUR, "same_day"), (30 * HOUR, "days_1_3"), (80 * HOUR, "prep"), (6 * DAY, "prep")],
)
def test_with_weekly_sessions_what_was_comes_before_what_will_be(since: int, phase: str) -> None:
    last, following = held(NOW - HOUR, NOW), ahead(NOW + 7 * DAY)
    found = arc_at([last, following], NOW + since, "UTC")
    assert (found.phase, found.latest, found.coming) == (phase, last, following)


def test_two_sessions_in_two_days_prepare_for_the_second_only_on_its_day() -> None:
    last, following = held(NOW - HOUR, NOW, slept=NOW + 9 * HOUR), ahead(NOW + 2 * DAY)
    assert phase_at(NOW + 30 * HOUR, last, following) == "days_1_3"
    assert phase_at(NOW + 40 * HOUR, last, following) == "pre_session"
    assert phase_at(NOW + 48 * HOUR, last, following) == "in_session"


def test_of_two_at_once_the_later_one_counts() -> None:
    one, other = ahead(NOW - HOUR, 120, id=b"1"), ahead(NOW - HOUR // 2, 120, id=b"2")
    assert all(arc_at(order, NOW, "UTC").session == other for order in permutations([one, other]))


def test_a_session_entered_weeks_later_does_not_hide_the_latest() -> None:
    latest, old = held(NOW - 5 * HOUR, NOW - 4 * HOUR, id=b"l"), held(NOW - 30 * DAY, NOW - 29 * DAY, id=b"o")
    for order in permutations([latest, old]):
        assert arc_at(order, NOW, "UTC").session == latest


def test_a_session_that_was_over_before_its_planned_start_is_over() -> None:
    early = held(NOW + 2 * HOUR, NOW - HOUR)
    found = arc_at([early], NOW, "UTC")
    assert (found.phase, found.latest, found.coming) == ("same_day", early, None)


def test_with_a_clock_set_back_a_session_that_has_ended_later_is_just_over() -> None:
    session = held(NOW - HOUR, NOW)
    assert phase_at(NOW - 60, session) == "same_day"
    assert phase_at(NOW - 2 * HOUR, session) == "pre_session"
    assert arc_at([session], NOW - 2 * HOUR, "UTC").coming == session


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-04-05", "2026-11-01", "2027-01-01"])
def test_a_window_is_twelve_real_hours_on_days_when_clocks_change(zone: str, day: str) -> None:
    end = moment_at_wall(datetime.fromisoformat(f"{day}T01:30"), zone)
    session = held(end.at - HOUR, end.at, slept=end.at + HOUR, zone=zone)
    assert phase_at(end.at + 12 * HOUR - 1, session, zone=zone) == "same_day"
    assert phase_at(end.at + 12 * HOUR, session, zone=zone) == "days_1_3"


def test_a_day_that_a_country_skipped_makes_no_gap() -> None:
    end = moment_at_wall(datetime.fromisoformat("2011-12-29T20:00"), "Pacific/Apia")
    session = held(end.at - HOUR, end.at, slept=end.at + HOUR, zone="Pacific/Apia")
    following = moment_at_wall(datetime.fromisoformat("2011-12-31T07:59"), "Pacific/Apia")
    assert following.at - end.at == timedelta(hours=11, minutes=59).total_seconds()
    assert phase_at(following.at, session, zone="Pacific/Apia") == "same_day"


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_of_a_session_begins_at_midnight_where_the_person_is(zone: str) -> None:
    start = moment_at_wall(datetime.fromisoformat("2026-10-25T10:00"), zone)
    midnight = moment_at_wall(datetime.fromisoformat("2026-10-25T00:00"), zone).at
    session = ahead(start.at, zone=zone)
    assert phase_at(midnight - 1, session, zone=zone) == "prep"
    assert phase_at(midnight, session, zone=zone) == "pre_session"
    before, after = (arc_at([session], at, zone) for at in (midnight - 1, midnight))
    assert (before.session_day, after.session_day) == (False, True)


def test_guards_spare_a_person_what_the_moment_cannot_bear() -> None:
    session = ahead(NOW, 60)
    running = guards(arc_at([session], NOW, "UTC"))
    assert (running.nothing, running.capture_only, running.meanings, running.measures) == (
        True,
        True,
        0,
        False,
    )
    over = guards(arc_at([held(NOW - HOUR, NOW)], NOW, "UTC"))
    assert (over.nothing, over.capture_only, over.meanings, over.measures) == (False, True, 0, False)
    first_days = guards(arc_at([held(NOW - HOUR, NOW)], NOW + 30 * HOUR, "UTC"))
    assert (first_days.capture_only, first_days.meanings, first_days.measures) == (False, 1, True)
    before = guards(arc_at([session], NOW - HOUR, "UTC"))
    assert (before.capture_only, before.meanings, before.measures) == (False, None, False)
    assert guards(Arc("week_1")).measures


MINUTES = st.integers(0, 600)
STARTS = st.integers(NOW - 60 * DAY, NOW + 60 * DAY)
MOMENTS = st.integers(NOW - 65 * DAY, NOW + 65 * DAY)


@st.composite
def courses(draw: st.DrawFn) -> list[Record[Session]]:
    """Up to eight sessions, overlapping, back-dated and cancelled, each planned or held."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        zone, start, id = draw(st.sampled_from(ZONES)), draw(STARTS), bytes([number])
        if draw(st.booleans()):
            ended = start + draw(st.integers(-DAY, 2 * DAY))
            slept = draw(st.sampled_from([0, ended + 3 * HOUR, ended + 15 * HOUR, ended + 40 * HOUR]))
            it = held(start, ended, slept=slept, zone=zone, id=id)
        else:
            it = ahead(start, draw(MINUTES), zone=zone, id=id)
        found.append(cancelled(it) if draw(st.integers(0, 5)) == 0 else it)
    return found


def open_windows(course: list[Record[Session]], at: int, zone: str) -> set[str]:
    """The same rules, said once more and another way: which phases could it be?"""
    found = {"pre_course"}
    done_ends = []
    for it in (record.value for record in course if not record.value.cancelled_at):
        end = it.ended_at or it.at + it.planned_minutes * 60
        day_of = [datetime.fromtimestamp(t, ZoneInfo(zone)).date() for t in (at, it.at)]
        is_over = it.at <= at or 0 < it.ended_at <= at
        if not it.ended_at and it.at <= at < end:
            found.add("in_session")
        if is_over and (it.ended_at or end <= at):
            hours = 24.0 if not it.slept_at else min(24.0, max(12.0, (it.slept_at - end) / HOUR))
            found |= {"same_day"} if (at - end) / HOUR < hours else set()
        if is_over and it.ended_at:
            done_ends.append(it.ended_at)
        if not is_over and it.at > at:
            found |= {"pre_session"} if day_of[0] == day_of[1] else set()
    taking = [it.value for it in course if not it.value.cancelled_at]
    upcoming = [it.at for it in taking if it.at > at and not 0 < it.ended_at <= at]
    if upcoming and min(upcoming) - at <= 7 * DAY:
        found.add("prep")
    if done_ends:
        days = (at - max(done_ends)) / DAY
        found.add("between")
        found |= {name for name, until in (("days_1_3", 3), ("week_1", 10), ("month_1", 45)) if days < until}
    return found


@settings(max_examples=300, deadline=None)
@given(courses(), MOMENTS, st.sampled_from(ZONES))
def test_there_is_exactly_one_phase_and_it_is_the_first_that_is_open(
    course: list[Record[Session]], at: int, zone: str
) -> None:
    windows = open_windows(course, at, zone)
    assert arc_at(course, at, zone).phase == next(it for it in PRECEDENCE if it in windows)


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS, st.sampled_from(ZONES))
def test_a_phase_belongs_to_its_session(course: list[Record[Session]], at: int, zone: str) -> None:
    found = arc_at(course, at, zone)
    if found.phase in ("days_1_3", "week_1", "month_1"):
        assert found.session == found.latest
    elif found.phase in ("prep", "pre_session"):
        assert found.session == found.coming
    else:
        assert (found.session is None) == (found.phase in ("between", "pre_course"))
    assert found.session is None or not found.session.value.cancelled_at


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS, st.sampled_from(ZONES))
def test_guards_hold_in_every_course(course: list[Record[Session]], at: int, zone: str) -> None:
    found = arc_at(course, at, zone)
    force = guards(found)
    for it in (record.value for record in course if not record.value.cancelled_at):
        running = not it.ended_at and it.at <= at < planned_end(it)
        fresh = 0 < it.ended_at <= at < it.ended_at + 12 * HOUR
        assert not running or force.nothing
        assert not (running or fresh) or (force.capture_only and force.meanings == 0 and not force.measures)
    assert not (found.session_day and force.measures)


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS, st.sampled_from(ZONES), st.randoms())
def test_the_order_of_the_records_does_not_matter(
    course: list[Record[Session]], at: int, zone: str, chance: object
) -> None:
    mixed = list(course)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert arc_at(mixed, at, zone).phase == arc_at(course, at, zone).phase


@settings(max_examples=100, deadline=None)
@given(STARTS, MOMENTS, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_where_a_session_was_planned_does_not_matter(start: int, at: int, one: str, other: str) -> None:
    phases = {phase_at(at, held(start, start + HOUR, zone=zone)) for zone in (one, other)}
    assert len(phases) == 1


def test_sessions_are_numbered_from_one() -> None:
    both = (held(NOW, NOW, id=b"1"), ahead(NOW + DAY, id=b"2"))
    assert [number_of(it, both) for it in both] == [1, 2]
