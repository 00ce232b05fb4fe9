"""Collecting garbage while nobody waits.

Streamlit would collect after every script run, 60 to 80 ms with everybody waiting; that is switched
off (`runner.postScriptGC`), and Python's own collector stays on. A full collection runs only when no
browser has sent or been sent anything for 2 s, at most every 5 minutes. What lives before the first
browser comes - the modules, which stay for good - is frozen, so that later ones have little to look at;
never later, or what somebody wrote could be frozen with it.

Streamlit keeps the session of a closed tab for two minutes, but forgets it only when another one comes or
goes. Here it is forgotten when its time is over, and collected at once. Nothing written outlives its tab.
"""

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.caching.ttl_cache import TTLCache

QUIET_SECONDS = 2.0
PAUSE_SECONDS = 300.0
LOOK_SECONDS = 0.5
FORGET_SECONDS = 10.0


class Traffic:
    """Notes when a browser last said or was told something over its websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.last: float | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on unchanged."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def noted_receive() -> Message:
            message = await receive()
            self.last = time.monotonic()
            return message

        async def noted_send(message: Message) -> None:
            self.last = time.monotonic()
            await send(message)

        await self._app(scope, noted_receive, noted_send)


@contextmanager
def collecting_when_quiet(traffic: Traffic) -> Iterator[None]:
    """Collect in a thread of its own until the block ends.

    Whoever has switched the collector off, to start sooner, has nothing to be collected: it is switched on here.
    """
    if gc.isenabled():
        gc.collect()
    gc.freeze()
    gc.enable()
    stopping = threading.Event()
    thread = threading.Thread(target=_collect_when_quiet, args=(traffic, stopping), name="quiet", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()


def _collect_when_quiet(traffic: Traffic, stopping: threading.Event) -> None:
    collected: float | None = None
    forgotten = time.monotonic()
    while not stopping.wait(LOOK_SECONDS):
        now = time.monotonic()
        gone = 0
        if now - forgotten >= FORGET_SECONDS:
            gone, forgotten = forget_closed_tabs(), now
        if gone or _due(now, traffic.last, collected):
            gc.collect()
            collected = now


def forget_closed_tabs() -> int:
    """Drop the sessions of tabs that were closed long enough ago; how many."""
    if not runtime.exists():
        return 0
    storage = getattr(runtime.get_instance()._session_mgr, "_session_storage", None)
    kept = getattr(storage, "_cache", None)
    return len(kept.expire()) if isinstance(kept, TTLCache) else 0


def _due(now: float, last: float | None, collected: float | None) -> bool:
    """Whether it is quiet, something happened since the last collection, and that is long enough ago."""
    if last is None or now - last < QUIET_SECONDS:
        return False
    return collected is None or (last > collected and now - collected >= PAUSE_SECONDS)
