"""No test here is about the price of a derivation."""

import pytest

from kapjournal.content import Content, load_content
from tests.cast import Watched


@pytest.fixture(autouse=True)
def _free_derivations(derivations: Watched) -> Watched:
    return derivations


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything that is shipped in English."""
    return load_content()
