"""Reruns over the websocket: Today, its check-in, the editor and Progress, alone and with many people.

Alone, a page is compared with a bare page of as many elements. With many people, the application is compared with
itself on stock Streamlit, and the bare page there stands beside it in the detail (ADR 0022).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from bench.client import Run, RunFailed, Tab
from bench.editor import Editor
from bench.rows import ROUNDS, Row, milliseconds, p95
from bench.servers import Server, processor_seconds
from bench.stage import BOX, CHECK_IN, Stage
from kapjournal.insights.periods import Period
from kapjournal.insights.words import period_label

WARM_UP = 10
ALONE = 30
PICTURES = 15
LOAD_SECONDS = 3.0
CROWD_SECONDS = 6.0
PEOPLE = 20
ARRIVING = 5
WRITTEN = "The morning was grey and I took my time. Something in me wanted to be found. "

Act = Callable[[Tab, int], Awaitable[Run]]


class Load(NamedTuple):
    """What a number of tabs got done in a closed loop: runs a second, and how long each took."""

    per_second: float
    seconds: list[float]
    errors: int


async def whole_page(tab: Tab, number: int) -> Run:
    """Run the whole page with another number in its first row of numbers."""
    tab.set(CHECK_IN, _tapped(tab, number))
    return await tab.rerun()


async def tap(tab: Tab, number: int) -> Run:
    """Tap another number of the check-in; its fragment runs."""
    return await tab.push(CHECK_IN, _tapped(tab, number))


def _tapped(tab: Tab, number: int) -> dict[str, object]:
    """What the rows of numbers send; on the bare page a component of nothing takes it too."""
    return {"chosen": {"form": tab.data(CHECK_IN)["form"], "ratings": {"mood": number % 11}}}


def rerun(stage: Stage) -> Row:
    """Today for one person against a bare page of as many elements on stock Streamlit."""
    mine = _Side(stage.ours, stage.people(1)[0].tab(stage.ours.address))
    stocks = [_Side(server, Tab(server.address)) for server in (stage.stock, stage.stock_with_uvloop)]
    ours, other, with_uvloop = stage.run(_in_turn(mine, *stocks))
    value = ours.median / other.median
    detail = _alone(stage, ours, other) | {"other_with_uvloop_ms": with_uvloop.told}
    return Row("rerun", value, "<= 0.15 x stock", value <= 0.15, detail)


def rerun_floor(stage: Stage) -> Row:
    """Today for one person against a bare page of as many elements on our launcher."""
    mine = _Side(stage.ours, stage.people(1)[0].tab(stage.ours.address))
    ours, other = stage.run(_in_turn(mine, _Side(stage.floor, Tab(stage.floor.address))))
    value = ours.median / other.median
    return Row(
        "rerun_floor", value, "<= 1.5 x bare page on our launcher", value <= 1.5, _alone(stage, ours, other)
    )


def growth(stage: Stage) -> Row:
    """Today with ten years of data against one year."""
    people = (stage.veteran, stage.people(1)[0])
    ten, one = (_Side(stage.ours, person.tab(stage.ours.address)) for person in people)
    ours, other = stage.run(_in_turn(ten, one))
    value = ours.median / other.median
    detail = {"ours": {"p50_ms": ours.p50_ms}, "other": {"p50_ms": other.p50_ms}, "reruns_a_round": ALONE}
    return Row("growth", value, "<= 1.2 x one year", value <= 1.2, detail)


def reruns_20(stage: Stage) -> Row:
    """Today for 20 people at once, against the same on stock Streamlit."""
    crowd = _crowd(stage, whole_page)
    return Row(
        "reruns_20",
        crowd.ratio,
        ">= 8 x itself on stock (aim: 12)",
        crowd.ratio >= 8 and crowd.fine,
        crowd.told,
    )


def reruns_100(stage: Stage) -> Row:
    """Today for 100 people at once: how long 95 % of reruns take at most, in seconds."""
    tabs = [person.tab(stage.ours.address) for person in stage.people(100)]

    async def crowd() -> list[Load]:
        async with open_tabs(tabs):
            await load(tabs, whole_page, 1)
            return [await load(tabs, whole_page, CROWD_SECONDS) for _round in range(ROUNDS)]

    ours = stage.run(crowd())
    value = median(p95(it.seconds) for it in ours)
    ok = value < 1.5 and not _errors(ours)
    detail = {"ours": [_told(it) for it in ours], "other": None}
    return Row("reruns_100", value, "p95 < 1.5 s, 0 errors", ok, detail)


def fragment(stage: Stage) -> Row:
    """A tap in the check-in and a push of the editor that saves nothing, 20 people, against stock; the worse one."""
    taps, pushes = _crowd(stage, tap), _writers(stage, saving=False)
    value = min(taps.ratio, pushes.ratio)
    ok = value >= 20 and taps.fine and pushes.fine
    return Row(
        "fragment", value, ">= 20 x itself on stock", ok, {"check_in": taps.told, "editor": pushes.told}
    )


def fragment_save(stage: Stage) -> Row:
    """A push of the editor with a durable save, 20 people, against the same on stock."""
    pushes = _writers(stage, saving=True)
    slowest = median(p95(it.seconds) for it in pushes.ours)
    ok = pushes.ratio >= 12 and slowest <= 0.4 and pushes.fine
    return Row("fragment_save", pushes.ratio, ">= 12 x itself on stock, p95 <= 400 ms", ok, pushes.told)


def progress(stage: Stage) -> Row:
    """The Progress page with ten years: the slowest period, in milliseconds."""
    seconds, sizes = stage.run(_periods(stage.veteran.tab(stage.ours.address)))
    value = max(median(it) for it in seconds.values()) * 1000
    largest = max(sizes.values())
    detail = {
        "ours": {period: {"p50_ms": milliseconds([median(it)])} for period, it in seconds.items()},
        "other": None,
        "picture_bytes": sizes,
        "count": PICTURES,
    }
    ok = value <= 100 and largest <= 100_000
    return Row("progress", value, "script <= 100 ms, picture <= 100 kB", ok, detail)


@asynccontextmanager
async def open_tabs(tabs: Sequence[Tab], page: str = "", **query: str) -> AsyncIterator[Sequence[Tab]]:
    """Tabs on a page of theirs, a few arriving at a time."""
    gate = asyncio.Semaphore(ARRIVING)
    async with AsyncExitStack() as stack:

        async def arrive(tab: Tab) -> None:
            async with gate:
                await stack.enter_async_context(tab)
                await tab.open(page, **query)

        await asyncio.gather(*(arrive(tab) for tab in tabs))
        yield tabs


async def load(tabs: Sequence[Tab], act: Act, seconds: float) -> Load:
    """Every tab acts again as soon as its run has finished."""
    times: list[float] = []
    errors = 0
    start = time.perf_counter()

    async def keep_on(tab: Tab) -> None:
        nonlocal errors
        number = 0
        while time.perf_counter() - start < seconds:
            number += 1
            try:
                times.append((await act(tab, number)).seconds)
            except (RunFailed, TimeoutError, ConnectionClosed):
                errors += 1
                return

    await asyncio.gather(*(keep_on(tab) for tab in tabs))
    return Load(len(times) / (time.perf_counter() - start), times, errors)


class _Crowd(NamedTuple):
    """The rounds of a load on our server, of the same on stock, and on a bare page there."""

    ours: list[Load]
    other: list[Load]
    bare: list[Load]

    @property
    def ratio(self) -> float:
        """How many times as much we do in a second."""
        return _throughput(self.ours) / _throughput(self.other)

    @property
    def bare_ratio(self) -> float:
        """How many times as much we do in a second as the bare page does."""
        return _throughput(self.ours) / _throughput(self.bare)

    @property
    def fine(self) -> bool:
        """Whether nothing failed on any side."""
        return not _errors((*self.ours, *self.other, *self.bare))

    @property
    def told(self) -> dict[str, object]:
        """For the detail of a row."""
        sides = {"ours": self.ours, "other": self.other, "bare_page_on_stock": self.bare}
        rounds = {name: [_told(it) for it in loads] for name, loads in sides.items()}
        return {**rounds, "x_bare_page_on_stock": round(self.bare_ratio, 2)}


class _Side:
    """One tab on one server, with the seconds of its reruns and of the server's processor, by round."""

    def __init__(self, server: Server, tab: Tab) -> None:
        self.tab = tab
        self._server = server
        self._rounds: list[list[float]] = []
        self._processor: list[float] = []

    @property
    def median(self) -> float:
        """The median of the medians of all rounds, in seconds."""
        return median(map(median, self._rounds))

    @property
    def p50_ms(self) -> list[float]:
        """The median of each round, for the detail of a row."""
        return milliseconds([median(it) for it in self._rounds])

    @property
    def told(self) -> dict[str, object]:
        """For the detail of a row, where the server had nothing else to do."""
        return {"p50_ms": self.p50_ms, "processor_ms": milliseconds(self._processor)}

    async def round(self, count: int) -> None:
        """A number of reruns, each as soon as the last has finished."""
        before = processor_seconds(self._server)
        self._rounds.append([(await whole_page(self.tab, number)).seconds for number in range(count)])
        self._processor.append((processor_seconds(self._server) - before) / count)

    def forget(self) -> None:
        """The rounds so far were for warming up."""
        self._rounds.clear()
        self._processor.clear()


