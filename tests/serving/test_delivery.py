"""What a run says arrives whole, in order, and without waiting for the run to end."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import pytest
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig, NewSession
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from bench.client import Tab
from kapjournal.serving import delivery
from kapjournal.serving.delivery import delivering_at_once
from tests.serving.conftest import launched, write_app

LINES = 5 * delivery.AT_ONCE
SLOW = 0.6
SCRIPT = f"""
import asyncio
import time
import streamlit as st
for number in range({LINES}):
    st.text(f"line {{number}}")
time.sleep({SLOW})
st.text("last")
"""

pytestmark = pytest.mark.xdist_group("serving")


class Watching(Tab):
    """A tab that notes when each text arrived."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.arrived: dict[str, float] = {}

    def _take(self, message: ForwardMsg) -> bool:
        if message.WhichOneof("type") == "delta":
            self.arrived[message.delta.new_element.text.body] = time.perf_counter()
        return super()._take(message)


@pytest.fixture
def long_page(tmp_path: Path) -> Iterator[str]:
    folder = write_app(tmp_path)
    (folder / "app.py").write_text(SCRIPT, "utf-8")
    with launched(folder) as (_process, address):
        yield address


async def _opened(address: str) -> Watching:
    async with Watching(address) as tab:
        await tab.open()
        return tab


def test_a_long_page_arrives_whole_and_in_order(long_page: str) -> None:
    tab = asyncio.run(_opened(long_page))
    assert [it.body for it in tab.elements("text")] == [*(f"line {n}" for n in range(LINES)), "last"]
    assert list(tab.arrived) == [*(f"line {n}" for n in range(LINES)), "last"]


def test_what_a_slow_run_has_said_is_there_before_it_ends(long_page: str) -> None:
    arrived = asyncio.run(_opened(long_page)).arrived
    assert arrived["last"] - arrived[f"line {LINES - 1}"] > SLOW / 2


class Session:
    """As much of Streamlit's session as delivery touches; its loop does what it is asked when `go_round` is called."""

    def __init__(self) -> None:
        self.handled: list[object] = []
        self.woken = 0
        self.asked: list[Callable[[], None]] = []
        self.later: list[Callable[[], None]] = []
        self._event_loop = SimpleNamespace(
            call_later=lambda _seconds, call, *given: self.later.append(lambda: call(*given))
        )
        self._message_enqueued_callback: Callable[[], None] | None = self._wake
        self._scriptrunner: object = None

    def _wake(self) -> None:
        self.woken += 1

    def _call_soon_on_event_loop(self, call: Callable[[], None]) -> None:
        self.asked.append(call)

    def _handle_scriptrunner_event_on_event_loop(
        self, sender: object, event: object, **_more: object
    ) -> None:
        if sender is not self._scriptrunner:
            return
        self.handled.append(event)
        if self._message_enqueued_callback:
            self._message_enqueued_callback()

    def go_round(self, *, late: bool = False) -> None:
        calls, self.asked = self.asked, []
        if late:
            calls, self.later = calls + self.later, []
        for call in calls:
            call()


STARTED, SAID, ENDED = (
    ScriptRunnerEvent.SCRIPT_STARTED,
    ScriptRunnerEvent.ENQUEUE_FORWARD_MSG,
    ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS,
)


def begun() -> Any:
    session: Any = Session()
    delivery._begun(lambda _session, *_data: None)(session)
    return session


def test_a_run_that_ends_soon_wakes_the_loop_once() -> None:
    session = begun()
    for event in (STARTED, SAID, SAID, SAID, ENDED):
        delivery._say(session, None, event=event)
    assert len(session.asked) == 1
    session.go_round()
    assert session.handled == [STARTED, SAID, SAID, SAID, ENDED]
    assert session.woken == 1


def test_a_run_that_goes_on_is_looked_after_until_it_ends() -> None:
    session = begun()
    delivery._say(session, None, event=STARTED)
    session.go_round(late=True)
    assert (session.handled, len(session.later)) == ([STARTED], 1)
    delivery._say(session, None, event=ENDED)
    session.go_round(late=True)
    assert (session.handled, session.later) == ([STARTED, ENDED], [])


