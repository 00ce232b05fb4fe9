"""Who is signed in proves once more that it is them, before what is grave.

A proof is the passphrase, or a sign-in that has just begun. It is good for ten minutes, in that sign-in alone.
"""

from kapjournal.errors import ConfirmFirst, SignInRefused, WrongPassphrase
from kapjournal.people.guessing import try_passphrase
from kapjournal.records import SignedIn, Work, accounts
from kapjournal.verbs import verb

MINUTE = 60
GOOD_FOR_MINUTES = 10


@verb
def confirm(work: Work, *, by: SignedIn, passphrase: str) -> None:
    """Prove the passphrase. Guesses are counted as at a sign-in. Raises WrongPassphrase, TooManyTries, Busy."""
    with work.authorised(by) as (_connection, access):
        index = access.login
    try:
        try_passphrase(work, index, passphrase, of=by.account)
    except SignInRefused as error:
        raise WrongPassphrase from error
    with work.authorised(by, writing=True) as (connection, access):
        accounts.clear_guesses(connection, index)
        accounts.confirm(connection, by.account, access.stay.sign_in, work.now // MINUTE)
    work.reread(by)


@verb
def require_confirmed(work: Work, *, by: SignedIn) -> None:
    """Raises ConfirmFirst if the last proof in this sign-in is older than ten minutes."""
    age = work.now // MINUTE - work.stay(by).confirmed
    if age not in range(GOOD_FOR_MINUTES):
        raise ConfirmFirst
