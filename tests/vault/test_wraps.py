"""A vault key is wrapped for a passphrase, a code, a token: what opens it, what does not, what it costs."""

import pytest

from kapjournal.vault import wraps
from kapjournal.vault.errors import Tampered, WeakParameters, WrongKey
from kapjournal.vault.keys import derive, fingerprint, hkdf, vault_keys
from kapjournal.vault.wraps import (
    needs_rewrap,
    recovery_id,
    spend_a_derivation,
    unwrap_with_passphrase,
    unwrap_with_token,
    wrap_for_passphrase,
    wrap_for_recovery,
    wrap_for_sign_in,
)

ACCOUNT, SECRET, VAULT_KEY = b"a" * 16, b"s" * 32, b"v" * 32
PASSPHRASE = "lantern orbit walnut tide"


def wrapped(passphrase: str = PASSPHRASE) -> wraps.Wrap:
    return wrap_for_passphrase(ACCOUNT, "patient", VAULT_KEY, passphrase, SECRET)


def unwrapped(wrap: wraps.Wrap, passphrase: str = PASSPHRASE) -> bytes:
    return unwrap_with_passphrase(ACCOUNT, "patient", wrap, passphrase, SECRET)


def test_the_same_passphrase_is_wrapped_differently_each_time() -> None:
    one, two = wrapped(), wrapped()
    assert one.salt != two.salt
    assert one.blob != two.blob
    assert unwrapped(one) == unwrapped(two) == VAULT_KEY


@pytest.mark.parametrize(
    ("chosen", "typed"), [("Åå é ö", "A\u030aa\u030a e\u0301 o\u0308"), ("한글", "한글")]
)
def test_a_composed_and_a_decomposed_passphrase_are_the_same(chosen: str, typed: str) -> None:
    assert unwrapped(wrapped(chosen), typed) == VAULT_KEY


@pytest.mark.parametrize("typed", ["lantern orbit walnut", PASSPHRASE + " ", PASSPHRASE.upper(), "", "\0"])
def test_another_passphrase_is_the_wrong_key(typed: str) -> None:
    with pytest.raises(WrongKey):
        unwrapped(wrapped(), typed)


def test_half_of_a_surrogate_pair_is_only_a_wrong_passphrase() -> None:
    with pytest.raises(WrongKey):
        unwrapped(wrapped(), "\ud800")


def test_what_a_stored_wrap_asks_for_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = wrapped()
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", lambda **_: pytest.fail("derived"))
    for parameters in ("m=1024 t=3", "m=4194304 t=3", "m=65536 t=0", "m=65536 t=99"):
        with pytest.raises(WeakParameters):
            unwrapped(stored._replace(parameters=parameters))
    for parameters in ("", "m=65536", "m=6e4 t=3", "m=65536 t=3 ", "m=٦٥٥٣٦ t=3", "null", "m=-65536 t=3"):
        with pytest.raises(Tampered):
            unwrapped(stored._replace(parameters=parameters))


def test_the_price_is_the_promised_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert (wraps.MEMORY_KIB, wraps.PASSES) == (65536, 3)
    assert wraps.MEMORY_BOUNDS_KIB == (46 * 1024, 256 * 1024)


def test_a_wrap_is_remade_when_the_price_has_risen(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = wrapped()
    assert not needs_rewrap(stored)
    monkeypatch.setattr(wraps, "PASSES", 2)
    assert needs_rewrap(stored)
    assert not needs_rewrap(wrapped())


def test_nobody_costs_what_somebody_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", lambda **it: asked.append(it) or bytes(32))
    stored = wrapped()
    spend_a_derivation(SECRET)
    with pytest.raises(WrongKey):
        unwrapped(stored._replace(blob=bytes(len(stored.blob))))
    assert {(it["memlimit"], it["opslimit"]) for it in asked} == {(46 * 1024 * 1024, 1)}
    assert len(asked) == 3


def test_a_recovery_wrap_is_found_by_its_code_and_by_nothing_in_the_account() -> None:
    code = bytes(20)
    one = wrap_for_recovery(b"a" * 16, "patient", VAULT_KEY, code)
    two = wrap_for_recovery(b"b" * 16, "patient", VAULT_KEY, code)
    assert one.id == two.id == recovery_id(code)
    assert code not in one.blob + one.id


def test_a_sign_in_row_does_not_hold_its_token() -> None:
    token = b"t" * 32
    stored = wrap_for_sign_in(ACCOUNT, "patient", VAULT_KEY, token, expires=100, secret=SECRET)
    assert stored.id == fingerprint(token)
    assert token not in stored.blob + stored.id
    assert unwrap_with_token(ACCOUNT, "patient", stored, token, SECRET) == (VAULT_KEY, 100)


def test_keys_for_different_purposes_and_accounts_differ() -> None:
    derived = {
        derive(VAULT_KEY, purpose, account, salt=salt)
        for purpose in ("record keys", "x25519")
        for account in (b"a" * 16, b"b" * 16)
        for salt in (b"", SECRET)
    }
    assert len(derived) == 8


def test_hkdf_gives_at_most_what_the_standard_allows() -> None:
    assert len(hkdf(b"k", salt=b"", info=b"", length=8160)) == 8160
    with pytest.raises(ValueError, match="256"):
        hkdf(b"k", salt=b"", info=b"", length=8161)


def test_opened_keys_do_not_show_themselves() -> None:
    keys = vault_keys(ACCOUNT, VAULT_KEY)
    assert repr(keys) == str(keys) == f"{keys}" == "VaultKeys(…)"
