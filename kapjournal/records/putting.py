"""What becomes of a state that is saved: new, in place of the one before, a repeat, or kept in a copy beside it."""

import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kapjournal.errors import ChangedElsewhere, NotAllowed
from kapjournal.records import rows
from kapjournal.records.rows import AnyRow
from kapjournal.records.snapshots import Record
from kapjournal.records.values import Value
from kapjournal.vault.keys import VaultKeys

WRITER = 8


def new_id() -> bytes:
    """16 random bytes: a record id, or a save_id for what is saved once."""
    return os.urandom(16)


class Put(NamedTuple):
    """A state to be saved.

    `save_id` names this attempt: repeating it saves nothing twice. An editor's save_id is its random *writer*
    (8 bytes) and a counter (8 bytes, big-endian); `after` names the last saves of writers that this one
    goes on from. `base_version` is what the person started from, 0 for a new record. `keep` moves the
    state that is replaced into history. With `copy_if_stale`, a text that was changed elsewhere is kept beside
    the other one; without it ChangedElsewhere is raised.
    """

    value: Value
    id: bytes
    save_id: bytes
    base_version: int = 0
    after: tuple[bytes, ...] = ()
    keep: bool = False
    copy_if_stale: bool = False


class Saved(NamedTuple):
    """A committed state; `copied` if it went into a copy beside a text that was changed elsewhere."""

    record: Record[Any]
    copied: bool = False


def put_state(connection: Connection, keys: VaultKeys, put: Put, seq: int) -> Saved:
    """Save a state under the number `seq`. Raises ChangedElsewhere, NotAllowed for another kind."""
    here = rows.fate(connection, keys.account, put.id)
    target, fate = _decide(put, here)
    if fate == "stale" and put.copy_if_stale:
        writers = [it[:WRITER] for it in (put.save_id, *put.after)]
        target, fate = _decide_beside(put, rows.saved_by(connection, keys.account, writers))
    if fate == "stale":
        raise ChangedElsewhere
    if target is not None and target.kind != put.value.kind:
        raise NotAllowed
    if target is not None and fate == "repeat":
        return Saved(_as_saved(put, target), copied=target.id != put.id)
    if target is not None:
        record = Record(target.id, seq, target.version + 1, put.save_id, put.value, size_of(put.value))
        if put.keep:
            rows.keep_history(connection, keys.account, target.id)
        rows.replace_record(connection, keys, record, target.gen)
        return Saved(record, copied=target.id != put.id)
    id = new_id() if fate == "copy" else put.id
    record = Record(id, seq, 1, put.save_id, put.value, size_of(put.value))
    rows.insert_records(connection, keys, [record])
    return Saved(record, copied=fate == "copy")


def _as_saved(put: Put, row: AnyRow) -> Record[Any]:
    return Record(row.id, row.seq, row.version, row.save_id, put.value, size_of(put.value))


def _decide(put: Put, here: AnyRow | None) -> tuple[AnyRow | None, str]:
    """The row to act on, and whether to repeat, replace or insert; "stale" if it was changed elsewhere."""
    if here is None:
        return None, "insert" if put.base_version == 0 else "stale"
    if _is_repeat(put, here):
        return here, "repeat"
    if here.deleted is None and (here.version == put.base_version or _continues(put, here.save_id)):
        return here, "replace"
    return None, "stale"


def _decide_beside(put: Put, found: Sequence[AnyRow]) -> tuple[AnyRow | None, str]:
    """Go on in the copy that this box made before, or make one."""
    for row in found:
        if _is_repeat(put, row):
            return row, "repeat"
    for row in found:
        if row.id != put.id and row.deleted is None and _continues(put, row.save_id):
            return row, "replace"
    return None, "copy"


def _is_repeat(put: Put, row: AnyRow) -> bool:
    """Whether the same box has saved this text, or a newer one, before."""
    same_box = row.save_id[:WRITER] == put.save_id[:WRITER]
    return same_box and row.save_id >= put.save_id and row.deleted is None


def _continues(put: Put, last: bytes) -> bool:
    """Whether the state that was saved as `last` came from the same box, before this one."""
    same_box = last[:WRITER] == put.save_id[:WRITER] and last < put.save_id
    return same_box or any(last[:WRITER] == it[:WRITER] and last <= it for it in put.after)


def size_of(value: Value) -> int:
    """Roughly how many bytes an opened value takes."""
    return rows.STRUCT_BYTES + sum(len(text) for text in _texts(value))


def _texts(value: Value) -> Iterator[str]:
    return (
        text for text in (getattr(value, name) for name in value.__struct_fields__) if isinstance(text, str)
    )
