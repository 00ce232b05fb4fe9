"""What an operator does for somebody who cannot help themselves any more. It opens nothing."""

from contextlib import suppress

from kapjournal.errors import NotAllowed
from kapjournal.people.letting_in import forget
from kapjournal.people.logins import login_index
from kapjournal.records import Work, accounts, factors
from kapjournal.vault.errors import VaultError


def drop_factor(work: Work, *, login: str) -> None:
    """Take the second factor off an account and end its sign-ins; its passphrase or recovery code is still needed.

    Raises NotAllowed if nobody has this login name.
    """
    with work.unauthorised(writing=True) as connection:
        found = accounts.by_login(connection, login_index(work, login))
        if found is None:
            raise NotAllowed("Nobody has this login name.")
        # Where the passphrase wrap is damaged, the recovery code is what remains.
        with suppress(VaultError):
            factors.set_lock(connection, found.id, work.store.secret, on=False)
        factors.remove(connection, found.id)
        ended = accounts.end_other_sign_ins(connection, found.id, but=None)
    forget(work, ended)
