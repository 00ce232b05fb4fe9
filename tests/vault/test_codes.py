"""Recovery codes are typed by hand: slips are caught, handwriting is forgiven."""

import os
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kapjournal.vault.codes import (
    ALPHABET,
    RECOVERY_BYTES,
    last_group,
    new_backup_code,
    new_recovery_code,
    read_recovery_code,
    same_group,
    write_code,
)
from kapjournal.vault.errors import MistypedCode

quickly = settings(max_examples=100, deadline=None)
CODES = st.binary(min_size=RECOVERY_BYTES, max_size=RECOVERY_BYTES)


def without_groups(data: bytes) -> str:
    return write_code(data).replace("-", "")


@given(CODES)
@quickly
def test_a_code_says_its_bytes(data: bytes) -> None:
    assert read_recovery_code(write_code(data)) == data


def test_a_code_has_seven_groups_of_four_and_one_of_five() -> None:
    assert [len(group) for group in new_recovery_code().split("-")] == [4] * 7 + [5]


def test_two_codes_differ() -> None:
    assert new_recovery_code() != new_recovery_code()


@given(CODES)
@settings(max_examples=10, deadline=None)
def test_every_wrong_character_is_caught(data: bytes) -> None:
    code = without_groups(data)
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(MistypedCode):
                read_recovery_code(code[:place] + wrong + code[place + 1 :])


@given(CODES)
@quickly
def test_every_swap_of_neighbours_is_caught(data: bytes) -> None:
    code = without_groups(data)
    for place in range(len(code) - 1):
        one, two = code[place : place + 2]
        if one != two:
            with pytest.raises(MistypedCode):
                read_recovery_code(code[:place] + two + one + code[place + 2 :])


@given(CODES, st.integers(0, 32))
@quickly
def test_a_missing_and_a_doubled_character_are_caught(data: bytes, place: int) -> None:
    code = without_groups(data)
    for typed in (code[:place] + code[place + 1 :], code[:place] + code[place] + code[place:]):
        with pytest.raises(MistypedCode):
            read_recovery_code(typed)


@given(CODES)
@quickly
def test_handwriting_is_forgiven(data: bytes) -> None:
    code = write_code(data)
    for typed in (
        code.lower(),
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("-", " – "),
        f"\n {code}\t",
    ):
        assert read_recovery_code(typed) == data


@given(st.text(max_size=60))
@quickly
def test_anything_else_is_refused_in_one_way(typed: str) -> None:
    assume(len(typed) != 33)
    with pytest.raises(MistypedCode):
        read_recovery_code(typed)


def test_the_last_group_shows_that_a_code_is_written_down() -> None:
    code = write_code(bytes(RECOVERY_BYTES))
    assert last_group(code) == "00000"
    assert same_group(" oO0-00", code)
    assert not same_group("00001", code)


@pytest.mark.parametrize(("new_code", "size"), [(new_recovery_code, 20), (new_backup_code, 15)])
def test_every_bit_of_a_code_is_random(
    monkeypatch: pytest.MonkeyPatch, new_code: Callable[[], str], size: int
) -> None:
    asked = []
    monkeypatch.setattr(os, "urandom", lambda length: asked.append(length) or bytes(length))
    new_code()
    assert asked == [size]
