"""What holds for the words of every picture: no cause, no praise, no blame, nothing left unfilled."""

import re
from collections.abc import Iterator
from math import isnan, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.insights import (
    average_words,
    before_after_words,
    calendar,
    domains,
    lasting_words,
    measure_words,
    side_by_side,
    side_effects,
)
from kapjournal.insights.average import average_course
from kapjournal.insights.before_after import before_after
from kapjournal.insights.lasting import lasting
from kapjournal.insights.measure import Band, MeasurePoint, Thresholds, measure_course
from kapjournal.insights.mood import mood_series
from kapjournal.insights.periods import Period
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY

FORBIDDEN = re.compile(
    r"[{}!]|\bnan\b|\binf\b|because|caus|due to|thanks|led to|effect of|help|work|improv|better|worse|good|bad\b|"
    r"great|success|fail|streak|missed|should|keep it up|only\b|unfortunately|relapse",
    re.IGNORECASE,
)
Points = list[tuple[int, float]]


def said(points: Points, sessions: list[int], locale: str) -> Iterator[str]:
    """The sentence, the text for who does not see it, and the cells of the table of every picture."""
    series = [
        mood_series(
            [(day, int(value)) for day, value in points if not isnan(value)],
            sessions,
            Period.ALL,
            TODAY,
            name,
        )
        for name in ("mood", "sleep")
    ]
    answers = [MeasurePoint(day, value) for day, value in points]
    course = measure_course(
        answers,
        sessions,
        title="PHQ-9",
        highest=10,
        bands=[Band("mild", 2, 4)],
        thresholds=Thresholds(5, "Löwe 2004", 3),
    )
    written = calendar.calendar([day for day, _value in points], [], sessions, TODAY)
    reports = [side_effects.Report(day, (("Nausea", 2),)) for day in sessions[:3]]
    effects = side_effects.side_effects_seen(reports, sessions, TODAY)
    about = domains.domains(["mind"] * len(points), [("mind", "Mind"), ("body", "Body")])
    shown = [
        (average_words, average_course(points, sessions, TODAY)),
        (before_after_words, before_after(points, sessions, TODAY)),
        (lasting_words, lasting(points, sessions, TODAY)),
        (lasting_words, lasting(points, sessions, TODAY, "pain", rises=False)),
        (measure_words, course),
        (calendar, written),
        (domains, about),
        (side_by_side, side_by_side.side_by_side(series)),
    ]
    for words, values in shown:
        yield words.sentence(values, locale)
        yield words.alt_text(values, locale)
        yield from cells(words.table(values, locale))
    yield side_effects.sentence(effects, locale)
    yield side_effects.alt_text(effects, locale)
    yield from cells(side_effects.table(effects, {2: "clearly"}, locale))


def cells(table: "side_effects.say.Table") -> Iterator[str]:
    for row in table.rows:
        assert len(row) == len(table.head)
        yield from row


@settings(max_examples=60, deadline=None)
@given(ANY_POINTS, SESSIONS, st.sampled_from(["en", "de", "pt_BR", "ar"]))
def test_no_word_of_cause_praise_or_blame(points: Points, sessions: list[int], locale: str) -> None:
    for text in said(points, sessions, locale):
        assert not FORBIDDEN.search(text), text


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(TODAY, 5.0)],
        [(TODAY - day, nan) for day in range(90)],
        [(TODAY - day, 5.0) for day in range(400)],
        [(TODAY - day, float(day * 7 % 11)) for day in range(3650)],
    ],
    ids=["none", "one", "no numbers", "all the same", "ten years"],
)
@pytest.mark.parametrize("every", [7, 30])
def test_odd_data_finds_its_words(points: Points, every: int) -> None:
    for text in said(points, list(range(TODAY - 3650, TODAY, every)), "en"):
        assert not FORBIDDEN.search(text), text


def test_the_rule_catches_what_it_is_for() -> None:
    for text in ("It worked", "Well done!", "lower because of ketamine", "a nan", "You missed 3 days"):
        assert FORBIDDEN.search(text)
