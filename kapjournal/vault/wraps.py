"""Wrap an account's vault key for a passphrase, a recovery code, a sign-in token or half a sign-in.

*passphrase*: Argon2id, mixed with the server secret into a commitment, compared first and in constant
time, and a key. *recovery*: HKDF of the printed code only, without the server secret, so that a backup
and the code always suffice. *sign-in*: HKDF of a random token and the server secret. *half*: the same
for a few minutes, between the passphrase and the code of the second factor.

Where a second factor is on, the passphrase wrap is *locked* under the server secret: whoever changes the
database without that secret cannot make the program forget to ask for it.

Every wrap is bound to its account and to the role of that account: with another role it does not open.
"""

import hmac
import os
import re
import unicodedata
from typing import NamedTuple

from nacl.bindings import (
    crypto_pwhash_alg,
    crypto_pwhash_ALG_ARGON2ID13,
)

from kapjournal.vault.errors import Tampered, WeakParameters, WrongKey
from kapjournal.vault.keys import derive, fingerprint
from kapjournal.vault.sealing import open_sealed, seal

SALT = 16
MEBIBYTE = 1024
MEMORY_KIB = 64 * MEBIBYTE
PASSES = 3
MEMORY_BOUNDS_KIB = (46 * MEBIBYTE, 256 * MEBIBYTE)
PASSES_BOUNDS = (1, 10)
LOCKED = " factor"
_PARAMETERS = re.compile(r"m=([0-9]{1,7}) t=([0-9]{1,2})")


class Wrap(NamedTuple):
    """A vault key, wrapped. Salt and parameters are bound to the blob.

    `parameters`: for a passphrase `m=<KiB> t=<passes>`, followed by ` factor` if it is locked; for a sign-in or half
    of one its end in UTC seconds; else empty.
    """

    purpose: str
    id: bytes
    salt: bytes
    parameters: str
    blob: bytes


def wrap_for_passphrase(account: bytes, role: str, vault_key: bytes, passphrase: str, secret: bytes) -> Wrap:
    """Wrap for a passphrase; costs one Argon2id derivation (64 MiB, three passes)."""
    salt, parameters = os.urandom(SALT), _present_parameters()
    commitment, key = _from_passphrase(account, passphrase, salt, parameters, secret)
    blob = commitment + seal(key, vault_key, "passphrase", account, role, salt, parameters)
    return Wrap("passphrase", b"", salt, parameters, blob)


def unwrap_with_passphrase(account: bytes, role: str, wrap: Wrap, passphrase: str, secret: bytes) -> bytes:
    """The vault key, also of a locked wrap. Raises WrongKey, WeakParameters, Tampered, UnknownFormat."""
    wrap = unlock(account, role, wrap, secret)
    commitment, key = _from_passphrase(account, passphrase, wrap.salt, wrap.parameters, secret)
    if not hmac.compare_digest(commitment, wrap.blob[:32]):
        raise WrongKey
    return open_sealed(key, wrap.blob[32:], "passphrase", account, role, wrap.salt, wrap.parameters)


def needs_rewrap(wrap: Wrap) -> bool:
    """Whether the defaults have risen above what this passphrase wrap was made with."""
    memory_kib, passes = _read_parameters(wrap.parameters.removesuffix(LOCKED))
    return memory_kib < MEMORY_KIB or passes < PASSES


def is_locked(wrap: Wrap) -> bool:
    """Whether a passphrase wrap says that a second factor is on."""
    return wrap.parameters.endswith(LOCKED)


def lock(account: bytes, role: str, wrap: Wrap, secret: bytes) -> Wrap:
    """A passphrase wrap that opens as before, and says that a second factor is on."""
    if is_locked(wrap):
        return wrap
    parameters = wrap.parameters + LOCKED
    key = derive(secret, "factor lock", account)
    blob = seal(key, wrap.blob, "factor lock", account, role, wrap.salt, parameters)
    return wrap._replace(parameters=parameters, blob=blob)


def unlock(account: bytes, role: str, wrap: Wrap, secret: bytes) -> Wrap:
    """A passphrase wrap without its lock, if it has one. Raises Tampered, UnknownFormat."""
    if not is_locked(wrap):
        return wrap
    key = derive(secret, "factor lock", account)
    blob = open_sealed(key, wrap.blob, "factor lock", account, role, wrap.salt, wrap.parameters)
    return wrap._replace(parameters=wrap.parameters.removesuffix(LOCKED), blob=blob)


