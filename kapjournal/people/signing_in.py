"""Sign up, sign in, recover, sign out; other devices; a new passphrase or recovery code.

Login names are stored as a keyed hash. Guessing is slowed down before anything is derived; an unknown
login name costs and answers the same as a wrong passphrase.
"""

import os
import unicodedata
from collections.abc import Iterable
from typing import TypedDict

from kapjournal.errors import (
    MistypedRecoveryCode,
    NotAllowed,
    OutOfRange,
    RecoveryRefused,
    SignInRefused,
    TooManyTries,
    UnsuitableLogin,
)
from kapjournal.people.passphrases import check_passphrase
from kapjournal.people.preferences import preferences, set_idle
from kapjournal.people.values import Arrival, Device, Role
from kapjournal.records import SignedIn, Work, accounts
from kapjournal.vault import wraps
from kapjournal.vault.codes import new_recovery_code, read_recovery_code, same_group
from kapjournal.vault.errors import MistypedCode, VaultError
from kapjournal.vault.keys import derive, keyed_hash, new_key, vault_keys
from kapjournal.vault.sealing import open_sealed, seal
from kapjournal.vault.wraps import Wrap
from kapjournal.verbs import verb

HOUR = 3600
MINUTE = 60
LASTS = {"patient": 24 * HOUR, "therapist": 8 * HOUR}
IDLE_MINUTES = {"patient": 60, "therapist": 15}
FREE_TRIES = 5
LONGEST_WAIT = 15 * 60
LOGIN_LENGTHS = range(3, 201)
LABEL_LENGTH = 100


def sign_up(work: Work, *, login: str, passphrase: str, role: Role, browser: bytes, label: str) -> Arrival:
    """Create an account and sign in. The recovery code is returned once and never again.

    Raises UnsuitableLogin, LoginTaken, WeakPassphrase, TooLong, Busy, StorageUnavailable.
    """
    if role not in LASTS:
        raise OutOfRange("role")
    index = _login_index(work, login)
    check_passphrase(passphrase, login=login)
    account, vault_key = os.urandom(16), new_key()
    code = new_recovery_code()
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(account, role, vault_key, passphrase, work.store.secret)
    recovery = wraps.wrap_for_recovery(account, role, vault_key, read_recovery_code(code))
    public_key = vault_keys(account, vault_key).public_key()
    signed_in, row = _new_sign_in(work, account, role, vault_key, browser=browser, label=label)
    with work.unauthorised(writing=True) as connection:
        accounts.create(
            connection, id=account, role=role, login=index, public_key=public_key, wraps_=(wrap, recovery)
        )
        accounts.add_sign_in(connection, account, **row)
    return Arrival(signed_in, role, code)


def sign_in(work: Work, *, login: str, passphrase: str, browser: bytes, label: str) -> Arrival:
    """Begin a sign-in. Raises SignInRefused, TooManyTries, Busy, StorageUnavailable."""
    index = _login_index(work, login, strict=False)
    found, vault_key = _try(work, index, passphrase)
    role = _role(found)
    signed_in, row = _new_sign_in(work, found.id, role, vault_key, browser=browser, label=label)
    with work.unauthorised(writing=True) as connection:
        accounts.clear_guesses(connection, index)
        accounts.add_sign_in(connection, found.id, **row)
    if wraps.needs_rewrap(found.wrap):
        _set_passphrase(work, found, vault_key, passphrase)
    _keep_idle(work, signed_in)
    return Arrival(signed_in, role)


