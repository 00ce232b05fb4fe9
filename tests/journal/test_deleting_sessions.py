"""Delete a session with its dose, and bring both back."""

import pytest

from kapjournal.errors import NotAllowed, TooLateToUndo
from kapjournal.journal.reading import session_entries
from kapjournal.journal.sessions import (
    Facts,
    arc,
    bring_back_session,
    delete_session,
    dose_of,
    record_facts,
    session,
    sessions,
)
from kapjournal.journal.values import Session
from kapjournal.records import Record
from tests.cast import Cast
from tests.journal.desk import DAY, done, planned, written


@pytest.fixture
def held(cast: Cast) -> Record[Session]:
    """A session with a dose."""
    record = done(cast, cast.alice)
    facts = Facts(relief=3, dose="56 mg")
    record_facts(cast.work(), by=cast.alice, session=record.id, facts=facts, now=cast.now())
    return session(cast.work(), by=cast.alice, id=record.id)


def test_a_deleted_session_is_gone_with_its_dose(cast: Cast, held: Record[Session]) -> None:
    delete_session(cast.work(), by=cast.alice, session=held.id)
    for store in (cast.store, cast.new_store()):
        assert sessions(cast.work(store), by=cast.alice) == ()
        assert dose_of(cast.work(store), by=cast.alice, session=held.id) is None
    assert arc(cast.work(), by=cast.alice, now=cast.now()).phase == "pre_course"


def test_both_come_back_as_they_were(cast: Cast, held: Record[Session]) -> None:
    delete_session(cast.work(), by=cast.alice, session=held.id)
    bring_back_session(cast.work(), by=cast.alice, session=held.id)
    work = cast.work(cast.new_store())
    assert session(work, by=cast.alice, id=held.id).value == held.value
    dose = dose_of(work, by=cast.alice, session=held.id)
    assert dose is not None
    assert dose.value.amount == "56 mg"


def test_the_dose_of_another_session_stays_where_it_is(cast: Cast, held: Record[Session]) -> None:
    other = done(cast, cast.alice, DAY)
    delete_session(cast.work(), by=cast.alice, session=other.id)
    assert dose_of(cast.work(), by=cast.alice, session=held.id)
    delete_session(cast.work(), by=cast.alice, session=held.id)
    bring_back_session(cast.work(), by=cast.alice, session=other.id)
    assert dose_of(cast.work(), by=cast.alice, session=held.id) is None


def test_what_was_written_about_it_stays(cast: Cast, held: Record[Session]) -> None:
    written(cast, cast.alice, "The cello.", session=held.id)
    delete_session(cast.work(), by=cast.alice, session=held.id)
    assert len(session_entries(cast.work(), by=cast.alice, session=held.id)) == 1


def test_after_seven_days_it_is_too_late(cast: Cast, held: Record[Session]) -> None:
    delete_session(cast.work(), by=cast.alice, session=held.id)
    cast.later(7 * DAY)
    again = cast.enter("alice")
    with pytest.raises(TooLateToUndo):
        bring_back_session(cast.work(), by=again, session=held.id)


def test_what_is_not_there_is_neither_deleted_nor_brought_back(cast: Cast, held: Record[Session]) -> None:
    for id in (bytes(16), b""):
        with pytest.raises(NotAllowed):
            delete_session(cast.work(), by=cast.alice, session=id)
    with pytest.raises(NotAllowed):
        bring_back_session(cast.work(), by=cast.alice, session=held.id)


def test_nobody_else_deletes_or_brings_back(cast: Cast) -> None:
    record = planned(cast, cast.alice)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            delete_session(cast.work(), by=by, session=record.id)
    delete_session(cast.work(), by=cast.alice, session=record.id)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            bring_back_session(cast.work(), by=by, session=record.id)
