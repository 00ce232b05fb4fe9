"""The therapist's pages: who shares, what is shared, and nothing once it is over."""

import os
from collections.abc import Sequence

import pytest

from kapjournal.journal.values import Entry
from kapjournal.journal.voice import Recording, keep_recording
from kapjournal.journal.writing import About, Draft
from kapjournal.people.preferences import change_preferences
from kapjournal.records import Record
from kapjournal.sharing import accepting, linking, notes
from kapjournal.sharing.codes import my_code
from kapjournal.sharing.log import access_log
from kapjournal.sharing.summary_words import lines
from pages.parts import browser
from tests.cast import Cast
from tests.journal.desk import written
from tests.pages.conftest import Screen
from tests.sharing.desk import linked, offered, seen, with_factor

MARKDOWN = "**A** ![x](https://example.org/x.png)"
NOT_SHARED = "Not shared now"


@pytest.fixture
def bob(theatre: Cast, derivations: object) -> Screen:
    """The tab of Alice's therapist, who has a second factor."""
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), recovery_written_down=True)
    return Screen(with_factor(theatre, theatre.bob))


@pytest.fixture
def entry(theatre: Cast) -> Record[Entry]:
    return written(theatre, theatre.alice, "the sea, " * 60 + "and the far end of it")


def links(screen: Screen) -> list[str]:
    """The labels of every link to a page."""
    return [it.proto.label for it in screen.app.get("page_link")]


def all_texts(screen: Screen) -> str:
    """Everything on the page that could hold a word of a patient."""
    kinds: Sequence[str] = ("title", "header", "text", "markdown", "caption", "table", "code")
    return "\n".join([*(str(it.value) for kind in kinds for it in screen.app.get(kind)), *links(screen)])


def log(cast: Cast) -> list[str]:
    """What Alice reads in her log of looks, the latest first."""
    found = [it.event.what for it in access_log(cast.work(), by=cast.alice).lines if it.event]
    return [what for what in found if what in ("summary", "entries", "entry", "recording", "pdf")]


def test_with_no_patient_the_list_says_how_to_begin(bob: Screen) -> None:
    assert bob.open("patients").press("begin").title == "Your code"


def test_an_offer_shows_the_characters_and_is_accepted_under_a_name(theatre: Cast, bob: Screen) -> None:
    link = offered(theatre, "check_ins", words={"my_name": "Alice", "purpose": "For our meetings"}).id
    bob.open("patients")
    [here] = accepting.patients(theatre.work(), by=theatre.bob)
    assert here.comparison in [it.value for it in bob.app.code]
    assert "Their name here: Alice\nFor: For our meetings" in bob.texts
    bob.app.text_input(key=f"name_{link.hex()}").set_value("A. from Tuesday")
    bob.press(f"accept_{link.hex()}")
    assert bob.told == ["Accepted. You can open it now."]
    assert "A\\. from Tuesday" in links(bob)


def test_an_offer_that_is_declined_is_gone(theatre: Cast, bob: Screen) -> None:
    link = offered(theatre, "check_ins").id
    bob.open("patients").press(f"end_{link.hex()}")
    assert accepting.patients(theatre.work(), by=theatre.bob) == ()
    assert linking.standing(theatre.work(), by=theatre.alice) == {}


def test_a_patient_stands_in_the_list_with_what_is_marked_for_attention(theatre: Cast, bob: Screen) -> None:
    link = linked(theatre, "check_ins", words={"attention": "\n My sleep\nand the rest"})
    bob.open("patients")
    assert "Wants to talk about: My sleep" in bob.texts
    assert "and the rest" not in bob.texts
    assert "New since you last looked" in all_texts(bob)
    seen(theatre, link)
    assert "New since you last looked" not in all_texts(bob.run())


def test_a_name_is_shown_letter_for_letter(theatre: Cast, bob: Screen) -> None:
    linked(theatre, "check_ins", words={"my_name": MARKDOWN})
    label = next(it for it in links(bob.open("patients")) if "example" in it)
    assert label == r"\*\*A\*\* \!\[x\]\(https\://example\.org/x\.png\)"


