"""Steps: one small action with a cue, and how it went."""

import os
from typing import Any

import pytest

from kapjournal.errors import (
    ChangedElsewhere,
    NotAllowed,
    OutOfRange,
    TooLateToUndo,
    TooLong,
    UnsuitableText,
)
from kapjournal.journal.sessions import delete_session
from kapjournal.journal.steps import (
    OUTCOMES,
    Plan,
    bring_back_step,
    delete_step,
    open_step,
    plan_step,
    say_step,
    step,
    steps,
)
from kapjournal.journal.values import Session, Step
from kapjournal.records import Record
from tests.cast import Cast
from tests.journal.desk import DAY, done, written

WALK = {"action": "Walk to the river", "cue": "When the kettle boils"}


@pytest.fixture
def held(cast: Cast) -> Record[Session]:
    return done(cast, cast.alice, 4 * DAY)


def stepped(
    cast: Cast, held: Record[Session], *, change: Record[Step] | None = None, **plan: Any
) -> Record[Step]:
    return plan_step(
        cast.work(),
        by=cast.alice,
        session=held.id,
        plan=Plan(**(WALK | plan)),
        now=cast.now(),
        step=change,
        save_id=os.urandom(16),
    )


def kept(cast: Cast, held: Record[Session]) -> list[Step]:
    return [it.value for it in steps(cast.work(cast.new_store()), by=cast.alice, session=held.id)]


def newest_open(cast: Cast) -> str | None:
    found = open_step(cast.work(cast.new_store()), by=cast.alice)
    return found and found.value.action


def test_a_step_is_kept_as_it_was_planned(cast: Cast, held: Record[Session]) -> None:
    stepped(cast, held, cue="  When\nthe kettle boils ", clock="07:30", obstacle="Rain: go on the stairs")
    [value] = kept(cast, held)
    assert (value.action, value.cue) == ("Walk to the river", "When the kettle boils")
    assert (value.clock, value.obstacle) == ("07:30", "Rain: go on the stairs")
    assert (value.session, value.outcome, value.said_at) == (held.id, "", 0)
    assert (value.at, value.zone, value.wall) == cast.now()


def test_pressing_save_twice_plans_one_step(cast: Cast, held: Record[Session]) -> None:
    save_id = os.urandom(16)
    first, second = (
        plan_step(
            cast.work(),
            by=cast.alice,
            session=held.id,
            plan=Plan(**WALK),
            now=cast.now(),
            save_id=save_id,
        )
        for _press in range(2)
    )
    assert first == second
    assert len(kept(cast, held)) == 1


def test_the_steps_of_a_session_come_oldest_first_and_of_no_other(cast: Cast, held: Record[Session]) -> None:
    other = done(cast, cast.alice, 3 * DAY)
    for action, after in (("one", held), ("other", other), ("two", held)):
        stepped(cast, after, action=action)
        cast.later(60)
    assert [it.action for it in kept(cast, held)] == ["one", "two"]
    assert [it.action for it in kept(cast, other)] == ["other"]


def test_a_changed_plan_stays_the_same_step_with_its_outcome(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held, clock="07:30")
    said = say_step(cast.work(), by=cast.alice, step=record.id, outcome="not_yet")
    cast.later(60)
    changed = stepped(cast, held, change=said, action="Walk to the gate")
    assert (changed.id, changed.value.action, changed.value.clock) == (record.id, "Walk to the gate", "")
    assert (changed.value.outcome, changed.value.at) == ("not_yet", record.value.at)
    assert len(kept(cast, held)) == 1


