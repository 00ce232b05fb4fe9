"""What a person reads who enters what cannot be: a sentence of its own for each, and nothing is lost or saved."""

from datetime import date, time, timedelta

from kapjournal import errors
from kapjournal.journal.prompts import own_prompts
from kapjournal.journal.sessions import sessions
from kapjournal.journal.steps import steps
from pages.parts import notices
from tests.cast import Cast
from tests.journal.desk import DAY, HOUR, done, planned
from tests.pages.conftest import Screen

GENERAL = "Something went wrong. Please try again."


def plan(screen: Screen, day: date, at: time) -> Screen:
    screen.open("plan")
    screen.app.date_input(key="plan_day").set_value(day)
    screen.app.time_input(key="plan_time").set_value(at)
    return screen.press("save")


def test_every_refusal_that_a_person_can_meet_has_its_own_sentence() -> None:
    kinds = [it for it in vars(errors).values() if isinstance(it, type) and issubclass(it, Exception)]
    for_persons = [it for it in kinds if not issubclass(it, errors.SettingsRefused)]
    silent = {it.__name__ for it in for_persons if it not in notices._sentences()}
    worked_out = {"WeakPassphrase", "TooManyTries", "TooLong", "TooManyLines", "OutOfRange"}
    assert silent == worked_out | {"KapjournalError"}
    assert GENERAL not in notices._sentences().values()


def test_a_session_that_ends_before_it_began(theatre: Cast, alice: Screen) -> None:
    session = planned(theatre, theatre.alice, -2 * HOUR)
    alice.open("session", session=session.id)
    alice.app.date_input(key="ended_day").set_value(theatre.now("UTC").day - timedelta(1))
    alice.press("done")
    assert alice.errors == ["The end must lie after the start and not in the future."]
    assert sessions(theatre.work(), by=theatre.alice) == (session,)


def test_a_session_in_2099(theatre: Cast, alice: Screen) -> None:
    plan(alice, date(2099, 6, 1), time(9))
    assert alice.errors == ["This date or time is not possible here. Please choose another one."]
    assert alice.title == "Plan a session"
    assert sessions(theatre.work(), by=theatre.alice) == ()


def test_two_sessions_at_once_are_both_kept_and_told(theatre: Cast, alice: Screen) -> None:
    day = theatre.now("UTC").day + timedelta(3)
    plan(alice, day, time(9))
    assert alice.told == ["Your session is planned."]
    plan(alice, day, time(9, 30))
    assert alice.told == [
        "Your session is planned. Another one is at the same time; you can delete one on its page."
    ]
    assert len(sessions(theatre.work(), by=theatre.alice)) == 2


def test_a_plan_begins_tomorrow(theatre: Cast, alice: Screen) -> None:
    alice.open("plan").press("save")
    assert alice.title == "Your session is tomorrow"


def test_a_step_without_a_cue_or_an_action(theatre: Cast, alice: Screen) -> None:
    session = done(theatre, theatre.alice, 5 * DAY)
    alice.open("step", session=session.id)
    alice.app.text_input(key="action").set_value("Sit by the window")
    alice.press("save")
    assert alice.errors == ["A step needs a cue: something that happens anyway, such as “after breakfast”."]
    assert alice.app.text_input(key="action").value == "Sit by the window"
    assert steps(theatre.work(), by=theatre.alice, session=session.id) == ()


def test_a_question_of_ones_own_without_words(theatre: Cast, alice: Screen) -> None:
    alice.open("questions").press("add")
    assert alice.errors == ["Please write your question first."]
    assert own_prompts(theatre.work(), by=theatre.alice) == ()


def test_a_questionnaire_that_is_none(theatre: Cast, alice: Screen) -> None:
    for place in ("99", "-1", "phq-9", "１"):
        alice.app.run()
        alice.app.query_params["m"] = place
        alice.app.switch_page("pages/patient/measure.py")
        alice.run()
        assert alice.errors == ["This is not here. It may have been deleted."]
