"""The estimators against courses of known truth. The tables in docs/insights.md hold more courses and settings."""

from pathlib import Path

import numpy as np
import pytest

from bench import truth
from bench.courses import LIFT, Setting, course, true_median

COURSES = 80
PLAIN = Setting("12 sessions", 12)


@pytest.mark.parametrize(
    "setting",
    [PLAIN, Setting("half rated", 12, rated=0.5), Setting("lingers", 12, lingers=0.5)],
    ids=lambda it: it.name,
)
def test_the_duration_is_found(setting: Setting) -> None:
    found = truth.duration(setting, COURSES)
    assert abs(found.bias) <= 1.5
    assert found.covered >= 0.8


@pytest.mark.parametrize("setting", [Setting("6 sessions", 6), PLAIN], ids=lambda it: it.name)
def test_the_average_course_is_found(setting: Setting) -> None:
    found = truth.average(setting, COURSES)
    assert abs(found.bias) <= 0.1
    assert abs(found.worst) <= 0.3
    assert 0.84 <= found.covered <= 0.96


def test_without_a_lift_seldom_one_is_found() -> None:
    found = truth.duration(Setting("none", 12, lift=0.0), COURSES)
    assert found.lifts <= 0.15
    assert found.given <= 0.2


def test_booking_when_the_mood_fell_makes_the_late_average_too_high() -> None:
    assert truth.average(Setting("low", 12, booked_when_low=True), COURSES).worst > 0.5


def test_the_truth_is_what_a_course_without_noise_shows() -> None:
    """The formula against a search of the noiseless levels day by day."""
    alone = Setting("alone", 1, noise=0.0, rated=1.0, lifts_differ=0.0, fades_differ=0.0, gaps=(60,))
    level = [4 + 3 * 2 ** (-day / 6) for day in range(60)]
    means = [sum(level[day - 1 : day + 2]) / 3 for day in range(1, 59)]
    half = (4 + means[1]) / 2
    assert means[1] - 4 >= LIFT
    assert true_median(alone, np.random.default_rng(0)) == next(
        day for day, mean in enumerate(means, start=1) if mean <= half
    )


def test_the_same_generator_makes_the_same_course() -> None:
    assert course(PLAIN, np.random.default_rng(3)) == course(PLAIN, np.random.default_rng(3))


def test_the_command_replaces_the_tables_only(tmp_path: Path) -> None:
    page = tmp_path / "insights.md"
    page.write_text("Before\n<!-- truth -->\nold\n<!-- end of truth -->\nafter\n")
    truth.main(["7"], page, "{} courses".format)
    assert page.read_text() == "Before\n<!-- truth -->\n7 courses\n<!-- end of truth -->\nafter\n"


def test_the_page_has_a_line_for_every_setting_and_enough_courses() -> None:
    page = truth.PAGE.read_text(encoding="utf-8")
    for setting in truth.SETTINGS:
        assert page.count(f"| {setting.name} |") == 2
    assert page.count(f"{truth.COURSES} courses for each line") == 2
    assert truth.COURSES >= 500