def test_two_tabs_do_not_overwrite_each_others_plan(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    stepped(cast, held, change=record, action="one")
    with pytest.raises(ChangedElsewhere):
        stepped(cast, held, change=record, action="other")
    assert [it.action for it in kept(cast, held)] == ["one"]


def test_how_it_went_can_be_said_again_and_taken_back(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    for outcome in (*OUTCOMES, "did", "did", ""):
        cast.later(60)
        value = say_step(cast.work(), by=cast.alice, step=record.id, outcome=outcome).value
        assert (value.outcome, value.said_at) == (outcome, cast.at)
        assert kept(cast, held) == [value]


@pytest.mark.parametrize("outcome", ["failed", "Did", "let go", None, 1])
def test_an_outcome_that_is_none_changes_nothing(cast: Cast, held: Record[Session], outcome: Any) -> None:
    record = stepped(cast, held)
    with pytest.raises(OutOfRange, match="outcome"):
        say_step(cast.work(), by=cast.alice, step=record.id, outcome=outcome)
    assert kept(cast, held) == [record.value]


def test_the_newest_step_that_was_not_let_go_is_open(cast: Cast, held: Record[Session]) -> None:
    assert newest_open(cast) is None
    ids = []
    for action in ("one", "two", "three"):
        ids.append(stepped(cast, held, action=action).id)
        cast.later(60)
    say_step(cast.work(), by=cast.alice, step=ids[2], outcome="let_go")
    assert newest_open(cast) == "two"
    say_step(cast.work(), by=cast.alice, step=ids[1], outcome="did")
    assert newest_open(cast) == "two"
    delete_step(cast.work(), by=cast.alice, step=ids[1])
    assert newest_open(cast) == "one"
    say_step(cast.work(), by=cast.alice, step=ids[0], outcome="let_go")
    assert newest_open(cast) is None


@pytest.mark.parametrize("field", ["action", "cue"])
@pytest.mark.parametrize("empty", ["", "  ", "\n\t\u3000"])
def test_a_step_without_an_action_or_a_cue_is_refused(
    cast: Cast, held: Record[Session], field: str, empty: str
) -> None:
    with pytest.raises(OutOfRange, match=field):
        stepped(cast, held, **{field: empty})
    assert kept(cast, held) == []


@pytest.mark.parametrize("field", ["action", "cue", "obstacle"])
def test_texts_of_a_step_have_a_limit(cast: Cast, held: Record[Session], field: str) -> None:
    for wrong, error in (("x" * 201, TooLong), ("a\0b", UnsuitableText), ("\ud800", UnsuitableText)):
        with pytest.raises(error):
            stepped(cast, held, **{field: wrong})
    assert kept(cast, held) == []
    assert len(getattr(stepped(cast, held, **{field: "x" * 200}).value, field)) == 200


@pytest.mark.parametrize("clock", ["", "00:00", "09:05", "19:59", "23:59"])
def test_a_time_of_day_is_kept(cast: Cast, held: Record[Session], clock: str) -> None:
    assert stepped(cast, held, clock=clock).value.clock == clock


@pytest.mark.parametrize(
    "clock", ["24:00", "7:30", "07:60", "07:30:00", "07:30\n", " 07:30", "٠٧:٣٠", "noon"]
)
def test_a_time_that_is_none_is_refused(cast: Cast, held: Record[Session], clock: str) -> None:
    with pytest.raises(OutOfRange, match="clock"):
        stepped(cast, held, clock=clock)
    assert kept(cast, held) == []


def test_a_change_that_is_refused_leaves_the_step(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    for wrong in ({"cue": ""}, {"clock": "25:00"}, {"action": " "}):
        with pytest.raises(OutOfRange):
            stepped(cast, held, change=record, **wrong)
    assert kept(cast, held) == [record.value]


def test_a_step_needs_a_session_of_ones_own(cast: Cast, held: Record[Session]) -> None:
    hers = done(cast, cast.dora)
    delete_session(cast.work(), by=cast.alice, session=held.id)
    for session in (hers.id, held.id, bytes(16), b""):
        with pytest.raises(NotAllowed):
            plan_step(
                cast.work(),
                by=cast.alice,
                session=session,
                plan=Plan(**WALK),
                now=cast.now(),
                save_id=os.urandom(16),
            )
    assert open_step(cast.work(), by=cast.alice) is None


def test_a_deleted_step_comes_back_as_it_was(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    said = say_step(cast.work(), by=cast.alice, step=record.id, outcome="did")
    delete_step(cast.work(), by=cast.alice, step=record.id)
    assert kept(cast, held) == []
    with pytest.raises(NotAllowed):
        step(cast.work(), by=cast.alice, id=record.id)
    bring_back_step(cast.work(), by=cast.alice, step=record.id)
    assert kept(cast, held) == [said.value]


def test_after_seven_days_it_is_too_late(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    delete_step(cast.work(), by=cast.alice, step=record.id)
    cast.later(7 * DAY)
    with pytest.raises(TooLateToUndo):
        bring_back_step(cast.work(), by=cast.enter("alice"), step=record.id)


def test_only_a_step_is_deleted_or_brought_back_as_one(cast: Cast, held: Record[Session]) -> None:
    record, entry = stepped(cast, held), written(cast, cast.alice, "The cello.")
    for id in (held.id, entry.id, bytes(16), b""):
        with pytest.raises(NotAllowed):
            delete_step(cast.work(), by=cast.alice, step=id)
    cast.work().delete(cast.alice, entry.id)
    for id in (entry.id, record.id, bytes(16)):
        with pytest.raises(NotAllowed):
            bring_back_step(cast.work(), by=cast.alice, step=id)
    assert [it.id for it in cast.work().deleted(cast.alice)] == [entry.id]
    assert kept(cast, held) == [record.value]


def test_nobody_else_plans_says_reads_or_deletes(cast: Cast, held: Record[Session]) -> None:
    record = stepped(cast, held)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert steps(cast.work(), by=by, session=held.id) == ()
        assert open_step(cast.work(), by=by) is None
        for refused in (
            lambda by: stepped_by(cast, by, held),
            lambda by: say_step(cast.work(), by=by, step=record.id, outcome="did"),
            lambda by: step(cast.work(), by=by, id=record.id),
            lambda by: delete_step(cast.work(), by=by, step=record.id),
        ):
            with pytest.raises(NotAllowed):
                refused(by)
    assert kept(cast, held) == [record.value]


def test_nobody_plans_the_step_of_somebody_else_after_a_session_of_their_own(
    cast: Cast, held: Record[Session]
) -> None:
    record, hers = stepped(cast, held), done(cast, cast.dora)
    with pytest.raises(NotAllowed):
        plan_step(
            cast.work(),
            by=cast.dora,
            session=hers.id,
            plan=Plan(**WALK),
            now=cast.now(),
            step=record,
            save_id=os.urandom(16),
        )
    assert steps(cast.work(), by=cast.dora, session=hers.id) == ()
    assert kept(cast, held) == [record.value]


def stepped_by(cast: Cast, by: Any, held: Record[Session]) -> object:
    return plan_step(
        cast.work(), by=by, session=held.id, plan=Plan(**WALK), now=cast.now(), save_id=os.urandom(16)
    )
