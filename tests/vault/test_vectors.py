"""What is frozen: bytes of format version 1, written, opened and refused. See tests/vectors/README.md."""

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt, crypto_scalarmult_base

from kapjournal.vault import errors
from kapjournal.vault.codes import read_backup_code, read_recovery_code, write_code
from kapjournal.vault.factors import backup_code_id, open_factor, opens_factor, seal_factor
from kapjournal.vault.keys import derive, hkdf, keyed_hash, vault_keys
from kapjournal.vault.padding import pad, padded_size, unpad
from kapjournal.vault.sealed_records import Place, SealedRecord, open_record, seal_record
from kapjournal.vault.sealing import encode, open_sealed, seal
from kapjournal.vault.wraps import (
    Wrap,
    is_locked,
    lock,
    unlock,
    unwrap_half,
    unwrap_with_passphrase,
    unwrap_with_recovery,
    unwrap_with_token,
    wrap_for_half,
    wrap_for_recovery,
    wrap_for_sign_in,
)

VECTORS = Path(__file__).parent.parent / "vectors"
Case = dict[str, Any]


def load(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


def cases(name: str, *path: str) -> pytest.MarkDecorator:
    found = load(name)
    for step in path:
        found = found[step]
    return pytest.mark.parametrize("case", found, ids=lambda case: case.get("why"))


def raw(case: Case, *names: str) -> Iterator[bytes]:
    return (bytes.fromhex(case[name]) for name in names)


def fields(case: Case, name: str = "fields") -> list[bytes | str | int]:
    return [bytes.fromhex(it["bytes"]) if "bytes" in it else next(iter(it.values())) for it in case[name]]


def refused(case: Case) -> Any:
    return pytest.raises(getattr(errors, case["error"]))


def place(case: Case) -> Place:
    return Place(*raw(case, "owner", "id"), case["kind"], case["gen"], case["version"])


def wrap(case: Case, purpose: str) -> Wrap:
    found, salt, blob = raw(case, "id", "salt", "blob")
    return Wrap(purpose, found, salt, case["parameters"], blob)


@pytest.fixture
def randomness(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the next calls for random bytes return."""
    given: list[bytes] = []
    monkeypatch.setattr(os, "urandom", lambda _length: given.pop(0))
    return given


@cases("hkdf", "valid")
def test_hkdf_is_the_published_one(case: Case) -> None:
    ikm, salt, info, okm = raw(case, "ikm", "salt", "info", "okm")
    assert hkdf(ikm, salt=salt, info=info, length=case["length"]) == okm


def test_the_cipher_is_the_published_one() -> None:
    case = load("primitives")["xchacha20_poly1305"]
    plaintext, aad, nonce, key, ciphertext, tag = raw(
        case, "plaintext", "aad", "nonce", "key", "ciphertext", "tag"
    )
    assert crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, nonce, key) == ciphertext + tag


def test_the_curve_is_the_published_one() -> None:
    private, public = raw(load("primitives")["x25519"], "private", "public")
    assert crypto_scalarmult_base(private) == public


@cases("encode", "valid")
def test_parts_are_encoded(case: Case) -> None:
    assert encode(*fields(case, "parts")).hex() == case["encoded"]


@cases("padding", "sizes")
def test_sizes_are_padded(case: Case) -> None:
    assert padded_size(case["length"]) == len(pad(bytes(case["length"]))) == case["padded"]


@cases("padding", "valid")
def test_padding_is_added_and_removed(case: Case) -> None:
    data, padded = raw(case, "data", "padded")
    assert pad(data) == padded
    assert unpad(padded) == data


@cases("padding", "invalid")
def test_what_is_not_padding_is_refused(case: Case) -> None:
    with refused(case):
        unpad(bytes.fromhex(case["padded"]))


@cases("sealed", "valid")
def test_a_blob_is_sealed_and_opened(case: Case, randomness: list[bytes]) -> None:
    key, plaintext, nonce, blob = raw(case, "key", "plaintext", "nonce", "blob")
    randomness.append(nonce)
    assert seal(key, plaintext, case["purpose"], *fields(case)) == blob
    assert open_sealed(key, blob, case["purpose"], *fields(case)) == plaintext


@cases("sealed", "invalid")
def test_a_blob_that_is_not_what_was_sealed_is_refused(case: Case) -> None:
    key, blob = raw(case, "key", "blob")
    with refused(case):
        open_sealed(key, blob, case["purpose"], *fields(case))


@cases("derive", "valid")
def test_keys_are_derived(case: Case) -> None:
    vault_key, account, key = raw(case, "vault_key", "account", "key")
    assert derive(vault_key, case["what"], account) == key


def test_the_record_key_is_the_derived_one() -> None:
    case = next(it for it in load("derive")["valid"] if it["what"] == "record keys")
    vault_key, account, key = raw(case, "vault_key", "account", "key")
    assert vault_keys(account, vault_key).record_key == key


@cases("derive", "public_keys")
def test_a_public_key_follows_from_the_vault_key(case: Case) -> None:
    vault_key, account, public_key = raw(case, "vault_key", "account", "public_key")
    assert vault_keys(account, vault_key).public_key() == public_key


@cases("derive", "hashes")
def test_keyed_hashes(case: Case) -> None:
    secret, data, hashed = raw(case, "secret", "data", "hash")
    assert keyed_hash(secret, case["purpose"], data) == hashed


@cases("records", "valid")
def test_a_record_opens(case: Case) -> None:
    record_key, plaintext, body, dek = raw(case, "record_key", "plaintext", "body", "dek")
    assert open_record(record_key, place(case), SealedRecord(body, dek)) == plaintext


@cases("records", "valid")
def test_a_record_is_sealed_as_ever(case: Case, randomness: list[bytes]) -> None:
    record_key, plaintext, body, dek = raw(case, "record_key", "plaintext", "body", "dek")
    sealed_for = (*place(case), sha256(body).digest())
    randomness += [open_sealed(record_key, dek, "record key", *sealed_for), body[4:28], dek[4:28]]
    assert seal_record(record_key, place(case), plaintext) == SealedRecord(body, dek)


@cases("records", "invalid")
def test_a_record_in_another_place_is_refused(case: Case) -> None:
    record_key, body, dek = raw(case, "record_key", "body", "dek")
    with refused(case):
        open_record(record_key, place(case), SealedRecord(body, dek))


@cases("wraps", "passphrase", "valid")
def test_a_passphrase_unwraps(case: Case) -> None:
    account, secret, vault_key = raw(case, "account", "secret", "vault_key")
    found = unwrap_with_passphrase(
        account, case["role"], wrap(case, "passphrase"), case["passphrase"], secret
    )
    assert found == vault_key


@cases("wraps", "passphrase", "invalid")
def test_a_passphrase_wrap_that_was_changed_is_refused(case: Case) -> None:
    account, secret = raw(case, "account", "secret")
    with refused(case):
        unwrap_with_passphrase(account, case["role"], wrap(case, "passphrase"), case["passphrase"], secret)


@cases("wraps", "recovery", "valid")
def test_a_recovery_code_unwraps(case: Case, randomness: list[bytes]) -> None:
    account, code, vault_key, blob = raw(case, "account", "code", "vault_key", "blob")
    stored = wrap(case, "recovery")
    randomness.append(blob[4:28])
    assert wrap_for_recovery(account, case["role"], vault_key, code) == stored
    assert unwrap_with_recovery(account, case["role"], stored, code) == vault_key


@cases("wraps", "recovery", "invalid")
def test_a_recovery_wrap_that_was_changed_is_refused(case: Case) -> None:
    account, code = raw(case, "account", "code")
    with refused(case):
        unwrap_with_recovery(account, case["role"], wrap(case, "recovery"), code)


@cases("wraps", "sign_in", "valid")
def test_a_token_unwraps(case: Case, randomness: list[bytes]) -> None:
    account, token, secret, vault_key, blob = raw(case, "account", "token", "secret", "vault_key", "blob")
    stored, expires = wrap(case, "sign-in"), case["expires"]
    randomness.append(blob[4:28])
    assert wrap_for_sign_in(account, case["role"], vault_key, token, expires=expires, secret=secret) == stored
    assert unwrap_with_token(account, case["role"], stored, token, secret) == (vault_key, expires)


@cases("wraps", "sign_in", "invalid")
def test_a_sign_in_wrap_that_was_changed_is_refused(case: Case) -> None:
    account, token, secret = raw(case, "account", "token", "secret")
    with refused(case):
        unwrap_with_token(account, case["role"], wrap(case, "sign-in"), token, secret)


@cases("codes", "valid")
def test_a_code_is_written_and_read(case: Case) -> None:
    data = bytes.fromhex(case["bytes"])
    assert write_code(data) == case["code"]
    assert read_recovery_code(case["code"]) == data


@cases("codes", "typed")
def test_a_code_is_read_as_people_type_it(case: Case) -> None:
    assert read_recovery_code(case["typed"]) == bytes.fromhex(case["bytes"])


@cases("codes", "invalid")
def test_a_mistyped_code_is_refused(case: Case) -> None:
    with pytest.raises(errors.MistypedCode):
        read_recovery_code(case["typed"])


@cases("factors", "secret", "valid")
def test_the_secret_of_a_second_factor_is_sealed_and_opened(case: Case, randomness: list[bytes]) -> None:
    account, vault_key, secret, blob = raw(case, "account", "vault_key", "secret", "blob")
    randomness.append(blob[4:28])
    assert seal_factor(account, vault_key, secret) == blob
    assert open_factor(account, vault_key, blob) == secret
    assert opens_factor(account, vault_key, blob)


@cases("factors", "secret", "invalid")
def test_a_sealed_second_factor_that_was_changed_is_refused(case: Case) -> None:
    account, vault_key, blob = raw(case, "account", "vault_key", "blob")
    with refused(case):
        open_factor(account, vault_key, blob)
    assert not opens_factor(account, vault_key, blob)


@cases("factors", "lock", "valid")
def test_a_passphrase_wrap_is_locked_and_opened(case: Case, randomness: list[bytes]) -> None:
    account, secret, vault_key, blob = raw(case, "account", "secret", "vault_key", "blob")
    bare, locked = wrap(case | case["open"], "passphrase"), wrap(case, "passphrase")
    randomness.append(blob[4:28])
    assert lock(account, case["role"], bare, secret) == lock(account, case["role"], locked, secret) == locked
    assert (
        unlock(account, case["role"], locked, secret) == unlock(account, case["role"], bare, secret) == bare
    )
    assert (is_locked(bare), is_locked(locked)) == (False, True)
    found = unwrap_with_passphrase(account, case["role"], locked, case["passphrase"], secret)
    assert found == vault_key


@cases("factors", "lock", "invalid")
def test_a_lock_that_was_changed_is_refused(case: Case) -> None:
    account, secret = raw(case, "account", "secret")
    with refused(case):
        unlock(account, case["role"], wrap(case, "passphrase"), secret)


@cases("factors", "half", "valid")
def test_half_a_sign_in_unwraps(case: Case, randomness: list[bytes]) -> None:
    account, token, browser, secret = raw(case, "account", "token", "browser", "secret")
    stored, role, expires = wrap(case, "half"), case["role"], case["expires"]
    vault_key = bytes.fromhex(case["vault_key"])
    randomness.append(stored.blob[4:28])
    written = wrap_for_half(account, role, vault_key, token, browser=browser, expires=expires, secret=secret)
    assert written == stored
    assert unwrap_half(account, role, stored, token, browser=browser, secret=secret) == (vault_key, expires)


@cases("factors", "half", "invalid")
def test_half_a_sign_in_that_was_changed_is_refused(case: Case) -> None:
    account, token, browser, secret = raw(case, "account", "token", "browser", "secret")
    with refused(case):
        unwrap_half(account, case["role"], wrap(case, "half"), token, browser=browser, secret=secret)


@cases("factors", "backup_codes", "valid")
def test_a_backup_code_is_written_read_and_found(case: Case) -> None:
    secret, account, data, id = raw(case, "secret", "account", "bytes", "id")
    assert write_code(data) == case["code"]
    assert read_backup_code(case["code"]) == data
    assert backup_code_id(secret, account, data) == id


@cases("factors", "backup_codes", "typed")
def test_a_backup_code_is_read_as_people_type_it(case: Case) -> None:
    assert read_backup_code(case["typed"]) == bytes.fromhex(case["bytes"])


@cases("factors", "backup_codes", "invalid")
def test_a_mistyped_backup_code_is_refused(case: Case) -> None:
    with pytest.raises(errors.MistypedCode):
        read_backup_code(case["typed"])


@cases("factors", "tries")
def test_tries_at_codes_are_counted_by_a_keyed_hash(case: Case) -> None:
    secret, account, hashed = raw(case, "secret", "account", "hash")
    assert keyed_hash(secret, "code tries", account) == hashed
