"""How a sign-in begins once a vault key is open: whole, or half where the code of a second factor is still to come."""

from collections.abc import Iterable
from typing import NamedTuple, TypedDict

from kapjournal.errors import FactorCodeRefused, HalfEnded
from kapjournal.people.preferences import preferences, set_idle
from kapjournal.people.values import Arrival, Half, Role
from kapjournal.records import SignedIn, Work, accounts, events, factors
from kapjournal.records.accounts import Account, Ways
from kapjournal.records.factors import Proof
from kapjournal.vault import wraps
from kapjournal.vault.codes import new_recovery_code, read_recovery_code
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import derive, new_key, vault_keys
from kapjournal.vault.sealing import seal
from kapjournal.vault.wraps import Wrap

MINUTE = 60
HOUR = 60 * MINUTE
LASTS = {"patient": 24 * HOUR, "therapist": 8 * HOUR}
IDLE_MINUTES = {"patient": 60, "therapist": 15}
HALF_LASTS = 5 * MINUTE
LABEL_LENGTH = 100


class Opened(NamedTuple):
    """An account with the wrap that gave its vault key, and the browser in which that happened."""

    account: Account
    vault_key: bytes
    browser: bytes
    label: str

    def __repr__(self) -> str:
        return "Opened(…)"

    @property
    def role(self) -> Role:
        """`patient` or `therapist`."""
        return "therapist" if self.account.role == "therapist" else "patient"


class Row(TypedDict):
    """What `accounts.add_sign_in` stores."""

    wrap: Wrap
    browser: bytes
    minute: int
    idle: int
    expires: int
    label: bytes


def let_in(
    work: Work, who: Opened, *, counted: bytes, ways: Ways | None = None, proof: Proof | None = None
) -> Arrival:
    """Begin a sign-in, all or nothing: use up the `proof` and the half it completes, take new `ways` in.

    The tries that were `counted` are forgotten. Raises FactorCodeRefused, HalfEnded, RecoveryRefused, LoginTaken.
    """
    account, keys = who.account.id, vault_keys(who.account.id, who.vault_key)
    signed_in, row = new_sign_in(work, who)
    code = new_recovery_code() if ways else None
    ended: tuple[bytes, ...] = ()
    with work.unauthorised(writing=True) as connection:
        what = "recovery" if ways else "sign_in"
        events.note_own(connection, keys, who.role, what, work.now, detail=who.label[:LABEL_LENGTH])
        if proof is not None:
            if not accounts.end_half(connection, account, who.account.wrap.id):
                raise HalfEnded
            if not factors.use(connection, account, proof):
                raise FactorCodeRefused
        if ways is not None and code is not None:
            recovery = wraps.wrap_for_recovery(account, who.role, who.vault_key, read_recovery_code(code))
            ended = accounts.replace_ways(connection, account, ways, recovery)
            if proof is None:
                factors.remove(connection, account)
        accounts.clear_guesses(connection, counted)
        accounts.add_sign_in(connection, account, **row)
    forget(work, ended)
    _keep_idle(work, signed_in)
    return Arrival(signed_in, who.role, code)


def halve(work: Work, who: Opened, *, counted: bytes | None = None, ways: Ways | None = None) -> Half:
    """Keep the vault key for the second step. The tries that were `counted` are forgotten."""
    (account, role, _wrap), token = who.account, new_key()
    expires = work.now + HALF_LASTS
    wrap = wraps.wrap_for_half(
        account, role, who.vault_key, token, browser=who.browser, expires=expires, secret=work.store.secret
    )
    with work.unauthorised(writing=True) as connection:
        if counted is not None:
            accounts.clear_guesses(connection, counted)
        accounts.add_wrap(connection, account, wrap)
    return Half(account, token, ways)


def open_half(work: Work, half: Half, *, browser: bytes, label: str) -> Opened:
    """What half a sign-in keeps. Raises HalfEnded."""
    with work.unauthorised() as connection:
        found = accounts.by_half(connection, half.account, half.id)
    if found is None:
        raise HalfEnded
    try:
        vault_key, ends = wraps.unwrap_half(
            found.id, found.role, found.wrap, half.token, browser=browser, secret=work.store.secret
        )
    except VaultError as error:
        raise HalfEnded from error
    if work.now >= ends:
        raise HalfEnded
    return Opened(found, vault_key, browser, label)


def new_sign_in(work: Work, who: Opened) -> tuple[SignedIn, Row]:
    """A sign-in and its row, to be stored in the transaction that lets the person in."""
    (account, role, _wrap), token = who.account, new_key()
    expires = work.now + LASTS[role]
    wrap = wraps.wrap_for_sign_in(
        account, role, who.vault_key, token, expires=expires, secret=work.store.secret
    )
    key = derive(who.vault_key, "device label", account)
    padded = who.label[:LABEL_LENGTH].ljust(LABEL_LENGTH).encode()
    row = Row(
        wrap=wrap,
        browser=who.browser,
        minute=work.now // MINUTE,
        idle=IDLE_MINUTES[role],
        expires=expires,
        label=seal(key, padded, "device label", account, wrap.id),
    )
    return SignedIn(account, token, who.browser), row


def forget(work: Work, ended: Iterable[bytes]) -> None:
    """Drop what was opened for sign-ins that were ended from elsewhere."""
    for sign_in in ended:
        work.store.snapshots.drop(sign_in)


def _keep_idle(work: Work, by: SignedIn) -> None:
    """A new sign-in ends after the idle time the patient chose."""
    chosen = preferences(work, by=by).idle_minutes
    if work.role(by) == "patient" and chosen != IDLE_MINUTES["patient"]:
        set_idle(work, by=by, minutes=chosen)
