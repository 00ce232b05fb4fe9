"""Seal and open bytes for one purpose and place.

`blob = "KJ" ‖ version(1) ‖ algorithm(1) ‖ nonce(24) ‖ XChaCha20-Poly1305 ciphertext ‖ tag(16)`.
The associated data encodes header, purpose and fields without ambiguity, so a blob opens only where,
and as what, it was sealed.
"""

import os
import struct
from functools import lru_cache

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as _decrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as _encrypt,
)
from nacl.exceptions import CryptoError

from kapjournal.vault.errors import Tampered, UnknownFormat

MAGIC = b"KJ"
VERSION = 1
XCHACHA20_POLY1305 = 1
HEADER = MAGIC + bytes([VERSION, XCHACHA20_POLY1305])
NONCE = 24
OVERHEAD = len(HEADER) + NONCE + 16

Field = bytes | str | int


def encode(*parts: Field) -> bytes:
    """Parts as bytes that no other list of parts gives: their count, then each with its length.

    Texts stand for their UTF-8; numbers for eight bytes, big-endian, 0 <= n < 2**64.
    """
    encoded = [_LENGTHS[len(parts)]]
    for part in parts:
        if isinstance(part, int):
            encoded.append(_number(part))
        elif isinstance(part, str):
            encoded.append(_text(part))
        else:
            encoded += (_LENGTHS[len(part)] if len(part) < len(_LENGTHS) else _length(len(part)), part)
    return b"".join(encoded)


# Thousands of records are opened at a sign-in, and most parts of their places are alike.
@lru_cache(4096)
def _number(number: int) -> bytes:
    return struct.pack(">IQ", 8, number)


@lru_cache(256)
def _text(text: str) -> bytes:
    return _length(len(text.encode())) + text.encode()


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
    if blob[:4] != HEADER:
        _refuse_header(blob)
    try:
        return _decrypt(blob[28:], encode(HEADER, purpose, *fields), blob[4:28], key)
    except (CryptoError, ValueError, TypeError, struct.error) as error:
        raise Tampered(purpose) from error


def _refuse_header(blob: bytes) -> None:
    if len(blob) < OVERHEAD or blob[:2] != MAGIC:
        raise Tampered("not a sealed blob")
    raise UnknownFormat(f"format version {blob[2]}, algorithm {blob[3]}")
