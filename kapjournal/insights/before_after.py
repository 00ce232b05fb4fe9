"""What was rated on both sides of a session: the mean of three days before, and of one to three days after.

Minimum: two rated days on each side of a session, and one such session; `LEAST_FOR_MEAN` sessions for a
mean over sessions. Below `NOTICEABLE` points two means are called about the same: nobody has published a
threshold for our own 0 to 10 questions, so this one is ours, and `docs/insights.md` says how it behaves.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from kapjournal.insights.around import around, mean_of
from kapjournal.insights.spread import Spread, spreads

DAYS = 3
LEAST_DAYS = 2
LEAST_FOR_MEAN = 3
NOTICEABLE = 1.0


class Sides(NamedTuple):
    """The means before and after a session (0 to 10); None where too few days are rated."""

    session: int
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """After minus before, in points."""
        return None if self.before is None or self.after is None else self.after - self.before


class BeforeAfter(msgspec.Struct, frozen=True, gc=False):
    """Every session, oldest first, and the mean difference over those rated on both sides."""

    name: str
    sessions: tuple[Sides, ...]
    mean: Spread | None

    @property
    def rated(self) -> tuple[Sides, ...]:
        """The sessions rated on both sides."""
        return tuple(it for it in self.sessions if it.difference is not None)

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return bool(self.rated)


def before_after(
    points: Iterable[tuple[int, float]], sessions: Iterable[int], today: int, name: str = "mood"
) -> BeforeAfter:
    """Both sides of every session from `(day, value)` pairs and session days, in any order."""
    sides = tuple(
        Sides(
            it.session,
            mean_of(it.levels, range(-DAYS, 0), least=LEAST_DAYS),
            mean_of(it.levels, range(1, DAYS + 1), least=LEAST_DAYS),
        )
        for it in around(points, sessions, today, before=DAYS, after=DAYS)
    )
    differences = [[it.difference] for it in sides if it.difference is not None]
    mean = spreads(differences, least=LEAST_FOR_MEAN)
    return BeforeAfter(name, sides, mean[0] if mean else None)
