"""Seal and open bytes for one purpose and place.

`blob = "KJ" ‖ version(1) ‖ algorithm(1) ‖ nonce(24) ‖ XChaCha20-Poly1305 ciphertext ‖ tag(16)`.
The associated data encodes header, purpose and fields without ambiguity, so a blob opens only where,
and as what, it was sealed.
"""

import os
import struct
from functools import lru_cache
from typing import NoReturn

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # the C part has no types
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as _encrypt,
)

from kapjournal.vault.errors import Tampered, UnknownFormat

MAGIC = b"KJ"
VERSION = 1
XCHACHA20_POLY1305 = 1
HEADER = MAGIC + bytes([VERSION, XCHACHA20_POLY1305])
NONCE, TAG, KEY = 24, 16, 32
OVERHEAD = len(HEADER) + NONCE + TAG

Field = bytes | str | int


def encode(*parts: Field) -> bytes:
    """Parts as bytes that no other list of parts gives: their count, then each with its length.

    Texts stand for their UTF-8; numbers for eight bytes, big-endian, 0 <= n < 2**64.
    """
    encoded = [_LENGTHS[len(parts)]]
    for part in parts:
        if isinstance(part, bytes):
            encoded += (_LENGTHS[len(part)] if len(part) < len(_LENGTHS) else _length(len(part)), part)
        else:
            encoded.append(_alike(part))
    return b"".join(encoded)


@lru_cache(4096)
def _alike(part: str | int) -> bytes:
    """Thousands of records are opened at a sign-in, and these parts of their places are mostly the same."""
    if isinstance(part, int):
        return struct.pack(">IQ", 8, part)
    return _length(len(part.encode())) + part.encode()


def _length(length: int) -> bytes:
    return struct.pack(">I", length)


_LENGTHS = tuple(_length(length) for length in range(65))


def seal(key: bytes, plaintext: bytes, purpose: str, *fields: Field) -> bytes:
    """`plaintext` sealed under a 32-byte key for `purpose` and `fields`; 44 bytes longer."""
    nonce = os.urandom(NONCE)
    return HEADER + nonce + _encrypt(plaintext, encode(HEADER, purpose, *fields), nonce, key)


def open_sealed(key: bytes, blob: bytes, purpose: str, *fields: Field) -> bytes:
    """What `seal` was given.

    Raises UnknownFormat for another format version or algorithm, Tampered for anything else that was
    not sealed under this key for this purpose and these fields.
    """
    if blob[:4] != HEADER or len(blob) < OVERHEAD:
        _refuse_header(blob)
    try:
        plaintext = _decrypt(blob[28:], encode(HEADER, purpose, *fields), blob[4:28], key)
    except (TypeError, struct.error) as error:
        raise Tampered(purpose) from error
    if plaintext is None:
        raise Tampered(purpose)
    return plaintext


def _decrypt(ciphertext: bytes, associated: bytes, nonce: bytes, key: bytes) -> bytes | None:
    """libsodium's function; None if the tag does not fit.

    PyNaCl's own binding looks at each type and length several times, and takes longer for that than for
    opening a short record. Here the caller has checked the lengths that libsodium relies on, but for the key's.
    """
    if len(key) != KEY:
        return None
    size = len(ciphertext) - TAG
    plaintext = ffi.new("unsigned char[]", size)
    refused = lib.crypto_aead_xchacha20poly1305_ietf_decrypt(
        plaintext, ffi.NULL, ffi.NULL, ciphertext, len(ciphertext), associated, len(associated), nonce, key
    )
    return None if refused else bytes(ffi.buffer(plaintext, size))


def _refuse_header(blob: bytes) -> NoReturn:
    if len(blob) < OVERHEAD or blob[:2] != MAGIC:
        raise Tampered("not a sealed blob")
    raise UnknownFormat(f"format version {blob[2]}, algorithm {blob[3]}")
