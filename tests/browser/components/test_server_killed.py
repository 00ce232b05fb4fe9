"""The server is killed without warning, and comes back two seconds later on the same port."""

import random
import shutil
import string
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.components.server import Server
from tests.browser.components.writer import Writer
from tests.browser.stage import ROOT

LETTER_SECONDS = 0.1


class Typist:
    """Types a letter every 100 ms into the box and remembers all of them."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.text = ""
        writer.box.focus()
        writer.box.evaluate("box => { box.isTheFirst = true }")

    def type_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.type_one()

    def type_one(self) -> None:
        letter = random.choice(string.ascii_lowercase)
        self.writer.type(letter)
        self.text += letter
        time.sleep(LETTER_SECONDS)

    def type_until_back(self, server: Server) -> None:
        while not server.answers():
            self.type_one()

    def has_lost_nothing(self) -> None:
        assert self.writer.box.input_value() == self.text
        assert self.writer.has_focus()
        assert self.writer.box.evaluate("box => box.selectionStart") == len(self.text)


@pytest.fixture
def lone(patient_phone: BrowserContext, own_server: Server, record: bytes) -> Iterator[Writer]:
    it = Writer(patient_phone, own_server, record).open()
    yield it
    it.page.close()


@pytest.mark.parametrize("is_updated", [False, True], ids=["same server", "updated server"])
def test_no_letter_is_lost_while_somebody_goes_on_typing(lone, own_server, tmp_path, is_updated):
    typist = Typist(lone)
    typist.type_for(random.uniform(1, 3))
    own_server.kill()
    if is_updated:
        own_server.code = updated_code(tmp_path)
    typist.type_for(2)
    own_server.start()
    typist.type_until_back(own_server)
    typist.type_for(5)
    typist.has_lost_nothing()
    lone.saved(typist.text)
    assert lone.box.evaluate("box => Boolean(box.isTheFirst)") is not is_updated


def test_a_page_that_stood_still_when_the_server_went_saves_the_first_words(lone, own_server):
    typist = Typist(lone)
    own_server.kill()
    time.sleep(2)
    own_server.start()
    own_server.wait()
    typist.type_for(1)
    lone.saved(typist.text)
    typist.has_lost_nothing()


def test_words_typed_without_a_server_are_there_after_a_reload(lone, own_server):
    typist = Typist(lone)
    typist.type_for(1)
    own_server.kill()
    typist.type_for(2)
    own_server.start()
    own_server.wait()
    lone.page.reload()
    expect(lone.box).to_have_value(typist.text, timeout=30_000)
    lone.saved(typist.text)


def updated_code(folder: Path) -> Path:
    """A copy of the components, each file a little different."""
    shutil.copytree(ROOT / "pages", folder / "pages")
    for kind, note in (("html", "<!-- new -->\n"), ("css", "/* new */\n"), ("js", "// new\n")):
        for file in (folder / "pages/parts/browser").glob(f"*.{kind}"):
            file.write_text(note + file.read_text())
    return folder
