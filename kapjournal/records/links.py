"""Rows of links between two people, and of the grants that open single records to them.

A grant is made of the record's row as it stands, under the lock of its owner's account, so that it never opens
anything older or newer. Ending a link takes its grants in the same transaction; the records they opened then wait in
`rekeys` for another key.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from kapjournal.database.tables import accounts, grants, links, record_history, records, rekeys
from kapjournal.records import files, rows
from kapjournal.records.rows import AnyRow
from kapjournal.records.snapshots import Change, Damaged, Record, Snapshot
from kapjournal.records.values import Value
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import VaultKeys
from kapjournal.vault.links import open_granted, seal_grant
from kapjournal.vault.sealed_records import Place, SealedRecord, open_record, seal_record

CHUNK = 200


class LinkRow(NamedTuple):
    """A link as both sides find it; `patient_key` is what the database says, to be compared with what is pinned."""

    owner: bytes
    id: bytes
    therapist: bytes
    offer: bytes
    answer: bytes | None
    digest: bytes
    epoch: int
    ends: int
    patient_key: bytes


_COLUMNS = (*(links.c[name] for name in LinkRow._fields[:-1]), accounts.c.public_key.label("patient_key"))
_FOUND = select(*_COLUMNS).join_from(links, accounts, accounts.c.id == links.c.owner)


def lock(connection: Connection, *people: bytes) -> None:
    """Let nobody else write for these people until the transaction ends. They are taken in one order: no deadlock."""
    for account in sorted(set(people)):
        rows.take_seq(connection, account, 0)


# Links


def add(
    connection: Connection,
    owner: bytes,
    id: bytes,
    *,
    therapist: bytes,
    offer: bytes,
    digest: bytes,
    ends: int,
) -> None:
    """Store a new link, not yet accepted."""
    row = {"owner": owner, "id": id, "therapist": therapist, "offer": offer, "answer": None}
    connection.execute(insert(links), row | {"digest": digest, "epoch": 1, "ends": ends})


def ids_of(connection: Connection, owner: bytes) -> set[bytes]:
    """The ids of a patient's links, as far as nobody has ended them."""
    found = connection.execute(select(links.c.id).where(links.c.owner == owner))
    return {bytes(id) for id in found.scalars()}


def any_of(connection: Connection, owner: bytes) -> bool:
    """Whether a patient has any link."""
    return connection.execute(select(links.c.id).where(links.c.owner == owner).limit(1)).first() is not None


def of_therapist(connection: Connection, therapist: bytes) -> Sequence[LinkRow]:
    """Every link to a therapist, accepted or not."""
    found = connection.execute(_FOUND.where(links.c.therapist == therapist).order_by(links.c.id))
    return [LinkRow(*row) for row in found]


def of_patient(connection: Connection, owner: bytes) -> Sequence[LinkRow]:
    """Every link of a patient."""
    return [LinkRow(*row) for row in connection.execute(_FOUND.where(links.c.owner == owner))]


def to_therapist(connection: Connection, therapist: bytes, id: bytes) -> LinkRow | None:
    """One link to this therapist."""
    found = connection.execute(_FOUND.where(links.c.therapist == therapist, links.c.id == id)).one_or_none()
    return None if found is None else LinkRow(*found)


def set_answer(connection: Connection, owner: bytes, id: bytes, answer: bytes) -> None:
    """Store what the therapist answered."""
    _change(connection, owner, id, answer=answer)


def set_digest(connection: Connection, owner: bytes, id: bytes, digest: bytes, *, ends: int) -> None:
    """Store the head of what is shared; the epoch goes up."""
    _change(connection, owner, id, digest=digest, ends=ends)


def _change(connection: Connection, owner: bytes, id: bytes, **values: Any) -> None:
    here = (links.c.owner == owner) & (links.c.id == id)
    connection.execute(update(links).where(here).values(epoch=links.c.epoch + 1, **values))


def remove(connection: Connection, owner: bytes, id: bytes) -> None:
    """End a link: it and its grants are gone; what they opened waits for another key."""
    take_back(connection, owner, id, None)
    connection.execute(delete(links).where(links.c.owner == owner, links.c.id == id))


