"""A server with a page to speak on, Chromium with a microphone that hums, and somebody who speaks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import stage
from tests.browser.voice.speaker import Server, Speaker
from tests.browsers import ARGUMENTS, find

MICROPHONE = "--use-fake-device-for-media-stream"


@pytest.fixture(scope="session")
def humming(browser: Browser) -> Iterator[Browser]:
    """A Chromium with a microphone that hums; whether a page may use it is up to the context."""
    started = browser.browser_type.launch(executable_path=find(), args=[*ARGUMENTS, MICROPHONE])
    yield started
    started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that comes back on the same port when a test kills it."""
    it = Server(tmp_path_factory.mktemp("voice") / "data")
    it.start()
    yield it
    it.kill()


@pytest.fixture
def speaker(humming: Browser, server: Server) -> Iterator[Speaker]:
    """Somebody new on a phone whose microphone may be used."""
    context = stage.new_context(humming)
    context.grant_permissions(["microphone"])
    yield Speaker(context.new_page(), server).begin()
    context.close()
