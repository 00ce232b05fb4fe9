"""A blob opens only unchanged, with its key, for its purpose and fields."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kapjournal.vault.errors import Tampered, UnknownFormat, VaultError
from kapjournal.vault.padding import pad, padded_size, unpad
from kapjournal.vault.sealed_records import Place, SealedRecord, open_record, seal_record
from kapjournal.vault.sealing import OVERHEAD, encode, open_sealed, seal

quickly = settings(max_examples=60, deadline=None)
KEY = bytes(range(32))
IDS = st.binary(min_size=16, max_size=16)
NUMBERS = st.integers(0, 2**64 - 1)
FIELDS = st.lists(st.binary(max_size=20) | st.text(max_size=20) | NUMBERS, max_size=5)
KINDS = st.sampled_from(["note", "rating", "form", "session", "setting", "file"])
PLACES = st.builds(Place, owner=IDS, id=IDS, kind=KINDS, gen=NUMBERS, version=NUMBERS)


def as_bytes(part: bytes | str | int) -> bytes:
    if isinstance(part, int):
        return part.to_bytes(8)
    return part.encode() if isinstance(part, str) else part


@given(st.binary(max_size=2000), st.text(max_size=20), FIELDS)
@quickly
def test_what_is_sealed_opens(plaintext: bytes, purpose: str, fields: list[bytes | str | int]) -> None:
    blob = seal(KEY, plaintext, purpose, *fields)
    assert len(blob) == len(plaintext) + OVERHEAD
    assert open_sealed(KEY, blob, purpose, *fields) == plaintext


@given(st.binary(max_size=40), st.data())
@quickly
def test_no_bit_of_a_blob_can_be_flipped(plaintext: bytes, data: st.DataObject) -> None:
    blob = bytearray(seal(KEY, plaintext, "purpose", b"field"))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(UnknownFormat if bit // 8 in (2, 3) else Tampered):
        open_sealed(KEY, bytes(blob), "purpose", b"field")


def test_every_bit_of_the_shortest_blob_counts() -> None:
    blob = seal(KEY, b"", "purpose")
    for bit in range(len(blob) * 8):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(VaultError):
            open_sealed(KEY, bytes(flipped), "purpose")


def test_a_blob_cut_anywhere_is_refused() -> None:
    blob = seal(KEY, b"words", "purpose")
    for length in range(len(blob)):
        with pytest.raises(Tampered):
            open_sealed(KEY, blob[:length], "purpose")


@given(FIELDS, FIELDS)
@quickly
def test_other_fields_do_not_open(fields: list[bytes | str | int], others: list[bytes | str | int]) -> None:
    assume([*map(as_bytes, fields)] != [*map(as_bytes, others)])
    blob = seal(KEY, b"words", "purpose", *fields)
    with pytest.raises(Tampered):
        open_sealed(KEY, blob, "purpose", *others)


@given(FIELDS, FIELDS)
@settings(max_examples=300, deadline=None)
def test_no_two_lists_of_parts_have_the_same_encoding(
    parts: list[bytes | str | int], others: list[bytes | str | int]
) -> None:
    same = [*map(as_bytes, parts)] == [*map(as_bytes, others)]
    assert (encode(*parts) == encode(*others)) is same


@given(FIELDS)
@quickly
def test_an_encoding_tells_its_parts(parts: list[bytes | str | int]) -> None:
    rest, found = encode(*parts), []
    count, rest = int.from_bytes(rest[:4]), rest[4:]
    for _part in range(count):
        length = int.from_bytes(rest[:4])
        found.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    assert (found, rest) == ([*map(as_bytes, parts)], b"")


@given(PLACES, st.binary(max_size=700))
@quickly
def test_a_record_opens_in_its_place(place: Place, plaintext: bytes) -> None:
    sealed = seal_record(KEY, place, plaintext)
    assert open_record(KEY, place, sealed) == plaintext


@given(PLACES, PLACES)
@quickly
def test_a_record_opens_nowhere_else(place: Place, other: Place) -> None:
    sealed = seal_record(KEY, place, b"words")
    for field in Place._fields:
        moved = place._replace(**{field: getattr(other, field)})
        if moved != place:
            with pytest.raises(Tampered):
                open_record(KEY, moved, sealed)


@given(st.data())
@quickly
def test_no_bit_of_a_record_can_be_flipped(data: st.DataObject) -> None:
    place = Place(bytes(16), bytes(16), "note", 1, 1)
    sealed = seal_record(KEY, place, b"words")
    field = data.draw(st.sampled_from(SealedRecord._fields))
    blob = bytearray(getattr(sealed, field))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VaultError):
        open_record(KEY, place, sealed._replace(**{field: bytes(blob)}))


def test_an_old_key_does_not_open_a_new_body() -> None:
    place = Place(bytes(16), bytes(16), "note", 1, 1)
    first, second = seal_record(KEY, place, b"first"), seal_record(KEY, place, b"second")
    with pytest.raises(Tampered):
        open_record(KEY, place, SealedRecord(second.body, first.dek))


@given(st.binary(max_size=10_000))
@quickly
def test_padding_comes_off(data: bytes) -> None:
    assert unpad(pad(data)) == data


@given(st.integers(0, 10**7))
@settings(max_examples=300, deadline=None)
def test_padding_costs_at_most_an_eighth_above_four_kilobytes(length: int) -> None:
    size = padded_size(length)
    assert size >= max(512, length + 1)
    assert size <= max(512, 2 * length) if length < 4096 else size <= (length + 1) * 9 / 8


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_a_longer_text_is_never_padded_to_less(one: int, other: int) -> None:
    assert (padded_size(one) <= padded_size(other)) or one > other


def test_every_mood_has_the_same_size() -> None:
    assert {padded_size(length) for length in range(512)} == {512}


def test_few_sizes_exist() -> None:
    assert len({padded_size(length) for length in range(0, 400_000, 7)}) < 64
