"""A browser tab without a browser: speaks Streamlit's protocol over a websocket, and draws nothing.

One `Tab` is one session of Streamlit. It keeps what a browser keeps: the cross-site cookie, the session
token of kapjournal, widget states, cached messages, and the elements of the page. One run at a time.
"""

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

COOKIE = "_streamlit_xsrf"
RESUME = "resume"
WAIT_SECONDS = 60.0
MESSAGE_AGE = 2  # runs; Streamlit's global.maxCachedMessageAge
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
Value = bool | str | list[str] | dict[str, Any]


class Run(NamedTuple):
    """One run as the tab saw it: until its last message, with the bytes and number of all of them."""

    seconds: float
    size: int
    messages: int


class _Cached(NamedTuple):
    """A large message, and in which run it was used last."""

    message: ForwardMsg
    run: int


class RunFailed(Exception):
    """The script drew an exception or an error message."""


class Tab:
    """A tab at `address` ("http://127.0.0.1:8501"). Use it in `async with`, then `open` a page."""

    def __init__(self, address: str, *, cookie: str = "", token: str | None = None) -> None:
        self.address = address
        self.cookie = cookie
        self.token = token
        self.session = ""
        self.states: dict[str, WidgetState] = {}
        self._pages: dict[str, str] = {}
        self._query = ""
        self._deltas: dict[tuple[int, ...], Delta] = {}
        self._drawn: dict[tuple[int, ...], Delta] = {}
        self._cache: dict[str, _Cached] = {}
        self._runs = 0
        self._page = ""
        self._answered = False
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        self.cookie = self.cookie or await asyncio.to_thread(fetch_cookie, self.address)
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def connect(self) -> None:
        """Open the websocket, again if it was lost; the session continues if the server still has it."""
        self._answered = False
        self._socket = await connect(
            f"ws://{urlsplit(self.address).netloc}/_stcore/stream",
            origin=self.address,  # type: ignore[arg-type]  # a plain str is an Origin at run time
            subprotocols=["streamlit", self.cookie, *([self.session] if self.session else [])],  # type: ignore[list-item]
            additional_headers={"Cookie": f"{COOKIE}={self.cookie}"},
            compression=None,
            max_size=None,
            max_queue=None,
        )

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()

    # Acting

    async def open(self, page: str = "", **query: str) -> Run:
        """Go to a page by its address ("progress", "" for the start)."""
        self._page, self._query = page, urlencode(query)
        return await self.rerun()

    async def sign_in(self, login: str, passphrase: str) -> Run:
        """Sign in through the form."""
        await self.open("sign_in")
        self.set("login", login)
        self.set("passphrase", passphrase)
        run = await self.click("enter")
        self.token = self.data(RESUME)["order"]["write"]
        return run

    def set(self, key: str, value: Value) -> str:
        """Put a value into a widget, to be sent with the next run; the id of the fragment it stands in."""
        id, fragment = self.find(key)
        self.states[id] = _state(id, value)
        return fragment

    async def push(self, key: str, value: Value) -> Run:
        """Put a value into a widget as a person does: its fragment runs, or the page if it is in none."""
        return await self.rerun(fragment=self.set(key, value))

    async def click(self, key: str) -> Run:
        """Press a button."""
        id, fragment = self.find(key)
        return await self.rerun(WidgetState(id=id, trigger_value=True), fragment=fragment)

    async def rerun(self, *triggers: WidgetState, fragment: str = "") -> Run:
        """Run the page, or a fragment of it, until it has finished. Raises RunFailed, TimeoutError."""
        start = time.perf_counter()
        size = messages = 0
        async with asyncio.timeout(WAIT_SECONDS):
            await self._send(triggers, fragment)
            while True:
                data = await self._socket.recv()
                size, messages = size + len(data), messages + 1
                message = ForwardMsg.FromString(data)
                if self._take(message):
                    break
                if self._asks(message):
                    self._answered = True
                    await self._send((), fragment)
        run = Run(time.perf_counter() - start, size, messages)
        self._raise_for_errors()
        return run

    # Looking

    def find(self, key: str) -> tuple[str, str]:
        """The id of a widget and that of its fragment, by the widget's key. Raises KeyError."""
        for delta in (*self._drawn.values(), *self._deltas.values()):
            id = getattr(element(delta), "id", "")
            if id.endswith(f"-{key}"):
                return id, delta.fragment_id
        raise KeyError(key)

    def keys(self) -> list[str]:
        """The ids of all widgets on the page."""
        ids = (getattr(element(delta), "id", "") for delta in self._deltas.values())
        return [id for id in ids if id]

    def heading(self) -> str:
        """The title of the page."""
        return next((it.body for it in self.elements("heading")), "")

    def elements(self, kind: str = "") -> Iterator[Any]:
        """Every element of the page, or those of one kind, such as "heading"."""
        for delta in self._deltas.values():
            if delta.WhichOneof("type") == "new_element" and kind in (
                "",
                delta.new_element.WhichOneof("type"),
            ):
                yield element(delta)

    def page(self) -> dict[tuple[int, ...], Delta]:
        """What the page consists of, elements and containers by their place, in order."""
        return dict(sorted(self._deltas.items()))

    def data(self, key: str) -> dict[str, Any]:
        """What a component of ours was told last."""
        id, _fragment = self.find(key)
        found: list[dict[str, Any]] = next(
            json.loads(it.json) for it in self.elements("bidi_component") if it.id == id
        )
        return found[0]

    # How

    async def _send(self, triggers: tuple[WidgetState, ...], fragment: str) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._pages.get(self._page, "")
        state.page_name = "" if state.page_script_hash else self._page
        state.fragment_id = fragment
        state.widget_states.widgets.extend((*self.states.values(), *triggers))
        state.cached_message_hashes.extend(self._cache)
        context = state.context_info
        context.timezone, context.timezone_offset, context.locale = "Europe/Berlin", -60, "en-US"
        context.url, context.color_scheme = f"{self.address}/{self._page}", "light"
        await self._socket.send(message.SerializeToString())

    def _take(self, message: ForwardMsg) -> bool:
        """Take note of a message; whether it ends the run."""
        path = tuple(message.metadata.delta_path)
        if message.WhichOneof("type") == "ref_hash":
            message = self._cache[message.ref_hash].message
        if message.metadata.cacheable:
            self._cache[message.hash] = _Cached(message, self._runs)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._drawn[path] = message.delta
        elif kind == "new_session":
            self._runs += 1
            self._drawn = dict(self._deltas) if message.metadata.run.fragment_ids else {}
            self.session = message.new_session.initialize.session_id
        elif kind == "navigation":
            self._pages = {it.url_pathname: it.page_script_hash for it in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "script_finished" and message.script_finished in FINISHED:
            self._deltas = self._drawn
            self._forget_old()
            return True
        return False

    def _forget_old(self) -> None:
        """Like a browser, keep no state of a widget that is gone, and no message that was not used lately."""
        ids = {getattr(element(delta), "id", "") for delta in self._deltas.values()}
        self.states = {id: state for id, state in self.states.items() if id in ids}
        oldest = self._runs - MESSAGE_AGE
        self._cache = {hash: it for hash, it in self._cache.items() if it.run >= oldest}

    def _asks(self, message: ForwardMsg) -> bool:
        """Whether kapjournal's `resume` component has just come up, which answers at once."""
        it = message.delta.new_element.bidi_component
        if self._answered or not it.id.endswith(f"-{RESUME}"):
            return False
        self.states[it.id] = _state(it.id, {"tab": {"known": True, "token": self.token, "asked": 0}})
        return True

    def _raise_for_errors(self) -> None:
        for it in self.elements("exception"):
            raise RunFailed(f"{it.type}: {it.message}")
        for it in self.elements("alert"):
            if it.format == it.ERROR:
                raise RunFailed(it.body)


def fetch_cookie(address: str) -> str:
    """The cross-site cookie that a server gives to a new browser."""
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=10) as response:
        return SimpleCookie(response.headers["Set-Cookie"])[COOKIE].value


def element(delta: Delta) -> Any:
    """The element of a delta; its block if it is a container."""
    if delta.WhichOneof("type") != "new_element":
        return delta.add_block
    return getattr(delta.new_element, delta.new_element.WhichOneof("type") or "empty")


def _state(id: str, value: Value) -> WidgetState:
    match value:
        case bool():
            return WidgetState(id=id, bool_value=value)
        case str():
            return WidgetState(id=id, string_value=value)
        case Mapping():
            return WidgetState(id=id, json_value=json.dumps(value))
    state = WidgetState(id=id)
    state.string_array_value.data.extend(value)
    return state
