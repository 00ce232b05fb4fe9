"""A row of the result, and the few statistics that all rows share."""

from collections.abc import Callable, Sequence
from math import ceil
from statistics import median
from typing import Any

import msgspec

ROUNDS = 3


class Row(msgspec.Struct, frozen=True):
    """One figure: `detail` holds what it was computed from, seconds in `_ms`, bytes in `_kb`, and how many."""

    name: str
    value: float
    bar: str
    ok: bool
    detail: dict[str, Any]


class Sides(msgspec.Struct, frozen=True):
    """The same thing measured on both sides in interleaved rounds; one median of every round."""

    ours: list[float]
    other: list[float]

    @property
    def ratio(self) -> float:
        """The median of our rounds to the median of theirs."""
        return median(self.ours) / median(self.other)


def interleaved(ours: Callable[[], float], other: Callable[[], float], rounds: int = ROUNDS) -> Sides:
    """Measure ours and the other's in turn, so that a slow minute of the machine meets both."""
    both = [(ours(), other()) for _round in range(rounds)]
    return Sides([it for it, _other in both], [it for _ours, it in both])


def milliseconds(seconds: Sequence[float]) -> list[float]:
    """For reading: to a hundredth of a millisecond."""
    return [round(it * 1000, 2) for it in seconds]


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of all do not exceed."""
    return sorted(values)[ceil(len(values) * 0.95) - 1]
