"""The intention of a session can be changed until it begins; afterwards it is read and stays as it was."""

import pytest

from kapjournal.errors import IntentionKept
from kapjournal.journal.reading import drafts, entry
from kapjournal.journal.sessions import mark_not_done
from kapjournal.journal.values import INTENTION, Entry, Session
from kapjournal.journal.writing import About, delete_entry, finish, is_kept
from kapjournal.records import Record
from tests.cast import Cast
from tests.journal.desk import DAY, Box, planned

SOFTLY = "To stay, softly."


@pytest.fixture
def coming(cast: Cast) -> Record[Session]:
    """A session that begins in ten minutes."""
    return planned(cast, cast.alice, 600)


def intended(cast: Cast, session: Record[Session]) -> Box:
    """A box in which an intention was written."""
    box = Box(cast, cast.alice)
    box.push(SOFTLY, about=About(session.id, "prep", INTENTION, 1))
    return box


def value(cast: Cast, box: Box) -> Entry:
    return entry(cast.work(cast.new_store()), by=cast.alice, id=box.id).value


def kept(cast: Cast, box: Box) -> bool:
    return is_kept(cast.work(), by=cast.alice, entry=value(cast, box))


def test_it_can_be_changed_up_to_the_last_second(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    cast.later(599)
    assert not kept(cast, box)
    box.push("To listen.")
    assert value(cast, box).text == "To listen."


def test_from_the_start_on_it_stays_as_it_was(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    cast.later(600)
    assert kept(cast, box)
    before = value(cast, box)
    for text in ("To listen.", "", f"{SOFTLY} ", SOFTLY.upper()):
        with pytest.raises(IntentionKept):
            box.push(text)
    assert value(cast, box) == before
    assert [it.value.text for it in drafts(cast.work(), by=cast.alice)] == [SOFTLY]


def test_a_box_that_was_open_in_two_tabs_makes_no_copy_of_it(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    tabs = [Box(cast, cast.alice, opens=entry(cast.work(), by=cast.alice, id=box.id)) for _tab in range(2)]
    tabs[0].push("To listen.")
    cast.later(600)
    for tab in tabs:
        with pytest.raises(IntentionKept):
            tab.push("To stay, and to listen.")
    assert [it.value.text for it in drafts(cast.work(), by=cast.alice)] == ["To listen."]


def test_the_same_words_again_are_acknowledged(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    box.push("To listen.", heard=False)
    cast.later(600)
    for store in (None, cast.new_store()):
        assert not box.again(heard=False, store=store).copied
    assert box.push("To listen.").record.value.text == "To listen."


def test_a_draft_of_it_is_finished_after_the_start(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    cast.later(600)
    record = finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())
    assert record is not None
    assert (record.value.text, record.value.finished) == (SOFTLY, cast.at)
    with pytest.raises(IntentionKept):
        Box(cast, cast.alice, opens=record).push("To listen.")


def test_a_session_that_has_begun_gets_no_new_one(cast: Cast, coming: Record[Session]) -> None:
    cast.later(600)
    with pytest.raises(IntentionKept):
        intended(cast, coming)
    assert drafts(cast.work(cast.new_store()), by=cast.alice) == ()


def test_it_can_still_be_deleted(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    cast.later(600)
    delete_entry(cast.work(), by=cast.alice, entry=box.id)
    assert drafts(cast.work(), by=cast.alice) == ()


def test_a_session_that_is_put_off_leaves_its_intention_open(cast: Cast, coming: Record[Session]) -> None:
    box = intended(cast, coming)
    cast.later(600)
    planned(cast, cast.alice, DAY, session=coming)
    assert not kept(cast, box)
    box.push("To listen.")
    assert value(cast, box).text == "To listen."


def test_a_session_that_did_not_take_place_leaves_its_intention_open(
    cast: Cast, coming: Record[Session]
) -> None:
    box = intended(cast, coming)
    cast.later(600)
    mark_not_done(cast.work(), by=cast.alice, session=coming.id)
    assert not kept(cast, box)
    assert box.push("To listen.").record.value.text == "To listen."


def test_everything_else_about_a_session_that_began_can_be_changed(
    cast: Cast, coming: Record[Session]
) -> None:
    other = Box(cast, cast.alice)
    other.push("Worried.", about=About(coming.id, "prep", "prep.worry", 1))
    free = Box(cast, cast.alice)
    free.push(SOFTLY, about=About(phase="prep", prompt=INTENTION, prompt_version=1))
    cast.later(600)
    for box in (other, free):
        assert not kept(cast, box)
        assert box.push("Calmer.").record.value.text == "Calmer."
