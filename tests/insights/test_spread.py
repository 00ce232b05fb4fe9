from math import nan

import numpy as np
import pytest

from kapjournal.insights.spread import spreads


def test_the_mean_lies_in_its_interval_and_is_the_same_each_time() -> None:
    rows = [[1.0], [4.0], [2.0], [7.0]]
    [spread] = spreads(rows, least=3)
    assert spread is not None
    assert spread.mean == 3.5
    assert spread.low < 3.5 < spread.high
    assert spread.sessions == 4
    assert spreads(rows, least=3) == (spread,)


def test_a_column_of_too_few_sessions_has_none() -> None:
    assert spreads([[1.0, nan], [2.0, 3.0], [3.0, 3.0]], least=3)[1] is None
    assert spreads([[1.0]], least=1) == (None,)
    assert spreads([], least=3) == ()


def test_equal_values_have_an_interval_of_no_width() -> None:
    [spread] = spreads([[5.0]] * 6, least=3)
    assert spread is not None
    assert (spread.low, spread.mean, spread.high) == (5, 5, 5)


@pytest.mark.parametrize("sessions", [3, 5, 12])
def test_the_interval_holds_the_truth_about_nine_times_in_ten(sessions: int) -> None:
    rng = np.random.default_rng(5)
    drawn = [spreads(rng.normal(4, 1.5, (sessions, 1)).tolist(), least=3)[0] for _ in range(400)]
    held = sum(it is not None and it.low <= 4 <= it.high for it in drawn) / len(drawn)
    assert 0.84 <= held <= 0.96