async def _in_turn(*sides: _Side) -> tuple[_Side, ...]:
    """Rounds on every side in turn, so that a slow minute of the machine meets all."""
    async with open_tabs([side.tab for side in sides]):
        for side in sides:
            await side.round(WARM_UP)
            side.forget()
        for _round in range(ROUNDS):
            for side in sides:
                await side.round(ALONE)
    return sides


def _crowd(stage: Stage, act: Act) -> _Crowd:
    """The same act of 20 people on Today, on both servers, and in 20 tabs on the bare page."""
    people = stage.people(PEOPLE)
    mine, theirs = ([it.tab(server.address) for it in people] for server in (stage.ours, stage.ours_on_stock))
    bare = [Tab(stage.stock.address) for _person in people]

    async def all_of_them() -> _Crowd:
        async with open_tabs(mine), open_tabs(theirs), open_tabs(bare):
            return await _load_in_turn(mine, theirs, bare, act, act)

    return stage.run(all_of_them())


def _writers(stage: Stage, *, saving: bool) -> _Crowd:
    """Twenty people in the editor, on both servers, and twenty tabs on a bare page of as many elements."""
    people = stage.people(PEOPLE)
    mine, theirs = ([it.tab(server.address) for it in people] for server in (stage.ours, stage.ours_on_stock))
    bare = [Tab(stage.stock_editor.address) for _person in people]
    editors: dict[Tab, Editor] = {}

    async def push(tab: Tab, number: int) -> Run:
        return await (editors[tab].write(f"{WRITTEN * 5}{number}") if saving else editors[tab].repeat())

    async def bare_push(tab: Tab, number: int) -> Run:
        return await tab.push(BOX, {"chosen": f"{WRITTEN * 5}{number}"})

    async def all_of_them() -> _Crowd:
        async with (
            open_tabs(mine, "write", blank="1"),
            open_tabs(theirs, "write", blank="1"),
            open_tabs(bare),
        ):
            editors.update((tab, Editor(tab)) for tab in (*mine, *theirs))
            await asyncio.gather(*(editor.write(WRITTEN) for editor in editors.values()))
            return await _load_in_turn(mine, theirs, bare, push, bare_push)

    return stage.run(all_of_them())