def test_what_a_run_has_said_is_handled_before_the_next_run_takes_its_place() -> None:
    def request_rerun(session: Any, *_client_state: Any) -> None:
        session._scriptrunner = None
        delivery._begun(lambda session, *_data: setattr(session, "_scriptrunner", "second"))(session)

    session = begun()
    session._scriptrunner = "first"
    for event in (STARTED, SAID, ENDED):
        delivery._say(session, "first", event=event)
    delivery._after_what_was_said(request_rerun)(session)
    assert session.handled == [STARTED, SAID, ENDED]
    delivery._say(session, "first", event=SAID)
    session.go_round()
    assert session.handled == [STARTED, SAID, ENDED]


def test_what_is_said_when_nobody_looks_has_somebody_look() -> None:
    session = begun()
    session.go_round(late=True)
    assert session.later == []
    delivery._say(session, None, event=SAID)
    session.go_round()
    session.go_round(late=True)
    assert session.handled == [SAID]


class Sent:
    """Something that can be seen to go."""


@contextmanager
def flushing(
    monkeypatch: pytest.MonkeyPatch, messages: list[Any], send: Callable[..., None]
) -> Iterator[Any]:
    """What Streamlit's loop is handed of these messages, which go to a client that takes them with `send`."""
    manager = SimpleNamespace(get_active_session_info=lambda _id: object())
    instance = SimpleNamespace(_session_mgr=manager, _send_message=send)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: instance)
    monkeypatch.setattr(AppSession, "flush_browser_queue", lambda _session: messages)
    with delivering_at_once():
        yield AppSession.flush_browser_queue(SimpleNamespace(id="tab"))  # type: ignore[arg-type]


def test_all_but_the_last_are_sent_and_held_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [Sent() for _each in range(3)]
    left: WeakSet[Sent] = WeakSet(messages)
    with flushing(monkeypatch, messages, lambda _info, _message: None) as flushed:
        messages.clear()
        assert [len(left) for _each in flushed] == [1]
        assert not left


def test_what_cannot_be_sent_is_left_to_streamlit(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_info: object, _message: object) -> None:
        raise SessionClientDisconnectedError

    with flushing(monkeypatch, [1, 2, 3], refuse) as flushed:
        assert list(flushed) == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "kind", "section"),
    [
        ("_populate_config_msg", Config, ()),
        ("_populate_theme_msg", CustomThemeConfig, ("theme",)),
        ("_populate_theme_msg", CustomThemeConfig, ("theme.dark",)),
    ],
)
def test_what_every_run_repeats_is_as_streamlit_would_have_it(
    name: str, kind: Callable[[], Any], section: tuple[str, ...]
) -> None:
    theirs, first, second = kind(), kind(), kind()
    getattr(app_session, name)(theirs, *section)
    with delivering_at_once():
        for it in (first, second):
            getattr(app_session, name)(it, *section)
    assert first == second == theirs


def test_pages_are_named_as_streamlit_would_name_them() -> None:
    def pages(*names: str) -> dict[str, Any]:
        return {f"hash of {it}": {"page_name": it, "icon": "", "url_pathname": it} for it in names}

    known = (pages("Today", "Safety_card"), pages("Today"), pages("Today", "Safety_card"))
    theirs, ours = [NewSession() for _each in known], [NewSession() for _each in known]
    session: Any = SimpleNamespace()
    for message, it in zip(theirs, known, strict=True):
        AppSession._populate_app_pages(session, message, it)
    with delivering_at_once():
        for message, it in zip(ours, known, strict=True):
            AppSession._populate_app_pages(session, message, it)
    assert ours == theirs
    assert [it.page_name for it in ours[0].app_pages] == ["Today", "Safety card"]


def test_streamlit_is_as_it_was_afterwards() -> None:
    names = ("_on_scriptrunner_event", "_create_scriptrunner", "request_rerun", "flush_browser_queue")
    before = {name: getattr(AppSession, name) for name in names}
    with delivering_at_once():
        assert all(getattr(AppSession, name) is not it for name, it in before.items())
    assert all(getattr(AppSession, name) is it for name, it in before.items())
