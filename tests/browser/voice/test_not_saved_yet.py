"""A recording that is not saved yet survives a killed server, a refresh and another page, and nobody else gets it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.voice.speaker import Server, Speaker

MUTE = "() => { WebSocket.prototype.send = () => {} }"
ONLY_WORDS = (
    "() => { Blob.prototype.arrayBuffer = async () => new TextEncoder().encode('only words').buffer }"
)
KEPT = "Not saved yet. Your recording is kept in this tab."


@pytest.fixture
def alive(server: Server) -> Iterator[Server]:
    """The server, which stands again when the test is over."""
    yield server
    if server.process.poll() is not None:
        server.start()


def test_a_recording_made_without_a_server_is_saved_when_it_is_back(speaker: Speaker, alive: Server) -> None:
    before = alive.kept()
    speaker.start()
    alive.kill()
    speaker.page.wait_for_timeout(1500)
    speaker.main.click()
    speaker.sees(KEPT)
    assert alive.kept() == before
    alive.start()
    speaker.sees_it_saved()
    assert alive.kept() == before + 1
    assert speaker.hears() > 0.5


def test_a_server_killed_between_two_parts_gets_all_of_them_anew(speaker: Speaker, alive: Server) -> None:
    before = alive.kept()
    speaker.weigh(5_000_000)
    speaker.start()
    speaker.page.wait_for_timeout(1200)
    speaker.stop()
    speaker.page.wait_for_timeout(800)
    alive.kill()
    assert alive.kept() == before
    alive.start()
    speaker.sees_it_saved()
    assert alive.kept() == before + 5


def test_a_refresh_keeps_it_sealed_and_it_is_saved_once(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.page.evaluate(MUTE)
    speaker.speak()
    speaker.sees(KEPT)
    [sealed] = speaker.sealed()
    assert bytes(sealed[:4]) != b"\x1aE\xdf\xa3"
    assert b"webm" not in bytes(sealed)
    speaker.page.reload()
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 1
    assert (speaker.unsent(), speaker.sealed()) == ([], [])
    assert speaker.hears() > 0.5


def test_a_push_whose_answer_is_lost_is_saved_once(speaker: Speaker) -> None:
    before = speaker.server.kept()
    line = Line(speaker.page)
    speaker.page.reload()
    expect(speaker.main).to_be_visible()
    line.loses_answers = True
    speaker.speak(3)
    speaker.sees(KEPT)
    assert speaker.server.kept() == before + 1
    line.loses_answers = False
    speaker.page.reload()
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 1


class Line:
    """The connection of a page that is opened from now on; may lose what the server answers."""

    def __init__(self, page: Page) -> None:
        self.loses_answers = False
        page.route_web_socket("**/_stcore/stream", self.connect)

    def connect(self, here: WebSocketRoute) -> None:
        there = here.connect_to_server()
        here.on_message(there.send)
        there.on_message(lambda message: None if self.loses_answers else here.send(message))


def test_a_box_that_is_taken_away_and_put_back_goes_on_recording(speaker: Speaker) -> None:
    speaker.page.goto(f"{speaker.server.address}?blinking=1")
    expect(speaker.page.get_by_role("button", name="Draw again")).to_be_visible()
    if not speaker.main.is_visible():
        speaker.page.get_by_role("button", name="Draw again").click()
    speaker.start()
    for count in (0, 1):
        speaker.page.get_by_role("button", name="Draw again").click()
        expect(speaker.main).to_have_count(count)
    speaker.sees("Recording. Take your time.")
    speaker.stop()
    speaker.sees_it_saved()


def test_who_leaves_the_page_finds_it_saved_afterwards(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.start()
    speaker.page.wait_for_timeout(1200)
    speaker.page.get_by_role("link", name="Listen").click()
    expect(speaker.page.get_by_text("0 recordings")).to_be_visible()
    speaker.page.wait_for_timeout(3000)
    speaker.page.get_by_role("link", name="Speak").click()
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 1


def test_signing_out_leaves_nothing_of_it(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.page.evaluate(ONLY_WORDS)
    speaker.speak(1)
    speaker.sees(KEPT)
    assert (len(speaker.unsent()), len(speaker.sealed())) == (1, 1)
    speaker.page.get_by_role("button", name="Sign out").click()
    expect(speaker.page.get_by_role("button", name="Begin")).to_be_visible()
    assert (speaker.unsent(), speaker.sealed()) == ([], [])
    speaker.page.get_by_role("button", name="Begin").click()
    expect(speaker.main).to_have_text("Say it instead")
    speaker.sees("")
    assert speaker.server.kept() == before


def test_what_cannot_be_kept_can_be_thrown_away(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.page.evaluate(ONLY_WORDS)
    speaker.speak(1)
    expect(speaker.problem).to_have_text("This is not a recording that can be kept. It was not saved.")
    speaker.page.get_by_role("button", name="Throw this recording away").click()
    expect(speaker.main).to_be_visible()
    expect(speaker.problem).to_have_text("")
    assert (speaker.unsent(), speaker.sealed()) == ([], [])
    assert speaker.server.kept() == before
