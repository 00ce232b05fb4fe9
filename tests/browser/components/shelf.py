"""The harness's database: durable before it answers, and with the rule by which a save goes on from a row."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pages.parts.browser import Ack, Refusal, Save

SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (record BLOB PRIMARY KEY, account TEXT, version INT, save_id BLOB, text TEXT);
CREATE TABLE IF NOT EXISTS saves (save_id BLOB PRIMARY KEY, record BLOB, version INT, copied INT, typed INT);
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY);
"""


class Row(NamedTuple):
    """A text; version 0 if there is none yet."""

    version: int = 0
    save_id: bytes | None = None
    text: str = ""


class Shelf:
    """One SQLite file in a folder; files `refuse` and `slow` beside it make trouble."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ["HARNESS_FOLDER"])

        with self._open() as connection:
            connection.executescript(SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.folder / "shelf.sqlite3", timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection
        finally:
            connection.close()

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._open() as connection:
            return connection.execute(statement, values).fetchall()

    def sign_in(self, account: str) -> str:
        token = f"{account}.{secrets.token_hex(8)}"
        self._ask("INSERT INTO tokens VALUES (?)", token)
        return token

    def sign_out(self, token: str) -> None:
        self._ask("DELETE FROM tokens WHERE token = ?", token)

    def account(self, token: str) -> str | None:
        return token.partition(".")[0] if self._ask("SELECT 1 FROM tokens WHERE token = ?", token) else None

    def row(self, record: bytes) -> Row:
        return next(
            (
                Row(*it)
                for it in self._ask("SELECT version, save_id, text FROM texts WHERE record = ?", record)
            ),
            Row(),
        )

    def texts(self) -> dict[bytes, str]:
        return dict(self._ask("SELECT record, text FROM texts"))

    def saves(self, record: bytes) -> list[tuple[bytes, int]]:
        """Committed saves of a record, in order, and whether they were typed."""
        return self._ask("SELECT save_id, typed FROM saves WHERE record = ? ORDER BY version", record)

    def save(self, account: str, save: Save) -> Ack | Refusal:
        if (slow := self.folder / "slow").exists():
            time.sleep(float(slow.read_text()))
        if (refuse := self.folder / "refuse").exists():
            return Refusal(save.save_id, refuse.read_text())
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            earlier = "SELECT record, version, copied FROM saves WHERE save_id = ?"
            known = connection.execute(earlier, [save.save_id]).fetchone()
            record, version, copied = known or self._write(connection, account, save)
            connection.execute("COMMIT")
        return Ack(save.save_id, version, record, "14:02", bool(copied))

    def _write(self, connection: sqlite3.Connection, account: str, save: Save) -> tuple[bytes, int, bool]:
        row = self.row(save.record)
        copied = not _goes_on(save, row)
        record, version = (os.urandom(16), 1) if copied else (save.record, row.version + 1)
        connection.execute(
            "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)",
            [record, account, version, save.save_id, save.text],
        )
        connection.execute(
            "INSERT INTO saves VALUES (?, ?, ?, ?, ?)", [save.save_id, record, version, copied, save.typed]
        )
        return record, version, copied


def _goes_on(save: Save, row: Row) -> bool:
    if row.version == save.base_version or row.save_id is None:
        return True
    last = {it[:8]: it[8:] for it in (*save.after, save.save_id)}
    return row.save_id[8:] <= last.get(row.save_id[:8], b"")
