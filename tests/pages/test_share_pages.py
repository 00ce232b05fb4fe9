"""The patient's side of sharing on the pages: adding, changing, stopping, what the log says."""

import os
from datetime import date
from typing import get_args

import pytest
from sqlalchemy import update

from kapjournal.database.tables import access_log as log_rows
from kapjournal.journal.sessions import say_slept
from kapjournal.journal.voice import Recording, keep_recording
from kapjournal.journal.writing import About
from kapjournal.measures.check_ins import check_in
from kapjournal.people import second_factor
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import change_passphrase, new_code
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.catching_up import is_behind
from kapjournal.sharing.log import access_log
from kapjournal.sharing.paper import save_paper
from kapjournal.sharing.reading import Page, shared_entry
from kapjournal.sharing.values import Link, Scope
from pages.parts import catching_up, log_words
from tests.cast import PASSPHRASE, Cast, content
from tests.journal.desk import done, planned, written
from tests.pages.conftest import Screen
from tests.records.test_sync import statements
from tests.sharing.desk import code_of, linked, offered, seen, settle, with_factor

pytestmark = pytest.mark.usefixtures("derivations")

STOPPED = (
    "From now on {0} cannot open this here. What {0} already read, copied or printed cannot be taken back."
)


def my_link(cast: Cast) -> Link:
    [found] = linking.my_links(cast.work(), by=cast.alice)
    return found.value


def all_words(screen: Screen) -> str:
    return screen.texts + "\n".join(it.value for it in screen.app.markdown)


def typed(screen: Screen, **texts: str) -> Screen:
    """Fill in fields and go on."""
    for key, text in texts.items():
        screen.app.text_input(key=key).set_value(text)
    return screen.press("next")


def on_the_way(screen: Screen, cast: Cast, *categories: str, name: str = "Dr. Bob", **said: str) -> Screen:
    """Go through every step to a new link, up to the last screen."""
    screen.open("share_add")
    typed(typed(screen, code=code_of(cast, cast.bob)), their_name=name, my_name="A.")
    for it in categories:
        screen.app.checkbox(key=f"share_{it}").check()
        screen.run()
    screen.press("next").press("next")
    return typed(screen, **said)


def test_whoever_shares_nothing_reads_what_sharing_is(theatre: Cast, alice: Screen) -> None:
    alice.open("share")
    assert "Nothing is shared by itself." in all_words(alice)
    assert alice.press("add").title == "Your therapist's code"


def test_a_therapist_is_added_step_by_step(theatre: Cast, alice: Screen) -> None:
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), name="Dr. Robert")
    with_factor(theatre, theatre.bob)
    on_the_way(alice, theatre, "check_ins", "sessions", purpose="for Monday")
    assert alice.title == "Is this right?"
    assert "Check-ins · sessions" in alice.texts
    alice.press("share")
    assert alice.title == r"Dr\. Bob"
    link = my_link(theatre)
    assert (link.name, link.my_name, link.purpose) == ("Dr. Bob", "A.", "for Monday")
    assert link.scope == Scope(categories=("check_ins", "sessions"))
    assert link.ends == theatre.at // 86_400 + 30
    [offer] = accepting.patients(theatre.work(), by=theatre.bob)
    assert offer.comparison in alice.texts


def test_nothing_is_ticked_by_itself(theatre: Cast, alice: Screen) -> None:
    on_the_way(alice, theatre).press("share")
    assert my_link(theatre).scope.categories == ()


def test_the_therapist_is_shown_as_they_call_themself(theatre: Cast, alice: Screen) -> None:
    with_factor(theatre, theatre.bob)
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), name="Dr. Robert \u202eMD")
    alice.open("share_add")
    typed(alice, code=code_of(theatre, theatre.bob))
    assert "This therapist calls themself: Dr. Robert MD" in alice.texts
    assert alice.app.text_input(key="their_name").value == "Dr. Robert \u202eMD"


def test_a_code_from_a_camera_stands_in_the_field(theatre: Cast, alice: Screen) -> None:
    alice.app.query_params["code"] = "ABCD-EFGH"
    alice.open("share_add")
    assert alice.app.text_input(key="code").value == "ABCD-EFGH"