def test_many_patients_can_be_searched_and_are_shown_in_parts(theatre: Cast, bob: Screen) -> None:
    for number in range(60):
        linked(theatre, words={"my_name": f"P{number}x"})
    named = [it for it in links(bob.open("patients")) if it.endswith("x")]
    assert len(named) == 50
    assert len([it for it in links(bob.press("all")) if it.endswith("x")]) == 60
    bob.app.text_input(key="sought").set_value("P57")
    assert [it for it in links(bob.run()) if it.endswith("x")] == ["P57x"]


def test_who_paused_or_ended_stands_at_the_end_without_a_way_in(theatre: Cast, bob: Screen) -> None:
    paused, ended = (linked(theatre, words={"my_name": name}) for name in ("Paula", "Emil"))
    linking.pause(theatre.work(), by=theatre.alice, link=paused)
    linking.stop(theatre.work(), by=theatre.alice, link=ended)
    texts = all_texts(bob.open("patients"))
    assert "Paused by the patient" in texts
    assert "No longer shared" in texts
    assert not [it for it in bob.app.get("page_link") if it.proto.page == "summary"]


def test_the_summary_is_what_the_verb_says(theatre: Cast, bob: Screen, entry: Record[Entry]) -> None:
    link = linked(theatre, "check_ins", entries=(entry.id,), words={"attention": "My sleep"})
    bob.open("summary", link=link)
    shown = all_texts(bob)
    for line in lines(seen(theatre, link)):
        assert line in shown or all(part in shown for part in line.split(": ", 1))
    assert log(theatre) == ["summary"]


def test_the_pdf_is_noted_in_the_log(theatre: Cast, bob: Screen) -> None:
    link = linked(theatre, "check_ins")
    bob.open("summary", link=link)
    bob.app.session_state["pdf"] = {"asked": "1", "got": None}
    bob.run()
    assert set(log(theatre)) == {"summary", "pdf"}


def test_a_pdf_is_noted_once_however_many_runs_come_before_the_browser_has_it(
    theatre: Cast, bob: Screen
) -> None:
    def saved(asked: str, got: str | None) -> int:
        bob.app.session_state["pdf"] = {"asked": asked, "got": got}
        bob.run()
        lines = access_log(theatre.work(), by=theatre.alice).lines
        return sum(it.times for it in lines if it.event and it.event.what == "pdf")

    bob.open("summary", link=linked(theatre, "check_ins"))
    for asked, got, times in (("1", None, 1), ("1", None, 1), ("1", "1", 1), ("2", "1", 2), ("2", "2", 2)):
        assert saved(asked, got) == times
    assert browser.MADE not in bob.app.session_state


def test_a_pdf_is_forgotten_when_sharing_ends_before_the_browser_has_it(theatre: Cast, bob: Screen) -> None:
    link = linked(theatre, "check_ins")
    bob.open("summary", link=link)
    bob.app.session_state["pdf"] = {"asked": "1", "got": None}
    bob.run()
    assert browser.MADE in bob.app.session_state
    linking.stop(theatre.work(), by=theatre.alice, link=link)
    bob.app.session_state["pdf"] = {"asked": "1", "got": None}
    bob.run()
    assert browser.MADE not in bob.app.session_state


@pytest.mark.parametrize("page", ["summary", "shared_entries", "shared_entry"])
@pytest.mark.parametrize("how", [linking.stop, linking.pause])
def test_nothing_is_left_on_the_screen_once_it_is_over(
    theatre: Cast, bob: Screen, entry: Record[Entry], page: str, how: object
) -> None:
    link = linked(theatre, "check_ins", entries=(entry.id,), words={"my_name": "Alice", "attention": "Sleep"})
    assert "the sea" in all_texts(bob.open(page, link=link, entry=entry.id))
    how(theatre.work(), by=theatre.alice, link=link)  # type: ignore[operator]
    left = all_texts(bob.run())
    assert bob.title == NOT_SHARED
    assert not [word for word in ("sea", "Alice", "Sleep") if word in left]


