"""The median of durations of which some are known only to lie within an interval, or to be longer than seen.

Turnbull's estimator (J. R. Stat. Soc. B 38:290, 1976): the distribution that makes what was seen most likely, found by
repeating the self-consistency step. With exact and open durations only, it is that of Kaplan and Meier. It
takes for granted that a lift does not stop being followed because of how it goes; docs/insights.md
says what happens when a session is booked because the mood fell.
"""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kapjournal.insights.spread import SEED

DRAWS = 500
MIDDLE = 0.93  # a little wide, so that the range of five lifts reaches from the shortest to the longest
STEPS = 100
CLOSE_ENOUGH = 1e-4
LEAST_FOR_RANGE = 5
HALF, SLACK, TINY = 0.5, 1e-3, 1e-300

Known = tuple[int, int | None]
Numbers = NDArray[np.float64]
Cells = NDArray[np.int_]


class Median(NamedTuple):
    """Days after which half of `lifts` lifts had ended. `days` is None if fewer than half were seen to end:
    then it is `at_least` days. `low` to `high` is the interval that holds the truth nine times in ten
    (`low` None: fewer than `LEAST_FOR_RANGE` lifts; `high` None: open).
    """

    days: int | None
    at_least: int
    low: int | None
    high: int | None
    lifts: int


def median(known: Sequence[Known]) -> Median:
    """The median of durations in days, each after its first number and up to its second (None: open)."""
    counted = Counter(known)
    kinds = sorted(counted, key=lambda it: (it[0], it[1] is None, it[1] or 0))
    cells = sorted({high for _low, high in kinds if high is not None})
    inside = np.array([[_holds(kind, cell) for cell in (*cells, None)] for kind in kinds], dtype=float)
    often = np.array([counted[kind] for kind in kinds], dtype=float)
    followed = _followed(known)
    low, high = _range(often, inside, cells, followed) if len(known) >= LEAST_FOR_RANGE else (None, None)
    return Median(_middle(*_halves(often[None, :], inside), cells), followed, low, high, len(known))


def _holds(kind: Known, cell: int | None) -> bool:
    """Whether a duration known as `kind` may have ended on a day at which some are seen to end, or later (None)."""
    low, high = kind
    return high is None if cell is None else low < cell and (high is None or cell <= high)


def _halves(often: Numbers, inside: Numbers) -> tuple[Cells, Cells]:
    """For each row of counts, the first cell by which half had ended, and the first by which more had.

    They differ where exactly half had ended, as with an even number of lifts.
    """
    share = np.full((len(often), inside.shape[1]), 1 / inside.shape[1])
    total = often.sum(axis=1, keepdims=True)
    for _step in range(STEPS):
        updated = share * ((often / np.maximum(share @ inside.T, TINY)) @ inside) / total
        moved = np.abs(updated - share).max()
        share = updated
        if moved < CLOSE_ENOUGH:
            break
    ended = np.cumsum(share, axis=1)
    return np.argmax(ended >= HALF - SLACK, axis=1), np.argmax(ended > HALF + SLACK, axis=1)


def _middle(by: Cells, over: Cells, cells: Sequence[int]) -> int | None:
    first, second = _day(int(by[0]), cells), _day(int(over[0]), cells)
    return first if first is None or second is None else ceil((first + second) / 2)


def _range(often: Numbers, inside: Numbers, cells: Sequence[int], followed: int) -> tuple[int, int | None]:
    """Percentiles of the medians of lifts drawn again with replacement."""
    count = int(often.sum())
    drawn = np.random.default_rng(SEED).multinomial(count, often / count, size=DRAWS)
    by, over = _halves(drawn.astype(float), inside)
    low = np.percentile(by, 50 * (1 - MIDDLE), method="inverted_cdf")
    high = np.percentile(over, 50 * (1 + MIDDLE), method="inverted_cdf")
    first = _day(int(low), cells)
    return followed if first is None else first, _day(int(high), cells)


def _day(cell: int, cells: Sequence[int]) -> int | None:
    return cells[cell] if cell < len(cells) else None


def _followed(known: Sequence[Known]) -> int:
    """A number of days that half of the lifts are known to have lasted."""
    return sorted(low for low, _high in known)[(len(known) - 1) // 2]
