"""Codes that people write down and type: Crockford base32 with a check character.

The check character is a weighted sum over GF(32): it catches every single wrong character and every
swap of two neighbours.
"""

import hashlib
import os
import re

from kapjournal.vault.errors import MistypedCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_BYTES = 20
RECOVERY_CHARACTERS = 33
BACKUP_BYTES = 15
BACKUP_CHARACTERS = 25
THERAPIST_CHARACTERS = 20
MARK_BYTES = 12
GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-–—]+")


def new_recovery_code() -> str:
    """A code of 160 random bits: 32 characters and a check character, in groups of four, the last of five."""
    return write_code(os.urandom(RECOVERY_BYTES))


def write_code(data: bytes) -> str:
    """`data` (a multiple of five bytes) as grouped characters with the check character at the end."""
    text = _write(int.from_bytes(data), len(data) * 8 // 5)
    whole = len(text) - 1 - GROUP
    return "-".join([*(text[i : i + GROUP] for i in range(0, whole, GROUP)), text[whole:]])


def read_recovery_code(typed: str) -> bytes:
    """The 20 bytes of a recovery code as a person typed it: any case, any spacing, O for 0, I or L for 1.

    Raises MistypedCode.
    """
    return _read(typed, RECOVERY_CHARACTERS).to_bytes(RECOVERY_BYTES)


def new_backup_code() -> str:
    """A code of 120 random bits: 24 characters and a check character, in groups of four, the last of five."""
    return write_code(os.urandom(BACKUP_BYTES))


def read_backup_code(typed: str) -> bytes:
    """The 15 bytes of a backup code as a person typed it, read like a recovery code. Raises MistypedCode."""
    return _read(typed, BACKUP_CHARACTERS).to_bytes(BACKUP_BYTES)


def therapist_mark(account: bytes, public_key: bytes) -> bytes:
    """What a therapist's code says, as 12 bytes: the first 95 bits of a hash of account and public key."""
    digest = hashlib.sha256(b"kj code" + account + public_key).digest()
    return (int.from_bytes(digest[:MARK_BYTES]) >> 1).to_bytes(MARK_BYTES)


def write_therapist_code(mark: bytes) -> str:
    """A mark as 19 characters and a check character, in five groups of four."""
    text = _write(int.from_bytes(mark), THERAPIST_CHARACTERS - 1)
    return "-".join(text[i : i + GROUP] for i in range(0, THERAPIST_CHARACTERS, GROUP))


def read_therapist_code(typed: str) -> bytes:
    """The mark of a therapist's code as a person typed it, read like a recovery code. Raises MistypedCode."""
    return _read(typed, THERAPIST_CHARACTERS).to_bytes(MARK_BYTES)


def comparison_code(link: bytes, patient_key: bytes, therapist_key: bytes) -> str:
    """Eight characters, the same on both screens if both hold the same two public keys for a link."""
    digest = hashlib.sha256(link + patient_key + therapist_key).digest()
    number = int.from_bytes(digest[:5])
    text = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(8)))
    return f"{text[:GROUP]} {text[GROUP:]}"


def last_group(code: str) -> str:
    """The characters after the last hyphen: what a person types to show that the code is written down."""
    return code.rsplit("-", 1)[-1]


def same_group(typed: str, code: str) -> bool:
    """Whether `typed` is the last group of `code`, read as forgivingly as the whole code is."""
    return _SEPARATORS.sub("", typed).upper().translate(_MISREAD) == last_group(code)


def _write(number: int, count: int) -> str:
    """A number as `count` characters, most significant first, and their check character."""
    digits = [number >> (5 * place) & 31 for place in reversed(range(count))]
    digits.append(_check_digit(digits))
    return "".join(ALPHABET[digit] for digit in digits)


def _read(typed: str, count: int) -> int:
    text = _SEPARATORS.sub("", typed).upper().translate(_MISREAD)
    if len(text) != count or any(character not in ALPHABET for character in text):
        raise MistypedCode
    digits = [ALPHABET.index(character) for character in text]
    if _check_digit(digits[:-1]) != digits[-1]:
        raise MistypedCode
    number = 0
    for digit in digits[:-1]:
        number = number << 5 | digit
    return number


def _check_digit(digits: list[int]) -> int:
    total = 0
    for digit in digits:
        total = _double(total ^ digit)
    return total


def _double(value: int) -> int:
    """Times x in GF(2)[x] / (x^5 + x^2 + 1)."""
    return (value << 1) ^ (0b100101 if value & 16 else 0)
