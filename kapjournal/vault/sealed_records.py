"""Seal one version of one record: a fresh key for the body, wrapped under the owner's record key.

The body is bound to owner, id, kind, generation and version; the wrapped key also to the SHA-256 of
the body. A row therefore opens only unchanged and only in its own place.
"""

from hashlib import sha256
from typing import NamedTuple

from kapjournal.vault.keys import new_key
from kapjournal.vault.padding import pad, unpad
from kapjournal.vault.sealing import open_sealed, seal


class Place(NamedTuple):
    """Where a record stands: ids of 16 bytes, generation and version counted from 1."""

    owner: bytes
    id: bytes
    kind: str
    gen: int
    version: int


class SealedRecord(NamedTuple):
    """A sealed body and the wrapped key that opens it."""

    body: bytes
    dek: bytes


def seal_record(record_key: bytes, place: Place, plaintext: bytes) -> SealedRecord:
    """Pad and seal `plaintext` for its place."""
    dek = new_key()
    body = seal(dek, pad(plaintext), "record", *place)
    return SealedRecord(body, seal(record_key, dek, "record key", *place, sha256(body).digest()))


def open_record(record_key: bytes, place: Place, sealed: SealedRecord) -> bytes:
    """The plaintext of a record. Raises Tampered or UnknownFormat."""
    dek = open_sealed(record_key, sealed.dek, "record key", *place, sha256(sealed.body).digest())
    return unpad(open_sealed(dek, sealed.body, "record", *place))