def recover(work: Work, *, code: str, login: str, passphrase: str, browser: bytes, label: str) -> Arrival:
    """Set a login name and passphrase with the recovery code, end every other sign-in, make a new code.

    Raises MistypedRecoveryCode, RecoveryRefused, UnsuitableLogin, LoginTaken, WeakPassphrase, Busy.
    """
    printed = _read_code(code)
    index = _login_index(work, login)
    check_passphrase(passphrase, login=login)
    with work.unauthorised() as connection:
        found = accounts.by_recovery(connection, wraps.recovery_id(printed))
    if found is None:
        raise RecoveryRefused
    try:
        vault_key = wraps.unwrap_with_recovery(found.id, found.role, found.wrap, printed)
    except VaultError as error:
        raise RecoveryRefused from error
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(found.id, found.role, vault_key, passphrase, work.store.secret)
    new_code, role = new_recovery_code(), _role(found)
    recovery = wraps.wrap_for_recovery(found.id, found.role, vault_key, read_recovery_code(new_code))
    signed_in, row = _new_sign_in(work, found.id, role, vault_key, browser=browser, label=label)
    with work.unauthorised(writing=True) as connection:
        accounts.set_login(connection, found.id, index)
        accounts.replace_wrap(connection, found.id, wrap)
        accounts.replace_wrap(connection, found.id, recovery)
        ended = accounts.devices(connection, found.id, now=work.now)
        accounts.end_other_sign_ins(connection, found.id, but=None)
        accounts.clear_guesses(connection, index)
        accounts.add_sign_in(connection, found.id, **row)
    _forget(work, ended)
    _keep_idle(work, signed_in)
    return Arrival(signed_in, role, new_code)


@verb
def sign_out(work: Work, *, by: SignedIn) -> None:
    """End this sign-in at once. Raises SignedOut if it has ended already."""
    with work.authorised(by, writing=True) as (connection, access):
        accounts.end_sign_in(connection, by.account, access.stay.sign_in)
    work.forget(by)


@verb
def devices(work: Work, *, by: SignedIn) -> tuple[Device, ...]:
    """Where this person is signed in, last used first."""
    with work.authorised(by) as (connection, access):
        found = accounts.devices(connection, by.account, now=work.now)
        key = derive(access.keys.vault_key, "device label", by.account)
    return tuple(
        Device(
            it.id,
            _open_label(key, it, by.account),
            it.seen * MINUTE,
            it.expires,
            it.id == access.stay.sign_in,
        )
        for it in found
    )


@verb
def end_device(work: Work, *, by: SignedIn, device: bytes) -> None:
    """End another sign-in of the same person. Raises NotAllowed if there is none."""
    with work.authorised(by, writing=True) as (connection, _access):
        if not accounts.end_sign_in(connection, by.account, device):
            raise NotAllowed
    work.store.snapshots.drop(device)


@verb
def change_passphrase(work: Work, *, by: SignedIn, present: str, new: str, login: str) -> None:
    """Replace the passphrase and end every other sign-in.

    Raises SignInRefused if `present` or `login` is wrong, WeakPassphrase, TooManyTries, Busy.
    """
    work.reading(by)
    check_passphrase(new, login=login)
    index = _login_index(work, login, strict=False)
    _found, vault_key = _try(work, index, present, of=by.account)
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(by.account, work.role(by), vault_key, new, work.store.secret)
    with work.authorised(by, writing=True) as (connection, access):
        accounts.replace_wrap(connection, by.account, wrap)
        ended = accounts.devices(connection, by.account, now=work.now)
        accounts.end_other_sign_ins(connection, by.account, but=access.stay.sign_in)
        accounts.clear_guesses(connection, index)
    _forget(work, [it for it in ended if it.id != by.sign_in])


@verb
def new_code(work: Work, *, by: SignedIn, passphrase: str, login: str) -> str:
    """Make a new recovery code; the one before no longer works.

    Raises SignInRefused if `passphrase` or `login` is wrong, TooManyTries, Busy.
    """
    work.reading(by)
    _try(work, _login_index(work, login, strict=False), passphrase, of=by.account)
    code = new_recovery_code()
    with work.authorised(by, writing=True) as (connection, access):
        recovery = wraps.wrap_for_recovery(
            by.account, access.role, access.keys.vault_key, read_recovery_code(code)
        )
        accounts.replace_wrap(connection, by.account, recovery)
    return code


