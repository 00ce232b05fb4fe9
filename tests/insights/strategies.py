"""Ratings as people leave them: several a day, days apart, years apart."""

from datetime import date

from hypothesis import strategies as st

TODAY = date(2026, 11, 20).toordinal()
VALUES = st.integers(0, 10)


def points(days: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Up to 120 ratings in the last `days` days, in any order, several a day allowed."""
    return st.lists(st.tuples(st.integers(TODAY - days + 1, TODAY), VALUES), max_size=120)


ANY_POINTS = st.sampled_from([20, 60, 390, 1000, 4000]).flatmap(points)
SESSIONS = st.lists(st.integers(TODAY - 4000, TODAY + 30), max_size=10)
