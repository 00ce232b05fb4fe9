"""Where in the arc of a session somebody is: exact at every edge, in every zone, whatever the clock does."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.clock import moment, moment_at_wall
from kapjournal.journal.phases import ASK_AFTER, Arc, arc_at, planned_end
from kapjournal.journal.sessions import number_of
from kapjournal.journal.values import Session
from kapjournal.records import Record

HOUR, DAY = 3600, 86_400
NOW = 1_790_000_000
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


def held(start: int, ended: int, *, zone: str = "UTC", id: bytes = b"h") -> Record[Session]:
    at, name, wall = moment(start, zone)
    return Record(id, 1, 1, id, Session(at=at, zone=name, wall=wall, ended_at=ended), 0)


def ahead(start: int, minutes: int = 60, *, zone: str = "UTC", id: bytes = b"a") -> Record[Session]:
    at, name, wall = moment(start, zone)
    return Record(id, 1, 1, id, Session(at=at, zone=name, wall=wall, planned_minutes=minutes), 0)


def test_without_any_session_there_is_nothing_before_or_after() -> None:
    assert arc_at([], NOW) == Arc("between", None, None, None, None)


@pytest.mark.parametrize(
    ("since", "phase"),
    [
        (0, "same_day"),
        (12 * HOUR - 1, "same_day"),
        (12 * HOUR, "days_1_3"),
        (72 * HOUR - 1, "days_1_3"),
        (72 * HOUR, "between"),
        (400 * DAY, "between"),
    ],
)
def test_after_a_session_the_phases_change_to_the_second(since: int, phase: str) -> None:
    session = held(NOW - HOUR, NOW)
    found = arc_at([session], NOW + since)
    assert (found.phase, found.latest) == (phase, session)
    assert found.session == (None if phase == "between" else session)


@pytest.mark.parametrize(
    ("until", "phase"),
    [
        (7 * DAY + 1, "between"),
        (7 * DAY, "prep"),
        (1, "prep"),
        (0, "prep"),
        (-HOUR - ASK_AFTER + 1, "prep"),
        (-HOUR - ASK_AFTER, "between"),
    ],
)
def test_before_a_session_the_phases_change_to_the_second(until: int, phase: str) -> None:
    session = ahead(NOW, 60)
    found = arc_at([session], NOW - until)
    assert found.phase == phase
    assert found.session == (session if phase == "prep" else None)


def test_a_session_that_is_not_marked_done_is_asked_about_three_hours_after_its_planned_end() -> None:
    session = ahead(NOW, 90)
    end = NOW + 90 * 60
    for at, coming, unsure in ((end + ASK_AFTER - 1, session, None), (end + ASK_AFTER, None, session)):
        assert arc_at([session], at)[3:] == (coming, unsure)


def test_the_latest_of_several_unmarked_sessions_is_asked_about() -> None:
    early, late = ahead(NOW - 9 * DAY, id=b"e"), ahead(NOW - 2 * DAY, id=b"l")
    assert arc_at([early, late], NOW).unsure == late


@pytest.mark.parametrize("since", [HOUR, 20 * HOUR, 80 * HOUR])
def test_with_weekly_sessions_what_was_comes_before_what_will_be(since: int) -> None:
    last, following = held(NOW - HOUR, NOW), ahead(NOW + 4 * DAY)
    found = arc_at([last, following], NOW + since)
    assert found.phase == {HOUR: "same_day", 20 * HOUR: "days_1_3", 80 * HOUR: "prep"}[since]
    assert (found.latest, found.coming) == (last, following)


def test_a_session_entered_weeks_later_does_not_hide_the_latest() -> None:
    latest, old = held(NOW - 5 * HOUR, NOW - 4 * HOUR, id=b"l"), held(NOW - 30 * DAY, NOW - 29 * DAY, id=b"o")
    for order in permutations([latest, old]):
        assert arc_at(order, NOW).session == latest


def test_a_session_that_ended_after_now_counts_for_nothing_until_the_clock_catches_up() -> None:
    session = held(NOW - HOUR, NOW)
    assert arc_at([session], NOW - 1) == Arc("between", None, None, None, None)
    assert arc_at([session], NOW).phase == "same_day"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-04-05", "2026-11-01", "2027-01-01"])
def test_a_window_is_twelve_real_hours_on_days_when_clocks_change(zone: str, day: str) -> None:
    end = moment_at_wall(datetime.fromisoformat(f"{day}T01:30"), zone)
    session = held(end.at - HOUR, end.at, zone=zone)
    assert arc_at([session], end.at + 12 * HOUR - 1).phase == "same_day"
    assert arc_at([session], end.at + 12 * HOUR).phase == "days_1_3"


def test_a_day_that_a_country_skipped_makes_no_gap() -> None:
    end = moment_at_wall(datetime.fromisoformat("2011-12-29T20:00"), "Pacific/Apia")
    session = held(end.at - HOUR, end.at, zone="Pacific/Apia")
    following = moment_at_wall(datetime.fromisoformat("2011-12-31T07:59"), "Pacific/Apia")
    assert following.at - end.at == timedelta(hours=11, minutes=59).total_seconds()
    assert arc_at([session], following.at).phase == "same_day"


MINUTES = st.integers(0, 600)
STARTS = st.integers(NOW - 40 * DAY, NOW + 40 * DAY)
MOMENTS = st.integers(NOW - 45 * DAY, NOW + 45 * DAY)


@st.composite
def courses(draw: st.DrawFn) -> list[Record[Session]]:
    """Up to eight sessions, overlapping and back-dated, each planned or held."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        zone, start, id = draw(st.sampled_from(ZONES)), draw(STARTS), bytes([number])
        if draw(st.booleans()):
            found.append(held(start, start + draw(st.integers(-DAY, 2 * DAY)), zone=zone, id=id))
        else:
            found.append(ahead(start, draw(MINUTES), zone=zone, id=id))
    return found


