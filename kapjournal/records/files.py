"""The bytes that belong to a record, such as a recording: raw, in parts, each sealed in a row of its own.

The id of a part is the first twelve bytes of its record's id and its number; the record is a value that says how many
bytes there are. Parts are written once. When their record is deleted they stay where they are, sealed, with the day of
the deletion, so that bringing it back copies nothing and purging takes them with it.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from kapjournal.database.tables import records
from kapjournal.errors import DamagedRecord
from kapjournal.records import rows
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import VaultKeys
from kapjournal.vault.sealed_records import Place, SealedRecord, open_record, seal_record

KIND = "file"
PART_BYTES = (1 << 20) - 1  # one less than a padded size
PREFIX = 12
PART_VERSION = 1


def parts_of(id: bytes, data: bytes) -> dict[bytes, bytes]:
    """The parts of the bytes that belong to record `id`, by their ids, in order."""
    starts = range(0, len(data), PART_BYTES)
    return {_part_id(id, number): data[start : start + PART_BYTES] for number, start in enumerate(starts)}


def part_ids(id: bytes, size: int) -> list[bytes]:
    """The ids of the parts of a file of `size` bytes that belongs to record `id`."""
    return [_part_id(id, number) for number in range(-(-size // PART_BYTES))]


def insert_parts(connection: Connection, keys: VaultKeys, parts: dict[bytes, bytes], first_seq: int) -> None:
    """Seal and insert parts under consecutive numbers."""
    for seq, (id, data) in enumerate(parts.items(), first_seq):
        place = Place(keys.account, id, KIND, 1, PART_VERSION)
        sealed = seal_record(keys.record_key, place, data)
        row = place._asdict() | sealed._asdict() | {"seq": seq, "save_id": id, "deleted": None}
        connection.execute(insert(records), row)


def joined_parts(connection: Connection, keys: VaultKeys, id: bytes, size: int) -> bytes:
    """The `size` bytes that belong to record `id`. Raises DamagedRecord if a part is missing or does not open."""
    data = b"".join(_opened(connection, keys, part) for part in part_ids(id, size))
    if len(data) != size:
        raise DamagedRecord
    return data


def _opened(connection: Connection, keys: VaultKeys, id: bytes) -> bytes:
    row = rows.one(connection, keys.account, id)
    if row is None or row.kind != KIND or row.deleted is not None:
        raise DamagedRecord
    try:
        place = Place(keys.account, id, KIND, row.gen, row.version)
        return open_record(keys.record_key, place, SealedRecord(row.body, row.dek))
    except VaultError as error:
        raise DamagedRecord from error


def _part_id(id: bytes, number: int) -> bytes:
    return id[:PREFIX] + number.to_bytes(4)


_SET_DAY = (
    update(records)
    .where(
        records.c.owner == bindparam("account"),
        records.c.id.between(bindparam("first"), bindparam("last")),
        records.c.kind == KIND,
    )
    .values(deleted=bindparam("day"))
)


def bury(connection: Connection, account: bytes, id: bytes, *, day: int) -> None:
    """Mark whatever parts record `id` has as deleted on a day (days since 1970)."""
    connection.execute(_SET_DAY, _parts(account, id) | {"day": day})


def unbury(connection: Connection, account: bytes, id: bytes) -> None:
    """Undo `bury`."""
    connection.execute(_SET_DAY, _parts(account, id) | {"day": None})


def _parts(account: bytes, id: bytes) -> dict[str, Any]:
    first, last = span(id)
    return {"account": account, "first": first, "last": last}


def span(id: bytes) -> tuple[bytes, bytes]:
    """The first and the last id that a part of record `id` can have."""
    return id[:PREFIX] + bytes(4), id[:PREFIX] + b"\xff" * 4
