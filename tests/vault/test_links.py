"""What passes between two vaults opens at its other end, in its own place, and nowhere else."""

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.vault import links
from kapjournal.vault.codes import (
    ALPHABET,
    comparison_code,
    read_therapist_code,
    therapist_mark,
    write_therapist_code,
)
from kapjournal.vault.errors import MistypedCode, Tampered, VaultError
from kapjournal.vault.keys import VaultKeys, vault_keys
from kapjournal.vault.links import Ends
from kapjournal.vault.sealed_records import Place, SealedRecord, seal_record
from tests.vault.test_vectors import Case, cases, load, place, raw, refused

quickly = settings(max_examples=50, deadline=None)
PLACE = Place(b"o" * 16, b"r" * 16, "note", 2, 7)
MARKS = st.integers(0, 2**95 - 1).map(lambda number: number.to_bytes(12))


def ends_of(case: Case) -> Ends:
    return Ends(*raw(case["ends"], *Ends._fields))


def keys(case: Case, whose: str) -> VaultKeys:
    (vault_key,) = raw(case, f"{whose}_vault_key")
    account = ends_of(case).patient if whose == "patient" else ends_of(case).therapist
    return vault_keys(account, vault_key)


@cases("links", "offers", "valid")
def test_an_offer_is_sealed_and_opened_as_ever(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    blob, link_key = raw(case, "blob", "link_key")
    assert links.open_offer(keys(case, "therapist"), ends_of(case), blob) == link_key
    monkeypatch.setattr(os, "urandom", lambda _length: blob[4:28])
    assert links.seal_offer(keys(case, "patient"), ends_of(case), link_key) == blob


@cases("links", "offers", "invalid")
def test_an_offer_that_was_changed_is_refused(case: Case) -> None:
    with refused(case):
        links.open_offer(
            keys(load("links")["offers"]["valid"][0], "therapist"), ends_of(case), *raw(case, "blob")
        )


def test_answer_digest_and_card_open_as_ever() -> None:
    known = load("links")
    answer, digest, card = known["sealed"]["answer"], known["sealed"]["digest"], known["card"]
    key, data, blob = raw(answer, "link_key", "data", "blob")
    assert links.open_answer(key, ends_of(answer), blob) == data
    key, patient, link, data, blob = raw(digest, "link_key", "patient", "link", "data", "blob")
    assert links.open_digest(key, patient, link, blob) == data
    secret, account, name, blob = raw(card, "secret", "account", "name", "blob")
    assert links.open_card(secret, account, blob) == name


@cases("links", "grants", "valid")
def test_a_grant_opens_its_record_as_ever(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    link_key, link, plaintext, body, dek, grant = raw(
        case, "link_key", "link", "plaintext", "body", "dek", "grant"
    )
    assert links.open_granted(link_key, link, place(case), body, grant) == plaintext
    record_key = vault_keys(place(case).owner, *raw(case, "patient_vault_key")).record_key
    monkeypatch.setattr(os, "urandom", lambda _length: grant[4:28])
    sealed = SealedRecord(body, dek)
    assert links.seal_grant(record_key, link_key, link, place(case), sealed) == grant


@cases("links", "grants", "invalid")
def test_a_grant_opens_nothing_else(case: Case) -> None:
    link_key, link, body, grant = raw(case, "link_key", "link", "body", "grant")
    with refused(case):
        links.open_granted(link_key, link, place(case), body, grant)


def test_an_event_opens_for_its_owner_alone() -> None:
    case = load("links")["event"]
    vault_key, owner, data, blob = raw(case, "vault_key", "owner", "data", "blob")
    assert links.open_event(vault_keys(owner, vault_key), case["n"], blob) == data
    for stranger, n in ((vault_keys(owner, bytes(32)), case["n"]), (vault_keys(owner, vault_key), 4)):
        with pytest.raises(Tampered):
            links.open_event(stranger, n, blob)


def test_a_grant_is_not_made_of_what_is_not_the_owners() -> None:
    sealed = seal_record(b"k" * 32, PLACE, b"x")
    with pytest.raises(Tampered):
        links.seal_grant(b"other" + bytes(27), b"l" * 32, b"i" * 16, PLACE, sealed)
    with pytest.raises(Tampered):
        links.seal_grant(b"k" * 32, b"l" * 32, b"i" * 16, PLACE, SealedRecord(sealed.body + b"x", sealed.dek))


@given(st.data(), st.binary(max_size=600))
@quickly
def test_no_flipped_bit_opens(data: st.DataObject, plaintext: bytes) -> None:
    sealed = seal_record(b"k" * 32, PLACE, plaintext)
    grant = links.seal_grant(b"k" * 32, b"l" * 32, b"i" * 16, PLACE, sealed)
    event = links.seal_event(b"o" * 16, vault_keys(b"o" * 16, b"v" * 32).public_key(), 1, plaintext)
    openers: list[tuple[bytes, Any]] = [
        (grant, lambda it: links.open_granted(b"l" * 32, b"i" * 16, PLACE, sealed.body, it)),
        (event, lambda it: links.open_event(vault_keys(b"o" * 16, b"v" * 32), 1, it)),
    ]
    for blob, open_it in openers:
        bit = data.draw(st.integers(0, 8 * len(blob) - 1))
        # The highest bit of an X25519 key is not used: RFC 7748 lets readers ignore it.
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << (bit % 8)
        if open_it is openers[1][1] and bit == 8 * 31 + 7:
            continue
        with pytest.raises(VaultError):
            open_it(bytes(flipped))


def test_the_codes_are_as_ever() -> None:
    case = load("links")["code"]
    account, public_key, mark, link, patient_key = raw(
        case, "account", "public_key", "mark", "link", "patient_key"
    )
    assert therapist_mark(account, public_key) == mark
    assert write_therapist_code(mark) == case["code"]
    assert comparison_code(link, patient_key, public_key) == case["comparison"]


@given(MARKS)
@quickly
def test_a_therapists_code_says_its_mark(mark: bytes) -> None:
    code = write_therapist_code(mark)
    assert [len(group) for group in code.split("-")] == [4] * 5
    assert read_therapist_code(code.lower().replace("-", " ")) == mark


@given(MARKS)
@settings(max_examples=5, deadline=None)
def test_every_wrong_character_of_a_therapists_code_is_caught(mark: bytes) -> None:
    code = write_therapist_code(mark).replace("-", "")
    for at, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(MistypedCode):
                read_therapist_code(code[:at] + wrong + code[at + 1 :])
