"""What a patient does on the pages, drawn and pressed without a browser."""

import os
from datetime import date, time

from sqlalchemy import update

from kapjournal.content import load_content
from kapjournal.database.tables import records
from kapjournal.journal.reading import drafts, entries
from kapjournal.journal.sessions import sessions
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.measures.check_ins import check_ins
from kapjournal.people.preferences import preferences
from tests.cast import Cast
from tests.journal.desk import HOUR, done
from tests.pages.conftest import Screen


def written(cast: Cast, text: str, *, finished: bool = True, session: bytes = b"") -> bytes:
    draft = Draft(os.urandom(16), os.urandom(16), text)
    write(cast.work(), by=cast.alice, draft=draft, about=About(session), now=cast.now())
    if finished:
        finish(cast.work(), by=cast.alice, entry=draft.id, now=cast.now())
    return draft.id


def plan(screen: Screen, cast: Cast, *, hours: int) -> None:
    """Plan a session so many hours from now by the form."""
    screen.open("plan")
    wall = cast.now("UTC")
    when = date.fromordinal(wall.day.toordinal() + hours // 24)
    screen.app.date_input(key="plan_day").set_value(when)
    screen.app.time_input(key="plan_time").set_value(time.fromisoformat(wall.time))
    screen.app.text_input(key="place").set_value("Clinic by the river")
    screen.press("save")


def test_planning_shows_the_session_on_today(theatre: Cast, alice: Screen) -> None:
    plan(alice, theatre, hours=48)
    assert alice.told == ["Your session is planned."]
    assert alice.title == "Two days until your session"
    assert [it.value.place for it in sessions(theatre.work(), by=theatre.alice)] == ["Clinic by the river"]


def test_a_session_that_is_over_brings_the_capture_screen(theatre: Cast, alice: Screen) -> None:
    plan(alice, theatre, hours=0)
    alice.open("today").press("done")
    assert alice.title == "The day of your session"
    assert any("Do not drive" in it.value for it in alice.app.markdown)
    assert not alice.rows("now")


def test_facts_are_recorded_and_shown(theatre: Cast, alice: Screen) -> None:
    plan(alice, theatre, hours=0)
    alice.open("today").press("done")
    session = sessions(theatre.work(), by=theatre.alice)[0]
    alice.open("facts", session=session.id)
    alice.app.text_input(key="dose").set_value("as agreed")
    alice.app.number_input(key="minutes").set_value(55)
    alice.press("save")
    assert alice.title == "Session 1"
    assert "as agreed" in alice.texts
    assert "55 minutes" in alice.texts


def test_impossible_blood_pressure_is_told_and_nothing_is_saved(theatre: Cast, alice: Screen) -> None:
    plan(alice, theatre, hours=0)
    session = sessions(theatre.work(), by=theatre.alice)[0]
    alice.open("facts", session=session.id)
    alice.app.number_input(key="systolic").set_value(80)
    alice.app.number_input(key="diastolic").set_value(120)
    alice.press("save")
    assert alice.errors == ["The second blood pressure number must be smaller than the first one."]
    assert sessions(theatre.work(), by=theatre.alice)[0].value.systolic is None


def test_a_check_in_is_saved_once_and_the_numbers_are_cleared(theatre: Cast, alice: Screen) -> None:
    alice.open("today")
    alice.rate("now", mood=7)
    alice.press("check_in")
    assert (alice.told, alice.errors) == (["Your check-in is saved."], [])
    assert [it.value.mood for it in check_ins(theatre.work(), by=theatre.alice)] == [7]
    alice.press("check_in")
    assert alice.errors == ["Tap at least one number first."]


def test_an_entry_is_read_deleted_and_brought_back(theatre: Cast, alice: Screen) -> None:
    entry = written(theatre, "a door I did not open")
    alice.open("entry", entry=entry)
    assert "a door I did not open" in alice.texts
    alice.press("delete")
    assert (alice.title, alice.told) == ("Journal", ["Deleted."])
    assert entries(theatre.work(), by=theatre.alice) == ()
    alice.press("undo")
    assert [it.id for it in entries(theatre.work(), by=theatre.alice)] == [entry]


def test_what_was_deleted_days_ago_is_brought_back_from_its_page(theatre: Cast, alice: Screen) -> None:
    entry = written(theatre, "warm hands")
    alice.open("entry", entry=entry)
    alice.press("delete")
    alice.open("deleted")
    assert "warm hands" in alice.texts
    alice.press(entry.hex())
    assert [it.id for it in entries(theatre.work(), by=theatre.alice)] == [entry]


def test_a_draft_is_offered_on_today(theatre: Cast, alice: Screen) -> None:
    written(theatre, "begun", finished=False)
    alice.open("today")
    assert any("You began this" in it.value for it in alice.app.caption)
    alice.press("write")
    assert (alice.title, alice.app.button(key="next").label) == ("Blank page", "Done")
    alice.press("next")
    assert [it.value.text for it in entries(theatre.work(), by=theatre.alice)] == ["begun"]


def test_a_draft_goes_on_among_the_questions_it_belongs_to(theatre: Cast, alice: Screen) -> None:
    session = done(theatre, theatre.alice, HOUR)
    draft = Draft(os.urandom(16), os.urandom(16), "green")
    about = About(session.id, "same_day", "same_day.body", 1)
    write(theatre.work(), by=theatre.alice, draft=draft, about=about, now=theatre.now())
    asked = load_content().prompt("same_day.body")
    assert asked
    assert alice.open("today").press("write").title == asked.text
    assert [alice.app.button(key=key).label for key in ("hard", "flat")] == [
        "This is hard right now",
        "Nothing came",
    ]
    alice.press("next")
    [kept] = entries(theatre.work(), by=theatre.alice)
    assert (kept.value.text, kept.value.prompt, kept.value.session) == ("green", "same_day.body", session.id)


def test_from_an_entry_one_tap_leads_to_what_is_needed(theatre: Cast, alice: Screen) -> None:
    entry = written(theatre, "it got dark")
    alice.open("entry", entry=entry).press("edit")
    alice.press("hard")
    hard = [it.text for it in load_content().prompts("hard")]
    assert alice.title in hard
    assert [it.value.text for it in entries(theatre.work(), by=theatre.alice)] == ["it got dark"]


def test_an_entry_of_somebody_else_is_not_here(theatre: Cast, alice: Screen) -> None:
    draft = Draft(os.urandom(16), os.urandom(16), "dora's")
    write(theatre.work(), by=theatre.dora, draft=draft, about=About(), now=theatre.now())
    alice.open("entry", entry=draft.id)
    assert alice.errors == ["This is not here. It may have been deleted."]
    assert "dora" not in alice.texts


def test_a_damaged_entry_is_told_and_the_others_are_read(theatre: Cast, alice: Screen) -> None:
    broken = written(theatre, "broken")
    written(theatre, "whole")
    with theatre.engine.begin() as connection:
        connection.execute(
            update(records).where(records.c.id == broken).values(body=b"KJ\x01\x01" + bytes(600))
        )
    theatre.store.snapshots.clear()
    alice.open("journal")
    assert [it.value for it in alice.app.warning] == ["1 entry is damaged and cannot be opened."]
    assert "whole" in alice.texts


def test_search_finds_every_word(theatre: Cast, alice: Screen) -> None:
    written(theatre, "the river and the sea")
    written(theatre, "only the sea")
    alice.open("journal")
    alice.app.text_input(key="search").set_value("SEA river")
    alice.run()
    assert "the river and the sea" in alice.texts
    assert "only the sea" not in alice.texts


def test_settings_change_what_is_rated(theatre: Cast, alice: Screen) -> None:
    alice.open("settings")
    alice.app.button_group(key="extras").set_value(["craving"])
    alice.app.button(key="save_settings").click()
    alice.run()
    assert preferences(theatre.work(), by=theatre.alice).extras == ("craving",)
    assert "craving" in alice.open("check_in").rows("dated")


def test_guided_writing_steps_through_three_prompts(theatre: Cast, alice: Screen) -> None:
    alice.open("write")
    seen = [alice.title]
    for _step in range(2):
        alice.press("skip")
        seen.append(alice.title)
    assert len(set(seen)) == 3
    alice.press("back")
    assert alice.title == seen[1]
    alice.press("blank")
    assert alice.title == "Blank page"
    alice.press("stop")
    assert alice.title == "Today"
    assert drafts(theatre.work(), by=theatre.alice) == ()


def test_progress_says_what_is_missing(theatre: Cast, alice: Screen) -> None:
    alice.open("progress")
    assert any("after your first check-in" in it.value for it in alice.app.markdown)
    assert not alice.app.get("plotly_chart")


def test_this_device_and_another_are_listed_and_the_other_is_ended(theatre: Cast, alice: Screen) -> None:
    from kapjournal.people.signing_in import devices, sign_in
    from tests.cast import PASSPHRASE

    passphrase = PASSPHRASE.format(name="alice")
    sign_in(theatre.work(), login="alice", passphrase=passphrase, browser=b"o" * 32, label="Safari on iPhone")
    alice.open("devices")
    assert "Safari on iPhone" in alice.texts
    other = next(it for it in devices(theatre.work(), by=theatre.alice) if not it.this)
    alice.press(other.id.hex())
    assert len(devices(theatre.work(), by=theatre.alice)) == 1
