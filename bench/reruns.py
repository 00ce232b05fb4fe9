"""Reruns over the websocket: Today, its check-in, the editor and Progress, alone and with many people."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
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
PAUSE_SECONDS = 0.1
PICTURES = 15
LOAD_SECONDS = 3.0
CROWD_SECONDS = 6.0
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


def _tapped(tab: Tab, number: int) -> str | dict[str, object]:
    """What the rows of numbers send; on the bare page a text box stands for them."""
    if tab.is_widget(CHECK_IN, "text_area"):
        return str(number % 11)
    return {"chosen": {"form": tab.data(CHECK_IN)["form"], "ratings": {"mood": number % 11}}}


def rerun(stage: Stage) -> Row:
    """Today for one person against a bare page of as many elements on stock Streamlit."""
    mine = _Side(stage.ours, stage.people(1)[0].tab(stage.ours.address))
    stocks = [
        _Side(server, Tab(server.address), pause=True) for server in (stage.stock, stage.stock_with_uvloop)
    ]
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
    """Today for 20 people at once against 20 tabs on stock Streamlit."""
    ours, other = _crowd(stage, whole_page)
    value = _throughput(ours) / _throughput(other)
    ok = value >= 8 and not _errors(ours)
    return Row("reruns_20", value, ">= 8 x stock (aim: 12)", ok, _loads(ours, other))


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
    taps = _crowd(stage, tap)
    pushes = _writers(stage, saving=False)
    value = min(_throughput(ours) / _throughput(other) for ours, other in (taps, pushes))
    ok = value >= 20 and not _errors((*taps[0], *pushes[0]))
    detail = {"check_in": _loads(*taps), "editor": _loads(*pushes)}
    return Row("fragment", value, ">= 20 x stock", ok, detail)


def fragment_save(stage: Stage) -> Row:
    """A push of the editor with a durable save, 20 people, against the same fragment on stock, which saves nothing."""
    ours, other = _writers(stage, saving=True)
    value = _throughput(ours) / _throughput(other)
    slowest = median(p95(it.seconds) for it in ours)
    ok = value >= 12 and slowest <= 0.4 and not _errors(ours)
    return Row("fragment_save", value, ">= 12 x stock, p95 <= 400 ms", ok, _loads(ours, other))


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


class _Side:
    """One tab on one server, with the seconds of its reruns and of the server's processor, by round.

    With `pause`, the other sides wait after each rerun until the server has collected its garbage.
    """

    def __init__(self, server: Server, tab: Tab, *, pause: bool = False) -> None:
        self.tab = tab
        self._server = server
        self._pause = PAUSE_SECONDS if pause else 0.0
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

    async def act(self, number: int) -> None:
        """One rerun."""
        self._rounds[-1].append((await whole_page(self.tab, number)).seconds)
        await asyncio.sleep(self._pause)

    @contextmanager
    def round(self) -> Iterator[None]:
        """Everything in it is one round."""
        self._rounds.append([])
        before = processor_seconds(self._server)
        yield
        self._processor.append((processor_seconds(self._server) - before) / len(self._rounds[-1]))

    def forget(self) -> None:
        """The rounds so far were for warming up."""
        self._rounds.clear()
        self._processor.clear()


async def _in_turn(*sides: _Side) -> tuple[_Side, ...]:
    """One rerun on every side in turn, so that a slow second of the machine meets all."""
    async with open_tabs([side.tab for side in sides]):
        await _one_round(sides, WARM_UP)
        for side in sides:
            side.forget()
        for _round in range(ROUNDS):
            await _one_round(sides, ALONE)
    return sides


async def _one_round(sides: Sequence[_Side], count: int) -> None:
    with ExitStack() as stack:
        for side in sides:
            stack.enter_context(side.round())
        for number in range(count):
            for side in sides:
                await side.act(number)


def _crowd(stage: Stage, act: Act) -> tuple[list[Load], list[Load]]:
    """The same act of 20 people on Today and in 20 tabs on the bare page."""
    mine = [person.tab(stage.ours.address) for person in stage.people(20)]
    theirs = [Tab(stage.stock.address) for _tab in mine]

    async def both() -> tuple[list[Load], list[Load]]:
        async with open_tabs(mine), open_tabs(theirs):
            return await _load_in_turn(mine, act, theirs, act)

    return stage.run(both())


def _writers(stage: Stage, *, saving: bool) -> tuple[list[Load], list[Load]]:
    """Twenty people in the editor, and twenty tabs on a page with a text box in a fragment."""
    mine = [person.tab(stage.ours.address) for person in stage.people(20)]
    theirs = [Tab(stage.stock_editor.address) for _tab in mine]
    editors: dict[Tab, Editor] = {}

    async def push(tab: Tab, number: int) -> Run:
        return await (editors[tab].write(f"{WRITTEN * 5}{number}") if saving else editors[tab].repeat())

    async def their_push(tab: Tab, number: int) -> Run:
        return await tab.push(BOX, f"{WRITTEN * 5}{number}")

    async def both() -> tuple[list[Load], list[Load]]:
        async with open_tabs(mine, "write", blank="1"), open_tabs(theirs):
            editors.update((tab, Editor(tab)) for tab in mine)
            await asyncio.gather(*(editor.write(WRITTEN) for editor in editors.values()))
            return await _load_in_turn(mine, push, theirs, their_push)

    return stage.run(both())


async def _load_in_turn(
    mine: Sequence[Tab], act: Act, theirs: Sequence[Tab], their_act: Act
) -> tuple[list[Load], list[Load]]:
    await load(mine, act, 1)
    ours, other = [], []
    for _round in range(ROUNDS):
        ours.append(await load(mine, act, LOAD_SECONDS))
        other.append(await load(theirs, their_act, LOAD_SECONDS))
    return ours, other


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


def _loads(ours: Sequence[Load], other: Sequence[Load]) -> dict[str, object]:
    return {"ours": [_told(it) for it in ours], "other": [_told(it) for it in other]}


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
