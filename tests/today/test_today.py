"""What to offer now."""

import os
from functools import cache

import pytest

from kapjournal.content import Content, load_content
from kapjournal.journal.prompts import go_on
from kapjournal.journal.sessions import say_slept
from kapjournal.journal.steps import Plan, plan_step, say_step
from kapjournal.journal.values import INTENTION, Phase
from kapjournal.journal.writing import About
from kapjournal.measures.check_ins import check_in
from kapjournal.measures.side_effects import check_month, report_side_effects
from kapjournal.records import SignedIn
from kapjournal.records.rows import NEWEST_NOTES
from kapjournal.today import DRAFT_SECONDS, Today, offered, today
from tests.cast import Cast
from tests.journal.desk import DAY, HOUR, Box, done, many, planned, written
from tests.measures.forms import responded, shipped


@cache
def content() -> Content:
    return load_content()


def now(cast: Cast, by: SignedIn | None = None) -> Today:
    return today(cast.work(), by=by or cast.alice, now=cast.now(), content=content())


def later(cast: Cast, seconds: float) -> Today:
    """What is offered after so long; sign-ins end meanwhile."""
    cast.later(seconds)
    return now(cast, cast.enter("alice"))


def test_an_empty_journal_is_before_the_course(cast: Cast) -> None:
    found = now(cast)
    assert (found.arc.phase, found.number) == ("pre_course", 0)
    assert [it.id.split(".")[0] for it in found.offered] == ["pre_course"] * 3
    assert found[4:] == (None, None, None, None, None, False, False, False, (), None)


def test_the_session_of_the_phase_is_counted_from_one(cast: Cast) -> None:
    done(cast, cast.alice, 30 * DAY)
    done(cast, cast.alice, 2 * HOUR)
    planned(cast, cast.alice, 14 * DAY)
    found = now(cast)
    assert (found.arc.phase, found.number) == ("same_day", 2)
    assert found.arc.coming is not None


