"""Sign up, sign in, recover, sign out; other devices; a new passphrase or recovery code.

Login names are stored as a keyed hash. Guessing is slowed down before anything is derived; an unknown
login name costs and answers the same as a wrong passphrase.

Where a second factor is on, signing in and recovering stop half-way: what they give is half a sign-in, good for five
minutes and for `finish_sign_in` alone. It holds neither the passphrase nor the recovery code.
"""

import os

from kapjournal.errors import (
    MistypedRecoveryCode,
    NotAllowed,
    OutOfRange,
    RecoveryRefused,
)
from kapjournal.people.confirming import confirm, require_confirmed
from kapjournal.people.guessing import charge_a_try, try_passphrase
from kapjournal.people.letting_in import (
    LABEL_LENGTH,
    LASTS,
    MINUTE,
    Opened,
    forget,
    halve,
    let_in,
    new_sign_in,
    open_half,
)
from kapjournal.people.logins import login_index, login_within, new_login_index
from kapjournal.people.passphrases import check_passphrase
from kapjournal.people.second_factor import prove, read_code
from kapjournal.people.values import Arrival, Device, Half, Role
from kapjournal.records import SignedIn, Work, accounts, events, factors
from kapjournal.records.accounts import Account, Ways
from kapjournal.vault import wraps
from kapjournal.vault.codes import new_recovery_code, read_recovery_code, same_group
from kapjournal.vault.errors import MistypedCode, VaultError
from kapjournal.vault.factors import opens_factor
from kapjournal.vault.keys import derive, keyed_hash, new_key, vault_keys
from kapjournal.vault.sealing import open_sealed
from kapjournal.verbs import verb


def sign_up(work: Work, *, login: str, passphrase: str, role: Role, browser: bytes, label: str) -> Arrival:
    """Create an account and sign in. The recovery code is returned once and never again.

    Raises UnsuitableLogin, LoginTaken, WeakPassphrase, TooLong, Busy, StorageUnavailable.
    """
    if role not in LASTS:
        raise OutOfRange("role")
    index = new_login_index(work, login)
    check_passphrase(passphrase, login=login)
    account, vault_key = os.urandom(16), new_key()
    code = new_recovery_code()
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(account, role, vault_key, passphrase, work.store.secret)
    recovery = wraps.wrap_for_recovery(account, role, vault_key, read_recovery_code(code))
    keys = vault_keys(account, vault_key)
    signed_in, row = new_sign_in(work, Opened(Account(account, role, wrap), vault_key, browser, label))
    with work.unauthorised(writing=True) as connection:
        accounts.create(
            connection,
            id=account,
            role=role,
            login=index,
            public_key=keys.public_key(),
            wraps_=(wrap, recovery),
        )
        events.note_own(connection, keys, role, "sign_up", work.now, detail=label[:LABEL_LENGTH])
        accounts.add_sign_in(connection, account, **row)
    return Arrival(signed_in, role, code)


def sign_in(work: Work, *, login: str, passphrase: str, browser: bytes, label: str) -> Arrival | Half:
    """Begin a sign-in, or half of one where a second factor is on.

    Raises SignInRefused, TooManyTries, Busy, StorageUnavailable.
    """
    index = login_index(work, login)
    found, vault_key = try_passphrase(work, index, passphrase)
    if wraps.needs_rewrap(found.wrap):
        _rewrap(work, found, vault_key, passphrase)
    who = Opened(found, vault_key, browser, label)
    if wraps.is_locked(found.wrap):
        return halve(work, who, counted=index)
    return let_in(work, who, counted=index)


def recover(
    work: Work, *, code: str, login: str, passphrase: str, browser: bytes, label: str
) -> Arrival | Half:
    """Set a login name and passphrase with the recovery code, end every other sign-in, make a new code.

    Where a second factor is on, all of that waits for `finish_sign_in`. One that does not open any more is dropped.
    Raises MistypedRecoveryCode, RecoveryRefused, UnsuitableLogin, LoginTaken, WeakPassphrase, Busy.
    """
    printed = _read_code(code)
    index = new_login_index(work, login)
    check_passphrase(passphrase, login=login)
    found, vault_key = _open_with(work, printed)
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(found.id, found.role, vault_key, passphrase, work.store.secret)
    with work.unauthorised() as connection:
        factor = factors.secret_of(connection, found.id)
    who = Opened(found, vault_key, browser, label)
    if factor is not None and opens_factor(found.id, vault_key, factor):
        locked = wraps.lock(found.id, found.role, wrap, work.store.secret)
        return halve(work, who, ways=Ways(index, locked, found.wrap.id))
    return let_in(work, who, counted=index, ways=Ways(index, wrap, found.wrap.id))


