"""What must not happen when a link is over, narrowed, or shares this once."""

import os

import msgspec
import pytest
from sqlalchemy import select, update

from kapjournal.database.tables import accounts, grants, record_history, records, rekeys
from kapjournal.errors import DamagedRecord, LinkOver, NotToday, OutOfRange
from kapjournal.journal.sessions import Facts, mark_not_done, record_facts, say_slept
from kapjournal.journal.writing import delete_entry
from kapjournal.measures.check_ins import check_in, check_ins
from kapjournal.records.links import end_overdue
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.catching_up import catch_up, is_behind
from kapjournal.sharing.reading import summary
from kapjournal.sharing.values import Scope
from tests.cast import Cast, content
from tests.journal.desk import done, planned, written
from tests.sharing.desk import linked, offered, opened, seen, settle
from tests.sharing.test_grants import kinds, rated


def test_a_patient_goes_on_writing_after_the_therapist_has_ended_the_link(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    accepting.decline(cast.work(), by=cast.bob, link=link)
    rated(cast)
    assert len(check_ins(cast.work(), by=cast.alice)) == 1
    settle(cast)
    assert linking.my_link(cast.work(), by=cast.alice, link=link).value.ended_at


def test_a_patient_goes_on_writing_after_the_link_has_ended_by_itself(cast: Cast) -> None:
    linked(cast, "check_ins", days=1)
    cast.later(3 * 86_400)
    alice = cast.enter("alice")
    with cast.engine.begin() as connection:
        end_overdue(connection, cast.at // 86_400)
    check_in(cast.work(), by=alice, ratings={"mood": 1}, when=cast.now(), save_id=os.urandom(16))
    assert len(check_ins(cast.work(), by=alice)) == 1


def test_nothing_is_granted_after_the_last_day(cast: Cast) -> None:
    link = linked(cast, "check_ins", days=1)
    cast.later(3 * 86_400)
    alice = cast.enter("alice")
    check_in(cast.work(), by=alice, ratings={"mood": 1}, when=cast.now(), save_id=os.urandom(16))
    with cast.engine.connect() as connection:
        assert connection.execute(select(grants)).all() == []
    settle(cast, alice)
    assert linking.my_link(cast.work(), by=alice, link=link).value.ended_at


@pytest.mark.parametrize("change", ["share_note", "keep_note"])
def test_one_note_more_or_less_opens_nothing_else_that_came_later(cast: Cast, change: str) -> None:
    first, second = (written(cast, cast.alice, text).id for text in ("first", "second"))
    rated(cast)
    link = linked(cast, "check_ins", goes_on=False, entries=(first,))
    rated(cast)
    if change == "share_note":
        linking.share_note(cast.work(), by=cast.alice, link=link, note=second, now=cast.now())
    else:
        linking.keep_note(cast.work(), by=cast.alice, link=link, note=first)
    settle(cast)
    assert kinds(opened(cast, link))["CheckIn"] == 1


def test_less_opens_nothing_that_came_later(cast: Cast) -> None:
    rated(cast)
    link = linked(cast, "check_ins", "steps", goes_on=False)
    rated(cast)
    scope = Scope(categories=("check_ins",), goes_on=False)
    linking.change_scope(cast.work(), by=cast.alice, link=link, scope=scope, now=cast.now())
    settle(cast)
    assert kinds(opened(cast, link)) == {"CheckIn": 1}


def test_a_dose_that_came_later_is_not_shared_by_this_once(cast: Cast) -> None:
    session = done(cast, cast.alice)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    link = linked(cast, "sessions", "dose", goes_on=False)
    record_facts(cast.work(), by=cast.alice, session=session.id, facts=Facts(dose="60 mg"), now=cast.now())
    settle(cast)
    assert kinds(opened(cast, link)) == {"Session": 1}


def test_this_once_stays_shared_when_it_is_changed_before_the_grants_and_during_a_pause(cast: Cast) -> None:
    session = done(cast, cast.alice)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    link = offered(cast, "sessions", goes_on=False).id
    for relief in (1, 2):
        facts = Facts(relief=relief)
        record_facts(cast.work(), by=cast.alice, session=session.id, facts=facts, now=cast.now())
        settle(cast)
        assert kinds(opened(cast, link)) == {"Session": 1}
        linking.pause(cast.work(), by=cast.alice, link=link)
        facts = Facts(relief=3)
        record_facts(cast.work(), by=cast.alice, session=session.id, facts=facts, now=cast.now())
        linking.resume(cast.work(), by=cast.alice, link=link, now=cast.now())
    settle(cast)
    assert kinds(opened(cast, link)) == {"Session": 1}


def test_what_is_deleted_gets_another_key_too(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    linked(cast, entries=(entry,))
    delete_entry(cast.work(), by=cast.alice, entry=entry)
    assert is_behind(cast.work(), by=cast.alice)
    settle(cast)
    with cast.engine.connect() as connection:
        assert connection.execute(select(rekeys)).all() == []
        kept = select(record_history.c.gen).where(record_history.c.id == entry)
        assert connection.execute(kept).scalars().all() == [2]


def test_a_scope_can_be_changed_although_a_shared_entry_was_deleted(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast, "check_ins", "steps", entries=(entry,))
    delete_entry(cast.work(), by=cast.alice, entry=entry)
    scope = linking.my_link(cast.work(), by=cast.alice, link=link).value.scope
    less = msgspec.structs.replace(scope, categories=("steps",))
    changed = linking.change_scope(cast.work(), by=cast.alice, link=link, scope=less, now=cast.now())
    assert changed.value.scope == less


@pytest.mark.parametrize("since", ["20260101", "2026-W01-1", "２０２６-01-01", "soon", "2026-02-30"])
def test_a_day_is_written_in_one_way(cast: Cast, since: str) -> None:
    with pytest.raises(OutOfRange):
        offered(cast, "check_ins", since=since)


def test_two_tabs_of_a_therapist_look_at_once(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    rated(cast)
    one, two = cast.work(), cast.work()
    for work in (one, two):
        accepting.patients(work, by=cast.bob)
    for work in (one, two):
        summary(work, by=cast.bob, link=link, content=content(), now=cast.now())


def test_wider_than_what_another_tab_has_left_is_refused_on_the_day_of_a_session(cast: Cast) -> None:
    link = linked(cast, "check_ins", "steps")
    done(cast, cast.alice)
    behind = cast.work(cast.new_store())
    linking.my_links(behind, by=cast.alice)
    linking.change_scope(cast.work(), by=cast.alice, link=link, scope=Scope(), now=cast.now())
    with pytest.raises(NotToday):
        linking.change_scope(
            behind, by=cast.alice, link=link, scope=Scope(categories=("steps",)), now=cast.now()
        )


def test_a_tab_that_was_left_behind_grants_nothing_that_another_has_closed(cast: Cast) -> None:
    session = planned(cast, cast.alice)
    link = offered(cast, "sessions").id
    behind = cast.work(cast.new_store())
    behind.complete(cast.alice)
    mark_not_done(cast.work(), by=cast.alice, session=session.id)
    catch_up(behind, by=cast.alice)
    assert kinds(opened(cast, link)) == {}


def test_the_digest_names_no_note_that_is_not_open(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    linked(cast, entries=(entry,))
    delete_entry(cast.work(), by=cast.alice, entry=entry)
    [listed] = accepting.patients(cast.work(), by=cast.bob)
    assert listed.digest is not None
    assert listed.digest.scope.entries == ()


def test_what_was_opened_is_forgotten_when_the_link_is_over(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    seen(cast, link)
    linking.stop(cast.work(), by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        seen(cast, link)
    held = cast.store.snapshots.get(cast.bob.sign_in)
    assert held is not None
    assert link.hex() not in held._remembered


def test_a_link_that_is_damaged_can_still_be_stopped(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    with cast.engine.begin() as connection:
        hers = (records.c.owner == cast.alice.account) & (records.c.id == link)
        connection.execute(update(records).where(hers).values(body=b""))
    cast.store.snapshots.clear()
    with pytest.raises(DamagedRecord):
        linking.my_link(cast.work(), by=cast.alice, link=link)
    with pytest.raises(DamagedRecord):
        linking.stop(cast.work(), by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        seen(cast, link)


def test_an_offer_with_a_key_that_is_none_can_be_declined(cast: Cast) -> None:
    link = offered(cast, "check_ins").id
    with cast.engine.begin() as connection:
        mine = accounts.c.id == cast.alice.account
        connection.execute(update(accounts).where(mine).values(public_key=bytes(32)))
    assert [it.state for it in accepting.patients(cast.work(), by=cast.bob)] == ["refused"]
    accepting.decline(cast.work(), by=cast.bob, link=link)
    assert accepting.patients(cast.work(), by=cast.bob) == ()
