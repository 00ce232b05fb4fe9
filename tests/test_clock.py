"""Moments: what a person's clock showed, in every zone, across every change of clocks."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.clock import EARLIEST, LATEST, Moment, clock_from, known_zone, moment, moment_at_wall
from kapjournal.errors import OutOfRange, SettingsRefused

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Apia",
        "Africa/Casablanca",
    ]
)


def at(text: str) -> int:
    """UTC seconds of a time in ISO form."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def wall(text: str, zone: str) -> Moment:
    return moment_at_wall(datetime.fromisoformat(text), zone)


@pytest.mark.parametrize(
    ("utc", "zone", "shown"),
    [
        ("2026-03-29T00:59", "Europe/Berlin", "2026-03-29T01:59"),
        ("2026-03-29T01:00", "Europe/Berlin", "2026-03-29T03:00"),
        ("2026-10-25T00:30", "Europe/Berlin", "2026-10-25T02:30"),
        ("2026-10-25T01:30", "Europe/Berlin", "2026-10-25T02:30"),
        ("2026-10-03T15:29", "Australia/Lord_Howe", "2026-10-04T01:59"),
        ("2026-10-03T15:30", "Australia/Lord_Howe", "2026-10-04T02:30"),
        ("2026-04-04T14:45", "Australia/Lord_Howe", "2026-04-05T01:45"),
        ("2026-04-04T15:15", "Australia/Lord_Howe", "2026-04-05T01:45"),
        ("2026-06-15T10:00", "Pacific/Kiritimati", "2026-06-16T00:00"),
        ("2026-06-15T09:59", "Pacific/Kiritimati", "2026-06-15T23:59"),
        ("2011-12-30T09:59", "Pacific/Apia", "2011-12-29T23:59"),
        ("2011-12-30T10:00", "Pacific/Apia", "2011-12-31T00:00"),
        ("2026-06-15T12:00", "Asia/Kathmandu", "2026-06-15T17:45"),
        ("1969-12-31T23:59", "UTC", "1969-12-31T23:59"),
    ],
)
def test_a_moment_shows_what_the_clock_on_the_wall_showed(utc: str, zone: str, shown: str) -> None:
    assert moment(at(utc), zone) == Moment(at(utc), zone, shown)


def test_a_moment_knows_its_own_day_and_time() -> None:
    it = moment(at("2026-06-15T10:07"), "Pacific/Kiritimati")
    assert (it.day, it.time) == (date(2026, 6, 16), "00:07")


@pytest.mark.parametrize(
    ("meant", "zone", "utc", "shown"),
    [
        ("2026-06-15T12:00", "Europe/Berlin", "2026-06-15T10:00", "2026-06-15T12:00"),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30", "2026-03-29T03:30"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T02:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45", "2026-10-04T02:45"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45", "2026-04-05T01:45"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00", "2011-12-31T12:00"),
        ("2026-06-15T12:00", "nowhere", "2026-06-15T12:00", "2026-06-15T12:00"),
    ],
)
def test_a_time_that_is_skipped_moves_forward_and_one_that_comes_twice_is_the_first(
    meant: str, zone: str, utc: str, shown: str
) -> None:
    it = wall(meant, zone)
    assert (it.at, it.wall) == (at(utc), shown)


@given(st.integers(int(EARLIEST.timestamp()) + 86_400, int(LATEST.timestamp()) - 86_400), ZONES)
@settings(max_examples=200, deadline=None)
def test_a_wall_time_means_its_moment_or_the_first_of_two(seconds: int, zone: str) -> None:
    minute = seconds // 60 * 60
    shown = moment(minute, zone)
    meant = moment_at_wall(datetime.fromisoformat(shown.wall), zone)
    assert meant.wall == shown.wall
    assert meant.at - 60 < minute
    assert minute - meant.at <= 86_400


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_moments_are_bounded(zone: str) -> None:
    first, last = int(EARLIEST.timestamp()), int(LATEST.timestamp()) - 1
    assert (moment(first, zone).at, moment(last, zone).at) == (first, last)
    for outside in (first - 1, last + 1, float("inf"), float("-inf"), float("nan"), 1e300):
        with pytest.raises(OutOfRange, match="date"):
            moment(outside, zone)


@pytest.mark.parametrize("meant", [datetime.min, datetime.max, datetime(1899, 12, 30), datetime(2200, 1, 3)])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_wall_times_are_bounded(meant: datetime, zone: str) -> None:
    with pytest.raises(OutOfRange, match="date"):
        moment_at_wall(meant, zone)


def test_fractions_of_a_second_are_dropped() -> None:
    assert moment(1_790_000_000.9, "UTC").at == 1_790_000_000


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "Pacific/Apia", "Etc/GMT+12"])
def test_a_zone_that_the_system_knows_is_kept(name: str) -> None:
    assert known_zone(name) == name


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "Mars/Olympus",
        "Europe",
        "europe/../../etc/passwd",
        "../UTC",
        "/etc/localtime",
        "UTC\0",
        "\ud800",
        "a" * 10_000,
        "tzdata.zi",
        "Europe/Berlin\n",
        "leapseconds",
    ],
)
def test_any_other_zone_is_utc(name: str | None) -> None:
    assert known_zone(name) == "UTC"


def test_the_clock_is_the_systems() -> None:
    assert clock_from({}) is time.time
    assert clock_from({"KAPJOURNAL_TEST": "1"}) is time.time


@pytest.mark.parametrize("switch", [{}, {"KAPJOURNAL_TEST": "0"}, {"KAPJOURNAL_TEST": "true"}])
def test_nobody_moves_the_clock_outside_of_tests(switch: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="KAPJOURNAL_TEST_CLOCK is for tests only"):
        clock_from(switch | {"KAPJOURNAL_TEST_CLOCK": str(tmp_path / "offset")})


def test_tests_move_the_clock_while_it_runs(tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    offset.write_text("")
    clock = clock_from({"KAPJOURNAL_TEST": "1", "KAPJOURNAL_TEST_CLOCK": str(offset)})
    assert abs(clock() - time.time()) < 5
    offset.write_text("-86400")
    assert abs(clock() + 86_400 - time.time()) < 5