def finish_sign_in(work: Work, *, half: Half, code: str, browser: bytes, label: str) -> Arrival:
    """Do what half a sign-in was for, with a code of the second factor or a backup code.

    Raises HalfEnded, MistypedFactorCode, FactorCodeRefused, SecondFactorLost, TooManyTries; after a recovery also
    RecoveryRefused, LoginTaken.
    """
    typed = read_code(code)
    who = open_half(work, half, browser=browser, label=label)
    counted = keyed_hash(work.store.secret, "code tries", half.account)
    charge_a_try(work, counted)
    with work.unauthorised() as connection:
        factor = factors.secret_of(connection, half.account)
    proof = prove(work, account=half.account, vault_key=who.vault_key, sealed=factor, typed=typed)
    return let_in(work, who, counted=counted, ways=half.ways, proof=proof)


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
    """End another sign-in of the same person. Raises ConfirmFirst, NotAllowed if there is none."""
    require_confirmed(work, by=by)
    with work.authorised(by, writing=True) as (connection, _access):
        if not accounts.end_sign_in(connection, by.account, device):
            raise NotAllowed
    work.store.snapshots.drop(device)


@verb
def change_passphrase(work: Work, *, by: SignedIn, present: str, new: str) -> None:
    """Replace the passphrase and end every other sign-in.

    Raises WrongPassphrase if `present` is wrong, WeakPassphrase, TooLong, TooManyTries, Busy.
    """
    with work.authorised(by) as (_connection, access):
        keys = access.keys
    check_passphrase(new, login=login_within(work, new, access.login))
    confirm(work, by=by, passphrase=present)
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(by.account, access.role, keys.vault_key, new, work.store.secret)
    with work.authorised(by, writing=True) as (connection, access):
        events.note_own(connection, access.keys, access.role, "passphrase", work.now)
        factors.replace_passphrase(connection, by.account, wrap, work.store.secret)
        ended = accounts.end_other_sign_ins(connection, by.account, but=access.stay.sign_in)
    forget(work, ended)


@verb
def new_code(work: Work, *, by: SignedIn, passphrase: str) -> str:
    """Make a new recovery code; the one before no longer works.

    Raises WrongPassphrase, TooManyTries, Busy.
    """
    confirm(work, by=by, passphrase=passphrase)
    code = new_recovery_code()
    with work.authorised(by, writing=True) as (connection, access):
        events.note_own(connection, access.keys, access.role, "recovery_code", work.now)
        recovery = wraps.wrap_for_recovery(
            by.account, access.role, access.keys.vault_key, read_recovery_code(code)
        )
        accounts.replace_wrap(connection, by.account, recovery)
    return code


def is_last_group(typed: str, code: str) -> bool:
    """Whether somebody typed the last group of their recovery code, however they wrote it."""
    return same_group(typed, code)


def _rewrap(work: Work, found: Account, vault_key: bytes, passphrase: str) -> None:
    with work.store.derivations.turn():
        wrap = wraps.wrap_for_passphrase(found.id, found.role, vault_key, passphrase, work.store.secret)
    with work.unauthorised(writing=True) as connection:
        factors.replace_passphrase(connection, found.id, wrap, work.store.secret)


def _open_label(key: bytes, device: accounts.Device, account: bytes) -> str:
    try:
        return open_sealed(key, device.label, "device label", account, device.id).decode().strip()
    except VaultError:
        return ""


def _open_with(work: Work, printed: bytes) -> tuple[Account, bytes]:
    """The account of a recovery code, and its vault key. Raises RecoveryRefused."""
    with work.unauthorised() as connection:
        found = accounts.by_recovery(connection, wraps.recovery_id(printed))
    if found is None:
        raise RecoveryRefused
    try:
        return found, wraps.unwrap_with_recovery(found.id, found.role, found.wrap, printed)
    except VaultError as error:
        raise RecoveryRefused from error


def _read_code(typed: str) -> bytes:
    try:
        return read_recovery_code(typed)
    except MistypedCode as error:
        raise MistypedRecoveryCode from error
