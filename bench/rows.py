"""A row of the result, and the few statistics that all rows share."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import msgspec

ROUNDS = 3


class Row(msgspec.Struct, frozen=True):
    """One figure. `detail` holds what it was computed from, both sides: `ours` and `other` (None without one)."""

    name: str
    value: float
    bar: str
    ok: bool
    detail: dict[str, Any]


def milliseconds(seconds: Sequence[float]) -> list[float]:
    """For reading: to a hundredth of a millisecond."""
    return [round(it * 1000, 2) for it in seconds]


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of all do not exceed."""
    return sorted(values)[ceil(len(values) * 0.95) - 1]
