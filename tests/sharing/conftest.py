"""Sharing is not about the price of a key derivation."""

import pytest


@pytest.fixture(autouse=True)
def free_derivations(derivations: object) -> None:
    """See `derivations`."""
