"""What it costs to arrive: a server's start, a browser's first visit, a person's memory."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from typing import Any, NamedTuple

import psutil
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench import servers
from bench.client import COOKIE, Tab
from bench.people import Person
from bench.reruns import open_tabs
from bench.rows import ROUNDS, Row, milliseconds
from bench.servers import Server
from bench.stage import Stage
from tests.browsers import ARGUMENTS, find

PHONE = ViewportSize(width=390, height=844)
SETTLED_PEOPLE = 10
NEW_PEOPLE = 40
QUIET_SECONDS = 4.0  # longer than the launcher waits before it collects garbage
MEGABYTE = 1_000_000
PAINTED = """
new MutationObserver((_changes, observer) => {
  if (!document.querySelector("h1")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
TOKEN = "sessionStorage.setItem('kapjournal.token', {token!r})"


class Visit(NamedTuple):
    """A first visit: seconds until the title of the page was painted, and bytes over the wire."""

    seconds: float
    size: int


def cold_start(stage: Stage) -> Row:
    """From the command to a healthy server, against a bare page on stock Streamlit."""
    stage.people(1)
    page = stage.bare_today
    starts: tuple[Callable[[], AbstractContextManager[Server]], ...] = (
        lambda: servers.kapjournal(stage.data),
        lambda: servers.stock(stage.folder / "cold", page),
    )
    rounds = [[_start(stage, start) for start in starts] for _round in range(1 + ROUNDS)][1:]
    ours, other = zip(*rounds, strict=True)
    value = median(healthy for healthy, _first in ours) / median(healthy for healthy, _first in other)
    detail = {name: _starts(side) for name, side in (("ours", ours), ("other", other))}
    return Row("cold_start", value, "<= 1.5 x stock", value <= 1.5, detail)


def first_load(stage: Stage) -> Row:
    """A browser's first visit: Welcome and Today against a bare page on stock Streamlit, Progress for its size."""
    person = stage.people(1)[0]
    ours, stock = stage.ours.address, stage.stock.address
    visits: dict[str, list[Visit]] = {"welcome": [], "today": [], "progress": [], "stock": []}
    with _browser() as browser:
        for _round in range(1 + ROUNDS):
            visits["stock"].append(_visit(browser, stock))
            visits["welcome"].append(_visit(browser, f"{ours}/welcome"))
            visits["today"].append(_visit(browser, ours, person))
            visits["progress"].append(_visit(browser, f"{ours}/progress", person, ".js-plotly-plot"))
    seconds = {name: median(it.seconds for it in found[1:]) for name, found in visits.items()}
    sizes = {name: max(it.size for it in found) for name, found in visits.items()}
    value = max(seconds["welcome"], seconds["today"]) / seconds["stock"]
    small = max(sizes["welcome"], sizes["today"]) <= 1.6 * MEGABYTE and sizes["progress"] <= 3.0 * MEGABYTE
    detail = {
        "ours": {"painted_ms": {name: _painted(visits[name]) for name in ("welcome", "today")}},
        "other": {"painted_ms": _painted(visits["stock"])},
        "bytes": sizes,
    }
    bar = "<= 1.1 x stock, 1.6 MB, with Plotly 3.0 MB"
    return Row("first_load", value, bar, value <= 1.1 and small, detail)


def memory(stage: Stage) -> Row:
    """How much a server grows for each person with a year who reads Today and the journal, in MB."""
    people = stage.people(SETTLED_PEOPLE + NEW_PEOPLE)
    with servers.kapjournal(stage.data) as server:
        before, after = stage.run(_grow(server, people))
    value = (after - before) / NEW_PEOPLE / MEGABYTE
    detail = {
        "ours": {"before_mb": round(before / MEGABYTE, 1), "after_mb": round(after / MEGABYTE, 1)},
        "other": None,
        "people": [SETTLED_PEOPLE, NEW_PEOPLE],
    }
    return Row("memory", value, "<= 3 MB a person", value <= 3, detail)


def _start(stage: Stage, start: Callable[[], AbstractContextManager[Server]]) -> tuple[float, float]:
    """Seconds until healthy, and seconds of the first page after that."""

    async def first_page(server: Server) -> float:
        async with Tab(server.address) as tab:
            return (await tab.open()).seconds

    with start() as server:
        return server.started, stage.run(first_page(server))


def _starts(side: Sequence[tuple[float, float]]) -> dict[str, list[float]]:
    healthy, first = zip(*side, strict=True)
    return {"healthy_ms": milliseconds(healthy), "first_page_ms": milliseconds(first)}


async def _grow(server: Server, people: Sequence[Person]) -> tuple[int, int]:
    tabs = [person.tab(server.address) for person in people]
    async with open_tabs(tabs[:SETTLED_PEOPLE]) as settled:
        await _look_around(settled)
        before = await _resident(server)
        async with open_tabs(tabs[SETTLED_PEOPLE:]) as new:
            await _look_around(new)
            return before, await _resident(server)


async def _look_around(tabs: Sequence[Tab]) -> None:
    for page in ("journal", ""):
        for tab in tabs:
            await tab.open(page)


async def _resident(server: Server) -> int:
    await asyncio.sleep(QUIET_SECONDS)
    return int(psutil.Process(server.pid).memory_info().rss)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def _visit(browser: Browser, address: str, person: Person | None = None, last: str = "h1") -> Visit:
    """Open an address in a browser that has never been there, wait for the element that comes last."""
    with browser.new_context(viewport=PHONE) as context:
        if person is not None:
            context.add_cookies([{"name": COOKIE, "value": person.cookie, "url": address}])
            context.add_init_script(TOKEN.format(token=person.token))
        context.add_init_script(PAINTED)
        page = context.new_page()
        sizes = _listen(page)
        page.goto(address)
        page.wait_for_function("() => window.painted")
        page.wait_for_selector(last)
        page.wait_for_load_state("networkidle")
        return Visit(page.evaluate("window.painted") / 1000, sum(sizes))


def _listen(page: Page) -> list[int]:
    """The bytes of every answer, as they arrive: headers, bodies as sent, and websocket messages."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def frame(event: dict[str, Any]) -> None:
        sizes.append(len(event["response"]["payloadData"]) * 3 // 4)

    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    session.on("Network.webSocketFrameReceived", frame)
    return sizes


def _painted(visits: Sequence[Visit]) -> list[float]:
    return milliseconds([it.seconds for it in visits[1:]])
