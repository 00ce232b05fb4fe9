"""What every unit of work of a process shares: engine, server secret, decoder, snapshots."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, Engine

from kapjournal.errors import Busy
from kapjournal.records.signed_in import Access
from kapjournal.records.snapshots import Change, Record, Snapshot, Snapshots
from kapjournal.records.values import Value

DERIVATIONS_AT_ONCE = 2
DERIVATIONS_WAITING = 8
PATIENCE_SECONDS = 10.0
MEBIBYTE = 1 << 20


class Derivations:
    """A queue for key derivations, which cost 64 MiB each: two at once, eight waiting, then Busy."""

    def __init__(self) -> None:
        self._running = BoundedSemaphore(DERIVATIONS_AT_ONCE)
        self._places = BoundedSemaphore(DERIVATIONS_AT_ONCE + DERIVATIONS_WAITING)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, at most ten seconds. Raises Busy."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._running.acquire(timeout=PATIENCE_SECONDS):
                raise Busy
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._places.release()


class Keeper(Protocol):
    """What keeps shared what a person wants to share, in the transaction of every write of theirs."""

    def concerns(self, snapshot: Snapshot, changes: Sequence[Change]) -> bool:
        """Whether this person shares anything."""

    def keep(
        self, connection: Connection, access: Access, snapshot: Snapshot, changes: Sequence[Change]
    ) -> Sequence[tuple[Record[Any], Value]]:
        """Follow changes that are in `snapshot` already. Runs under the lock of the person's account.

        Returns the records that have to be changed in turn, each with its new value.
        """


class Store:
    """The open database of a process."""

    def __init__(
        self,
        engine: Engine,
        secret: bytes,
        decoder: msgspec.json.Decoder[Value],
        *,
        lineage: bytes,
        memory_mb: int = 256,
        keeper: Keeper | None = None,
    ) -> None:
        self.engine = engine
        self.secret = secret
        self.decoder = decoder
        self.lineage = lineage
        self.keeper = keeper
        self.snapshots = Snapshots(memory_mb * MEBIBYTE)
        self.derivations = Derivations()

    def __repr__(self) -> str:
        return "Store(…)"
