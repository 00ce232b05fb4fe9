"""Key derivation: HKDF-SHA256 (RFC 5869) under distinct labels, and an account's own keys.

`VK`, 32 random bytes, is the vault key of an account; everything else of that account is derived from
it. A key lives for one unit of work: nothing here keeps one.
"""

import hashlib
import hmac
import os
from typing import NamedTuple

from nacl.bindings import crypto_scalarmult, crypto_scalarmult_base
from nacl.exceptions import RuntimeError as SodiumRefused

from kapjournal.vault.errors import Tampered
from kapjournal.vault.sealing import encode

KEY = 32
LABEL = "kapjournal v1"


def hkdf(key: bytes, *, salt: bytes, info: bytes, length: int = KEY) -> bytes:
    """`length` bytes (at most 8160) derived from `key` (RFC 5869, SHA-256)."""
    pseudorandom = hmac.digest(salt or bytes(32), key, "sha256")
    block, output = b"", b""
    while len(output) < length:
        block = hmac.digest(pseudorandom, block + info + bytes([len(output) // 32 + 1]), "sha256")
        output += block
    return output[:length]


def derive(
    key: bytes, purpose: str, *fields: bytes | str | int, salt: bytes = b"", length: int = KEY
) -> bytes:
    """`length` bytes derived from `key` for one purpose and fields only."""
    return hkdf(key, salt=salt, info=encode(LABEL, purpose, *fields), length=length)


def keyed_hash(secret: bytes, purpose: str, data: bytes) -> bytes:
    """32 bytes that stand for `data` and tell nothing about it without `secret` (HMAC-SHA256)."""
    return hmac.digest(secret, encode(LABEL, purpose, data), "sha256")


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY)


def agreed(private_key: bytes, public_key: bytes) -> bytes:
    """The X25519 shared secret. Raises Tampered for what is no public key, such as a point of low order."""
    try:
        return crypto_scalarmult(private_key, public_key)
    except (SodiumRefused, TypeError) as error:
        raise Tampered("public key") from error


class VaultKeys(NamedTuple):
    """The keys of one account, opened. Never stored, never kept beyond a unit of work."""

    account: bytes
    vault_key: bytes
    record_key: bytes

    def __repr__(self) -> str:
        return "VaultKeys(…)"

    def public_key(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        return crypto_scalarmult_base(self._private_key())

    def agree(self, public_key: bytes) -> bytes:
        """32 bytes that only this account and the holder of `public_key` can compute (X25519). Raises Tampered."""
        return agreed(self._private_key(), public_key)

    def _private_key(self) -> bytes:
        return derive(self.vault_key, "x25519", self.account)


def vault_keys(account: bytes, vault_key: bytes) -> VaultKeys:
    """All keys that follow from an account's vault key."""
    return VaultKeys(account, vault_key, derive(vault_key, "record keys", account))


def fingerprint(token: bytes) -> bytes:
    """SHA-256 of a random token: enough to find it, not to use it."""
    return hashlib.sha256(token).digest()
