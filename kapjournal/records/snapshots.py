"""Opened records of the people signed in, so that no rerun opens them twice.

A snapshot is immutable and replaced whole. Snapshots live in one object, keyed by sign-in, and are
dropped at sign-out, when the sign-in ends, and least recently used first above the memory budget.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar, cast

import msgspec

from kapjournal.records.values import Value

REMEMBERED = 3

V = TypeVar("V", bound=Value)
T = TypeVar("T")


class Record(msgspec.Struct, Generic[V], frozen=True, gc=False):
    """One opened record: ids of 16 bytes, versions counted from 1."""

    id: bytes
    seq: int
    version: int
    save_id: bytes
    value: V
    size: int


class Damaged(NamedTuple):
    """A stored record that does not open."""

    id: bytes
    kind: str
    seq: int


Change = Record[Any] | Damaged | bytes
"""What happened to a record: it has a new state, it does not open, or (its id) it was deleted."""


class Snapshot:
    """All opened records of one person up to `seq`; `complete` once every note is among them."""

    def __init__(
        self,
        account: bytes,
        role: str,
        seq: int,
        *,
        complete: bool,
        values: Mapping[type[Value], Mapping[bytes, Record[Any]]],
        damaged: Mapping[bytes, Damaged],
        size: int,
    ) -> None:
        self.account = account
        self.role = role
        self.seq = seq
        self.complete = complete
        self.damaged = damaged
        self.size = size
        self._values = values
        self._derived: dict[str, tuple[object, Any]] = {}
        self._remembered: dict[str, tuple[object, Any]] = {}

    def all(self, cls: type[V]) -> Mapping[bytes, Record[V]]:
        """Every opened record of one class, by id."""
        return cast(Mapping[bytes, Record[V]], self._values.get(cls, _NONE))

    def get(self, cls: type[V], id: bytes) -> Record[V] | None:
        """The record of this class and id."""
        return self.all(cls).get(id)

    def derived(self, name: str, cls: type[V], compute: Callable[[Mapping[bytes, Record[V]]], T]) -> T:
        """`compute` of all records of a class, kept until one of them changes. `name` must be unique to `compute`."""
        records = self.all(cls)
        known = self._derived.get(name)
        if known is not None and known[0] is records:
            return cast(T, known[1])
        result = compute(records)
        self._derived[name] = (records, result)
        return result

    def remembered(self, name: str, token: object, make: Callable[[], T]) -> T:
        """What `make` made for this name and token, of the last few names; for what stands in somebody else's rows."""
        known = self._remembered.get(name)
        result: T = known[1] if known is not None and known[0] == token else make()
        others = [it for it in self._remembered.items() if it[0] != name]
        # Replaced whole: two tabs of a sign-in may be here at once.
        self._remembered = dict([*others[1 - REMEMBERED :], (name, (token, result))])
        return result

    def forget(self, name: str) -> None:
        """Keep nothing under this name that `remembered` has made."""
        self._remembered = {known: it for known, it in self._remembered.items() if known != name}

    def after(self, changes: Iterable[Change], seq: int, *, complete: bool | None = None) -> "Snapshot":
        """The snapshot with these changes applied; classes without a change share their mapping."""
        values = dict(self._values)
        damaged = dict(self.damaged)
        copied: dict[type[Value], dict[bytes, Record[Any]]] = {}
        size = self.size
        for change in changes:
            id = change if isinstance(change, bytes) else change.id
            size -= _remove(values, copied, id)
            damaged.pop(id, None)
            if isinstance(change, Record):
                _own(values, copied, type(change.value))[id] = change
                size += change.size
            elif isinstance(change, Damaged):
                damaged[id] = change
        newer = Snapshot(
            self.account,
            self.role,
            seq,
            complete=self.complete if complete is None else complete,
            values=values,
            damaged=damaged,
            size=size,
        )
        newer._derived = dict(self._derived)
        newer._remembered = self._remembered
        return newer


_NONE: Mapping[bytes, Record[Any]] = {}


def _own(
    values: dict[type[Value], Mapping[bytes, Record[Any]]],
    copied: dict[type[Value], dict[bytes, Record[Any]]],
    cls: type[Value],
) -> dict[bytes, Record[Any]]:
    """The mapping of a class, copied once per change set so that older snapshots keep theirs."""
    if cls not in copied:
        copied[cls] = dict(values.get(cls, _NONE))
        values[cls] = copied[cls]
    return copied[cls]


def _remove(
    values: dict[type[Value], Mapping[bytes, Record[Any]]],
    copied: dict[type[Value], dict[bytes, Record[Any]]],
    id: bytes,
) -> int:
    for cls, records in values.items():
        if id in records:
            return _own(values, copied, cls).pop(id).size
    return 0


def nothing(account: bytes, role: str) -> Snapshot:
    """A snapshot before anything was read."""
    return Snapshot(account, role, 0, complete=False, values={}, damaged={}, size=0)


class _Held(NamedTuple):
    snapshot: Snapshot
    ends: int


class Snapshots:
    """The one holder of snapshots in a process. Safe to use from many threads."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._held: OrderedDict[bytes, _Held] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, sign_in: bytes) -> Snapshot | None:
        """The newest snapshot of a sign-in, if one is held."""
        with self._lock:
            held = self._held.get(sign_in)
            if held is None:
                return None
            self._held.move_to_end(sign_in)
            return held.snapshot

    def put(self, sign_in: bytes, snapshot: Snapshot, ends: int) -> None:
        """Hold a snapshot until `ends` (UTC seconds), unless a newer one is held already."""
        with self._lock:
            held = self._held.get(sign_in)
            if held and (held.snapshot.seq, held.snapshot.complete) > (snapshot.seq, snapshot.complete):
                snapshot = held.snapshot
            self._forget(sign_in)
            self._held[sign_in] = _Held(snapshot, ends)
            self._size += snapshot.size
            while self._size > self._budget and len(self._held) > 1:
                self._forget(next(iter(self._held)))

    def prolong(self, sign_in: bytes, ends: int) -> None:
        """Hold what is held of a sign-in until `ends` (UTC seconds); nothing if it was dropped meanwhile."""
        with self._lock:
            held = self._held.get(sign_in)
            if held is not None:
                self._held[sign_in] = _Held(held.snapshot, ends)

    def drop(self, sign_in: bytes) -> None:
        """Forget a sign-in."""
        with self._lock:
            self._forget(sign_in)

    def reap(self, now: float) -> None:
        """Forget every sign-in that has ended."""
        with self._lock:
            for sign_in in [key for key, held in self._held.items() if held.ends <= now]:
                self._forget(sign_in)

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._held.clear()
            self._size = 0

    def _forget(self, sign_in: bytes) -> None:
        held = self._held.pop(sign_in, None)
        if held is not None:
            self._size -= held.snapshot.size
