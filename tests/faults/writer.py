"""Somebody who writes in a real browser, and the wire between that browser and the server.

What the page pushed and what it was answered is read from the websocket, so that the client's log is complete.
"""

import base64
import json
import random
import re
import string
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import urandom

import msgspec
from playwright.sync_api import BrowserContext, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.faults.oracle import Attempt, Found, Log, digest, found_afresh
from tests.faults.stage import PASSPHRASE, Patient, Site

BOX = "-box-"
UNSENT = "kapjournal.unsent."
LETTER_SECONDS = 0.1
LOADED_SECONDS = 60
BACK_SECONDS = 10.0
UNSAVED = "Not saved yet"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
SAVED_OR_NOTHING = re.compile(r"^(Saved \d\d:\d\d)?$")


class Push(msgspec.Struct):
    """What a page pushes, or keeps until it is saved; ids as hex."""

    save_id: str
    record: str
    after: list[str]
    base_version: int
    text: str


class Wire:
    """Notes in a log every save that a page pushes and every answer that reaches it; and what a thief would like."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.session = ""
        self.last_push = BackMsg()

    def open(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def note(self, push: dict[str, object]) -> None:
        """Note a push as the page makes it."""
        it = msgspec.convert(push, Push)
        ids = [bytes.fromhex(id) for id in (it.save_id, it.record, *it.after)]
        self._log.attempt(Attempt(ids[0], ids[1], it.base_version, tuple(ids[2:]), digest(it.text)))

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            return
        message = BackMsg.FromString(frame)
        for widget in message.rerun_script.widget_states.widgets:
            state = json.loads(widget.json_value or "null") if BOX in widget.id else None
            if state and state.get("save"):
                self.last_push = message
                self.note(state["save"])

    def _received(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            return
        message = ForwardMsg.FromString(frame)
        self.session = message.new_session.initialize.session_id or self.session
        component = message.delta.new_element.bidi_component
        answer = json.loads(component.json)[0]["answer"] if BOX in component.id else None
        if answer and "message" not in answer:
            ids = [bytes.fromhex(answer[name]) for name in ("save_id", "record")]
            self._log.acknowledge(ids[0], ids[1], answer["version"])


class Writer:
    """A tab of a patient, in guided writing. `text` is all that was typed into the box since it was opened."""

    def __init__(self, page: Page, wire: Wire, address: str, patient: Patient, site: Site) -> None:
        self.page = page
        self.wire = wire
        self.address = address
        self.patient = patient
        self.site = site
        self.text = ""
        self.record = b""
        self.box = page.locator("textarea")
        self.status = page.locator(".status")
        self.problem = page.locator(".problem")

    def open(self, record: bytes | None = None, text: str = "") -> None:
        """Go to the first prompt; its entry is `record`, which holds `text`, or a new one."""
        self.record, self.text = record or urandom(16), text
        self.page.goto(f"{self.address}/write?entry={self.record.hex()}&n=0")
        self._arrive()

    def stored(self) -> str:
        """What the tab keeps, as JSON. A push of it that the page makes as it goes cannot be seen on the wire."""
        stored: str = self.page.evaluate("JSON.stringify(sessionStorage)")
        for key, text in json.loads(stored).items():
            if key.startswith(UNSENT):
                self.wire.note(json.loads(text) | {"record": key.rpartition(".")[2]})
        return stored

    def reload(self) -> None:
        """Load the page again, at once; every letter is back."""
        self.stored()
        self.page.reload()
        self._arrive()

    def sign_in_again(self) -> None:
        """Load the page again and sign in through the form that is there instead; every letter is back."""
        self.page.reload()
        self.page.get_by_role("textbox", name="Login name").fill(
            self.patient.login, timeout=LOADED_SECONDS * 1000
        )
        self.page.get_by_role("textbox", name="Passphrase").fill(PASSPHRASE)
        self.page.get_by_role("button", name="Sign in").click()
        self._arrive()
        token = self.page.evaluate("sessionStorage['kapjournal.token']")
        by = self.patient.by._replace(token=base64.urlsafe_b64decode(token.partition(".")[2]))
        self.patient = self.patient._replace(token=token, by=by)

    def _arrive(self) -> None:
        expect(self.box).to_have_value(self.text, timeout=LOADED_SECONDS * 1000)
        self.box.focus()
        self.page.keyboard.press("Control+End")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.text += text

    def paste(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.text += text

    def type_for(self, seconds: float) -> None:
        """A letter every 100 ms."""
        end = time.monotonic() + seconds
        self.type_until(lambda: time.monotonic() > end)

    def type_until(self, stop: Callable[[], bool]) -> None:
        """A letter every 100 ms."""
        while not stop():
            self.type(random.choice(string.ascii_lowercase))
            self.page.wait_for_timeout(LETTER_SECONDS * 1000)

    def is_there(self) -> None:
        """Every letter stands in the box, which has the focus, with the caret at its end."""
        expect(self.box).to_have_value(self.text, timeout=1000)
        assert self.box.evaluate("box => box.getRootNode().activeElement === box && document.hasFocus()")
        assert self.box.evaluate("box => box.selectionStart") == len(self.text)

    def is_unsaved(self, seconds: float = BACK_SECONDS) -> None:
        """The page says that it is not saved, the text stands in the box."""
        expect(self.status).to_contain_text(UNSAVED, timeout=seconds * 1000)
        expect(self.box).to_have_value(self.text, timeout=1000)

    def is_told(self, problem: str, seconds: float = BACK_SECONDS) -> None:
        """The page says what is wrong, and that it is not saved."""
        expect(self.problem).to_contain_text(problem, timeout=seconds * 1000)
        self.is_unsaved()

    def is_saved(self, seconds: float = BACK_SECONDS) -> float:
        """The page says so within so many seconds, and the text is in the database; after how many seconds."""
        return self._is_saved(SAVED, seconds)

    def is_safe(self, seconds: float = BACK_SECONDS) -> float:
        """Like `is_saved`; or the page, which was loaded again, says nothing, as everything was saved before."""
        return self._is_saved(SAVED_OR_NOTHING, seconds)

    def _is_saved(self, says: re.Pattern[str], seconds: float) -> float:
        start = time.monotonic()
        expect(self.status).to_have_text(says, timeout=seconds * 1000)
        took = time.monotonic() - start
        expect(self.box).to_have_value(self.text, timeout=1000)
        assert digest(self.text) in {it.digest for it in self.found().newest}
        return took

    def found(self) -> Found:
        return found_afresh(self.site.database.environ, self.patient.by)


@contextmanager
def writing(
    site: Site, log: Log, *, address: str = "", context: BrowserContext | None = None
) -> Iterator[Writer]:
    """A new patient's tab, closed at the end."""
    patient = site.patient()
    with tab(site, log, patient, address=address, context=context) as writer:
        yield writer


@contextmanager
def tab(
    site: Site,
    log: Log,
    patient: Patient,
    *,
    address: str = "",
    context: BrowserContext | None = None,
    storage: str = "",
) -> Iterator[Writer]:
    """A tab of a patient, or one that begins with what another tab has stored (a JSON object)."""
    page = (context or site.context).new_page()
    begun = storage or json.dumps({"kapjournal.token": patient.token})
    page.add_init_script(f"if (!sessionStorage['kapjournal.token']) Object.assign(sessionStorage, {begun})")
    wire = Wire(log)
    page.on("websocket", wire.open)
    try:
        yield Writer(page, wire, address or site.server.address, patient, site)
    finally:
        page.close()
