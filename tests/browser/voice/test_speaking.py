"""What somebody says is recorded, sealed and played back, under the product's content security policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser import stage
from tests.browser.test_every_page import AXE_OPTIONS
from tests.browser.voice.speaker import Server, Speaker

# Any file of sound would be larger than this; a message that asks for nothing is far smaller.
LARGE = 20_000


def test_a_recording_is_saved_sealed_and_played_back(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.speak()
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 1
    assert 0.5 < speaker.hears() < 10
    assert (speaker.unsent(), speaker.sealed()) == ([], [])


def test_the_sound_never_has_an_address_and_comes_only_when_asked_for(speaker: Speaker) -> None:
    addresses: list[str] = []
    sizes: list[int] = []
    speaker.page.on("request", lambda it: addresses.append(it.url))
    speaker.page.on(
        "websocket", lambda it: it.on("framereceived", lambda payload: sizes.append(len(payload)))
    )
    speaker.speak(4)
    speaker.sees_it_saved()
    speaker.page.reload()
    speaker.page.get_by_role("link", name="Listen").click()
    expect(speaker.page.get_by_text("1 recordings")).to_be_visible()
    assert max(sizes) < LARGE
    speaker.hears()
    assert max(sizes) > LARGE
    assert [it for it in addresses if "media/" in it and "/static/" not in it] == []


def test_the_sound_is_let_go_with_the_page(speaker: Speaker) -> None:
    speaker.speak()
    speaker.sees_it_saved()
    speaker.hears()
    address = speaker.audio.evaluate("audio => audio.src")
    speaker.page.get_by_role("button", name="Sign out").click()
    expect(speaker.page.get_by_role("button", name="Begin")).to_be_visible()
    gone = "address => fetch(address).then(() => false, () => true)"
    assert address.startswith("blob:")
    assert speaker.page.evaluate(gone, address)


def test_several_recordings_one_after_the_other(speaker: Speaker) -> None:
    before = speaker.server.kept()
    for _time in range(2):
        speaker.speak(1)
        expect(speaker.page.get_by_role("button", name="Say it instead")).to_be_visible()
        speaker.sees_it_saved()
    expect(speaker.page.get_by_role("button", name="Listen")).to_have_count(2)
    assert speaker.server.kept() == before + 2


def test_a_long_recording_travels_in_parts(speaker: Speaker) -> None:
    sent: list[int] = []
    speaker.page.on("websocket", lambda it: it.on("framesent", lambda payload: sent.append(len(payload))))
    speaker.page.reload()
    before = speaker.server.kept()
    speaker.weigh(1_900_000)
    speaker.speak(1)
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 2
    assert 128 * 1024 < max(sent) < 256 * 1024


def test_a_damaged_recording_says_so(speaker: Speaker) -> None:
    speaker.speak()
    speaker.sees_it_saved()
    speaker.server.damage()
    speaker.page.get_by_role("button", name="Listen").click()
    expect(speaker.page.locator(".player .problem")).to_have_text(
        "This recording is damaged and cannot be played. Everything else is still there."
    )
    expect(speaker.audio).to_be_hidden()


def test_it_can_be_deleted_and_brought_back(speaker: Speaker) -> None:
    speaker.speak()
    speaker.sees_it_saved()
    speaker.page.get_by_role("button", name="Delete this recording").click()
    expect(speaker.page.get_by_role("button", name="Listen")).to_have_count(0)
    speaker.page.get_by_role("button", name="Undo").click()
    expect(speaker.page.get_by_text("It is back.")).to_be_visible()
    assert speaker.hears() > 0.5


def test_the_keyboard_is_enough(speaker: Speaker) -> None:
    for key, sees in (("Enter", "Recording. Take your time."), ("Space", stage.SAVED)):
        speaker.main.focus()
        speaker.page.keyboard.press(key)
        speaker.sees(sees)
        speaker.page.wait_for_timeout(1200)
        expect(speaker.page.locator(".voice .spoken")).to_have_text(sees)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_it_is_hard_to_use(humming: Browser, server: Server, scheme: str) -> None:
    problems: list[str] = []
    context = stage.new_context(humming, scheme=scheme)
    context.grant_permissions(["microphone"])
    page = context.new_page()
    page.on("console", lambda it: problems.append(it.text) if it.type == "error" else None)
    page.on("pageerror", lambda it: problems.append(str(it)))
    speaker = Speaker(page, server).begin()
    for step in (lambda: None, speaker.start, speaker.stop, speaker.sees_it_saved, speaker.hears):
        step()
        problems += [str(it) for it in Axe().run(page, options=AXE_OPTIONS).response["violations"]]
        problems += [f"{size} px" for size in heights(speaker) if size < 44]
    context.close()
    assert problems == []


def heights(speaker: Speaker) -> list[float]:
    shown = speaker.page.locator(".voice button, .player button, audio").all()
    return [box["height"] for it in shown if (box := it.bounding_box())]


def test_a_microphone_that_may_not_be_used_is_no_obstacle(humming: Browser, server: Server) -> None:
    context = stage.new_context(humming)
    speaker = Speaker(context.new_page(), server).begin()
    speaker.main.click()
    expect(speaker.problem).to_contain_text("This page may not use the microphone. You can write instead")
    expect(speaker.page.get_by_role("textbox", name="Or write")).to_be_editable()
    context.grant_permissions(["microphone"])
    speaker.speak()
    speaker.sees_it_saved()
    expect(speaker.problem).to_have_text("")
    context.close()


def test_no_microphone_is_no_obstacle(browser: Browser, server: Server) -> None:
    context = stage.new_context(browser)
    context.grant_permissions(["microphone"])
    speaker = Speaker(context.new_page(), server).begin()
    speaker.main.click()
    expect(speaker.problem).to_have_text("No microphone was found. You can write instead.")
    expect(speaker.page.get_by_role("textbox", name="Or write")).to_be_editable()
    context.close()