def test_during_a_session_nothing_is_offered(cast: Cast) -> None:
    Box(cast, cast.alice).push("begun before")
    session = planned(cast, cast.alice, -HOUR // 2)
    found = now(cast)
    assert found.guards.nothing
    assert (found.arc.session, found.offered) == (session, ())
    assert found[4:] == (None, None, None, None, None, False, False, False, (), None)


def test_the_newest_draft_is_there_to_go_on_with(cast: Cast) -> None:
    for text in ("one", "two"):
        Box(cast, cast.alice).push(text)
        cast.later(60)
    draft = now(cast).draft
    assert draft is not None
    assert draft.value.text == "two"


def test_a_draft_older_than_two_days_is_not_urged_on_anybody(cast: Cast) -> None:
    Box(cast, cast.alice).push("one")
    assert later(cast, DRAFT_SECONDS - 1).draft is not None
    assert later(cast, 1).draft is None


def test_on_the_day_of_capturing_a_draft_from_before_can_wait(cast: Cast) -> None:
    session = done(cast, cast.alice, HOUR)
    Box(cast, cast.alice).push("what I hoped for", about=About(session.id, "prep"))
    assert now(cast).draft is None
    Box(cast, cast.alice).push("green", about=About(session.id, "same_day"))
    found = now(cast).draft
    assert found is not None
    assert found.value.text == "green"


def test_an_intention_is_shown_before_its_session_and_not_asked_for_again(cast: Cast) -> None:
    session = planned(cast, cast.alice, 3 * DAY)
    assert now(cast).offered[0].id == INTENTION
    Box(cast, cast.alice).push("To be kinder.", about=About(session.id, "prep", INTENTION, 1))
    found = now(cast)
    assert found.intention is not None
    assert found.intention.value.text == "To be kinder."
    assert INTENTION not in [it.id for it in found.offered]


def test_in_the_first_days_the_first_capture_of_the_session_is_shown(cast: Cast) -> None:
    session = done(cast, cast.alice, 11 * HOUR)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    phases: tuple[Phase, ...] = ("prep", "same_day", "same_day")
    for text, phase in zip(("before", "first", "second"), phases, strict=True):
        written(cast, cast.alice, text, session=session.id, phase=phase)
        cast.later(60)
    written(cast, cast.alice, "of no session", phase="same_day")
    assert now(cast).captured is None
    captured = later(cast, HOUR - 120).captured
    assert captured is not None
    assert captured.value.text == "first"


def test_a_capture_that_is_not_finished_or_of_an_earlier_session_is_not_shown(cast: Cast) -> None:
    earlier, latest = done(cast, cast.alice, 9 * DAY), done(cast, cast.alice, 25 * HOUR)
    written(cast, cast.alice, "earlier", session=earlier.id, phase="same_day")
    Box(cast, cast.alice).push("draft", about=About(latest.id, "same_day"))
    assert now(cast).arc.phase == "days_1_3"
    assert now(cast).captured is None


def test_the_rules_hold_for_a_day_and_until_the_patient_has_slept(cast: Cast) -> None:
    session = done(cast, cast.alice)
    assert now(cast).rules
    assert later(cast, 30 * HOUR).rules
    say_slept(cast.work(), by=cast.enter("alice"), session=session.id)
    assert not now(cast, cast.enter("alice")).rules


def test_the_rules_hold_for_a_day_even_after_a_night(cast: Cast) -> None:
    session = done(cast, cast.alice, 11 * HOUR)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    found = later(cast, 2 * HOUR)
    assert (found.arc.phase, found.rules) == ("days_1_3", True)
    assert not later(cast, 11 * HOUR).rules


def test_rules_that_nobody_ends_stop_after_three_days(cast: Cast) -> None:
    done(cast, cast.alice)
    assert later(cast, 3 * DAY - 1).rules
    assert not later(cast, 1).rules


def test_side_effects_are_asked_for_on_the_day_and_on_the_next(cast: Cast) -> None:
    session = done(cast, cast.alice, HOUR)
    assert now(cast).report == "same_day"
    report_side_effects(
        cast.work(), by=cast.alice, session=session.id, when="same_day", effects=[], now=cast.now()
    )
    assert now(cast).report is None
    assert later(cast, 24 * HOUR).report == "next_day"
    assert later(cast, DAY).report is None


def test_a_step_waits_until_it_is_let_go(cast: Cast) -> None:
    session = done(cast, cast.alice, 5 * DAY)
    plan = Plan("Sit by the window", "After coffee")
    step = plan_step(
        cast.work(), by=cast.alice, session=session.id, plan=plan, now=cast.now(), save_id=os.urandom(16)
    )
    assert now(cast).step == step
    say_step(cast.work(), by=cast.alice, step=step.id, outcome="let_go")
    assert now(cast).step is None


def test_a_month_after_the_first_session_and_after_each_check_another_is_due(cast: Cast) -> None:
    done(cast, cast.alice, 29 * DAY)
    assert not now(cast).month
    assert later(cast, DAY).month
    check_month(
        cast.work(), by=cast.enter("alice"), check={"memory": 0}, now=cast.now(), save_id=os.urandom(16)
    )
    assert not now(cast, cast.enter("alice")).month
    assert later(cast, 30 * DAY).month


def answered(cast: Cast, by: SignedIn, id: str) -> None:
    measure = shipped(content(), id)
    responded(cast, by, measure, *["0"] * len(measure.scored))


def test_a_questionnaire_is_offered_once_the_course_is_planned_until_one_is_answered(cast: Cast) -> None:
    assert not now(cast).baseline
    planned(cast, cast.alice, 20 * DAY)
    assert now(cast).baseline
    answered(cast, cast.alice, "phq-2")
    assert now(cast).baseline
    answered(cast, cast.alice, "gad-7")
    assert not now(cast).baseline


def test_no_questionnaire_is_a_starting_point_on_a_session_day_or_after_the_first_one(cast: Cast) -> None:
    planned(cast, cast.alice, 3 * HOUR)
    assert not now(cast).baseline
    done(cast, cast.alice, 20 * DAY)
    planned(cast, cast.alice, 20 * DAY)
    assert not now(cast).baseline


def test_in_the_weeks_after_what_was_answered_is_offered_again_for_a_week(cast: Cast) -> None:
    done(cast, cast.alice, 11 * DAY)
    assert now(cast).again == ()
    answered(cast, cast.alice, "phq-9")
    assert later(cast, 6 * DAY).again == ()
    assert [it.id for it in later(cast, DAY).again] == ["phq-9"]
    assert [it.id for it in later(cast, 6 * DAY).again] == ["phq-9"]
    assert later(cast, DAY).again == ()


def test_in_the_first_days_no_questionnaire_is_offered_again(cast: Cast) -> None:
    done(cast, cast.alice, 40 * DAY)
    answered(cast, cast.alice, "phq-9")
    cast.later(8 * DAY)
    by = cast.enter("alice")
    assert now(cast, by).again
    session = done(cast, by, 25 * HOUR)
    say_slept(cast.work(), by=by, session=session.id)
    assert now(cast, by).again == ()


def test_only_one_prompt_a_day_asks_for_a_meaning_in_the_first_days(cast: Cast) -> None:
    session = done(cast, cast.alice, 26 * HOUR)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    asked = []
    for _sitting in range(8):
        for prompt in now(cast).offered:
            asked.append(prompt)
            go_on(cast.work(), by=cast.alice, prompt=prompt, now=cast.now())
    assert sum(it.interpretive for it in asked) == 1
    cast.later(DAY)
    by = cast.enter("alice")
    again = [
        it
        for _n in range(6)
        for it in now(cast, by).offered
        if not go_on(cast.work(), by=by, prompt=it, now=cast.now())
    ]
    assert sum(it.interpretive for it in again) == 1


@pytest.mark.parametrize("phase", ["hard", "flat", "between"])
def test_another_pack_can_always_be_asked_for(cast: Cast, phase: Phase) -> None:
    found = offered(cast.work(), by=cast.alice, phase=phase, now=cast.now(), content=content())
    assert [it.id.split(".")[0] for it in found] == [phase] * 3


def test_the_latest_check_in_is_the_one_of_the_latest_moment(cast: Cast) -> None:
    for mood in (3, 8):
        check_in(cast.work(), by=cast.alice, ratings={"mood": mood}, when=cast.now(), save_id=os.urandom(16))
        cast.later(60)
    latest = now(cast).last_check_in
    assert latest is not None
    assert latest.value.mood == 8


def test_today_does_not_open_the_whole_journal(cast: Cast) -> None:
    many(cast, cast.alice, NEWEST_NOTES + 1)
    work = cast.work(cast.new_store())
    today(work, by=cast.alice, now=cast.now(), content=content())
    assert not work.reading(cast.alice).complete


def test_a_therapist_and_another_patient_have_a_today_of_their_own(cast: Cast) -> None:
    session = done(cast, cast.alice, 25 * HOUR)
    written(cast, cast.alice, "The cello.", session=session.id, phase="same_day")
    for by in (cast.bob, cast.dora):
        found = now(cast, by)
        assert (found.arc.phase, found.number) == ("pre_course", 0)
        assert found[4:] == (None, None, None, None, None, False, False, False, (), None)
