"""The page of more pictures: each can be chosen, says what is missing, and is drawn once there is enough."""

import pytest

from kapjournal.clock import moment
from kapjournal.measures.values import CheckIn
from pages.parts import pictures
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, HOUR, done, written
from tests.pages.conftest import Screen

FORMS = ("phq-9", "gad-7", "pcl-5")


def draw(screen: Screen, kind: str) -> Screen:
    screen.open("pictures")
    screen.app.selectbox(key="kind").set_value(kind)
    return screen.run()


def a_course(cast: Cast) -> None:
    """Five sessions two weeks apart, a mood that rises after each and falls again, an entry after each."""
    begin = cast.at
    cast.at = begin - 75 * DAY
    for number in range(5):
        session = done(cast, cast.enter("alice"), HOUR)
        written(cast, cast.enter("alice"), "green", session=session.id, prompt="week_1.body", phase="week_1")
        ratings = [
            CheckIn(**moment(cast.at + day * DAY, ZONE)._asdict(), mood=7 if 0 < day < 6 else 3)
            for day in range(-7 if number == 0 else 0, 14)
        ]
        cast.work().append(cast.enter("alice"), ratings)
        cast.later(14 * DAY)
    cast.at = begin


@pytest.mark.parametrize("kind", [*pictures.kinds(), *FORMS])
def test_an_empty_journal_says_what_is_missing(theatre: Cast, alice: Screen, kind: str) -> None:
    draw(alice, kind)
    assert not alice.app.get("plotly_chart")
    assert [it.value for it in alice.app.markdown if it.value.endswith(".")]


@pytest.mark.parametrize("kind", ["lasting", "average", "before_after", "domains", "calendar"])
def test_a_course_is_drawn(theatre: Cast, alice: Screen, kind: str) -> None:
    a_course(theatre)
    screen = draw(Screen(theatre.enter("alice")), kind)
    assert len(screen.app.get("plotly_chart")) == 1
    screen.app.checkbox(key=f"table_{kind}").check()
    assert screen.run().app.table


def test_on_the_day_of_a_session_there_is_nothing_to_look_at(theatre: Cast, alice: Screen) -> None:
    done(theatre, theatre.alice, HOUR)
    alice.open("pictures")
    assert not alice.app.selectbox
    assert any("Rest." in it.value for it in alice.app.markdown)
