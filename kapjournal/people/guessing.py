"""Guessing is slowed down: every try is counted in the database before it is made, and a passphrase is tried here.

What is counted is a keyed hash: of a login name, or of an account whose codes are tried.
"""

from kapjournal.errors import SignInRefused, TooManyTries
from kapjournal.records import Work, accounts
from kapjournal.vault import wraps
from kapjournal.vault.errors import VaultError

FREE_TRIES = 5
LONGEST_WAIT = 15 * 60


def charge_a_try(work: Work, index: bytes) -> None:
    """Count the try before it is made, so that many at once cannot slip through. Raises TooManyTries."""
    with work.unauthorised(writing=True) as connection:
        failures, until = accounts.guesses_of(connection, index)
        if until > work.now:
            raise TooManyTries(until - work.now)
        failures += 1
        wait = 0 if failures <= FREE_TRIES else min(2 ** (failures - FREE_TRIES), LONGEST_WAIT)
        accounts.set_guesses(connection, index, failures, work.now + wait)


def try_passphrase(
    work: Work, index: bytes, passphrase: str, *, of: bytes | None = None
) -> tuple[accounts.Account, bytes]:
    """The account of a login index (only `of`, if given) and its vault key, always for one derivation.

    A try is counted in its turn: whoever is sent away as too busy has not made one. Raises SignInRefused, Busy,
    TooManyTries.
    """
    with work.store.derivations.turn():
        charge_a_try(work, index)
        with work.unauthorised() as connection:
            found = accounts.by_login(connection, index)
        if found is None or of not in (None, found.id):
            wraps.spend_a_derivation(work.store.secret)
            raise SignInRefused
        try:
            return found, wraps.unwrap_with_passphrase(
                found.id, found.role, found.wrap, passphrase, work.store.secret
            )
        except VaultError as error:
            raise SignInRefused from error
