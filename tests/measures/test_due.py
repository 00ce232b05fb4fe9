"""When a measure is asked: as a baseline, again after its own days, never on the day of a session."""

from datetime import date, datetime

import pytest

from kapjournal.clock import Moment, moment_at_wall
from kapjournal.content import Content
from kapjournal.journal.phases import Arc, arc_at
from kapjournal.journal.values import Session
from kapjournal.measures.due import Due, due
from kapjournal.measures.values import Response
from kapjournal.records import Record
from tests.measures.forms import shipped

ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Kiritimati", "America/New_York")
HOUR = 3600


def at(wall: str, zone: str = "Europe/Berlin") -> Moment:
    return moment_at_wall(datetime.fromisoformat(wall), zone)


def answered(wall: str, zone: str = "Europe/Berlin") -> Record[Response]:
    it = at(wall, zone)
    value = Response(**it._asdict(), measure="phq-9", version=1, answers=("",) * 10, finished=it.at)
    return Record(bytes(16), 1, 1, bytes(16), value, 0)


def session(wall: str, *, done: bool) -> Record[Session]:
    it = at(wall)
    value = Session(**it._asdict(), planned_minutes=60, ended_at=it.at + HOUR if done else 0)
    return Record(bytes(16), 1, 1, bytes(16), value, 0)


def arc(now: Moment, *sessions: Record[Session]) -> Arc:
    return arc_at(sessions, now.at, now.zone)


def asked(
    content: Content, id: str, now: Moment, *, last: Record[Response] | None = None, place: Arc | None = None
) -> Due:
    found = (last,) if last else ()
    return due(shipped(content, id), found, place or arc(now), now)


def test_before_the_course_a_baseline_is_asked_for(content: Content) -> None:
    now = at("2026-11-20T10:00")
    expected = Due("baseline", date(2026, 11, 20))
    assert asked(content, "phq-9", now) == expected
    coming = session("2026-11-24T10:00", done=False)
    assert asked(content, "phq-9", now, place=arc(now, coming)) == expected
    assert expected.asks


def test_in_a_course_that_has_begun_a_first_answer_is_no_baseline(content: Content) -> None:
    now = at("2026-11-20T10:00")
    found = asked(content, "phq-9", now, place=arc(now, session("2026-11-10T10:00", done=True)))
    assert (found.why, found.asks) == ("first", True)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("id", "days"), [("phq-9", 7), ("phq-2", 7), ("gad-7", 7), ("gad-2", 7), ("pcl-5", 30), ("pc-ptsd-5", 30)]
)
def test_it_is_asked_again_on_the_day_that_its_recall_allows(
    content: Content, id: str, days: int, zone: str
) -> None:
    # In these weeks clocks change in three of the zones.
    last = answered("2026-10-01T23:30", zone)
    on = date.fromordinal(date(2026, 10, 1).toordinal() + days)
    eve = date.fromordinal(on.toordinal() - 1)
    assert asked(content, id, at(f"{eve}T23:59", zone), last=last) == Due("too_soon", on)
    assert asked(content, id, at(f"{on}T00:00", zone), last=last) == Due("again", on)
    assert not Due("too_soon", on).asks


def test_the_last_of_several_responses_counts(content: Content) -> None:
    now = at("2026-11-20T10:00")
    found = (answered("2026-10-01T10:00"), answered("2026-11-14T10:00"))
    assert due(shipped(content, "phq-9"), found, arc(now), now) == Due("too_soon", date(2026, 11, 21))


@pytest.mark.parametrize(
    ("wall", "why"),
    [
        ("2026-11-19T23:59", "baseline"),
        ("2026-11-20T00:00", "session_day"),
        ("2026-11-20T10:30", "session_day"),
        ("2026-11-20T23:59", "session_day"),
        ("2026-11-21T03:00", "session_day"),
        ("2026-11-21T12:00", "first"),
    ],
)
def test_the_day_of_a_session_is_spared(content: Content, wall: str, why: str) -> None:
    now = at(wall)
    done = now.at >= at("2026-11-20T11:00").at
    found = asked(content, "phq-9", now, place=arc(now, session("2026-11-20T10:00", done=done)))
    assert (found.why, found.asks) == (why, why != "session_day")


def test_a_response_from_a_clock_that_was_fast_is_waited_for(content: Content) -> None:
    found = asked(content, "phq-9", at("2026-11-20T10:00"), last=answered("2026-12-20T10:00"))
    assert found == Due("too_soon", date(2026, 12, 27))
