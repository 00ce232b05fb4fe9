from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.charts.frame import CONFIG, EDGE, HEIGHT, MOST_TICKS, date_ticks, day_label, layout
from kapjournal.charts.palette import LIGHT
from kapjournal.insights.periods import Unit

TODAY = date(2026, 11, 20).toordinal()


@pytest.mark.parametrize(
    ("length", "labels"),
    [
        (28, ["Oct 26", "Nov 2", "Nov 9", "Nov 16"]),
        (60, ["Sep 28", "Oct 12", "Oct 26", "Nov 9"]),
        (90, ["Sep<br>2026", "Oct", "Nov"]),
        (365, ["Jan<br>2026", "Apr", "Jul", "Oct"]),
        (1095, ["Jul<br>2024", "Jan<br>2025", "Jul", "Jan<br>2026", "Jul"]),
        (3650, ["2018", "2020", "2022", "2024", "2026"]),
    ],
)
def test_dates_are_named_sparingly(length: int, labels: list[str]) -> None:
    assert [label for _day, label in date_ticks(TODAY - length + 1, TODAY, "en")] == labels


@settings(deadline=None)  # Babel reads a locale when it is first used
@given(st.integers(28, TODAY), st.sampled_from(["en", "de", "ja", "ar"]))
def test_a_picture_of_any_length_has_few_dates_well_inside(length: int, locale: str) -> None:
    first = TODAY - length + 1
    ticks = date_ticks(first, TODAY, locale)
    edge = (TODAY - first) * EDGE
    assert len(ticks) <= MOST_TICKS
    assert all(first + edge <= day <= TODAY - edge for day, _label in ticks)


def test_dates_are_written_in_the_locale() -> None:
    assert date_ticks(TODAY - 27, TODAY, "en_GB")[0][1] == "26 Oct"
    assert date_ticks(TODAY - 27, TODAY, "de")[0][1] == "26. Okt."


@pytest.mark.parametrize(
    ("unit", "name"), [(Unit.DAY, "Fri, Nov 20"), (Unit.WEEK, "Nov 16, 2026"), (Unit.MONTH, "November 2026")]
)
def test_a_day_a_week_and_a_month_have_names(unit: Unit, name: str) -> None:
    assert day_label(TODAY, unit, "en") == name


def test_a_finger_on_the_picture_scrolls_the_page() -> None:
    frame = layout(LIGHT, TODAY - 27, TODAY, "en")
    assert frame["dragmode"] is False
    assert frame["xaxis"]["fixedrange"] is frame["yaxis"]["fixedrange"] is True
    assert CONFIG["scrollZoom"] is CONFIG["displayModeBar"] is False


def test_the_scale_is_always_nought_to_ten() -> None:
    frame = layout(LIGHT, TODAY - 27, TODAY, "de")
    low, high = frame["yaxis"]["range"]
    assert low < 0
    assert high > 10
    assert frame["yaxis"]["tickvals"] == [0, 5, 10]
    assert frame["height"] == HEIGHT
    assert frame["separators"].startswith(",")
