"""A real server, a real browser, and a person in it."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browser.components.shelf import Shelf

ROOT = Path(__file__).parents[3]
HARNESS = Path(__file__).with_name("harness.py")
OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "runner.postScriptGC": "false",
    "runner.magicEnabled": "false",
}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Server:
    """The harness on a port that stays the same when the server is killed and started again."""

    def __init__(self, folder: Path, code: Path = ROOT) -> None:
        self.shelf = Shelf(folder)
        self.code = code
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = [f"--{name}={value}" for name, value in OPTIONS.items()]
        environment = {
            **os.environ,
            "HARNESS_FOLDER": str(self.shelf.folder),
            "PYTHONPATH": os.pathsep.join([str(self.code), str(ROOT)]),
        }
        with (self.shelf.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", HARNESS, f"--server.port={self.port}", *options],
                cwd=self.shelf.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                return True
        except OSError:
            return False

    def wait(self) -> None:
        end = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < end, (self.shelf.folder / "log").read_text()
            time.sleep(0.1)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Writer:
    """Somebody who writes in a tab."""

    def __init__(self, context: BrowserContext, server: Server, record: bytes, page: Page | None = None) -> None:
        self.page = page or context.new_page()
        self.server = server
        self.record = record
        self.box = self.page.locator("textarea")
        self.status = self.page.locator(".status")
        self.problem = self.page.locator(".problem")

    def open(self) -> "Writer":
        self.page.goto(f"{self.server.url}/write?record={self.record.hex()}")
        expect(self.box).to_be_visible(timeout=30_000)
        return self

    def type(self, text: str, delay: int = 0) -> None:
        self.page.keyboard.type(text, delay=delay)

    def write(self, text: str) -> None:
        self.box.focus()
        self.type(text)

    def sees(self, status: str, seconds: float = 10) -> None:
        expect(self.status).to_have_text(status, timeout=seconds * 1000)

    def saved(self, text: str, seconds: float = 10) -> None:
        """The box holds this text, says so, and the database has it."""
        self.sees("Saved 14:02", seconds)
        expect(self.box).to_have_value(text)
        assert self.server.shelf.row(self.record).text == text

    def unsent(self) -> list[str]:
        return self.page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('unsent'))")

    def has_focus(self) -> bool:
        return self.box.evaluate("box => box.getRootNode().activeElement === box && document.hasFocus()")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


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


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server for this test alone."""
    server = Server(tmp_path)
    server.start()
    server.wait()
    yield server
    server.kill()


def new_context(chromium: Browser, server: Server, account: str | None = "alice") -> BrowserContext:
    """The browser of somebody who is signed in as `account` in every new tab, or of nobody."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    if account:
        token = server.shelf.sign_in(account)
        context.add_init_script(f"sessionStorage['kapjournal.token'] ??= '{token}'")
    return context


@pytest.fixture(scope="session")
def phone(chromium: Browser, steady_server: Server) -> Iterator[BrowserContext]:
    """One browser for all tests of this worker, so that it loads Streamlit once. Every tab has a storage of its own."""
    with new_context(chromium, steady_server) as context:
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
def desk(chromium: Browser, server: Server, record: bytes) -> Iterator[Writer]:
    """The same person and record in another browser."""
    with new_context(chromium, server) as context:
        yield Writer(context, server, record).open()
