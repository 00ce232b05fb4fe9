from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.insights.turnbull import LEAST_FOR_RANGE, Known, median

KNOWN = st.builds(
    lambda low, more: (low, None if more is None else low + more),
    st.integers(2, 60),
    st.one_of(st.none(), st.integers(1, 30)),
)


def exact(*days: int) -> list[Known]:
    return [(day - 1, day) for day in days]


def test_exact_durations_have_the_plain_median() -> None:
    assert median(exact(3, 9, 20)).days == 9
    assert median(exact(3, 9, 12, 20)).days == 11


def test_open_durations_count_as_kaplan_and_meier_do() -> None:
    """At risk 6: 1/6 ends at 4; one leaves at 5; of 4 left, 1 ends at 8 (0.625), of 3, 1 at 10 (0.417)."""
    known = [(3, 4), (5, None), (7, 8), (9, 10), (14, 15), (20, None)]
    assert median(known).days == 10


def test_a_median_nobody_has_seen_is_at_least_what_was_followed() -> None:
    found = median([*exact(5), (9, None), (12, None), (20, None)])
    assert (found.days, found.at_least) == (None, 9)


def test_overlapping_intervals_share_their_weight() -> None:
    """All three may have ended on day 8, which makes that the likeliest."""
    assert median([(4, 8), (6, 10), (7, 12)]).days == 8


def test_a_range_takes_five_lifts() -> None:
    assert median(exact(4, 5, 6, 7)).low is None
    found = median(exact(4, 5, 6, 7, 8))
    assert (found.low, found.high) == (4, 8)


def test_a_range_may_be_open() -> None:
    found = median([*exact(4, 6, 9), (10, None), (12, None), (15, None)])
    assert found.high is None
    assert found.low is not None


def test_equal_durations_leave_no_doubt() -> None:
    found = median(exact(*[9] * 6))
    assert (found.days, found.low, found.high) == (9, 9, 9)


@settings(max_examples=60, deadline=None)
@given(st.lists(KNOWN, min_size=3, max_size=40))
def test_a_median_lies_within_its_range(known: list[Known]) -> None:
    found = median(known)
    assert found == median(known[::-1])
    assert (found.low is None) == (len(known) < LEAST_FOR_RANGE)
    if found.low is not None and found.days is not None:
        assert found.low <= found.days
        assert found.high is None or found.days <= found.high