def recovery_id(code: bytes) -> bytes:
    """The 16 bytes under which the wrap for a recovery code is found."""
    return derive(code, "recovery find", length=16)


def wrap_for_recovery(account: bytes, role: str, vault_key: bytes, code: bytes) -> Wrap:
    """Wrap for a recovery code of 20 bytes."""
    blob = seal(derive(code, "recovery wrap", account), vault_key, "recovery", account, role)
    return Wrap("recovery", recovery_id(code), b"", "", blob)


def unwrap_with_recovery(account: bytes, role: str, wrap: Wrap, code: bytes) -> bytes:
    """The vault key. Raises Tampered, also for a code that is not this account's."""
    return open_sealed(derive(code, "recovery wrap", account), wrap.blob, "recovery", account, role)


def wrap_for_sign_in(
    account: bytes, role: str, vault_key: bytes, token: bytes, *, expires: int, secret: bytes
) -> Wrap:
    """Wrap for a random 32-byte token until `expires` (UTC seconds), which the wrap authenticates."""
    parameters = str(expires)
    key = derive(token, "sign-in wrap", account, salt=secret)
    blob = seal(key, vault_key, "sign-in", account, role, fingerprint(token), parameters)
    return Wrap("sign-in", fingerprint(token), b"", parameters, blob)


def unwrap_with_token(
    account: bytes, role: str, wrap: Wrap, token: bytes, secret: bytes
) -> tuple[bytes, int]:
    """The vault key and when the sign-in ends (UTC seconds). Raises Tampered."""
    key = derive(token, "sign-in wrap", account, salt=secret)
    vault_key = open_sealed(key, wrap.blob, "sign-in", account, role, fingerprint(token), wrap.parameters)
    return vault_key, int(wrap.parameters)


def wrap_for_half(
    account: bytes, role: str, vault_key: bytes, token: bytes, *, browser: bytes, expires: int, secret: bytes
) -> Wrap:
    """Wrap for a random 32-byte token of one browser until `expires` (UTC seconds): no sign-in, only half of one."""
    parameters = str(expires)
    key = derive(token, "half wrap", account, browser, salt=secret)
    blob = seal(key, vault_key, "half", account, role, fingerprint(token), parameters)
    return Wrap("half", fingerprint(token), b"", parameters, blob)


def unwrap_half(
    account: bytes, role: str, wrap: Wrap, token: bytes, *, browser: bytes, secret: bytes
) -> tuple[bytes, int]:
    """The vault key and until when it may be used (UTC seconds). Raises Tampered, UnknownFormat."""
    key = derive(token, "half wrap", account, browser, salt=secret)
    vault_key = open_sealed(key, wrap.blob, "half", account, role, fingerprint(token), wrap.parameters)
    return vault_key, int(wrap.parameters)


def spend_a_derivation(secret: bytes) -> None:
    """Cost what a real sign-in costs, for a login name that nobody has."""
    _from_passphrase(bytes(16), "nobody", bytes(SALT), _present_parameters(), secret)


def _from_passphrase(
    account: bytes, passphrase: str, salt: bytes, parameters: str, secret: bytes
) -> tuple[bytes, bytes]:
    memory_kib, passes = _read_parameters(parameters)
    if len(salt) != SALT:
        raise Tampered("salt")
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    stretched = crypto_pwhash_alg(
        outlen=32,
        passwd=typed,
        salt=salt,
        opslimit=passes,
        memlimit=memory_kib * 1024,
        alg=crypto_pwhash_ALG_ARGON2ID13,
    )
    both = derive(stretched, "passphrase", account, salt=secret, length=64)
    return both[:32], both[32:]


def _present_parameters() -> str:
    return f"m={MEMORY_KIB} t={PASSES}"


def _read_parameters(parameters: str) -> tuple[int, int]:
    found = _PARAMETERS.fullmatch(parameters)
    if found is None:
        raise Tampered("parameters")
    memory_kib, passes = int(found[1]), int(found[2])
    low, high = MEMORY_BOUNDS_KIB
    fewest, most = PASSES_BOUNDS
    if not (low <= memory_kib <= high and fewest <= passes <= most):
        raise WeakParameters
    return memory_kib, passes
