"""The safety card and what shows it: filled in part by part, read, changed in two tabs, and one tap away."""

import json
import os
from typing import Any

import pytest

from kapjournal.journal.sessions import plan_session
from kapjournal.people.safety_card import PARTS, Part, change_safety_card, safety_card
from kapjournal.people.values import Contact, SafetyCard
from tests.cast import Cast
from tests.pages.conftest import Screen

MARKDOWN = "**Jana** ![x](https://example.org/x.png)"


def fill(cast: Cast, part: Part, *given: str | Contact) -> None:
    card = safety_card(cast.work(), by=cast.alice)
    change_safety_card(
        cast.work(),
        by=cast.alice,
        part=part,
        given=given,
        base_version=card.version if card else 0,
        now=cast.now(),
    )


def kept(cast: Cast) -> SafetyCard:
    record = safety_card(cast.work(), by=cast.alice)
    assert record is not None
    return record.value


def links(screen: Screen) -> list[tuple[str, str]]:
    """Label and address of every button that leads out of the app, in order."""
    return [(it.proto.label, it.proto.url) for it in screen.app.get("link_button")]


def change(screen: Screen, part: Part, **more: str) -> Screen:
    """Open the fields of a part as its link does."""
    screen.app.run()
    for name, value in {"part": part, **more}.items():
        screen.app.query_params[name] = value
    screen.app.switch_page("pages/patient/safety_card_part.py")
    return screen.run()


def test_an_empty_card_offers_to_fill_it_in(theatre: Cast, alice: Screen) -> None:
    alice.open("safety_card").press("fill")
    assert alice.title == "My signs"
    alice.app.text_area(key="signs_lines").set_value("I stop eating\n\nI lie awake")
    alice.press("save")
    assert (alice.title, alice.told) == ("What I do", ["Saved on your card."])
    assert kept(theatre).signs == ("I stop eating", "I lie awake")


def test_filling_in_leads_through_every_part_and_skips(theatre: Cast, alice: Screen) -> None:
    change(alice, "signs", fill="1")
    seen = [alice.title]
    for _part in PARTS[1:]:
        alice.press("skip")
        seen.append(alice.title)
    assert seen == [
        "My signs",
        "What I do",
        "People who distract me",
        "People I tell",
        "Professionals",
        "Making my space safer",
        "Reasons to stay",
    ]
    alice.app.text_area(key="reasons_lines").set_value("My dog")
    assert alice.press("save").title == "Safety card"
    assert kept(theatre).reasons == ("My dog",)


def test_people_have_a_name_and_a_phone_and_room_for_more(theatre: Cast, alice: Screen) -> None:
    fill(theatre, "tell", Contact("Jana", "030 123"))
    change(alice, "tell")
    assert alice.app.text_input(key="tell_phone_0").value == "030 123"
    alice.app.text_input(key="tell_name_1").set_value("Sam")
    alice.app.text_input(key="tell_phone_2").set_value("112")
    assert alice.press("save").title == "Safety card"
    assert kept(theatre).tell == (Contact("Jana", "030 123"), Contact("Sam"), Contact("", "112"))


def test_too_many_lines_are_told_and_stay_in_the_box(theatre: Cast, alice: Screen) -> None:
    change(alice, "doing")
    lines = "\n".join(f"line {n}" for n in range(100))
    alice.app.text_area(key="doing_lines").set_value(lines)
    alice.press("save")
    assert alice.errors == ["These are 100 lines of at most 12. Nothing was cut; please leave some out."]
    assert alice.app.text_area(key="doing_lines").value == lines
    assert safety_card(theatre.work(), by=theatre.alice) is None


def test_a_change_in_another_tab_is_shown_beside_what_was_typed(theatre: Cast, alice: Screen) -> None:
    fill(theatre, "signs", "first")
    change(alice, "signs")
    fill(theatre, "signs", "from the other tab")
    alice.app.text_area(key="signs_lines").set_value("first\nfrom this tab")
    alice.press("save")
    assert alice.errors == ["The card was changed in another tab. Both are here: save what you want to keep."]
    assert "from the other tab" in alice.texts
    assert alice.app.text_area(key="signs_lines").value == "first\nfrom this tab"
    assert kept(theatre).signs == ("from the other tab",)
    alice.press("save")
    assert kept(theatre).signs == ("first", "from this tab")


def test_the_card_is_read_as_plain_text_with_one_tap_to_call(theatre: Cast, alice: Screen) -> None:
    fill(theatre, "signs", MARKDOWN)
    fill(theatre, "tell", Contact(MARKDOWN, "+49 (0)30 123-45"), Contact("No number", "ask Jana"))
    alice.open("safety_card")
    assert alice.texts.count(MARKDOWN) == 2
    assert "+49 (0)30 123-45" in alice.texts
    assert links(alice) == [("Call", "tel:+493012345"), ("Text", "sms:+493012345")]
    assert not any("Jana" in it.value for it in (*alice.app.markdown, *alice.app.caption, *alice.app.header))


@pytest.mark.parametrize("page", ["settings", "help_now", "today"])
def test_the_card_is_one_tap_away(theatre: Cast, alice: Screen, page: str) -> None:
    plan_session(theatre.work(), by=theatre.alice, starts=theatre.now(), route="iv", save_id=os.urandom(16))
    alice.open("today").press("done")
    assert "My safety card" in [it.proto.label for it in alice.open(page).app.get("page_link")]


def downloads(screen: Screen) -> tuple[dict[str, Any], bytes]:
    """What the download component was given: its header and the bytes."""
    [data] = [
        it.proto.bytes for it in screen.app.get("bidi_component") if "class Download" in it.proto.js_content
    ]
    header, _newline, content = data.partition(b"\n")
    return json.loads(header), content


def test_a_pdf_is_not_made_before_it_is_asked_for(
    theatre: Cast, alice: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*_card: object, **_rest: object) -> None:
        raise AssertionError("made")

    monkeypatch.setattr("kapjournal.exports.safety_card.safety_card_pdf", made)
    fill(theatre, "signs", "first")
    header, content = downloads(alice.open("safety_card"))
    assert (header["label"], header["file"], content) == ("Save as a PDF", None, b"")


def test_help_now_has_own_people_first_then_lines_then_the_emergency_number(
    theatre: Cast, alice: Screen
) -> None:
    fill(theatre, "professionals", Contact("Dr. Lindqvist", "030 555"))
    fill(theatre, "tell", Contact("Jana", "030 123"))
    alice.open("help_now")
    alice.app.selectbox(key="help_country").set_value("DE")
    labels = [label for label, _url in links(alice.run())]
    assert labels == [
        "Somebody is in danger right now: 112",
        *("Call", "Text") * 2,
        "Call 0800 111 0 111",
        "Chat",
        "Call 0800 111 0 222",
        "Call 116 123",
        "Emergency: 112",
    ]
    assert [url for _label, url in links(alice)][1:5:2] == ["tel:030123", "tel:030555"]
    assert alice.texts.index("Jana") < alice.texts.index("Dr. Lindqvist")


def test_help_now_has_one_filled_button(theatre: Cast, alice: Screen) -> None:
    def filled() -> list[str]:
        return [it.proto.label for it in alice.app.get("link_button") if it.proto.type == "primary"]

    alice.open("help_now")
    alice.app.selectbox(key="help_country").set_value("DE")
    alice.run()
    assert filled() == ["Call 0800 111 0 111"]
    fill(theatre, "tell", Contact("Ask Jana"), Contact("Sam", "030 123"), Contact("Mum", "030 124"))
    alice.run()
    assert filled() == ["Call"]