def expected(course: list[Record[Session]], at: int) -> str:
    """The same rules, said once more: windows by hours, the first that is open wins."""
    since = [at - it.value.ended_at for it in course if 0 < it.value.ended_at <= at]
    until = [
        it.value.at - at for it in course if not it.value.ended_at and planned_end(it.value) + 3 * HOUR > at
    ]
    windows = {
        "same_day": any(it < 12 * HOUR for it in since),
        "days_1_3": any(it < 72 * HOUR for it in since),
        "prep": any(it <= 7 * 24 * HOUR for it in until),
    }
    return next((name for name, open_now in windows.items() if open_now), "between")


@settings(max_examples=200, deadline=None)
@given(courses(), MOMENTS)
def test_there_is_exactly_one_phase_and_it_is_the_first_that_is_open(
    course: list[Record[Session]], at: int
) -> None:
    assert arc_at(course, at).phase == expected(course, at)


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS)
def test_a_phase_belongs_to_its_session(course: list[Record[Session]], at: int) -> None:
    found = arc_at(course, at)
    owner = {"same_day": found.latest, "days_1_3": found.latest, "prep": found.coming, "between": None}
    assert found.session == owner[found.phase]
    if found.latest:
        assert all(
            it.value.ended_at <= found.latest.value.ended_at or it.value.ended_at > at for it in course
        )
    if found.coming:
        assert not found.coming.value.ended_at


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS)
def test_every_session_that_is_not_marked_done_is_ahead_or_asked_about(
    course: list[Record[Session]], at: int
) -> None:
    found = arc_at(course, at)
    waiting = [it for it in course if not it.value.ended_at]
    assert bool(waiting) == bool(found.coming or found.unsure)


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS, st.randoms())
def test_the_order_of_the_records_does_not_matter(
    course: list[Record[Session]], at: int, chance: object
) -> None:
    mixed = list(course)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert arc_at(mixed, at).phase == arc_at(course, at).phase


@settings(max_examples=100, deadline=None)
@given(STARTS, MOMENTS, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_the_same_instants_give_the_same_phase_in_every_zone(
    start: int, at: int, one: str, other: str
) -> None:
    phases = {arc_at([held(start, start + HOUR, zone=zone)], at).phase for zone in (one, other)}
    assert len(phases) == 1


@settings(max_examples=100, deadline=None)
@given(courses(), MOMENTS)
def test_with_a_clock_set_back_what_ended_later_has_not_happened_yet(
    course: list[Record[Session]], at: int
) -> None:
    happened = [it for it in course if it.value.ended_at <= at]
    assert arc_at(course, at) == arc_at(happened, at)


def test_sessions_are_numbered_from_one() -> None:
    both = (held(NOW, NOW, id=b"1"), ahead(NOW + DAY, id=b"2"))
    assert [number_of(it, both) for it in both] == [1, 2]
    assert datetime.fromtimestamp(NOW, UTC).year == 2026