def end_overdue(connection: Connection, day: int) -> None:
    """End every link whose last day is before `day` (days since 1970). Needs no key."""
    overdue = select(links.c.owner, links.c.id).where(links.c.ends < day).order_by(links.c.owner)
    for row in connection.execute(overdue).all():
        lock(connection, row.owner)
        # Somebody may have prolonged it while this was waiting.
        here = overdue.where(links.c.owner == row.owner, links.c.id == row.id)
        if connection.execute(here).first() is not None:
            remove(connection, row.owner, row.id)


# Grants


def granted(connection: Connection, owner: bytes, link: bytes) -> set[bytes]:
    """The ids of the records that are open to a link."""
    found = select(grants.c.record).where(grants.c.owner == owner, grants.c.link == link)
    return {bytes(it) for it in connection.execute(found).scalars()}


def granted_among(connection: Connection, owner: bytes, link: bytes, ids: Collection[bytes]) -> set[bytes]:
    """Those of `ids` that are open to a link."""
    found = select(grants.c.record).where(grants.c.owner == owner, grants.c.link == link)
    return {
        bytes(it)
        for chunk in _chunks(ids)
        for it in connection.execute(found.where(grants.c.record.in_(chunk))).scalars()
    }


def grant(
    connection: Connection, keys: VaultKeys, link: bytes, link_key: bytes, meant: Mapping[bytes, int]
) -> None:
    """Open records to a link: ids, and the versions that are meant. Lock the owner before.

    What is deleted, damaged or of another version, because somebody has put an earlier state back, stays closed.
    """
    for chunk in _chunks(meant):
        found = connection.execute(_THESE, {"account": keys.account, "ids": chunk}).all()
        these = (it for it in found if it.version == meant[bytes(it.id)])
        made = [row for it in these if (row := _grant_row(keys, link, link_key, it)) is not None]
        _drop(connection, keys.account, link, chunk)
        if made:
            connection.execute(insert(grants), made)


def take_back(connection: Connection, owner: bytes, link: bytes, ids: Collection[bytes] | None) -> None:
    """Close records (all of them with None) to a link; they wait for another key."""
    here = (grants.c.owner == owner) & (grants.c.link == link)
    for chunk in _chunks(ids) if ids is not None else [None]:
        these = here if chunk is None else here & grants.c.record.in_(chunk)
        known = select(rekeys.c.id).where(rekeys.c.owner == owner)
        waiting = select(grants.c.owner, grants.c.record).where(these, grants.c.record.not_in(known))
        connection.execute(insert(rekeys).from_select(["owner", "id"], waiting))
        connection.execute(delete(grants).where(these))


def close(connection: Connection, owner: bytes, id: bytes) -> set[bytes]:
    """Close a record, with the parts of its file, to every link; which links it was open to."""
    first, last = files.span(id)
    these = (grants.c.record == id) | grants.c.record.between(first, last)
    found = select(grants.c.link, grants.c.record).where(grants.c.owner == owner, these)
    open_to = [(bytes(row.link), bytes(row.record)) for row in connection.execute(found)]
    for link in {link for link, _record in open_to}:
        take_back(connection, owner, link, [record for it, record in open_to if it == link])
    return {link for link, _record in open_to}


def open_shared(
    connection: Connection,
    row: LinkRow,
    link_key: bytes,
    decoder: msgspec.json.Decoder[Value],
) -> Snapshot:
    """Everything that is open to a link, and nothing else."""
    found = connection.execute(_SHARED, {"account": row.owner, "link": row.id}, execution_options=_IN_BATCHES)
    changes = (_open(it, row, link_key, decoder) for batch in found.partitions() for it in batch)
    empty = Snapshot(row.owner, "patient", 0, complete=True, values={}, damaged={}, size=0)
    return empty.after(changes, row.epoch)


def open_shared_bytes(connection: Connection, row: LinkRow, link_key: bytes, id: bytes) -> bytes | None:
    """The raw bytes of one granted row of a file; None if it is not granted. Raises VaultError."""
    found = connection.execute(_SHARED_FILE, {"account": row.owner, "link": row.id, "id": id}).one_or_none()
    if found is None:
        return None
    place = Place(row.owner, id, found.kind, found.gen, found.version)
    return open_granted(link_key, row.id, place, found.body, found.sealed)


