"""Transactions on either database, and the engine of the embedded default.

SQLite: WAL, fsync at every commit, transactions begun by us. Whatever a driver raises because the
database is locked, full or gone leaves `transaction` as StorageUnavailable.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from kapjournal.errors import StorageUnavailable

BUSY_MS = 5000
_turns: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


def sqlite_engine(path: Path) -> Engine:
    """An engine on a local file, which is created readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
        pool_size=8,
        max_overflow=24,
        pool_timeout=10,
    )
    inode = path.stat().st_ino
    _turns[engine] = Lock()

    @event.listens_for(engine, "connect")
    def _prepare(connection: SQLiteConnection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "secure_delete=ON",
            "cache_size=-8000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        # A file removed under a running server would swallow every write without an error.
        try:
            is_here = path.stat().st_ino == inode
        except OSError:
            is_here = False
        if not is_here:
            raise StorageUnavailable("The database file is gone.")
        driver: Any = connection.connection.driver_connection
        try:
            # Through SQLAlchemy it would take as long as a statement that is asked something.
            driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        except SQLiteError as error:
            raise StorageUnavailable(type(error).__name__) from error

    return engine


@contextmanager
def _turn(engine: Engine, *, writing: bool) -> Iterator[None]:
    """One writer of this process after the other: SQLite itself lets them ask again and again, in no order."""
    turns = _turns.get(engine) if writing else None
    if turns is None:
        yield
        return
    if not turns.acquire(timeout=BUSY_MS / 1000):
        raise StorageUnavailable("Too many are writing.")
    try:
        yield
    finally:
        turns.release()


@contextmanager
def transaction(engine: Engine, *, writing: bool) -> Iterator[Connection]:
    """One transaction, committed at the end. Raises StorageUnavailable; nothing is then saved.

    That is also what becomes of a conflict between two at once that the caller did not expect.
    """
    try:
        with (
            _turn(engine, writing=writing),
            engine.connect().execution_options(writing=writing) as connection,
            connection.begin(),
        ):
            yield connection
    except SQLAlchemyError as error:
        raise StorageUnavailable(type(error).__name__) from error
