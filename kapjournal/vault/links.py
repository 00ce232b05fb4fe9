"""What passes between a patient's vault and a therapist's.

*offer*: the link key, for the two key pairs only. *answer* and *digest*: under the link key, for both sides. *grant*:
the key of one record as it stands, under the link key. *card*: what a therapist calls themself, under the server
secret. *event*: a line of the access log, sealed to its owner's public key by whoever writes it.

Everything is bound to its place; a grant also to the version and the bytes of the record it opens.
"""

import os
from hashlib import sha256
from typing import NamedTuple

from nacl.bindings import crypto_scalarmult_base

from kapjournal.vault.errors import Tampered
from kapjournal.vault.keys import VaultKeys, agreed, derive
from kapjournal.vault.padding import pad, unpad
from kapjournal.vault.sealed_records import Place, SealedRecord
from kapjournal.vault.sealing import KEY, open_sealed, seal

VERSION = 8


class Ends(NamedTuple):
    """Both ends of a link: its id, the accounts and their public keys."""

    link: bytes
    patient: bytes
    therapist: bytes
    patient_key: bytes
    therapist_key: bytes


def seal_offer(patient: VaultKeys, ends: Ends, link_key: bytes) -> bytes:
    """The link key for the holder of the therapist's key, from the holder of the patient's."""
    key = derive(patient.agree(ends.therapist_key), "link offer", *ends)
    return seal(key, link_key, "offer", *ends)


def open_offer(therapist: VaultKeys, ends: Ends, blob: bytes) -> bytes:
    """The link key, certain to come from the holder of the patient's key. Raises Tampered, UnknownFormat."""
    key = derive(therapist.agree(ends.patient_key), "link offer", *ends)
    return open_sealed(key, blob, "offer", *ends)


def seal_answer(link_key: bytes, ends: Ends, data: bytes) -> bytes:
    """What the therapist answers to an offer."""
    return seal(link_key, pad(data), "answer", *ends)


def open_answer(link_key: bytes, ends: Ends, blob: bytes) -> bytes:
    """What `seal_answer` was given. Raises Tampered, UnknownFormat."""
    return unpad(open_sealed(link_key, blob, "answer", *ends))


def seal_digest(link_key: bytes, patient: bytes, link: bytes, data: bytes) -> bytes:
    """The head of what a link shares."""
    return seal(link_key, pad(data), "digest", patient, link)


def open_digest(link_key: bytes, patient: bytes, link: bytes, blob: bytes) -> bytes:
    """What `seal_digest` was given. Raises Tampered, UnknownFormat."""
    return unpad(open_sealed(link_key, blob, "digest", patient, link))


def seal_grant(record_key: bytes, link_key: bytes, link: bytes, place: Place, sealed: SealedRecord) -> bytes:
    """The key of a record for a link. Raises Tampered if the record is not its owner's as it stands."""
    fingerprint = sha256(sealed.body).digest()
    dek = open_sealed(record_key, sealed.dek, "record key", *place, fingerprint)
    opens = dek + place.version.to_bytes(VERSION) + fingerprint
    return seal(link_key, opens, "grant", place.owner, link, place.id, place.gen)


def open_granted(link_key: bytes, link: bytes, place: Place, body: bytes, grant: bytes) -> bytes:
    """The plaintext of a record that was granted to a link. Raises Tampered, UnknownFormat."""
    opens = open_sealed(link_key, grant, "grant", place.owner, link, place.id, place.gen)
    if opens[KEY:] != place.version.to_bytes(VERSION) + sha256(body).digest():
        raise Tampered("grant")
    return unpad(open_sealed(opens[:KEY], body, "record", *place))


def seal_card(secret: bytes, account: bytes, name: bytes) -> bytes:
    """What a therapist calls themself."""
    return seal(derive(secret, "card", account), pad(name), "card", account)


def open_card(secret: bytes, account: bytes, blob: bytes) -> bytes:
    """What `seal_card` was given. Raises Tampered, UnknownFormat."""
    return unpad(open_sealed(derive(secret, "card", account), blob, "card", account))


def seal_event(owner: bytes, public_key: bytes, n: int, data: bytes) -> bytes:
    """A line of somebody's access log, which only the holder of the private key opens. Raises Tampered."""
    private = os.urandom(KEY)
    here = crypto_scalarmult_base(private)
    key = derive(agreed(private, public_key), "event", here, public_key)
    return here + seal(key, pad(data), "event", owner, n)


def open_event(owner: VaultKeys, n: int, blob: bytes) -> bytes:
    """What `seal_event` was given. Raises Tampered, UnknownFormat."""
    there = blob[:KEY]
    key = derive(owner.agree(there), "event", there, owner.public_key())
    return unpad(open_sealed(key, blob[KEY:], "event", owner.account, n))