def test_every_shared_entry_can_be_read_in_full(theatre: Cast, bob: Screen, entry: Record[Entry]) -> None:
    mine = written(theatre, theatre.alice, "for nobody")
    link = linked(theatre, entries=(entry.id,))
    assert "the far end" not in bob.open("shared_entries", link=link).texts
    assert "the far end" in bob.open("shared_entry", link=link, entry=entry.id).texts
    assert log(theatre)[:2] == ["entry", "entries"]
    bob.open("shared_entry", link=link, entry=mine.id)
    assert bob.errors == ["This is not here. It may have been deleted."]


def test_another_therapist_sees_nothing(theatre: Cast, bob: Screen, entry: Record[Entry]) -> None:
    link = linked(theatre, entries=(entry.id,))
    change_preferences(theatre.work(), by=theatre.charlie, now=theatre.now(), recovery_written_down=True)
    charlie = Screen(with_factor(theatre, theatre.charlie))
    for page in ("summary", "shared_entries", "shared_entry", "private_notes"):
        charlie.open(page, link=link, entry=entry.id)
        assert charlie.errors == ["This is not here. It may have been deleted."]
        assert "sea" not in all_texts(charlie)


def test_a_voice_note_is_fetched_only_when_somebody_listens(theatre: Cast, bob: Screen) -> None:
    recording = Recording(os.urandom(16), b"OggS" + bytes(900), 4)
    keep_recording(theatre.work(), by=theatre.alice, recording=recording, about=About(), now=theatre.now())
    link = linked(theatre, recordings=(recording.id,))
    bob.open("summary", link=link)
    key = f"shared-{recording.id.hex()}"
    assert bob._component(key)["sound"] is None
    bob.app.session_state[f"{key}.wanted"] = True
    assert bob.run()._component(key)["sound"]
    assert "recording" in log(theatre)


def test_a_patient_is_called_as_the_therapist_likes(theatre: Cast, bob: Screen) -> None:
    link = linked(theatre, "check_ins", words={"my_name": "Alice"})
    bob.open("summary", link=link)
    bob.app.text_input(key="called").set_value("A. from Tuesday")
    bob.press("call")
    assert bob.title == r"A\. from Tuesday"


def test_a_therapist_ends_a_link_and_keeps_the_notes(theatre: Cast, bob: Screen) -> None:
    link = linked(theatre, "check_ins")
    note = Draft(os.urandom(16), os.urandom(16), "ask about sleep")
    notes.write_note(theatre.work(), by=theatre.bob, link=link, draft=note, now=theatre.now())
    assert "ask about sleep" in bob.open("summary", link=link).texts
    assert bob.press(f"end_{link.hex()}").title == "Patients"
    assert "ask about sleep" in bob.open("private_notes", link=link).texts


def test_a_note_is_changed_deleted_and_brought_back(theatre: Cast, bob: Screen) -> None:
    link, id = linked(theatre, "check_ins"), os.urandom(16)
    draft = Draft(id, os.urandom(16), "ask about sleep")
    notes.write_note(theatre.work(), by=theatre.bob, link=link, draft=draft, now=theatre.now())
    bob.open("private_notes", link=link).press(f"change_{id.hex()}")
    assert bob._component(f"box-{id.hex()}")["text"] == "ask about sleep"
    bob.press("another").press(f"delete_{id.hex()}")
    assert bob.texts == ""
    assert "ask about sleep" in bob.press("undo").texts


def test_the_code_is_shown_with_the_name_that_patients_see(theatre: Cast, bob: Screen) -> None:
    assert "You have not said yet" in all_texts(bob.open("my_code"))
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), name="Dr. Bob")
    assert bob.run().texts == "Dr. Bob"
    assert [it.value for it in bob.app.code] == [my_code(theatre.work(), by=theatre.bob)]


def test_a_therapists_settings_have_nothing_of_a_patients(bob: Screen) -> None:
    bob.open("settings")
    assert not bob.app.slider
    assert "My safety card" not in links(bob)
    assert {"My code", "Second factor", "New recovery code"} <= set(links(bob))
