"""How days, times and differences are written."""

import pytest

from kapjournal.insights.say import local_day, local_time, near_day, signed


def test_a_day_has_its_year_unless_it_is_near() -> None:
    assert local_day("2026-11-09T08:15", "en") == "Nov 9, 2026"
    assert near_day("2026-11-09", "2026-01-01", "en") == "Nov 9"
    assert near_day("2025-12-31", "2026-01-01", "en") == "Dec 31, 2025"


def test_a_time_is_written_as_the_person_does() -> None:
    assert local_time("2026-11-09T18:15", "en") == "Nov 9, 2026, 6:15\u202fPM"
    assert local_time("2026-11-09T18:15", "de") == "9. Nov. 2026, 18:15"


@pytest.mark.parametrize(
    ("value", "told"), [(1.25, "+1.2"), (-1.26, "\u22121.3"), (0.0, "0.0"), (0.04, "0.0"), (-0.04, "0.0")]
)
def test_a_difference_has_its_sign_unless_there_is_none(value: float, told: str) -> None:
    assert signed(value, "en") == told
