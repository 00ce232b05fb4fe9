"""Login names. They are stored as a keyed hash; letters of any case and width are the same."""

import unicodedata
from itertools import combinations

from kapjournal.errors import UnsuitableLogin
from kapjournal.people.passphrases import ZXCVBN_READS
from kapjournal.records import Work
from kapjournal.vault.keys import keyed_hash

LENGTHS = range(3, 201)


def new_login_index(work: Work, login: str) -> bytes:
    """What a login name that somebody chooses is found by. Raises UnsuitableLogin."""
    name = _plain(login)
    if len(name) not in LENGTHS or any(unicodedata.category(it).startswith("C") for it in name):
        raise UnsuitableLogin
    return login_index(work, login)


def login_index(work: Work, login: str) -> bytes:
    """What a login name that somebody types is found by, if anybody has it."""
    return keyed_hash(work.store.secret, "login", _plain(login).encode("utf-8", "surrogatepass"))


def login_within(work: Work, passphrase: str, index: bytes) -> str:
    """The login name with this index, if it stands in the passphrase: nobody but its owner knows it otherwise."""
    name = _plain(passphrase)[:ZXCVBN_READS]
    parts = {name[start:end].strip() for start, end in combinations(range(len(name) + 1), 2)}
    return next((part for part in parts if login_index(work, part) == index), "")


def _plain(login: str) -> str:
    return unicodedata.normalize("NFKC", login).strip().casefold()
