"""Rows of records: the SQL and the sealing, one function a statement."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, literal, select, update
from sqlalchemy.engine import Row

from kapjournal.database.tables import accounts, record_history, records
from kapjournal.records.snapshots import Change, Damaged, Record
from kapjournal.records.values import Value
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import VaultKeys
from kapjournal.vault.sealed_records import Place, SealedRecord, open_record, seal_record

AnyRow = Row[*tuple[Any, ...]]

BATCH = 500
NEWEST_NOTES = 30
HISTORY = 20
STRUCT_BYTES = 400

_encode = msgspec.json.Encoder().encode
_COLUMNS = (
    records.c.id,
    records.c.kind,
    records.c.seq,
    records.c.gen,
    records.c.version,
    records.c.save_id,
    records.c.body,
    records.c.dek,
    records.c.deleted,
)
_TAKE = (
    update(accounts)
    .where(accounts.c.id == bindparam("account"))
    .values(seq=accounts.c.seq + bindparam("count"))
    .returning(accounts.c.seq)
)
_MINE = records.c.owner == bindparam("account")
_SINCE = (
    select(*_COLUMNS)
    .where(_MINE, records.c.seq > bindparam("since"), records.c.kind != "file")
    .order_by(records.c.seq)
)
_ALL_BUT_NOTES = select(*_COLUMNS).where(
    _MINE, records.c.kind.in_(("rating", "form", "session", "setting")), records.c.deleted.is_(None)
)
_NOTES = (
    select(*_COLUMNS)
    .where(_MINE, records.c.kind == "note", records.c.deleted.is_(None))
    .order_by(records.c.seq.desc())
)
_NEWEST_NOTES = _NOTES.limit(NEWEST_NOTES)
_ONE = select(*_COLUMNS).where(_MINE, records.c.id == bindparam("id"))


def take_seq(connection: Connection, account: bytes, count: int) -> int:
    """Reserve `count` numbers and return the first. The lock on the account's row makes commit order seq order."""
    last: int = connection.execute(_TAKE, {"account": account, "count": count}).scalar_one()
    return last - count + 1


def open_row(row: AnyRow, keys: VaultKeys, decoder: msgspec.json.Decoder[Value]) -> Change:
    """The opened record of a row, its id if it is deleted, or Damaged."""
    if row.deleted is not None:
        return bytes(row.id)
    try:
        place = Place(keys.account, row.id, row.kind, row.gen, row.version)
        plaintext = open_record(keys.record_key, place, SealedRecord(row.body, row.dek))
        value = decoder.decode(plaintext)
    except (VaultError, msgspec.MsgspecError):
        return Damaged(row.id, row.kind, row.seq)
    return Record(row.id, row.seq, row.version, row.save_id, value, len(plaintext) + STRUCT_BYTES)


def since(connection: Connection, account: bytes, seq: int) -> Iterator[AnyRow]:
    """Every row that changed after `seq`, in order; parts of files are opened only when they are asked for."""
    return _batched(connection, _SINCE, {"account": account, "since": seq})


def first_rows(connection: Connection, account: bytes) -> Iterator[AnyRow]:
    """What is opened at sign-in: everything but notes and files, and the newest notes."""
    yield from _batched(connection, _ALL_BUT_NOTES, {"account": account})
    yield from _batched(connection, _NEWEST_NOTES, {"account": account})


def notes(connection: Connection, account: bytes) -> Iterator[AnyRow]:
    """Every note."""
    return _batched(connection, _NOTES, {"account": account})


def one(connection: Connection, account: bytes, id: bytes) -> AnyRow | None:
    """The row of one record."""
    return connection.execute(_ONE, {"account": account, "id": id}).one_or_none()


_FATE = (
    records.c.id,
    records.c.kind,
    records.c.seq,
    records.c.version,
    records.c.gen,
    records.c.save_id,
    records.c.deleted,
)
_HERE = select(*_FATE).where(_MINE, records.c.id == bindparam("id"))
_BY_WRITER = select(*_FATE).where(_MINE, records.c.save_id.between(bindparam("first"), bindparam("last")))


def fate(connection: Connection, account: bytes, id: bytes) -> AnyRow | None:
    """What decides about a save: the row of a record, without what is sealed."""
    return connection.execute(_HERE, {"account": account, "id": id}).one_or_none()


def saved_by(connection: Connection, account: bytes, writers: Iterable[bytes]) -> list[AnyRow]:
    """The rows last saved by one of these writers (the first eight bytes of a save_id)."""
    found: list[AnyRow] = []
    for writer in dict.fromkeys(writers):
        span = {"account": account, "first": writer + bytes(8), "last": writer + b"\xff" * 8}
        found += connection.execute(_BY_WRITER, span)
    return found


