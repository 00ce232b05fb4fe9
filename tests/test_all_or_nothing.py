"""Every verb that changes something is one transaction: whatever statement fails, nothing of it is there.

The rows are those of the person matrix, so that no new verb is left out. A failing statement stands for a process
that dies there, a lock that is not given, a full disk. Afterwards the same verb goes through.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from kapjournal.errors import StorageUnavailable
from tests import test_matrix
from tests.test_matrix import CHANGES, MATRIX, Stage, stored

stage = test_matrix.stage
CHANGING = [name for name, row in MATRIX.items() if row.alice == CHANGES]
WRITING = ("INSERT", "UPDATE", "DELETE")


class Failed(Exception):
    """What a driver raises."""


@contextmanager
def failing_at(engine: Engine, nth: int) -> Iterator[list[str]]:
    """Let the nth writing statement fail; gives the statements that were tried."""
    tried: list[str] = []

    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(WRITING):
            tried.append(statement)
            if len(tried) == nth:
                raise OperationalError(statement, {}, Failed())

    event.listen(engine, "before_cursor_execute", before)
    try:
        yield tried
    finally:
        event.remove(engine, "before_cursor_execute", before)


@pytest.mark.parametrize("name", CHANGING)
def test_whatever_statement_fails_nothing_is_changed_and_then_it_goes_through(
    stage: Stage, name: str
) -> None:
    alice, row = stage.cast.alice, MATRIX[name]
    before = stored(stage.cast)
    nth, failed = 1, True
    while failed:
        with failing_at(stage.cast.engine, nth) as tried:
            try:
                row.ask(stage, stage.cast.work(stage.cast.new_store()), alice)
            except StorageUnavailable:
                assert stored(stage.cast) == before, tried[-1]
            failed = len(tried) >= nth
        nth += 1
    assert nth > 2, "no statement was made to fail"
    assert stored(stage.cast) != before
