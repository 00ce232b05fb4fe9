"""On the day of a session no page asks for a number, a meaning or a decision, whatever way leads there."""

import pytest

from kapjournal.journal.sessions import session as read_session
from tests.cast import Cast
from tests.journal.desk import DAY, HOUR, done
from tests.pages.conftest import Screen


@pytest.fixture
def after(theatre: Cast, alice: Screen) -> bytes:
    """The id of a session that ended an hour ago."""
    return done(theatre, theatre.alice, HOUR).id


@pytest.mark.parametrize("name", ["check_in", "step", "questions"])
def test_what_can_wait_leads_to_today(after: bytes, alice: Screen, name: str) -> None:
    assert alice.open(name, session=after).title == "The day of your session"


@pytest.mark.parametrize("name", ["progress", "pictures", "measures"])
def test_there_is_nothing_to_look_at_or_to_answer(after: bytes, alice: Screen, name: str) -> None:
    alice.open(name)
    assert any("Rest." in it.value for it in alice.app.markdown)
    assert not alice.app.get("plotly_chart")
    offered = {it.proto.label for it in alice.app.get("page_link")}
    assert not offered & {"More pictures", "Questionnaires", "Answer it", "Answer it anyway"}


def test_facts_are_asked_for_without_ratings_and_keep_those_from_before(
    theatre: Cast, after: bytes, alice: Screen
) -> None:
    alice.open("facts", session=after)
    assert alice.rows("felt") == []
    alice.app.number_input(key="systolic").set_value(130)
    alice.app.number_input(key="diastolic").set_value(85)
    alice.press("save")
    value = read_session(theatre.work(), by=theatre.alice, id=after).value
    assert (value.systolic, value.diastolic, value.intensity) == (130, 85, None)


def test_the_day_after_they_are(theatre: Cast, after: bytes, alice: Screen) -> None:
    theatre.later(DAY)
    screen = Screen(theatre.enter("alice"))
    assert screen.open("facts", session=after).rows("felt") == ["intensity", "challenge", "relief"]


def test_no_session_is_planned_that_day(after: bytes, alice: Screen) -> None:
    alice.open("journal")
    assert "Plan a session" not in [it.proto.label for it in alice.app.get("page_link")]
