"""Codes that people write down and type: Crockford base32 with a check character.

The check character is a weighted sum over GF(32): it catches every single wrong character and every
swap of two neighbours.
"""

import os
import re

from kapjournal.vault.errors import MistypedCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_BYTES = 20
RECOVERY_CHARACTERS = 33
GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-–—]+")


def new_recovery_code() -> str:
    """A code of 160 random bits: 32 characters and a check character, in groups of four, the last of five."""
    return write_code(os.urandom(RECOVERY_BYTES))


def write_code(data: bytes) -> str:
    """`data` (a multiple of five bytes) as grouped characters with the check character at the end."""
    number = int.from_bytes(data)
    count = len(data) * 8 // 5
    digits = [number >> (5 * place) & 31 for place in reversed(range(count))]
    digits.append(_check_digit(digits))
    text = "".join(ALPHABET[digit] for digit in digits)
    return "-".join([*(text[i : i + GROUP] for i in range(0, count - GROUP, GROUP)), text[count - GROUP :]])


def read_recovery_code(typed: str) -> bytes:
    """The 20 bytes of a recovery code as a person typed it: any case, any spacing, O for 0, I or L for 1.

    Raises MistypedCode.
    """
    text = _SEPARATORS.sub("", typed).upper().translate(_MISREAD)
    if len(text) != RECOVERY_CHARACTERS or any(character not in ALPHABET for character in text):
        raise MistypedCode
    digits = [ALPHABET.index(character) for character in text]
    if _check_digit(digits[:-1]) != digits[-1]:
        raise MistypedCode
    number = 0
    for digit in digits[:-1]:
        number = number << 5 | digit
    return number.to_bytes(RECOVERY_BYTES)


def last_group(code: str) -> str:
    """The characters after the last hyphen: what a person types to show that the code is written down."""
    return code.rsplit("-", 1)[-1]


def same_group(typed: str, code: str) -> bool:
    """Whether `typed` is the last group of `code`, read as forgivingly as the whole code is."""
    return _SEPARATORS.sub("", typed).upper().translate(_MISREAD) == last_group(code)


def _check_digit(digits: list[int]) -> int:
    total = 0
    for digit in digits:
        total = _double(total ^ digit)
    return total


def _double(value: int) -> int:
    """Times x in GF(2)[x] / (x^5 + x^2 + 1)."""
    return (value << 1) ^ (0b100101 if value & 16 else 0)