def _sealed(keys: VaultKeys, place: Place, plaintext: bytes) -> dict[str, Any]:
    sealed = seal_record(keys.record_key, place, plaintext)
    return {
        "owner": place.owner,
        "id": place.id,
        "kind": place.kind,
        "gen": place.gen,
        "version": place.version,
        "body": sealed.body,
        "dek": sealed.dek,
        "deleted": None,
    }


def insert_records(connection: Connection, keys: VaultKeys, new: Sequence[Record[Any]]) -> None:
    """Insert new records, each with its seq and version 1."""
    connection.execute(
        insert(records),
        [
            _sealed(
                keys,
                Place(keys.account, record.id, record.value.kind, 1, record.version),
                _encode(record.value),
            )
            | {"seq": record.seq, "save_id": record.save_id}
            for record in new
        ],
    )


_REPLACE = (
    update(records)
    .where(_MINE, records.c.id == bindparam("record"))
    .values({name: bindparam(name) for name in ("seq", "version", "save_id", "body", "dek", "deleted")})
)


def replace_record(connection: Connection, keys: VaultKeys, record: Record[Any], gen: int) -> None:
    """Replace the newest state of a record."""
    row = _sealed(
        keys, Place(keys.account, record.id, record.value.kind, gen, record.version), _encode(record.value)
    )
    for name in ("owner", "id", "kind", "gen"):
        del row[name]
    connection.execute(
        _REPLACE,
        row | {"account": keys.account, "record": record.id, "seq": record.seq, "save_id": record.save_id},
    )


def bury(
    connection: Connection, account: bytes, id: bytes, *, seq: int, version: int, save_id: bytes, day: int
) -> None:
    """Leave a tombstone in place of a record's newest state."""
    connection.execute(
        _REPLACE,
        {
            "account": account,
            "record": id,
            "seq": seq,
            "version": version,
            "save_id": save_id,
            "body": b"",
            "dek": b"",
            "deleted": day,
        },
    )


def keep_history(connection: Connection, account: bytes, id: bytes) -> None:
    """Copy the newest state, still sealed, into history, of which the last twenty are kept."""
    columns = ("owner", "id", "version", "kind", "gen", "body", "dek")
    here = (records.c.owner == account) & (records.c.id == id)
    past = (record_history.c.owner == account) & (record_history.c.id == id)
    # A row that somebody has rolled back to an earlier version is in history already.
    known = exists().where(past, record_history.c.version == records.c.version)
    newest = select(*(records.c[name] for name in columns)).where(here, ~known)
    connection.execute(insert(record_history).from_select(list(columns), newest))
    oldest_kept = (
        select(record_history.c.version)
        .where(past)
        .order_by(record_history.c.version.desc())
        .offset(HISTORY - 1)
        .limit(1)
    ).scalar_subquery()
    connection.execute(delete(record_history).where(past, record_history.c.version < oldest_kept))


def history(connection: Connection, account: bytes, id: bytes) -> Sequence[AnyRow]:
    """Earlier states, newest first."""
    return connection.execute(
        select(*_PAST)
        .where(record_history.c.owner == account, record_history.c.id == id)
        .order_by(record_history.c.version.desc())
    ).all()


_PAST = (
    record_history.c.id,
    record_history.c.kind,
    literal(0).label("seq"),
    record_history.c.gen,
    record_history.c.version,
    literal(b"").label("save_id"),
    record_history.c.body,
    record_history.c.dek,
    literal(None).label("deleted"),
)


def deleted(connection: Connection, account: bytes) -> Sequence[AnyRow]:
    """The last state of every record that is deleted and not yet purged, with the day of its deletion."""
    last = (
        select(record_history.c.id, func.max(record_history.c.version).label("version"))
        .where(record_history.c.owner == account)
        .group_by(record_history.c.id)
        .subquery()
    )
    return connection.execute(
        select(*_PAST, records.c.deleted.label("day"))
        .join_from(records, last, last.c.id == records.c.id)
        .join(
            record_history,
            (record_history.c.owner == records.c.owner)
            & (record_history.c.id == records.c.id)
            & (record_history.c.version == last.c.version),
        )
        .where(records.c.owner == account, records.c.deleted.is_not(None))
        .order_by(records.c.seq.desc())
    ).all()


def purge(connection: Connection, until_day: int) -> int:
    """Remove for good what was deleted on or before a day (days since 1970). Needs no key."""
    gone = select(records.c.owner, records.c.id).where(records.c.deleted <= until_day)
    found = connection.execute(gone).all()
    for row in found:
        connection.execute(
            delete(record_history).where(record_history.c.owner == row.owner, record_history.c.id == row.id)
        )
        connection.execute(delete(records).where(records.c.owner == row.owner, records.c.id == row.id))
    return len(found)


def _batched(connection: Connection, statement: Any, parameters: dict[str, Any]) -> Iterator[AnyRow]:
    result = connection.execute(statement, parameters, execution_options={"yield_per": BATCH})
    for batch in result.partitions():
        yield from batch
