"""No test here is about the price of a derivation."""

import pytest

from tests.cast import Watched


@pytest.fixture(autouse=True)
def _free_derivations(derivations: Watched) -> Watched:
    return derivations
