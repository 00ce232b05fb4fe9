"""Notes, and the text boxes they are written in, as the editor in the browser is one."""

import os
from collections.abc import Sequence

from sqlalchemy import Engine, text

from kapjournal.journal.values import Entry
from kapjournal.records import Put, Record, Saved, SignedIn, Store
from tests.cast import NOON, Cast


def note(words: str) -> Entry:
    return Entry(at=NOON, zone="UTC", wall="2026-09-21T12:00", text=words)


class Box:
    """A text box: a random writer, a counter, the record and version it started from, the saves it goes on from."""

    def __init__(self, record: bytes | None = None, base: int = 0, after: Sequence[bytes] = ()) -> None:
        self.writer = os.urandom(8)
        self.counter = 0
        self.record = record or os.urandom(16)
        self.base = base
        self.after = tuple(after)

    @property
    def save_id(self) -> bytes:
        """The latest save of this box."""
        return self.writer + self.counter.to_bytes(8)

    def put(self, words: str, *, keep: bool = False) -> Put:
        """The next state of the text."""
        self.counter += 1
        return Put(
            note(words), self.record, self.save_id, self.base, self.after, keep=keep, copy_if_stale=True
        )

    def hear(self, saved: Saved) -> Record[Entry]:
        """Take an answer over, as the editor does."""
        self.record, self.base, self.after = saved.record.id, saved.record.version, ()
        return saved.record


def save(cast: Cast, put: Put, by: SignedIn | None = None) -> Saved:
    """Save in a unit of work of its own, as Alice unless somebody else is named."""
    return cast.work().save(by or cast.alice, put)[0]


def written(cast: Cast, words: str) -> Record[Entry]:
    """A new note of Alice's."""
    record: Record[Entry] = save(cast, Box().put(words)).record
    return record


def words_of(cast: Cast, store: Store | None = None, by: SignedIn | None = None) -> list[str]:
    """The texts of all notes as they stand in the database, in order; opened anew unless a store is given."""
    snapshot = cast.work(store or cast.new_store()).complete(by or cast.alice)
    return sorted(record.value.text for record in snapshot.all(Entry).values())


def rows_of(engine: Engine, columns: str, table: str = "records") -> list[tuple[object, ...]]:
    """Rows as a thief would read them."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1"))]