def is_last_group(typed: str, code: str) -> bool:
    """Whether somebody typed the last group of their recovery code, however they wrote it."""
    return same_group(typed, code)


def _login_index(work: Work, login: str, *, strict: bool = True) -> bytes:
    name = unicodedata.normalize("NFKC", login).strip().casefold()
    if strict and (
        len(name) not in LOGIN_LENGTHS or any(unicodedata.category(it).startswith("C") for it in name)
    ):
        raise UnsuitableLogin
    return keyed_hash(work.store.secret, "login", name.encode("utf-8", "surrogatepass"))


def _try(
    work: Work, index: bytes, passphrase: str, *, of: bytes | None = None
) -> tuple[accounts.Account, bytes]:
    """The account of a login name (only `of`, if given) and its vault key, always for one derivation.

    A try is counted in its turn: whoever is sent away as too busy has not made one.
    """
    with work.store.derivations.turn():
        _charge_a_try(work, index)
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


def _charge_a_try(work: Work, index: bytes) -> None:
    """Count the try before it is made, so that many at once cannot slip through."""
    with work.unauthorised(writing=True) as connection:
        failures, until = accounts.guesses_of(connection, index)
        if until > work.now:
            raise TooManyTries(until - work.now)
        failures += 1
        wait = 0 if failures <= FREE_TRIES else min(2 ** (failures - FREE_TRIES), LONGEST_WAIT)
        accounts.set_guesses(connection, index, failures, work.now + wait)


def _set_passphrase(work: Work, found: accounts.Account, vault_key: bytes, passphrase: str) -> None:
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(found.id, found.role, vault_key, passphrase, work.store.secret)
    with work.unauthorised(writing=True) as connection:
        accounts.replace_wrap(connection, found.id, wrap)


class _Row(TypedDict):
    """What `accounts.add_sign_in` stores."""

    wrap: Wrap
    browser: bytes
    minute: int
    idle: int
    expires: int
    label: bytes


def _new_sign_in(
    work: Work, account: bytes, role: Role, vault_key: bytes, *, browser: bytes, label: str
) -> tuple[SignedIn, _Row]:
    """A sign-in and its row, to be stored in the transaction that lets the person in."""
    token = new_key()
    expires = work.now + LASTS[role]
    wrap = wraps.wrap_for_sign_in(account, role, vault_key, token, expires=expires, secret=work.store.secret)
    key = derive(vault_key, "device label", account)
    padded = label[:LABEL_LENGTH].ljust(LABEL_LENGTH).encode()
    row = _Row(
        wrap=wrap,
        browser=browser,
        minute=work.now // MINUTE,
        idle=IDLE_MINUTES[role],
        expires=expires,
        label=seal(key, padded, "device label", account, wrap.id),
    )
    return SignedIn(account, token, browser), row


def _keep_idle(work: Work, by: SignedIn) -> None:
    """A new sign-in ends after the idle time the patient chose."""
    chosen = preferences(work, by=by).idle_minutes
    if work.role(by) == "patient" and chosen != IDLE_MINUTES["patient"]:
        set_idle(work, by=by, minutes=chosen)


def _forget(work: Work, ended: Iterable[accounts.Device]) -> None:
    """Drop what was opened for sign-ins that were ended from elsewhere."""
    for it in ended:
        work.store.snapshots.drop(it.id)


def _open_label(key: bytes, device: accounts.Device, account: bytes) -> str:
    try:
        return open_sealed(key, device.label, "device label", account, device.id).decode().strip()
    except VaultError:
        return ""


def _read_code(typed: str) -> bytes:
    try:
        return read_recovery_code(typed)
    except MistypedCode as error:
        raise MistypedRecoveryCode from error


def _role(found: accounts.Account) -> Role:
    return "therapist" if found.role == "therapist" else "patient"
