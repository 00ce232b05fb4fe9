"""One course of four sessions over ten weeks, played through the verbs that the pages use, hour by hour.

Prints for each moment its phase, what is offered and which guards are in force; `pytest -s` shows it. The sessions
are as close as they often are at the beginning, and nothing follows them, so that every phase has its time.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest

from kapjournal.clock import moment
from kapjournal.content import Prompt, load_content
from kapjournal.content.never import misplaced
from kapjournal.journal.phases import Guards
from kapjournal.journal.prompts import go_on
from kapjournal.journal.sessions import mark_done, say_slept
from kapjournal.journal.values import INTENTION, Phase
from kapjournal.today import today
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, HOUR, planned, written

WEEKS = 10
STEP = 4 * HOUR
STARTS = (8 * DAY, 11 * DAY, 15 * DAY, 22 * DAY)
MINUTES = 60
SLEPT_AFTER = 14 * HOUR
CONTENT = load_content()


class Moment(NamedTuple):
    """What somebody who opens the app in this hour finds."""

    hour: int
    day: date
    phase: Phase
    guards: Guards
    offered: tuple[Prompt, ...]


def play(cast: Cast) -> Iterator[Moment]:
    """Live through the course: sessions begin and end, the person sleeps, and goes on from every prompt offered."""
    begin = cast.at
    sessions = [planned(cast, cast.alice, start, planned_minutes=MINUTES) for start in STARTS]
    for session in sessions:
        written(cast, cast.alice, "lightly", session=session.id, phase="prep", prompt=INTENTION)
    for hour in range(0, WEEKS * 7 * 24, STEP // HOUR):
        cast.at = begin + hour * HOUR
        by = cast.enter("alice")
        for session, start in zip(sessions, STARTS, strict=True):
            end = begin + start + MINUTES * 60
            if end <= cast.at < end + STEP:
                mark_done(cast.work(), by=by, session=session.id, ended=moment(end, ZONE))
            if end + SLEPT_AFTER <= cast.at < end + SLEPT_AFTER + STEP:
                say_slept(cast.work(), by=by, session=session.id)
        found = today(cast.work(), by=by, now=cast.now(), content=CONTENT)
        for prompt in found.offered:
            go_on(cast.work(), by=by, prompt=prompt, now=cast.now())
        yield Moment(hour, cast.now().day, found.arc.phase, found.guards, found.offered)


def told(it: Moment) -> str:
    force = it.guards
    limits = [
        *(["nothing at all"] if force.nothing else []),
        *(["capture only"] if force.capture_only else []),
        *([f"{force.meanings} meaning a day"] if force.meanings is not None else []),
        *([] if force.measures else ["no questionnaires"]),
    ]
    names = ", ".join(prompt.id for prompt in it.offered)
    return f"day {it.hour / 24:5.1f}  {it.phase:11} [{'; '.join(limits) or 'none'}] {names or '-'}"


@pytest.fixture
def course(cast: Cast, derivations: object) -> list[Moment]:
    lived = list(play(cast))
    print(*map(told, lived), sep="\n")
    return lived


def test_a_course_of_ten_weeks(course: list[Moment]) -> None:
    phases = list(dict.fromkeys(it.phase for it in course))
    assert phases == [
        "pre_course",
        "prep",
        "pre_session",
        "in_session",
        "same_day",
        "days_1_3",
        "week_1",
        "month_1",
        "between",
    ]
    _nothing_comes_again_before_its_pool_was_used(course)
    for it in course:
        assert (it.offered == ()) == (it.phase == "in_session")
        assert len(it.offered) <= 3
        _nothing_forbidden(it)
    _one_meaning_a_day_in_the_first_days(course)
    assert all(
        not it.guards.measures for it in course if it.phase in ("pre_session", "in_session", "same_day")
    )


def _nothing_comes_again_before_its_pool_was_used(course: list[Moment]) -> None:
    """Whatever is offered has had its turn no more often than everything else in its pool that guards leave free."""
    turns: Counter[str] = Counter()
    for it in course:
        free = [prompt.id for prompt in CONTENT.prompts(it.phase) if not prompt.interpretive]
        for prompt in it.offered:
            least = min(turns[id] for id in free if id != INTENTION)
            assert turns[prompt.id] <= least, f"{prompt.id} again too early in {it.phase}"
            turns[prompt.id] += 1


def _nothing_forbidden(it: Moment) -> None:
    if it.phase in ("pre_session", "same_day"):
        assert not any(prompt.interpretive for prompt in it.offered)
    for prompt in it.offered:
        assert prompt in CONTENT.prompts(it.phase)
        assert not misplaced(prompt, [it.phase])


def _one_meaning_a_day_in_the_first_days(course: list[Moment]) -> None:
    asked = Counter({it.day: 0 for it in course})
    for it in course:
        if it.phase == "days_1_3":
            asked[it.day] += sum(prompt.interpretive for prompt in it.offered)
    assert max(asked.values()) == 1
