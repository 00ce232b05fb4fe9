"""Invented courses of which everything is known: what the estimators of `kapjournal/insights` are tried on.

A mood is a base, plus what is left of the last session's lift, plus noise, rounded to 0 to 10 and left out on
some days. The lift fades by half every `fades` days, more or less. The truth follows from that by formula or
from many courses without gaps, and never from the code that is tried.
"""

from math import ceil, exp, log, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BASE = 4.0
BEFORE, AFTER = 7, 21
MANY = 6000
LIFT = 1.0
LOW = 0.35
SOONEST, LATEST = 7, 90


class Setting(NamedTuple):
    """A kind of person. Points are those of the 0 to 10 scale, times are days."""

    name: str
    sessions: int
    lift: float = 3.0
    lifts_differ: float = 0.7
    fades: float = 6.0
    fades_differ: float = 0.35
    noise: float = 1.0
    lingers: float = 0.0
    rated: float = 0.9
    gaps: tuple[int, ...] = (14, 21, 28, 42)
    booked_when_low: bool = False


class Course(NamedTuple):
    """What was rated, when the sessions were, the last day, and how long each true lift lasts if nothing cuts it."""

    points: list[tuple[int, float]]
    sessions: list[int]
    today: int
    durations: list[int]


class _Fading(NamedTuple):
    """A session's lift: `height` points over the base on day 0, `scale` days until a factor e of it is left."""

    at: int
    height: float
    scale: float

    def level(self, day: int) -> float:
        """The mood without noise on a day from this session on."""
        return BASE + self.height * exp(-(day - self.at) / self.scale)

    def duration(self, before: float) -> int | None:
        """The first day whose 3-day mean is half-way back to `before`, solved for the day; None without a lift."""
        three_days = self.height * (exp(1 / self.scale) + 1 + exp(-1 / self.scale)) / 3
        after = BASE + three_days * exp(-2 / self.scale)
        if after - before < LIFT:
            return None
        return ceil(self.scale * log(three_days / ((before + after) / 2 - BASE)))


def course(setting: Setting, rng: np.random.Generator) -> Course:
    """One person's course; the same generator gives the same."""
    noise = _noise(setting, rng)
    true: list[float] = [BASE] * BEFORE
    sessions: list[int] = []
    durations: list[int | None] = []
    for _session in range(setting.sessions):
        fading = _fading(setting, len(true), rng)
        sessions.append(fading.at)
        durations.append(fading.duration(sum(true[-BEFORE:]) / BEFORE))
        true += [fading.level(fading.at + day) for day in range(_gap(setting, fading, noise, rng))]
    given = rng.random(len(true)) < setting.rated
    rated = [(day, _rating(it + noise[day])) for day, it in enumerate(true) if given[day]]
    return Course(rated, sessions, len(true) - 1, [it for it in durations if it is not None])


def true_median(setting: Setting, rng: np.random.Generator) -> float:
    """The median of the true durations over many sessions of this kind; NaN if none has a lift."""
    days = [day for _ in range(MANY // setting.sessions) for day in course(setting, rng).durations]
    return float(np.median(days)) if days else nan


def true_means(setting: Setting, rng: np.random.Generator) -> NDArray[np.float64]:
    """The expected rating on days -7 to 21 around a session that no other session cuts."""
    whole = setting._replace(rated=1.0)
    before, after = [], []
    for _person in range(MANY // setting.sessions):
        made = course(whole, rng)
        rated = dict(made.points)
        before += [[rated[at + day] for day in range(-BEFORE, 0)] for at in made.sessions]
    alone = whole._replace(sessions=1, gaps=(AFTER + 1,), booked_when_low=False)
    for _person in range(MANY):
        made = course(alone, rng)
        after.append([value for day, value in made.points if day >= made.sessions[0]])
    return np.concatenate([np.mean(before, axis=0), np.mean(after, axis=0)])


def _fading(setting: Setting, at: int, rng: np.random.Generator) -> _Fading:
    height = max(0.5, rng.normal(setting.lift, setting.lifts_differ)) if setting.lift else 0.0
    return _Fading(at, height, setting.fades / log(2) * exp(rng.normal(0, setting.fades_differ)))


def _noise(setting: Setting, rng: np.random.Generator) -> list[float]:
    """Noise for more days than any course has; `lingers` is how much of it is still there on the next day."""
    longest = LATEST if setting.booked_when_low else max(setting.gaps)
    noise: list[float] = rng.normal(0, setting.noise, BEFORE + longest * setting.sessions).tolist()
    if setting.lingers:
        for day in range(1, len(noise)):
            noise[day] = setting.lingers * noise[day - 1] + (1 - setting.lingers**2) ** 0.5 * noise[day]
    return noise


def _gap(setting: Setting, fading: _Fading, noise: list[float], rng: np.random.Generator) -> int:
    """Days to the next session."""
    if not setting.booked_when_low:
        return int(rng.choice(setting.gaps))
    low = BASE + LOW * fading.height
    days = range(SOONEST, LATEST)
    return next((it for it in days if fading.level(fading.at + it) + noise[fading.at + it] <= low), LATEST)


def _rating(mood: float) -> float:
    return float(min(10, max(0, round(mood))))
