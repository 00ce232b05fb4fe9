"""Telephone numbers as people write them."""

import re
import unicodedata

FEWEST_DIGITS, MOST_DIGITS = 3, 15  # from short codes to ITU-T E.164
_NUMBER = re.compile(r"\(?\+?\(?\d[\d\s()./-]*")
_GOES_ON = re.compile(r"[^\s(][^\W_]")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_DASHES = dict.fromkeys(range(0x2010, 0x2016), "-")


def dialled(typed: str) -> str:
    """What a telephone has to dial for "+49 (0)30 123-45": only digits, after a + where one was typed.

    Empty if it is not certain: no number, too short or too long, or one that goes on in letters.
    """
    text = "".join(map(_plain_digit, unicodedata.normalize("NFKC", typed))).translate(_DASHES)
    longest = max(_NUMBER.finditer(text), key=lambda it: len(_digits(it[0])), default=None)
    if longest is None or _GOES_ON.match(text, longest.end() - 1):
        return ""
    plus = "+" if "+" in longest[0] else ""
    digits = _digits(_TRUNK_ZERO.sub("", longest[0]) if plus else longest[0])
    return plus + digits if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
