"""A unit of work: one script run or one command. Reads at most twice, writes in one transaction a verb."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from kapjournal.database.engine import transaction
from kapjournal.errors import (
    ChangedElsewhere,
    DamagedRecord,
    NotAllowed,
    SignedOut,
    StorageUnavailable,
    TooLateToUndo,
)
from kapjournal.records import accounts, files, links, rows
from kapjournal.records.putting import Put, Saved, new_id, put_state, size_of
from kapjournal.records.rows import AnyRow
from kapjournal.records.signed_in import MINUTE, Access, SignedIn, Stay, authorise
from kapjournal.records.snapshots import Change, Damaged, Record, Snapshot, nothing
from kapjournal.records.store import Store
from kapjournal.records.values import Value

__all__ = ["DAY", "UNDO_DAYS", "Earlier", "Work", "new_id"]

V = TypeVar("V", bound=Value)
DAY = 24 * 60 * MINUTE
UNDO_DAYS = 7


class Earlier(NamedTuple):
    """An earlier or deleted state of a record; `day` counts from 1970 and is None unless deleted."""

    id: bytes
    version: int
    value: Value
    day: int | None = None


class Work:
    """What a verb acts through. `now` is UTC seconds and stands still for the unit of work."""

    def __init__(self, store: Store, now: float) -> None:
        self.store = store
        self.now = int(now)
        self._read: dict[SignedIn, tuple[Stay, Snapshot]] = {}
        self._transaction: tuple[SignedIn, Connection, Access] | None = None
        self._saved: list[tuple[int, Sequence[Change]]] = []

    # Reading

    def reading(self, by: SignedIn) -> Snapshot:
        """Everything this person owns, as of this unit of work. Raises SignedOut, StorageUnavailable."""
        return self._reading(by)[1]

    def complete(self, by: SignedIn) -> Snapshot:
        """Like `reading`, with every note opened: what the journal and search need."""
        snapshot = self.reading(by)
        if snapshot.complete:
            return snapshot
        with self.authorised(by) as (connection, access):
            changes = self._open(rows.notes(connection, by.account), access)
        return self._hold(by, access.stay, snapshot.after(changes, snapshot.seq, complete=True))

    def own(self, by: SignedIn, cls: type[V], id: bytes) -> Record[V]:
        """One record of this person, also a note that is not in the snapshot. Raises NotAllowed, DamagedRecord."""
        snapshot = self.reading(by)
        record = snapshot.get(cls, id)
        if record is None and id in snapshot.damaged:
            raise DamagedRecord
        if record is None and not snapshot.complete and cls.kind == "note":
            record = self._fetch(by, cls, id)
        if record is None:
            raise NotAllowed
        return record

    def newest(self, by: SignedIn, cls: type[V], id: bytes) -> Record[V]:
        """One record as it stands in the database now, whatever was read before. Raises NotAllowed, DamagedRecord."""
        record = self._fetch(by, cls, id)
        if record is None:
            raise NotAllowed
        return record

    def role(self, by: SignedIn) -> str:
        """`patient` or `therapist`."""
        return self.reading(by).role

    def stay(self, by: SignedIn) -> Stay:
        """How long this sign-in lasts, and what it has proven."""
        return self._reading(by)[0]

    def touch(self, by: SignedIn) -> None:
        """Note that the person did something; written at most once a minute, outside any save.

        What cannot be written now is noted with the next thing they do: no page or saved word depends on it.
        """
        minute = self.now // MINUTE
        try:
            stay, snapshot = self._reading(by)
            if minute <= stay.seen:
                return
            with transaction(self.store.engine, writing=True) as connection:
                accounts.seen(connection, by.account, stay.sign_in, minute)
        except StorageUnavailable:
            return
        stay = stay._replace(seen=minute)
        self._read[by] = (stay, snapshot)
        self.store.snapshots.prolong(stay.sign_in, stay.ends)

    def history(self, by: SignedIn, id: bytes) -> tuple[Earlier, ...]:
        """Earlier states of a record, newest first; damaged ones are left out."""
        with self.authorised(by) as (connection, access):
            opened = [(row, self._open_one(row, access)) for row in rows.history(connection, by.account, id)]
        return tuple(Earlier(row.id, row.version, it.value) for row, it in opened if isinstance(it, Record))

    def deleted(self, by: SignedIn) -> tuple[Earlier, ...]:
        """What was deleted in the last seven days and can be brought back, latest first."""
        oldest = self.now // DAY - UNDO_DAYS
        with self.authorised(by) as (connection, access):
            opened = [(row, self._open_one(row, access)) for row in rows.deleted(connection, by.account)]
        return tuple(
            Earlier(row.id, row.version, it.value, row.day)
            for row, it in opened
            if isinstance(it, Record) and row.day > oldest
        )

    def file(self, by: SignedIn, id: bytes, size: int) -> bytes:
        """The bytes that belong to a record of this person. Raises DamagedRecord unless all of them are there."""
        with self.authorised(by) as (connection, access):
            return files.joined_parts(connection, access.keys, id, size)

    def reread(self, by: SignedIn) -> None:
        """Ask the database again at the next reading, because something about the sign-in was changed."""
        self._read.pop(by, None)

    def forget(self, by: SignedIn) -> None:
        """Drop what was opened for a sign-in."""
        self._read.pop(by, None)
        self.store.snapshots.drop(by.sign_in)

    # Writing

    def save(self, by: SignedIn, *puts: Put) -> tuple[Saved, ...]:
        """Save states in one transaction.

        Raises SignedOut, ChangedElsewhere, NotAllowed for another kind, StorageUnavailable.
        """
        with self.authorised(by, writing=True) as (connection, access):
            first = rows.take_seq(connection, by.account, len(puts))
            saved: list[Saved] = []
            changes: list[Change] = []
            for put in puts:
                it = put_state(connection, access.keys, put, first + len(changes))
                saved.append(it)
                if it.record.seq >= first:
                    changes.append(it.record)
            if len(changes) < len(puts):
                # The next writer takes the numbers that repeats did not need.
                rows.take_seq(connection, by.account, len(changes) - len(puts))
            self._written(by, connection, access, first, changes)
        return tuple(saved)

    def restate(self, by: SignedIn, record: Record[V], value: V) -> Record[V]:
        """Replace the value of a record that nobody changed since it was read. Raises ChangedElsewhere.

        The save_id stays, so that a retry of the save before is still recognised.
        """
        with self.authorised(by, writing=True) as (connection, access):
            seq = rows.take_seq(connection, by.account, 1)
            row = rows.one(connection, by.account, record.id)
            if row is None or row.version != record.version or row.deleted is not None:
                raise ChangedElsewhere
            newer = Record(record.id, seq, row.version + 1, row.save_id, value, size_of(value))
            rows.replace_record(connection, access.keys, newer, row.gen)
            self._written(by, connection, access, seq, [newer])
        return newer

    def append(self, by: SignedIn, values: Sequence[Value]) -> None:
        """Save many new records, in batches of 500."""
        for start in range(0, len(values), rows.BATCH):
            batch = values[start : start + rows.BATCH]
            with self.authorised(by, writing=True) as (connection, access):
                first = rows.take_seq(connection, by.account, len(batch))
                new = [Record(new_id(), first + n, 1, new_id(), value, 0) for n, value in enumerate(batch)]
                rows.insert_records(connection, access.keys, new)
                self._follow(by, connection, access, first, new)
        self._read.clear()

    def delete(self, by: SignedIn, id: bytes) -> None:
        """Leave a tombstone; the last state stays in history for seven days. Raises NotAllowed."""
        with self.authorised(by, writing=True) as (connection, access):
            seq = rows.take_seq(connection, by.account, 1)
            row = rows.one(connection, by.account, id)
            if row is None or row.deleted is not None:
                raise NotAllowed
            rows.keep_history(connection, by.account, id)
            rows.bury(
                connection,
                by.account,
                id,
                seq=seq,
                version=row.version + 1,
                save_id=new_id(),
                day=self.now // DAY,
            )
            files.bury(connection, by.account, id, day=self.now // DAY)
            self._written(by, connection, access, seq, [id])

    def undelete(self, by: SignedIn, id: bytes) -> Record[Any]:
        """Bring back what was deleted in the last seven days. Raises NotAllowed, TooLateToUndo, DamagedRecord."""
        with self.authorised(by, writing=True) as (connection, access):
            seq = rows.take_seq(connection, by.account, 1)
            row = rows.one(connection, by.account, id)
            if row is None or row.deleted is None:
                raise NotAllowed
            past = rows.history(connection, by.account, id)
            if not past or row.deleted <= self.now // DAY - UNDO_DAYS:
                raise TooLateToUndo
            last = self._open_one(past[0], access)
            if not isinstance(last, Record):
                raise DamagedRecord
            record = Record(id, seq, row.version + 1, new_id(), last.value, last.size)
            rows.replace_record(connection, access.keys, record, row.gen)
            files.unbury(connection, by.account, id)
            self._written(by, connection, access, seq, [record])
        return record

    def save_file(self, by: SignedIn, id: bytes, data: bytes) -> None:
        """Save the bytes that belong to a new record, in the transaction that saves the record."""
        with self.authorised(by, writing=True) as (connection, access):
            parts = files.parts_of(id, data)
            first = rows.take_seq(connection, by.account, len(parts))
            files.insert_parts(connection, access.keys, parts, first)
            # No snapshot ever holds a part; that the ids are gone from it is true.
            self._written(by, connection, access, first, list(parts))

    @contextmanager
    def authorised(self, by: SignedIn, *, writing: bool = False) -> Iterator[tuple[Connection, Access]]:
        """A transaction of somebody who is signed in; one that is open already is used. Raises SignedOut."""
        if self._transaction is not None and self._transaction[0] == by:
            yield self._transaction[1:]
            return
        with transaction(self.store.engine, writing=writing) as connection:
            access = self._authorise(connection, by)
            self._transaction, self._saved = (by, connection, access), []
            try:
                yield connection, access
            finally:
                self._transaction = None
                if self._saved:
                    # What was read since may never be committed.
                    self._read.pop(by, None)
        self._take_over(by, access)

    @contextmanager
    def alone(self, by: SignedIn, *, writing: bool = True) -> Iterator[tuple[Connection, Access]]:
        """Like `authorised`, while nobody else writes for this person: what is read stands. Raises SignedOut."""
        with self.authorised(by, writing=writing) as (connection, access):
            present = access._replace(seq=accounts.lock(connection, by.account))
            self._transaction = (by, connection, present)
            self._read.pop(by, None)
            yield connection, present

    @contextmanager
    def writing(self, by: SignedIn) -> Iterator[None]:
        """One transaction for what a verb reads and what it saves. Raises SignedOut, StorageUnavailable."""
        if by not in self._read and self.store.snapshots.get(by.sign_in) is None:
            # A journal is opened before anybody has to wait for this transaction.
            self._reading(by)
            self.reread(by)
        with self.authorised(by, writing=True):
            yield

    @contextmanager
    def unauthorised(self, *, writing: bool = False) -> Iterator[Connection]:
        """A transaction before anybody is signed in: sign-up, sign-in and recovery."""
        with transaction(self.store.engine, writing=writing) as connection:
            yield connection

    # How

    def _authorise(self, connection: Connection, by: SignedIn) -> Access:
        try:
            return authorise(connection, by, now=self.now, secret=self.store.secret)
        except SignedOut:
            # Only the holder of the right token can name a sign-in, so nobody else's snapshot is dropped here.
            self.forget(by)
            raise

    def _reading(self, by: SignedIn) -> tuple[Stay, Snapshot]:
        known = self._read.get(by)
        if known is not None:
            return known
        with self.authorised(by) as (connection, access):
            snapshot = self._synced(connection, access)
        return access.stay, self._hold(by, access.stay, snapshot)

    def _synced(self, connection: Connection, access: Access) -> Snapshot:
        held = self.store.snapshots.get(access.stay.sign_in)
        if held is None:
            changes = self._open(rows.first_rows(connection, access.account), access)
            return nothing(access.account, access.role).after(changes, access.seq)
        if held.seq >= access.seq:
            return held
        changes = self._open(rows.since(connection, access.account, held.seq), access)
        return held.after(changes, access.seq)

    def _hold(self, by: SignedIn, stay: Stay, snapshot: Snapshot) -> Snapshot:
        if not self._saved:
            self.store.snapshots.put(stay.sign_in, snapshot, stay.ends)
        self._read[by] = (stay, snapshot)
        return snapshot

    def _open_one(self, row: AnyRow, access: Access) -> Change:
        return rows.open_row(row, access.keys, self.store.decoder)

    def _open(self, found: Iterable[AnyRow], access: Access) -> list[Change]:
        return [rows.open_row(row, access.keys, self.store.decoder) for row in found]

    def _fetch(self, by: SignedIn, cls: type[V], id: bytes) -> Record[V] | None:
        with self.authorised(by) as (connection, access):
            row = rows.one(connection, by.account, id)
            opened = None if row is None else self._open_one(row, access)
        if isinstance(opened, Damaged):
            raise DamagedRecord
        return opened if isinstance(opened, Record) and isinstance(opened.value, cls) else None

    def _written(
        self, by: SignedIn, connection: Connection, access: Access, first: int, changes: Sequence[Change]
    ) -> None:
        """Note what was written under the numbers from `first` on, and let what is shared of it follow."""
        self._saved.append((first, changes))
        self._follow(by, connection, access, first, changes)

    def _follow(
        self, by: SignedIn, connection: Connection, access: Access, first: int, changes: Sequence[Change]
    ) -> None:
        keeper = self.store.keeper
        if keeper is None or not changes:
            return
        known = self._read.get(by)
        held = known[1] if known else self.store.snapshots.get(access.stay.sign_in)
        if held is None:
            if not links.any_of(connection, by.account):
                return
            held = nothing(access.account, access.role)
            now = held.after(self._open(rows.first_rows(connection, by.account), access), access.seq)
        elif held.seq != first - 1:
            # Somebody else has written meanwhile, or this transaction before: all of it is here, under the lock.
            now = held.after(self._open(rows.since(connection, by.account, held.seq), access), access.seq)
        elif keeper.concerns(held, changes):
            now = held.after(changes, first + len(changes) - 1)
        else:
            return
        if keeper.concerns(now, changes):
            for record, value in keeper.keep(connection, access, now, changes):
                self.restate(by, record, value)

    def _take_over(self, by: SignedIn, access: Access) -> None:
        """Take what was committed over into the snapshot without opening it, if that was up to date until then."""
        saved, self._saved = self._saved, []
        for first, changes in saved:
            self._read.pop(by, None)
            held = self.store.snapshots.get(access.stay.sign_in)
            if held is not None and held.seq == first - 1:
                self._hold(by, access.stay, held.after(changes, first + len(changes) - 1))