async def _load_in_turn(
    mine: Sequence[Tab], theirs: Sequence[Tab], bare: Sequence[Tab], act: Act, bare_act: Act
) -> _Crowd:
    await load(mine, act, 1)
    crowd = _Crowd([], [], [])
    for _round in range(ROUNDS):
        crowd.ours.append(await load(mine, act, LOAD_SECONDS))
        crowd.other.append(await load(theirs, act, LOAD_SECONDS))
        crowd.bare.append(await load(bare, bare_act, LOAD_SECONDS))
    return crowd


async def _periods(tab: Tab) -> tuple[dict[str, list[float]], dict[str, int]]:
    seconds: dict[str, list[float]] = {period: [] for period in Period}
    sizes: dict[str, int] = {}
    async with open_tabs([tab], "progress"):
        for number in range(WARM_UP + PICTURES):
            for period in Period:
                run = await tab.push("period", [period_label(period)])
                if number >= WARM_UP:
                    seconds[period].append(run.seconds)
                sizes[period] = next(it.ByteSize() for it in tab.elements("plotly_chart"))
    return seconds, sizes


def _throughput(loads: Sequence[Load]) -> float:
    return median(it.per_second for it in loads)


def _errors(loads: Sequence[Load]) -> int:
    return sum(it.errors for it in loads)


def _told(it: Load) -> dict[str, float]:
    fifty, ninety_five = milliseconds([median(it.seconds), p95(it.seconds)])
    return {
        "per_second": round(it.per_second, 1),
        "p50_ms": fifty,
        "p95_ms": ninety_five,
        "errors": it.errors,
    }


def _alone(stage: Stage, ours: _Side, other: _Side) -> dict[str, object]:
    elements = sum(map(len, stage.today))
    return {"ours": ours.told, "other": other.told, "elements": elements, "reruns_a_round": ALONE}
