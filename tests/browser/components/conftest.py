"""A real server, a real browser, and a person in it."""

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.components.server import Server
from tests.browser.components.writer import Writer, new_context
from tests.browser.stage import ROOT


@pytest.fixture(scope="session")
def steady_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody kills, for all tests of this worker."""
    server = Server(tmp_path_factory.mktemp("steady"))
    server.start()
    server.wait()
    yield server
    server.kill()


@pytest.fixture
def server(steady_server: Server) -> Server:
    for trouble in ("refuse", "slow"):
        (steady_server.shelf.folder / trouble).unlink(missing_ok=True)
    return steady_server


@pytest.fixture(scope="session")
def mortal_server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The address of a server that tests start and kill."""
    return Server(tmp_path_factory.mktemp("mortal"))


@pytest.fixture
def own_server(mortal_server: Server) -> Iterator[Server]:
    """A server for this test alone."""
    mortal_server.code = ROOT
    mortal_server.start()
    mortal_server.wait()
    yield mortal_server
    mortal_server.kill()


@pytest.fixture(scope="session")
def patient_phone(browser: Browser, mortal_server: Server) -> Iterator[BrowserContext]:
    """The browser that looks at it."""
    with new_context(browser, mortal_server) as context:
        yield context


@pytest.fixture(scope="session")
def phone(browser: Browser, steady_server: Server) -> Iterator[BrowserContext]:
    """One browser for all tests of this worker, so that it loads Streamlit once. Every tab has a storage of its own."""
    with new_context(browser, steady_server) as context:
        yield context


@pytest.fixture
def record() -> bytes:
    return secrets.token_bytes(16)


@pytest.fixture
def writer(phone: BrowserContext, server: Server, record: bytes) -> Iterator[Writer]:
    it = Writer(phone, server, record).open()
    yield it
    it.page.close()


@pytest.fixture
def desk(browser: Browser, server: Server, record: bytes) -> Iterator[Writer]:
    """The same person and record in another browser."""
    with new_context(browser, server) as context:
        yield Writer(context, server, record).open()
