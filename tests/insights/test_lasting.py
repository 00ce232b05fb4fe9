from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.insights.lasting import HORIZON, Lasted, Outcome, lasting
from kapjournal.insights.lasting_words import alt_text, length, sentence, table
from tests.insights.strategies import ANY_POINTS, SESSIONS, TODAY

Points = list[tuple[int, float]]
SESSION = TODAY - 60


def step(lasts: int, session: int = SESSION, until: int = 40, low: float = 3, high: float = 8) -> Points:
    """Low before, high from day 0 to `lasts`, and low again."""
    return [(session + day, high if 0 <= day <= lasts else low) for day in range(-7, until + 1)]


def only(points: Points, sessions: tuple[int, ...] = (SESSION,), *, rises: bool = True) -> Lasted:
    return lasting(points, sessions, TODAY, rises=rises).sessions[0]


@pytest.mark.parametrize("lasts", [4, 9, 20])
def test_the_end_is_known_to_the_day(lasts: int) -> None:
    """Of the three days around the first low day, two are low."""
    found = only(step(lasts))
    assert (found.outcome, found.low, found.high) == (Outcome.ENDED, lasts, lasts + 1)


def test_a_rating_that_is_hoped_to_fall_is_measured_downward() -> None:
    points = step(9, low=8, high=3)
    assert only(points, rises=False).high == 10
    assert only(points).outcome is Outcome.NO_LIFT


@pytest.mark.parametrize("lift", [-3, 0, 0.9])
def test_less_than_a_point_is_no_lift(lift: float) -> None:
    assert only(step(9, high=3 + lift)) == Lasted(SESSION, Outcome.NO_LIFT)


@pytest.mark.parametrize(("bad", "ends"), [(1, 16), (2, 16), (3, 6)])
def test_two_days_as_before_do_not_end_it(bad: int, ends: int) -> None:
    dip = range(SESSION + 6, SESSION + 6 + bad)
    assert only([(day, 3 if day in dip else value) for day, value in step(15)]).high == ends


def test_unrated_days_leave_an_interval() -> None:
    points = [it for it in step(9) if not SESSION + 8 <= it[0] <= SESSION + 12]
    found = only(points)
    assert (found.low, found.high) == (7, 13)
    assert length(found, rises=True) == "8 to 13 days"


def test_the_next_session_leaves_it_open() -> None:
    found = only(step(30), (SESSION, SESSION + 11))
    assert found == Lasted(SESSION, Outcome.OPEN, 9, None, cut=True)
    assert length(found, rises=True) == "at least 9 days"


def test_the_last_rating_leaves_it_open() -> None:
    assert only(step(30, until=12)) == Lasted(SESSION, Outcome.OPEN, 12, None, cut=False)


def test_an_end_that_is_not_yet_confirmed_is_open() -> None:
    assert only(step(9, until=11)) == Lasted(SESSION, Outcome.OPEN, 9, None)


def test_nothing_is_followed_beyond_the_horizon() -> None:
    session = TODAY - 200
    assert only(step(300, session, 190), (session,)).low == HORIZON


@pytest.mark.parametrize("missing", [range(-5, 0), range(1, 3)])
def test_too_few_ratings_are_said(missing: range) -> None:
    points = [it for it in step(9) if it[0] - SESSION not in missing]
    assert only(points) == Lasted(SESSION, Outcome.TOO_FEW)


def test_nan_is_no_rating() -> None:
    assert only([(day, nan) for day, _value in step(9)]).outcome is Outcome.TOO_FEW


def course(*lasts: int, rises: bool = True) -> tuple[Points, list[int]]:
    sessions = [TODAY - 100 * (place + 1) for place in range(len(lasts))]
    low, high = (3, 8) if rises else (8, 3)
    points = [
        it
        for session, last in zip(sessions, lasts, strict=True)
        for it in step(last, session, low=low, high=high)
    ]
    return points, sessions


def test_the_median_is_told_with_its_range() -> None:
    points, sessions = course(4, 6, 9, 12, 14)
    assert sentence(lasting(points, sessions, TODAY)) == (
        "After 5 of 5 sessions your mood was at least 1 point higher than before. Half of these were half-way back to "
        "the level before within about 10 days. This is uncertain: 5 to 15 days fit as well."
    )


def test_more_sessions_than_are_drawn_are_told() -> None:
    points, sessions = course(*[9] * 13)
    assert sentence(lasting(points, sessions, TODAY)).endswith("The picture shows the latest 12.")


def test_few_lifts_have_a_median_and_no_range() -> None:
    points, sessions = course(4, 6, 9, rises=False)
    text = sentence(lasting(points, sessions, TODAY, "pain", rises=False))
    assert "your pain was at least 1 point lower than before" in text
    assert text.endswith("within about 7 days. With so few, this may well be different for the next.")


def test_lifts_that_were_not_seen_to_end_are_at_least_so_long() -> None:
    points, sessions = course(40, 40, 40, 9)
    assert "half of them lasted at least 40 days" in sentence(lasting(points, sessions, TODAY))


def test_fewer_than_three_lifts_say_what_is_missing() -> None:
    points, sessions = course(9, 9, -1)
    shown = lasting(points, sessions, TODAY)
    assert not shown.enough
    assert sentence(shown) == (
        "After 2 of 3 sessions your mood was at least 1 point higher than before. How long it lasted appears here once "
        "your mood differed from before by at least 1 point after 3 sessions. It takes ratings on 3 days of the week "
        "before and on 2 of the 3 days after."
    )
    assert table(shown).rows[0][1] == "no lift to measure"
    assert "a bar for each of 3 sessions" in alt_text(shown)


@settings(max_examples=60, deadline=None)
@given(ANY_POINTS, SESSIONS, st.booleans())
def test_what_is_known_is_in_order(points: list[tuple[int, int]], sessions: list[int], rises: bool) -> None:
    for it in lasting(points, sessions, TODAY, rises=rises).sessions:
        assert 0 <= it.low <= HORIZON
        assert it.high is None or it.low < it.high <= HORIZON
