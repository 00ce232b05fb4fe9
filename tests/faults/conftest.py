"""One stage for all faults of a worker."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.outcome import Outcome
from tests.faults.stage import Kind, Stage
from tests.faults.table import Fault

Perform = Callable[[Fault, Kind, int], Outcome]


@pytest.fixture(scope="session")
def perform() -> Iterator[Perform]:
    """Performs faults in a thread of their own, where no other test has started a browser."""
    with ThreadPoolExecutor(1) as thread:
        stage = thread.submit(lambda: Stage().__enter__()).result()
        try:
            yield lambda fault, kind, rounds: thread.submit(fault.run, stage, kind, rounds).result()
        finally:
            thread.submit(stage.__exit__, None, None, None).result()