# Other keys


def waiting(connection: Connection, owner: bytes) -> int:
    """How many records wait for another key."""
    count = select(func.count()).select_from(rekeys).where(rekeys.c.owner == owner)
    return int(connection.execute(count).scalar_one())


def rekey_some(connection: Connection, keys: VaultKeys, most: int) -> list[bytes]:
    """Give up to `most` waiting records another key, earlier states included; their ids. Lock the owner before.

    Grants of them open nothing any more. Which are to be made again is not for the rows to say.
    """
    found = select(rekeys.c.id).where(rekeys.c.owner == keys.account).limit(most)
    ids = [bytes(it) for it in connection.execute(found).scalars()]
    for id in ids:
        _rekey(connection, keys, id)
    if ids:
        connection.execute(delete(rekeys).where(rekeys.c.owner == keys.account, rekeys.c.id.in_(ids)))
    return ids


def _rekey(connection: Connection, keys: VaultKeys, id: bytes) -> None:
    for table in (records, record_history):
        here = (table.c.owner == keys.account) & (table.c.id == id)
        for row in connection.execute(select(table).where(here)).all():
            place = Place(keys.account, id, row.kind, row.gen, row.version)
            try:
                plaintext = open_record(keys.record_key, place, SealedRecord(row.body, row.dek))
            except VaultError:
                continue  # damaged, or the empty row of something deleted
            newer = seal_record(keys.record_key, place._replace(gen=row.gen + 1), plaintext)
            change = update(table).where(here, table.c.version == row.version)
            connection.execute(change.values(gen=row.gen + 1, body=newer.body, dek=newer.dek))


# How

_IN_BATCHES = {"yield_per": rows.BATCH}
_OPENED = (records.c.id, records.c.kind, records.c.gen, records.c.version, records.c.body, grants.c.sealed)
_JOINED = select(*_OPENED).join_from(
    grants, records, (records.c.owner == grants.c.owner) & (records.c.id == grants.c.record)
)
_TO_LINK = (grants.c.owner == bindparam("account")) & (grants.c.link == bindparam("link"))
_SHARED = _JOINED.where(_TO_LINK, records.c.deleted.is_(None), records.c.kind != "file")
_SHARED_FILE = _JOINED.where(
    _TO_LINK,
    records.c.id == bindparam("id"),
    records.c.deleted.is_(None),
    records.c.kind == literal("file"),
)
_THESE = select(
    records.c.id, records.c.kind, records.c.gen, records.c.version, records.c.body, records.c.dek
).where(
    records.c.owner == bindparam("account"),
    records.c.id.in_(bindparam("ids", expanding=True)),
    records.c.deleted.is_(None),
)


def _grant_row(keys: VaultKeys, link: bytes, link_key: bytes, row: AnyRow) -> dict[str, bytes] | None:
    place = Place(keys.account, bytes(row.id), row.kind, row.gen, row.version)
    try:
        sealed = seal_grant(keys.record_key, link_key, link, place, SealedRecord(row.body, row.dek))
    except VaultError:
        return None
    return {"owner": keys.account, "link": link, "record": place.id, "sealed": sealed}


def _drop(connection: Connection, owner: bytes, link: bytes, ids: Sequence[bytes]) -> None:
    connection.execute(
        delete(grants).where(grants.c.owner == owner, grants.c.link == link, grants.c.record.in_(ids))
    )


def _open(row: AnyRow, of: LinkRow, link_key: bytes, decoder: msgspec.json.Decoder[Value]) -> Change:
    id = bytes(row.id)
    try:
        place = Place(of.owner, id, row.kind, row.gen, row.version)
        plaintext = open_granted(link_key, of.id, place, row.body, row.sealed)
        value = decoder.decode(plaintext)
    except (VaultError, msgspec.MsgspecError):
        return Damaged(id, row.kind, 0)
    return Record(id, 0, row.version, b"", value, len(plaintext) + rows.STRUCT_BYTES)


def _chunks(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
