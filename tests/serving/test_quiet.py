"""Garbage is collected while nobody waits."""

import asyncio
import gc
import time

import pytest
from starlette.types import Message, Receive, Scope, Send

from kapjournal.serving import quiet
from kapjournal.serving.quiet import Traffic, collecting_when_quiet


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    await send(await receive())


def talk(traffic: Traffic, kind: str) -> None:
    async def receive() -> Message:
        return {"type": "websocket.receive"}

    async def send(_message: Message) -> None:
        return

    asyncio.run(traffic({"type": kind}, receive, send))


def test_only_websockets_count_as_traffic() -> None:
    traffic = Traffic(echo)
    talk(traffic, "http")
    quiet_before = traffic.last
    before = time.monotonic()
    talk(traffic, "websocket")
    assert quiet_before is None
    assert traffic.last is not None
    assert before <= traffic.last <= time.monotonic()


@pytest.mark.parametrize(
    ("now", "last", "collected", "due"),
    [
        (100.0, None, None, False),  # nobody has come yet
        (100.0, 98.5, None, False),  # somebody is still there
        (100.0, 97.0, None, True),
        (400.0, 397.0, 101.0, False),  # too soon after the last time
        (402.0, 399.0, 101.0, True),
        (900.0, 100.0, 101.0, False),  # nothing happened since
    ],
)
def test_it_is_due_when_quiet_and_not_too_often(
    now: float, last: float | None, collected: float | None, due: bool
) -> None:
    assert quiet._due(now, last, collected) is due


def test_only_what_lives_before_the_first_browser_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: calls.append("freeze"))
    for name in ("QUIET_SECONDS", "PAUSE_SECONDS", "LOOK_SECONDS"):
        monkeypatch.setattr(quiet, name, 0.01)
    traffic = Traffic(echo)
    with collecting_when_quiet(traffic):
        assert calls == ["collect", "freeze"]
        talk(traffic, "websocket")
        _wait_for(calls, 3)
    assert calls.count("freeze") == 1
    assert calls.count("collect") >= 2


def test_a_start_without_the_collector_has_nothing_to_collect(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: calls.append("freeze"))
    gc.disable()
    with collecting_when_quiet(Traffic(echo)):
        assert calls == ["freeze"]
        assert gc.isenabled()


def test_a_tab_that_is_forgotten_is_collected_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(quiet, "forget_closed_tabs", lambda: 1)
    for name in ("FORGET_SECONDS", "LOOK_SECONDS"):
        monkeypatch.setattr(quiet, name, 0.01)
    with collecting_when_quiet(Traffic(echo)):
        _wait_for(calls, 2)
    assert len(calls) >= 2


def _wait_for(calls: list[str], count: int) -> None:
    until = time.monotonic() + 5
    while len(calls) < count and time.monotonic() < until:
        time.sleep(0.005)
