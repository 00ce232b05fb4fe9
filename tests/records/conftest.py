import pytest

from tests.cast import Watched


@pytest.fixture(autouse=True)
def free_derivations(derivations: Watched) -> None:
    """What is tested here is not about passphrases."""
