"""What keeps a measure from being scored: ids that are there twice, options without a score, gaps in the bands.

All of it looks at every table that can be read, so that a file with a faulty field is still checked for the rest.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import msgspec

from kapjournal.content.measures import Band, Flag, Item, Option, Outcome, Subscore, Threshold
from kapjournal.content.tables import Fault, label

S = TypeVar("S", bound=msgspec.Struct)


class _Tables(NamedTuple):
    """What can be read of a measure; `whole` if nothing that a total is made of is missing."""

    items: list[tuple[str, Item]]
    options: list[tuple[str, Option]]
    bands: list[tuple[str, Band]]
    whole: bool


def measure_faults(table: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with a measure beyond its single fields."""
    it = _read(table)
    wrong = [*_twice(table, it), *_item_faults(it)]
    yield from wrong
    yield from _references(table, {item.id for _at, item in it.items if item.role == "scored"})
    yield from _change_faults(table)
    if it.whole and not wrong:
        yield from _band_faults(it.bands, *_range(it))


def _read(table: dict[str, Any]) -> _Tables:
    items, options, bands = (
        _rows(table, "item", Item),
        _rows(table, "option", Option),
        _rows(table, "band", Band),
    )
    counts = [_count(table, key) for key in ("item", "option", "band")]
    return _Tables(items, options, bands, counts == [len(items), len(options), len(bands)])


def _rows(table: dict[str, Any], key: str, kind: type[S]) -> list[tuple[str, S]]:
    """The rows of a list that can be read, with their keys, such as `item[9]`."""
    rows = table.get(key)
    found = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        with suppress(msgspec.ValidationError):
            found.append((f"{key}[{label(row, number)}]", msgspec.convert(row, kind)))
    return found


def _count(table: dict[str, Any], key: str) -> int:
    rows = table.get(key)
    return len(rows) if isinstance(rows, list) else 0


def _twice(table: dict[str, Any], read: _Tables) -> Iterator[Fault]:
    yield from _repeated((f"{at}.id", it.id) for at, it in read.items)
    yield from _repeated((f"{at}.code", it.code) for at, it in read.options)
    for at, item in read.items:
        yield from _repeated((f"{at}.option", it.code) for it in item.options)
    yield from _repeated((f"{at}.id", it.id) for at, it in _rows(table, "subscore", Subscore))
    yield from _repeated((f"{at}.id", it.id) for at, it in _rows(table, "flag", Flag))
    yield from _repeated((f"{at}.id", it.id) for at, it in _rows(table, "outcome", Outcome))


def _repeated(named: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, id in named:
        if id in seen:
            yield Fault(at, f"{id} is there twice")
        seen.add(id)


def _item_faults(read: _Tables) -> Iterator[Fault]:
    if read.whole and not any(it.role == "scored" for _at, it in read.items):
        yield Fault("item", "no scored item")
    yield from (Fault(f"{at}.score", "missing") for at, it in read.options if it.score is None)
    for number, (at, item) in enumerate(read.items):
        if read.whole and not item.options and not read.options:
            yield Fault(f"{at}.option", "missing; neither the item nor the measure has options")
        if item.role != "unscored":
            yield from (
                Fault(f"{at}.option[{it.code}].score", "missing") for it in item.options if it.score is None
            )
        if item.role == "gate" and number:
            yield Fault(f"{at}.role", "a gate must come first")
        if item.role == "scored" and item.stem is not None:
            yield Fault(f"{at}.stem", "a scored item has the stem of the measure")
        if item.role != "scored" and item.apart:
            yield Fault(f"{at}.apart", "only a scored item can be kept apart")


def _references(table: dict[str, Any], scored: set[str]) -> Iterator[Fault]:
    for at, subscore in _rows(table, "subscore", Subscore):
        unknown = [it for it in subscore.items if it not in scored]
        yield from (Fault(f"{at}.items", f"{it} is not a scored item") for it in unknown)
    for at, flag in _rows(table, "flag", Flag):
        if flag.item is not None and flag.item not in scored:
            yield Fault(f"{at}.item", f"{flag.item} is not a scored item")


def _change_faults(table: dict[str, Any]) -> Iterator[Fault]:
    thresholds = _rows(table, "change", Threshold)
    for (_at, lower), (at, higher) in pairwise(thresholds):
        if higher.at_least <= lower.at_least:
            yield Fault(f"{at}.at_least", f"must be above {lower.at_least}, the one before")
    for at, outcome in _rows(table, "outcome", Outcome):
        if (outcome.fall is None) == (outcome.below is None):
            yield Fault(f"{at}.fall", "needs one of fall and below, and not both")
        if not thresholds:
            yield Fault(at, "needs a change that counts")


def _range(read: _Tables) -> tuple[int, int]:
    """The lowest and the highest total."""
    ours = tuple(it for _at, it in read.options)
    scores = [
        [option.score or 0 for option in item.options or ours]
        for _at, item in read.items
        if item.role == "scored"
    ]
    return sum(map(min, scores)), sum(map(max, scores))


def _band_faults(bands: list[tuple[str, Band]], least: int, most: int) -> Iterator[Fault]:
    """Bands, if any, must name every possible total once, from the lowest to the highest."""
    expected = least
    for at, band in bands:
        if band.most < band.least:
            yield Fault(f"{at}.most", f"is below {band.least}, where the band begins")
        if band.least > expected:
            yield Fault(f"{at}.least", f"leaves a gap: nothing is said of {_span(expected, band.least - 1)}")
        if band.least < expected:
            yield Fault(f"{at}.least", f"overlaps: the next total without a band is {expected}")
        expected = max(expected, band.most + 1)
    if bands and expected != most + 1:
        yield Fault(f"{bands[-1][0]}.most", f"must be {most}, the highest total")


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"
