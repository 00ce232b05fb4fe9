"""How sure a mean over sessions is: a bootstrap interval, the same each time it is asked for.

Whole sessions are drawn again with replacement, because days of one session resemble each other. The
percentiles of such means lie too close together when there are few sessions: Hesterberg 2015 (The American
Statistician 69:371) gives the factors that widen them. How often the interval holds the truth: docs/insights.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 600
SEED = 20_260_101
LEVEL = 0.9
Z = 1.645
# Student's t, 95th percentile, for 1 to 30 degrees of freedom.
T = (
    *(6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812),
    *(1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725),
    *(1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697),
)


class Spread(NamedTuple):
    """The mean of some sessions, and the ends of its interval, which holds the truth nine times in ten."""

    mean: float
    low: float
    high: float
    sessions: int


def spreads(rows: Sequence[Sequence[float]], *, least: int) -> tuple[Spread | None, ...]:
    """The mean of every column and its interval; a row is a session, NaN is not rated.

    None for columns of fewer than `least` sessions (at least 2).
    """
    if not rows:
        return ()
    # Here and below: a sixth of the time that a start takes, and no start needs it.
    import numpy as np

    values = np.array(rows, dtype=float)
    known = ~np.isnan(values)
    counts = known.sum(axis=0)
    drawn = weights(len(rows))
    with np.errstate(invalid="ignore"):  # a draw in which no session has this day has no mean
        means = (drawn @ np.where(known, values, 0.0)) / (drawn @ known)
    return tuple(
        _spread(values[known[:, column], column], means[:, column]) if count >= max(2, least) else None
        for column, count in enumerate(counts)
    )


def weights(count: int) -> NDArray[np.float64]:
    """How often each of `count` sessions is drawn, one row a draw."""
    import numpy as np

    drawn = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, size=DRAWS)
    return drawn.astype(float)


def _spread(values: NDArray[np.float64], means: NDArray[np.float64]) -> Spread:
    import numpy as np

    mean, count = float(values.mean()), len(values)
    low, high = np.percentile(means[~np.isnan(means)], [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    wider = sqrt(count / (count - 1)) * (T[count - 2] if count - 2 < len(T) else Z) / Z
    return Spread(mean, mean - (mean - float(low)) * wider, mean + (float(high) - mean) * wider, count)
