"""`python -m bench.truth [COURSES]`: how far the estimators are from the truth, written into docs/insights.md.

Takes `COURSES` (500) invented courses for every setting. The same command gives the same figures.
"""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.courses import Course, Setting, course, true_means, true_median
from kapjournal.insights.average import BEFORE, average_course
from kapjournal.insights.lasting import Outcome, lasting

COURSES = 500
PAGE = Path(__file__).parents[1] / "docs" / "insights.md"
SETTINGS = (
    Setting("3 sessions", 3),
    Setting("6 sessions", 6),
    Setting("12 sessions", 12),
    Setting("24 sessions", 24),
    Setting("12 sessions, half of the days rated", 12, rated=0.5),
    Setting("12 sessions, moods that linger", 12, lingers=0.5),
    Setting("12 sessions, small lift, much noise", 12, lift=2.0, noise=1.5),
    Setting("12 sessions, long lifts, mostly cut", 12, fades=14.0, gaps=(14, 21)),
    Setting("12 sessions, booked when the mood fell", 12, booked_when_low=True),
    Setting("12 sessions without any lift", 12, lift=0.0),
)


class Duration(NamedTuple):
    """Of the median duration: the truth and the bias in days, shares from 0 to 1."""

    truth: float
    bias: float
    given: float
    ranges: float
    covered: float
    open_ended: float
    lifts: float


class Average(NamedTuple):
    """Of the average course, over all its points: bias in points of the scale, shares from 0 to 1, width in points."""

    bias: float
    worst: float
    covered: float
    width: float


def duration(setting: Setting, courses: int) -> Duration:
    """How well the median duration is found."""
    rng = np.random.default_rng(1)
    truth = true_median(setting, rng)
    found = [lasting(*_seen(course(setting, rng))) for _ in range(courses)]
    medians = [it.median for it in found if it.median]
    told = [it.days for it in medians if it.days is not None]
    ranges = [(it.low, it.high) for it in medians if it.low is not None]
    measured = [one for it in found for one in it.sessions if one.outcome is not Outcome.TOO_FEW]
    return Duration(
        truth,
        _mean([days - truth for days in told]),
        len(told) / courses,
        len(ranges) / courses,
        _mean([low <= truth <= (high or np.inf) for low, high in ranges]),
        _mean([high is None for _low, high in ranges]),
        sum(one.outcome is not Outcome.NO_LIFT for one in measured) / len(measured),
    )


def average(setting: Setting, courses: int) -> Average:
    """How well the average course is found."""
    rng = np.random.default_rng(2)
    truth = true_means(setting, rng)
    days: dict[int, list[float]] = {}
    covered, widths = [], []
    for _ in range(courses):
        for point in average_course(*_seen(course(setting, rng))).points:
            true = truth[point.day + BEFORE]
            days.setdefault(point.day, []).append(point.mean - true)
            covered.append(bool(point.low <= true <= point.high))
            widths.append(point.high - point.low)
    by_day = [_mean(errors) for errors in days.values()]
    return Average(_mean(by_day), max(by_day, key=abs), _mean(covered), _mean(widths))


def tables(courses: int) -> str:
    """Both tables in Markdown."""
    with ProcessPoolExecutor(2) as pool:
        durations = list(pool.map(partial(duration, courses=courses), SETTINGS))
        averages = list(pool.map(partial(average, courses=courses), SETTINGS))
    lines = [
        f"How long it lasted, {courses} courses for each line:",
        "",
        *_table(
            "setting | true median | bias | median told | range told | range holds truth | range open | lift found",
            [_duration_row(setting, it) for setting, it in zip(SETTINGS, durations, strict=True)],
        ),
        "",
        f"The average course, {courses} courses for each line:",
        "",
        *_table(
            "setting | mean bias | bias of the worst day | interval holds truth | mean width",
            [_average_row(setting, it) for setting, it in zip(SETTINGS, averages, strict=True)],
        ),
    ]
    return "\n".join(lines)


def _seen(made: Course) -> tuple[list[tuple[int, float]], list[int], int]:
    return made.points, made.sessions, made.today


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _table(head: str, rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {head} |", "|" + "---|" * (head.count("|") + 1), *(f"| {' | '.join(row)} |" for row in rows)]


def _duration_row(setting: Setting, it: Duration) -> list[str]:
    if not setting.lift:
        return [setting.name, "none", "–", *map(_share, it[2:4]), "–", *map(_share, it[5:])]
    return [setting.name, f"{it.truth:.0f} days", f"{it.bias:+.1f} days", *map(_share, it[2:])]


def _average_row(setting: Setting, it: Average) -> list[str]:
    return [setting.name, f"{it.bias:+.2f}", f"{it.worst:+.2f}", _share(it.covered), f"{it.width:.1f}"]


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.0%}"


def main(arguments: Sequence[str], page: Path = PAGE, make: Callable[[int], str] = tables) -> None:
    """Replace what stands between the two marks of the page."""
    courses = int(arguments[0]) if arguments else COURSES
    head, begin, rest = page.read_text(encoding="utf-8").partition("<!-- truth -->\n")
    _old, end, tail = rest.partition("<!-- end of truth -->")
    page.write_text(f"{head}{begin}{make(courses)}\n{end}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
