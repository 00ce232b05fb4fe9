"""Reruns over the websocket: Today, its check-in, the editor and Progress, alone and with many people."""

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
from bench.stage import BOX, CHECK_IN, Stage
from kapjournal.insights.periods import Period
from kapjournal.insights.words import period_label

WARM_UP = 5
ALONE = 40
ALONE_STOCK = 15
LOAD_SECONDS = 3.0
CROWD_SECONDS = 8.0
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
    tab.set(CHECK_IN, [str(number % 11)])
    return await tab.rerun()


async def tap(tab: Tab, number: int) -> Run:
    """Tap another number of the check-in; its fragment runs."""
    return await tab.push(CHECK_IN, [str(number % 11)])


def rerun(stage: Stage) -> Row:
    """Today for one person against a bare page of as many elements on stock Streamlit."""
    mine = _Side(stage.ours, stage.people(1)[0].tab(stage.ours.address))
    stocks = [_Side(server, Tab(server.address), pause=True) for server in (stage.stock, stage.stock_with_uvloop)]
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
    return Row("growth", value, "<= 1.2 x one year", value <= 1.2, _alone(stage, ours, other))


def reruns_20(stage: Stage) -> Row:
    """Today for 20 people at once against 20 tabs on stock Streamlit."""
    ours, other = stage.run(_crowds(stage, 20, whole_page, stage.stock.address, whole_page, LOAD_SECONDS))
    value = _throughput(ours) / _throughput(other)
    return Row("reruns_20", value, ">= 8 x stock (aim: 12)", value >= 8 and not _errors(ours), _loads(ours, other))


def reruns_100(stage: Stage) -> Row:
    """Today for 100 people at once: how long 95 % of reruns take at most, in seconds."""
    ours, other = stage.run(_crowds(stage, 100, whole_page, stage.stock.address, whole_page, CROWD_SECONDS))
    value = median(p95(it.seconds) for it in ours)
    ok = value < 1.5 and not _errors(ours)
    return Row("reruns_100", value, "p95 < 1.5 s, 0 errors", ok, _loads(ours, other))


def fragment(stage: Stage) -> Row:
    """A tap in the check-in and a push of the editor that saves nothing, 20 people, against stock; the worse one."""
    taps = stage.run(_crowds(stage, 20, tap, stage.stock.address, tap, LOAD_SECONDS))
    pushes = stage.run(_writers(stage, saving=False))
    value = min(_throughput(ours) / _throughput(other) for ours, other in (taps, pushes))
    ok = value >= 20 and not _errors((*taps[0], *pushes[0]))
    return Row(
        "fragment", value, ">= 20 x stock", ok, {"check_in": _loads(*taps), "editor": _loads(*pushes)}
    )


def fragment_save(stage: Stage) -> Row:
    """A push of the editor with a durable save, 20 people, against the same fragment on stock, which saves nothing."""
    ours, other = stage.run(_writers(stage, saving=True))
    value = _throughput(ours) / _throughput(other)
    slowest = median(p95(it.seconds) for it in ours)
    ok = value >= 12 and slowest <= 0.4 and not _errors(ours)
    return Row("fragment_save", value, ">= 12 x stock, p95 <= 400 ms", ok, _loads(ours, other))


def progress(stage: Stage) -> Row:
    """The Progress page with ten years: the slowest period, in seconds."""
    seconds, sizes = stage.run(_periods(stage))
    value = max(median(it) for it in seconds.values())
    largest = max(sizes.values())
    detail = {
        "ours_ms": {period: milliseconds(it) for period, it in seconds.items()},
        "other_ms": None,
        "picture_bytes": sizes,
    }
    ok = value <= 0.1 and largest <= 100_000
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


