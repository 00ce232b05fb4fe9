"""What somebody says is recorded, sealed and played back, under the product's content security policy."""

import re

from playwright.sync_api import Browser, expect

from tests.browser import stage
from tests.browser.voice.speaker import Server, Speaker


def test_a_recording_is_saved_sealed_and_played_back(speaker: Speaker) -> None:
    before = speaker.server.kept()
    speaker.speak()
    speaker.sees_it_saved()
    assert speaker.server.kept() == before + 1
    assert 0.5 < speaker.hears() < 10
    assert (speaker.unsent(), speaker.sealed()) == ([], [])