def test_a_code_with_one_letter_wrong_is_told_and_goes_no_further(theatre: Cast, alice: Screen) -> None:
    code = code_of(theatre, theatre.bob)
    alice.open("share_add")
    typed(alice, code=code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert alice.errors == [
        "This code has a wrong or missing character. It has 20 characters in five groups."
    ]
    assert alice.title == "Your therapist's code"


@pytest.mark.parametrize(("below", "above"), [("item_9", "measures"), ("dose", "sessions")])
def test_what_belongs_to_another_goes_with_it(theatre: Cast, alice: Screen, below: str, above: str) -> None:
    link = linked(theatre)
    alice.open("share_scope", link=link)
    assert alice.app.checkbox(key=f"share_{below}").disabled
    for name in (above, below):
        alice.app.checkbox(key=f"share_{name}").check()
        alice.run()
    alice.app.checkbox(key=f"share_{above}").uncheck()
    alice.run().press("keep")
    assert my_link(theatre).scope.categories == ()


def test_the_passphrase_is_asked_for_before_a_therapist_is_added(theatre: Cast, alice: Screen) -> None:
    with_factor(theatre, theatre.bob)
    theatre.alice  # noqa: B018  # she signed in before time passes
    theatre.later(11 * 60)
    on_the_way(alice, theatre, "check_ins")
    assert not [it for it in alice.app.button if it.key == "share"]
    alice.app.text_input(key="present").set_value("lantern orbit walnut alice tide")
    alice.press("go_on").press("share")
    assert my_link(theatre).scope.categories == ("check_ins",)


def test_nobody_is_added_on_the_day_of_a_session(theatre: Cast, alice: Screen) -> None:
    session = done(theatre, theatre.alice)
    alice.open("share_add")
    assert (alice.title, list(alice.app.text_input), alice.errors) == ("Not today", [], [])
    say_slept(theatre.work(), by=theatre.alice, session=session.id)
    assert alice.open("share_add").title == "Your therapist's code"


def test_on_the_day_of_a_session_less_is_possible_and_more_is_told(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins", "steps")
    done(theatre, theatre.alice)
    alice.open("share_scope", link=link)
    alice.app.checkbox(key="share_steps").uncheck()
    alice.run().press("keep")
    assert my_link(theatre).scope.categories == ("check_ins",)
    alice.open("share_scope", link=link)
    alice.app.checkbox(key="share_sessions").check()
    alice.run().press("keep")
    assert alice.errors[0].startswith("Not today.")
    assert my_link(theatre).scope.categories == ("check_ins",)


def test_stopping_is_one_tap_and_says_what_cannot_be_taken_back(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins")
    alice.open("share").press(f"stop_{link.hex()}")
    assert alice.told == [STOPPED.format(r"Dr\. Bob")]
    assert my_link(theatre).ended_at == theatre.at
    assert "cannot open anything here" in all_words(alice)


def test_a_pause_is_told_and_gone_on_from(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins")
    alice.open("share").press(f"pause_{link.hex()}")
    assert my_link(theatre).paused_at
    assert "This is exactly" not in all_words(alice.open("share_preview", link=link))
    alice.open("share").press(f"resume_{link.hex()}")
    assert not my_link(theatre).paused_at


def test_a_link_that_the_therapist_ended_says_so(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins")
    accepting.decline(theatre.work(), by=theatre.bob, link=link)
    assert r"Dr\. Bob has ended this" in all_words(alice.open("share"))
    alice.press(f"stop_{link.hex()}")
    assert my_link(theatre).ended_at


def test_the_period_the_end_and_the_words_are_changed(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins")
    alice.app.query_params["part"] = "since"
    alice.open("share_scope", link=link)
    alice.app.button_group(key="since_what").set_value("day")
    alice.app.button_group(key="goes_on").set_value("once")
    alice.run()
    alice.app.date_input(key="since_day").set_value(date(2026, 9, 1))
    alice.press("keep")
    assert (my_link(theatre).scope.since, my_link(theatre).scope.goes_on) == ("2026-09-01", False)
    alice.app.query_params["part"] = "end"
    alice.open("share_scope", link=link)
    alice.app.date_input(key="last_day").set_value(date.fromordinal(theatre.now().day.toordinal() + 7))
    alice.press("keep")
    assert my_link(theatre).ends == theatre.at // 86_400 + 7
    alice.app.query_params["part"] = "said"
    alice.open("share_scope", link=link)
    alice.app.text_area(key="attention").set_value("sleep")
    alice.press("keep")
    assert my_link(theatre).attention == "sleep"


def test_the_preview_is_the_page_of_the_therapist(theatre: Cast, alice: Screen) -> None:
    check_in(
        theatre.work(), by=theatre.alice, ratings={"mood": 4}, when=theatre.now(), save_id=os.urandom(16)
    )
    link = linked(theatre, "check_ins", words={"attention": "The sea."})
    alice.open("share_preview", link=link)
    assert r"This is exactly what Dr\. Bob sees." in all_words(alice)
    assert "The sea." in alice.texts


def test_a_link_of_somebody_else_is_not_here(theatre: Cast, alice: Screen) -> None:
    link = offered(theatre, by=theatre.dora, words={"name": "Doras"}).id
    for name in ("share_link", "share_scope", "share_notes", "share_preview"):
        alice.open(name, link=link)
        assert alice.errors == ["This is not here. It may have been deleted."]
    assert "Doras" not in all_words(alice.open("share_log", link=link))


def test_an_entry_is_shared_and_closed_on_its_page(theatre: Cast, alice: Screen) -> None:
    entry, link = written(theatre, theatre.alice, "the sea").id, linked(theatre)
    key = f"{entry.hex()}_{link.hex()}"
    alice.open("entry", entry=entry).press(f"share_{key}")
    assert alice.told == [r"Shared with Dr\. Bob. You can stop at any time."]
    assert seen(theatre, link).quality.entries == 1
    alice.press(f"close_{key}")
    assert alice.told == [STOPPED.format(r"Dr\. Bob")]
    assert seen(theatre, link).quality.entries == 0


def test_a_recording_is_shared_and_closed_where_it_is_played(theatre: Cast, alice: Screen) -> None:
    session = planned(theatre, theatre.alice).id
    sound = Recording(os.urandom(16), b"\x1aE\xdf\xa3" + b"a" * 100, 3)
    recording = keep_recording(
        theatre.work(), by=theatre.alice, recording=sound, about=About(session), now=theatre.now()
    ).id
    key = f"{recording.hex()}_{linked(theatre).hex()}"
    alice.open("session", session=session).press(f"share_{key}")
    assert my_link(theatre).scope.recordings == (recording,)
    alice.press(f"close_{key}")
    assert my_link(theatre).scope.recordings == ()


def test_on_the_day_of_a_session_an_entry_can_only_be_closed(theatre: Cast, alice: Screen) -> None:
    shared, other = (written(theatre, theatre.alice, text).id for text in ("one", "two"))
    link = linked(theatre, entries=(shared,))
    done(theatre, theatre.alice)
    alice.open("entry", entry=other)
    assert not [it for it in alice.app.button if it.key.startswith("share_")]
    alice.open("entry", entry=shared).press(f"close_{shared.hex()}_{link.hex()}")
    assert my_link(theatre).scope.entries == ()


def test_entries_are_ticked_and_unticked_one_by_one(theatre: Cast, alice: Screen) -> None:
    first, second = (written(theatre, theatre.alice, text).id for text in ("one", "two"))
    link = linked(theatre, entries=(first,))
    alice.open("share_notes", link=link)
    alice.app.checkbox(key=f"note_{first.hex()}").uncheck()
    alice.app.checkbox(key=f"note_{second.hex()}").check()
    alice.press("keep")
    assert my_link(theatre).scope.entries == (second,)


def test_what_is_not_on_the_list_stays_as_it_is(theatre: Cast, alice: Screen) -> None:
    old = written(theatre, theatre.alice, "long ago").id
    link = linked(theatre, entries=(old,))
    theatre.later(60)
    newer = [written(theatre, theatre.alice, f"later {number}").id for number in range(31)]
    alice.open("share_notes", link=link)
    alice.app.checkbox(key=f"note_{newer[-1].hex()}").check()
    alice.press("keep")
    assert my_link(theatre).scope.entries == (old, newer[-1])


def test_the_log_says_who_looked_and_at_what(theatre: Cast, alice: Screen) -> None:
    link = linked(theatre, "check_ins")
    for _time in range(2):
        seen(theatre, link)
    lines = alice.open("share_log", link=link).texts
    assert "Dr. Bob looked at your page, several times" in lines
    assert "Signed in" not in lines
    del alice.app.query_params["link"]
    assert "This journal was begun with Chrome on Android" in alice.open("share_log").texts


def test_the_log_names_the_entry_that_was_read(theatre: Cast, alice: Screen) -> None:
    entry = written(theatre, theatre.alice, "the sea").id
    link = linked(theatre, entries=(entry,))
    shared_entry(theatre.work(), by=theatre.bob, link=link, entry=entry)
    alice.open("share_log", link=link)
    assert "Dr. Bob read an entry" in alice.texts
    [which] = [it for it in alice.app.get("page_link") if it.proto.label == "Which one"]
    assert which.proto.query_string == f"entry={entry.hex()}"


def everything_that_can_happen(cast: Cast) -> None:
    """One of each event."""
    entry, link = written(cast, cast.alice, "the sea").id, linked(cast)
    work, by, now = cast.work(), cast.alice, cast.now()
    linking.change_scope(work, by=by, link=link, scope=Scope(categories=("steps",)), now=now)
    linking.share_note(work, by=by, link=link, note=entry, now=now)
    linking.keep_note(work, by=by, link=link, note=entry)
    linking.set_end(work, by=by, link=link, days=3, now=now)
    linking.pause(work, by=by, link=link)
    linking.resume(work, by=by, link=link, now=now)
    linking.stop(work, by=by, link=link)
    accepting.decline(cast.work(), by=cast.bob, link=linked(cast))
    save_paper(work, by=by, scope=Scope(), content=content(), now=now)
    cast.turn_on_factor(by)
    second_factor.turn_off(cast.work(), by=by)
    new_code(cast.work(), by=by, passphrase=PASSPHRASE.format(name="alice"))
    change_passphrase(
        cast.work(), by=by, present=PASSPHRASE.format(name="alice"), new="brittle comet seven roofs"
    )


def test_the_log_has_words_for_everything(theatre: Cast, alice: Screen) -> None:
    everything_that_can_happen(theatre)
    lines = alice.open("share_log").texts
    assert "does not know" not in lines
    assert lines.count("\n") == 2 * len(access_log(theatre.work(), by=theatre.alice).lines) - 1
    assert set(get_args(Page)) == log_words.LOOKS


def test_a_log_that_was_changed_says_so(theatre: Cast, alice: Screen) -> None:
    linked(theatre, "check_ins")
    alice.open("share_log")
    assert list(alice.app.warning) == []
    with theatre.engine.begin() as connection:
        connection.execute(update(log_rows).where(log_rows.c.n == 2).values(body=b"KJ\x01\x01" + bytes(600)))
    alice.open("share_log")
    assert alice.app.warning[0].value.startswith("A line of this log was changed or taken out")
    assert "This line is damaged and cannot be read." in alice.texts


@pytest.mark.parametrize(
    "name", ["\u202eevil", "**x** [a](https://example.org) `b`", "<img src=x>", "\u2066\u2069 #1."]
)
def test_names_stay_plain_in_every_sentence(theatre: Cast, alice: Screen, name: str) -> None:
    link = linked(theatre, "check_ins", words={"name": name, "purpose": name, "attention": name})
    seen(theatre, link)
    alice.open("share_log", link=link)
    assert not set(alice.texts) & set("\u202e\u2066\u2069")
    shown = all_words(alice.open("share"))
    assert not set(shown) & set("\u202e\u2066\u2069")
    assert "[a](" not in shown
    assert "**x**" not in shown
    assert name.strip() in alice.open("share_link", link=link).texts


def test_everything_is_ready_after_the_next_drawings(
    theatre: Cast, alice: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = offered(theatre, "check_ins").id
    assert is_behind(theatre.work(), by=theatre.alice)
    alice.open("today")
    assert not is_behind(theatre.work(), by=theatre.alice)
    linking.stop(theatre.work(), by=theatre.alice, link=link)
    monkeypatch.setattr(catching_up, "catch_up", lambda *_work, **_by: 7)
    alice.open("share")
    assert any("7 to go." in it.value for it in alice.app.caption)
    assert not any("to go." in it.value for it in alice.open("journal").app.caption)


def test_sharing_stands_in_the_top_line_while_anything_is_shared(theatre: Cast, alice: Screen) -> None:
    def labels() -> list[str]:
        return [it.proto.label for it in alice.open("write").app.get("page_link")]

    assert "Sharing" not in labels()
    link = linked(theatre)
    assert "Sharing" in labels()
    linking.stop(theatre.work(), by=theatre.alice, link=link)
    settle(theatre)
    assert "Sharing" not in labels()


def test_somebody_who_shares_nothing_asks_the_database_for_nothing_more(theatre: Cast) -> None:
    work = theatre.work()
    work.reading(theatre.alice)
    with statements(theatre.engine) as asked:
        assert not is_behind(work, by=theatre.alice)
        assert linking.my_links(work, by=theatre.alice) == ()
    assert asked == []


def test_paper_shows_the_page_and_makes_no_link(theatre: Cast, alice: Screen) -> None:
    entry = written(theatre, theatre.alice, "the sea").id
    alice.open("share_paper")
    alice.app.checkbox(key="share_check_ins").check()
    alice.run().press("next").press("next")
    alice.app.checkbox(key=f"note_{entry.hex()}").check()
    alice.press("next")
    alice.app.text_input(key="my_name").set_value("A. B.")
    typed(alice, purpose="for you")
    assert alice.title == "Your page on paper"
    assert all(text in alice.texts for text in ("A. B.", "for you", "the sea"))
    assert linking.my_links(theatre.work(), by=theatre.alice) == ()