class _Side:
    """One tab on one server, with the seconds of its reruns and of the server's processor, by round.

    With `pause`, the other sides wait until the server has collected its garbage.
    """

    def __init__(self, server: Server, tab: Tab, *, pause: bool = False) -> None:
        self.tab = tab
        self._server = server
        self._pause = PAUSE_SECONDS if pause else 0.0
        self._rounds: list[list[float]] = []
        self._processor: list[float] = []

    @property
    def median(self) -> float:
        """The median of the medians of all rounds."""
        return median(map(median, self._rounds))

    @property
    def told(self) -> dict[str, object]:
        """For the detail of a row."""
        return {
            "p50_ms": milliseconds([median(it) for it in self._rounds]),
            "processor_ms": milliseconds([median(self._processor)]),
            "count": sum(map(len, self._rounds)),
        }

    def new_round(self) -> None:
        self._rounds.append([])

    async def act(self, number: int) -> None:
        before = processor_seconds(self._server)
        self._rounds[-1].append((await whole_page(self.tab, number)).seconds)
        await asyncio.sleep(self._pause)
        self._processor.append(processor_seconds(self._server) - before)


async def _in_turn(*sides: _Side) -> tuple[_Side, ...]:
    """One rerun on every side in turn, so that a slow second of the machine meets all."""
    async with open_tabs([side.tab for side in sides]):
        for _round in range(1 + ROUNDS):
            for side in sides:
                side.new_round()
            for number in range(ALONE):
                for side in sides:
                    await side.act(number)
        return sides


async def _crowds(
    stage: Stage, count: int, act: Act, other: str, their_act: Act, seconds: float
) -> tuple[list[Load], list[Load]]:
    mine = [person.tab(stage.ours.address) for person in stage.people(count)]
    async with open_tabs(mine), open_tabs([Tab(other) for _number in range(count)]) as theirs:
        return await _load_in_turn(mine, act, theirs, their_act, seconds)


async def _writers(stage: Stage, *, saving: bool) -> tuple[list[Load], list[Load]]:
    mine = [person.tab(stage.ours.address) for person in stage.people(20)]
    theirs = [Tab(stage.stock_editor.address) for _tab in mine]
    async with open_tabs(mine, "write", blank="1"), open_tabs(theirs):
        editors = {tab: Editor(tab) for tab in mine}
        await asyncio.gather(*(editor.write(WRITTEN) for editor in editors.values()))

        async def push(tab: Tab, number: int) -> Run:
            return await (editors[tab].write(f"{WRITTEN * 5}{number}") if saving else editors[tab].repeat())

        async def their_push(tab: Tab, number: int) -> Run:
            return await tab.push(BOX, f"{WRITTEN * 5}{number}")

        return await _load_in_turn(mine, push, theirs, their_push, LOAD_SECONDS)


async def _load_in_turn(
    mine: Sequence[Tab], act: Act, theirs: Sequence[Tab], their_act: Act, seconds: float
) -> tuple[list[Load], list[Load]]:
    await load(mine, act, 1)
    ours, other = [], []
    for _round in range(ROUNDS):
        ours.append(await load(mine, act, seconds))
        other.append(await load(theirs, their_act, seconds))
    return ours, other


async def _periods(stage: Stage) -> tuple[dict[str, list[float]], dict[str, int]]:
    seconds: dict[str, list[float]] = {period: [] for period in Period}
    sizes: dict[str, int] = {}
    async with open_tabs([stage.veteran.tab(stage.ours.address)], "progress") as (tab,):
        for number in range(WARM_UP + ALONE_STOCK):
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


def _loads(ours: Sequence[Load], other: Sequence[Load]) -> dict[str, object]:
    return {"ours": [_told(it) for it in ours], "other": [_told(it) for it in other]}


def _told(it: Load) -> dict[str, float]:
    fifty, ninety_five = milliseconds([median(it.seconds), p95(it.seconds)])
    return {"per_second": round(it.per_second, 1), "p50_ms": fifty, "p95_ms": ninety_five, "errors": it.errors}


def _alone(stage: Stage, ours: _Side, other: _Side) -> dict[str, object]:
    return {"ours": ours.told, "other": other.told, "elements": sum(map(len, stage.today))}
