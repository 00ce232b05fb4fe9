"""A therapist's code: typed once, recomputed from what the database says of its owner, and refused if it differs."""

from typing import NamedTuple

from kapjournal.errors import (
    MistypedTherapistCode,
    NoSuchTherapist,
    NotAllowed,
    SharingRefused,
)
from kapjournal.people.second_factor import require_factor
from kapjournal.records import SignedIn, Work, accounts
from kapjournal.vault.codes import read_therapist_code, therapist_mark, write_therapist_code
from kapjournal.vault.errors import MistypedCode, VaultError
from kapjournal.vault.links import open_card
from kapjournal.verbs import verb


class Found(NamedTuple):
    """A therapist found by their code: account, public key, and what they call themself ("" if nothing)."""

    account: bytes
    public_key: bytes
    calls_themself: str


@verb
def my_code(work: Work, *, by: SignedIn) -> str:
    """This therapist's code: twenty characters in five groups. Raises NotAllowed, SecondFactorMissing."""
    if work.role(by) != "therapist":
        raise NotAllowed
    require_factor(work, by=by)
    with work.authorised(by) as (_connection, access):
        return write_therapist_code(therapist_mark(by.account, access.keys.public_key()))


@verb
def find_therapist(work: Work, *, by: SignedIn, code: str) -> Found:
    """The therapist whose code this patient typed or scanned.

    Raises NotAllowed, MistypedTherapistCode, NoSuchTherapist, SharingRefused if the database says another key.
    """
    if work.role(by) != "patient":
        raise NotAllowed
    try:
        mark = read_therapist_code(code)
    except MistypedCode as error:
        raise MistypedTherapistCode from error
    with work.authorised(by) as (connection, _access):
        found = accounts.by_code(connection, mark)
    if found is None or found.role != "therapist":
        raise NoSuchTherapist
    if therapist_mark(found.id, found.public_key) != mark:
        raise SharingRefused
    return Found(found.id, found.public_key, _name(work, found))


def _name(work: Work, found: accounts.Therapist) -> str:
    if found.card is None:
        return ""
    try:
        return open_card(work.store.secret, found.id, found.card).decode()
    except (VaultError, UnicodeDecodeError):
        return ""
