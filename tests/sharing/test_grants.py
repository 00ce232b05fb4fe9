"""What a link opens follows everything that is written, chosen, deleted and brought back."""

import os
from typing import Any

import pytest
from sqlalchemy import select

from kapjournal.clock import moment
from kapjournal.database.tables import grants, links, records, rekeys
from kapjournal.errors import DamagedRecording, LinkOver, NotAllowed, NotToday
from kapjournal.journal.sessions import Facts, delete_session, record_facts, say_slept
from kapjournal.journal.values import Entry, Session
from kapjournal.journal.writing import delete_entry
from kapjournal.measures.check_ins import check_in, delete_check_in
from kapjournal.measures.responses import delete_response
from kapjournal.measures.values import CheckIn
from kapjournal.records import Record, Snapshot, accounts
from kapjournal.records.links import end_overdue
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.catching_up import catch_up, is_behind
from kapjournal.sharing.reading import play_shared, shared_entry
from kapjournal.sharing.scopes import SHAREABLE
from kapjournal.sharing.values import Scope
from tests.cast import ZONE, Cast, content
from tests.journal.desk import Box, done, written
from tests.measures.forms import Sheet, responded, shipped
from tests.sharing.desk import linked, offered, opened, previewed, seen, settle
from tests.test_malicious_database import spoken


def rated(cast: Cast, mood: int = 5, **more: int) -> bytes:
    return check_in(
        cast.work(), by=cast.alice, ratings={"mood": mood, **more}, when=cast.now(), save_id=os.urandom(16)
    ).id


def slept_after(cast: Cast) -> Record[Session]:
    """A session with its dose; what follows may be shared."""
    session = done(cast, cast.alice)
    record_facts(cast.work(), by=cast.alice, session=session.id, facts=Facts(dose="60 mg"), now=cast.now())
    return say_slept(cast.work(), by=cast.alice, session=session.id)


def kinds(snapshot: Snapshot) -> dict[str, int]:
    return {cls.__name__: len(snapshot.all(cls)) for cls in SHAREABLE if snapshot.all(cls)}


def test_nothing_is_shared_by_itself(cast: Cast) -> None:
    rated(cast, craving=3)
    written(cast, cast.alice, "mine")
    link = linked(cast)
    assert kinds(opened(cast, link)) == {}


def test_a_category_opens_its_own_and_nothing_else(cast: Cast) -> None:
    slept_after(cast)
    rated(cast, craving=3)
    for category, expected in {
        "check_ins": {"CheckIn": 1},
        "substances": {"Craving": 1},
        "sessions": {"Session": 1},
    }.items():
        assert kinds(opened(cast, linked(cast, category))) == expected  # type: ignore[arg-type]
    assert kinds(opened(cast, linked(cast, "sessions", "dose"))) == {"Session": 1, "Dose": 1}


