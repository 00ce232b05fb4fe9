"""Passphrases: a generated one to take, and what a chosen one must withstand."""

import secrets
import unicodedata
from functools import cache

from xkcdpass import xkcd_password
from zxcvbn import zxcvbn

from kapjournal.errors import TooLong, WeakPassphrase
from kapjournal.language import _

SHORTEST = 12
LONGEST = 1024
WORDS = 5
STRONG_ENOUGH = 3
ZXCVBN_READS = 72


@cache
def _words() -> tuple[str, ...]:
    """The 7,776 words of the Electronic Frontier Foundation's long list (Bonneau 2016)."""
    return tuple(word for word in _word_list() if word.isalpha())


def _word_list() -> list[str]:
    found: list[str] = xkcd_password.generate_wordlist(wordfile="eff-long", min_length=3, max_length=9)
    return found


def generate_passphrase() -> str:
    """Five random words, about 64 bits."""
    return " ".join(secrets.choice(_words()) for _i in range(WORDS))


def check_passphrase(passphrase: str, *, login: str) -> None:
    """Refuse what is too short, too long or easy to guess. Raises WeakPassphrase, TooLong."""
    normal = unicodedata.normalize("NFC", passphrase)
    if len(normal) > LONGEST:
        raise TooLong(len(normal), LONGEST)
    if len(normal) < SHORTEST:
        raise WeakPassphrase(_("Use at least 12 characters. A few random words are easiest to remember."))
    score = zxcvbn(normal[:ZXCVBN_READS], user_inputs=[login, "kapjournal", "ketamine"])["score"]
    if score < STRONG_ENOUGH:
        raise WeakPassphrase(_("This one is easy to guess. Add a word or two that do not belong together."))
