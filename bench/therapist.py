"""The therapist's pages over the websocket: the list of two hundred patients, and the summary of one."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench.client import Tab
from bench.rows import Row, milliseconds
from bench.stage import Stage

AGAIN = 8
LOOKS = 6
BAR_MS = 300

Times = dict[str, list[float]]


def therapist_list(stage: Stage) -> Row:
    """The list: as it opens after a sign-in, drawn again, and with all two hundred on the page; in milliseconds."""

    async def look() -> tuple[Times, int]:
        times: Times = {"first": [], "later": [], "all_shown": []}
        elements = 0
        for person in stage.practice.sign_ins[::2]:
            async with person.tab(stage.practice_server.address) as tab:
                times["first"].append((await tab.open("patients")).seconds)
                times["later"] += [(await tab.rerun()).seconds for _time in range(AGAIN)]
                await tab.click("all")
                times["all_shown"] += [(await tab.rerun()).seconds for _time in range(AGAIN)]
                elements = len(list(tab.elements()))
        return times, elements

    times, elements = stage.run(look())
    return _row("therapist_list", times, {"links": len(stage.practice.links), "elements": elements})


def therapist_summary(stage: Stage) -> Row:
    """A summary: the first look of a sign-in, the first at this patient, and a later one; in milliseconds."""

    async def look() -> Times:
        times: Times = {"first_after_sign_in": [], "first": [], "later": []}
        links = iter(stage.practice.links)
        for person in stage.practice.sign_ins[1::2]:
            async with person.tab(stage.practice_server.address) as tab:
                times["first_after_sign_in"].append(await _open(tab, next(links)))
                for _look in range(LOOKS):
                    times["first"].append(await _open(tab, next(links)))
                    times["later"].append((await tab.rerun()).seconds)
        return times

    return _row("therapist_summary", stage.run(look()), {})


async def _open(tab: Tab, link: str) -> float:
    return (await tab.open("summary", link=link)).seconds


def _row(name: str, times: Mapping[str, Sequence[float]], more: Mapping[str, object]) -> Row:
    """The slowest of the medians counts."""
    value = max(median(it) for it in times.values()) * 1000
    ours = {f"{kind}_ms": milliseconds([median(it), max(it)]) for kind, it in times.items()}
    return Row(name, value, f"<= {BAR_MS} ms", value <= BAR_MS, {"ours": ours, "other": None, **more})