def test_what_comes_later_is_shared_from_now_on(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    rated(cast)
    assert kinds(opened(cast, link)) == {"CheckIn": 1}


def test_this_once_shares_nothing_that_comes_later(cast: Cast) -> None:
    rated(cast)
    link = linked(cast, "check_ins", goes_on=False)
    rated(cast)
    assert kinds(opened(cast, link)) == {"CheckIn": 1}


def test_a_period_leaves_out_what_was_before(cast: Cast) -> None:
    before = moment(cast.at - 3 * 86_400, ZONE)
    check_in(cast.work(), by=cast.alice, ratings={"mood": 1}, when=before, save_id=os.urandom(16))
    rated(cast)
    link = linked(cast, "check_ins", since=cast.now().day.isoformat())
    assert kinds(opened(cast, link)) == {"CheckIn": 1}


def test_a_draft_is_not_shared_and_its_response_is(cast: Cast) -> None:
    phq = shipped(content(), "phq-9")
    link = linked(cast, "measures", "item_9")
    Sheet(cast, cast.alice, phq).fill(*"000000003")
    assert kinds(opened(cast, link)) == {}
    responded(cast, cast.alice, phq, *"111111113")
    assert kinds(opened(cast, link)) == {"Response": 1, "AnswerApart": 1}


def test_item_9_stays_apart(cast: Cast) -> None:
    link = linked(cast, "measures")
    responded(cast, cast.alice, shipped(content(), "phq-9"), *"111111113")
    assert kinds(opened(cast, link)) == {"Response": 1}


def test_a_changed_entry_is_shared_as_it_is_now(cast: Cast) -> None:
    entry = written(cast, cast.alice, "first")
    link = linked(cast, entries=(entry.id,))
    Box(cast, cast.alice, opens=entry).push("second")
    assert shared_entry(cast.work(), by=cast.bob, link=link, entry=entry.id).value.text == "second"


def test_one_entry_is_shared_and_taken_back(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast)
    linking.share_note(cast.work(), by=cast.alice, link=link, note=entry, now=cast.now())
    settle(cast)
    assert kinds(opened(cast, link)) == {"Entry": 1}
    linking.keep_note(cast.work(), by=cast.alice, link=link, note=entry)
    assert kinds(opened(cast, link)) == {}
    with pytest.raises(NotAllowed):
        shared_entry(cast.work(), by=cast.bob, link=link, entry=entry)


def test_an_old_entry_that_is_not_opened_at_sign_in_can_be_shared(cast: Cast) -> None:
    entry = written(cast, cast.alice, "long ago").id
    for number in range(35):
        written(cast, cast.alice, f"later {number}")
    cast.store.snapshots.clear()
    link = linked(cast, entries=(entry,))
    rated(cast)
    assert kinds(opened(cast, link)) == {"Entry": 1}
    assert seen(cast, link).quality.entries == 1


DELETIONS: dict[str, Any] = {
    "an entry": lambda c, it: delete_entry(c.work(), by=c.alice, entry=it["entry"]),
    "a check-in with its craving": lambda c, it: delete_check_in(
        c.work(), by=c.alice, check_in=it["check_in"]
    ),
    "a session with its dose": lambda c, it: delete_session(c.work(), by=c.alice, session=it["session"]),
    "a response with item 9": lambda c, it: delete_response(c.work(), by=c.alice, response=it["response"]),
}


def everything(cast: Cast) -> tuple[bytes, dict[str, bytes]]:
    """A link that opens one of each, and their ids."""
    session = slept_after(cast)
    made = {"session": session.id, "check_in": rated(cast, craving=3)}
    made["response"] = responded(cast, cast.alice, shipped(content(), "phq-9"), *"111111113").id
    made["entry"] = written(cast, cast.alice, "the sea").id
    linked_all = linked(
        cast,
        "check_ins",
        "measures",
        "item_9",
        "sessions",
        "dose",
        "substances",
        entries=(made["entry"],),
    )
    return linked_all, made


@pytest.mark.parametrize("deletion", DELETIONS)
def test_what_is_deleted_is_closed_at_once(cast: Cast, deletion: str) -> None:
    link, made = everything(cast)
    before = sum(kinds(opened(cast, link)).values())
    DELETIONS[deletion](cast, made)
    after = kinds(opened(cast, link))
    assert sum(after.values()) == before - (1 if deletion == "an entry" else 2)
    with cast.engine.connect() as connection:
        gone = select(records.c.id).where(records.c.deleted.is_not(None)).scalar_subquery()
        assert connection.execute(select(grants).where(grants.c.record.in_(gone))).all() == []


def test_a_recording_is_shared_with_its_sound_and_taken_back_with_it(cast: Cast) -> None:
    recording = spoken(cast, b"a")
    link = linked(cast, recordings=(recording,))
    assert play_shared(cast.work(), by=cast.bob, link=link, recording=recording).data.endswith(b"aaa")
    linking.keep_note(cast.work(), by=cast.alice, link=link, note=recording)
    with pytest.raises((NotAllowed, DamagedRecording)):
        play_shared(cast.work(), by=cast.bob, link=link, recording=recording)
    with cast.engine.connect() as connection:
        assert connection.execute(select(grants)).all() == []


def test_what_was_closed_gets_another_key_and_its_owner_still_reads_it(cast: Cast) -> None:
    entry = written(cast, cast.alice, "first")
    link = linked(cast, entries=(entry.id,))
    Box(cast, cast.alice, opens=entry).push("second")
    linking.stop(cast.work(), by=cast.alice, link=link)
    assert is_behind(cast.work(), by=cast.alice)
    settle(cast)
    assert not is_behind(cast.work(), by=cast.alice)
    with cast.engine.connect() as connection:
        assert connection.execute(select(rekeys)).all() == []
        assert connection.execute(select(records.c.gen).where(records.c.id == entry.id)).scalar_one() == 2
    cast.store.snapshots.clear()
    assert cast.work().own(cast.alice, Entry, entry.id).value.text == "second"


def test_another_key_leaves_the_other_links_open(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    ours = linked(cast, entries=(entry,))
    theirs = linked(cast, to=cast.charlie, entries=(entry,))
    linking.stop(cast.work(), by=cast.alice, link=ours)
    settle(cast)
    assert shared_entry(cast.work(), by=cast.charlie, link=theirs, entry=entry).value.text == "the sea"


def test_a_link_ends_with_its_last_day_and_grants_go_without_any_key(cast: Cast) -> None:
    link = linked(cast, "check_ins", days=1)
    cast.later(86_400)
    seen(cast, link, cast.enter("bob@example.org"))
    cast.later(86_400)
    with pytest.raises(LinkOver):
        seen(cast, link, cast.enter("bob@example.org"))
    with cast.engine.begin() as connection:
        end_overdue(connection, cast.at // 86_400)
        assert connection.execute(select(grants)).all() == connection.execute(select(links)).all() == []


def test_a_clock_that_was_set_back_brings_no_link_back(cast: Cast) -> None:
    link = linked(cast, "check_ins", days=1)
    with cast.engine.begin() as connection:
        accounts.set_latest(connection, cast.at + 3 * 86_400)
        accounts.set_latest(connection, cast.at)
    with pytest.raises(LinkOver):
        seen(cast, link)


def test_a_link_that_is_over_is_tidied_up_when_its_owner_comes_back(cast: Cast) -> None:
    link = linked(cast, "check_ins", days=1)
    cast.later(3 * 86_400)
    alice = cast.enter("alice")
    assert is_behind(cast.work(), by=alice)
    settle(cast, alice)
    assert linking.my_link(cast.work(), by=alice, link=link).value.ended_at == cast.at


def test_ten_years_are_granted_in_small_steps(cast: Cast) -> None:
    now = cast.now()
    cast.work().append(cast.alice, [CheckIn(**now._asdict(), mood=n % 11) for n in range(450)])
    link = offered(cast, "check_ins").id
    left = []
    while not left or left[-1]:
        left.append(catch_up(cast.work(), by=cast.alice))
    assert left == [250, 50, 0]
    accepting.accept(cast.work(), by=cast.bob, link=link, now=cast.now())
    assert kinds(opened(cast, link)) == {"CheckIn": 450}


def test_preview_and_page_are_one_value(cast: Cast) -> None:
    link, _made = everything(cast)
    assert previewed(cast, link) == seen(cast, link)


def test_narrowing_closes_at_once(cast: Cast) -> None:
    link, _made = everything(cast)
    linking.change_scope(
        cast.work(), by=cast.alice, link=link, scope=Scope(categories=("check_ins",)), now=cast.now()
    )
    assert kinds(opened(cast, link)) == {"CheckIn": 1}


def test_nothing_new_is_shared_on_the_day_of_a_session_and_less_is_possible(cast: Cast) -> None:
    entry = written(cast, cast.alice, "before").id
    link = linked(cast, "check_ins", entries=(entry,))
    session = done(cast, cast.alice)
    for more in (
        lambda: offered(cast),
        lambda: linking.share_note(cast.work(), by=cast.alice, link=link, note=entry, now=cast.now()),
        lambda: linking.set_end(cast.work(), by=cast.alice, link=link, days=90, now=cast.now()),
        lambda: linking.change_scope(
            cast.work(), by=cast.alice, link=link, scope=Scope(categories=("steps",)), now=cast.now()
        ),
    ):
        with pytest.raises(NotToday):
            more()
    linking.keep_note(cast.work(), by=cast.alice, link=link, note=entry)
    linking.pause(cast.work(), by=cast.alice, link=link)
    with pytest.raises(NotToday):
        linking.resume(cast.work(), by=cast.alice, link=link, now=cast.now())
    say_slept(cast.work(), by=cast.alice, session=session.id)
    linking.resume(cast.work(), by=cast.alice, link=link, now=cast.now())
    linking.stop(cast.work(), by=cast.alice, link=link)
