"""The second factor: a code that changes every half minute (RFC 6238), or a backup code instead, each once.

The secret that makes the codes is sealed under the account's vault key, so that it can be read only once the
passphrase or the recovery code was right. That a code is needed is said by the lock on the passphrase wrap, which
nobody takes off without the server secret, and not by a row that can be deleted. Therapists must have one.
"""

import base64
import binascii
import os
import re
import unicodedata
from typing import NamedTuple

from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError

from kapjournal.errors import (
    FactorCodeRefused,
    MistypedFactorCode,
    NotAllowed,
    OutOfRange,
    SecondFactorLost,
    SecondFactorMissing,
)
from kapjournal.people.confirming import require_confirmed
from kapjournal.people.letting_in import forget
from kapjournal.people.preferences import preferences
from kapjournal.records import SignedIn, Work, accounts, events, factors
from kapjournal.records.factors import Proof
from kapjournal.vault.codes import new_backup_code, read_backup_code
from kapjournal.vault.errors import MistypedCode, VaultError
from kapjournal.vault.factors import backup_code_id, open_factor, seal_factor
from kapjournal.verbs import verb

SECRET_BYTES = 20
BACKUP_CODES = 10
STEPS_ASIDE = 1
LONGEST_TYPED = 100


class Offer(NamedTuple):
    """A second factor that is not on yet: its secret in base32, and the same as an address for an app."""

    secret: str
    uri: str

    def __repr__(self) -> str:
        return "Offer(…)"


@verb
def begin(work: Work, *, by: SignedIn) -> Offer:
    """A new second factor to be shown. Nothing is stored until `turn_on`."""
    name = preferences(work, by=by).name or work.role(by)
    secret = base64.b32encode(os.urandom(SECRET_BYTES)).decode()
    return Offer(secret, TOTP(secret).provisioning_uri(name=name, issuer_name="kapjournal"))


@verb
def turn_on(work: Work, *, by: SignedIn, secret: str, code: str) -> tuple[str, ...]:
    """Turn a second factor on, or replace it, once a code proves that an app has its secret.

    Returns ten backup codes, once and never again. Every other sign-in ends. Raises OutOfRange, MistypedFactorCode,
    FactorCodeRefused, ConfirmFirst.
    """
    require_confirmed(work, by=by)
    raw, typed = _read_secret(secret), read_code(code)
    if isinstance(typed, bytes):
        raise FactorCodeRefused
    step = _step_of(raw, typed, work.now)
    codes = _new_codes()
    with work.authorised(by, writing=True) as (connection, access):
        events.note_own(connection, access.keys, access.role, "factor_on", work.now)
        factors.set_lock(connection, by.account, work.store.secret, on=True)
        sealed = seal_factor(by.account, access.keys.vault_key, raw)
        factors.put(connection, by.account, sealed, used=step)
        factors.put_backup_codes(connection, by.account, _ids(work, by, codes))
        ended = accounts.end_other_sign_ins(connection, by.account, but=by.sign_in)
    forget(work, ended)
    work.reread(by)
    return codes


@verb
def turn_off(work: Work, *, by: SignedIn) -> None:
    """Do without a second factor from now on. Every other sign-in ends.

    Raises NotAllowed for a therapist, SecondFactorMissing, ConfirmFirst, SecondFactorLost.
    """
    if work.role(by) != "patient":
        raise NotAllowed
    require_factor(work, by=by)
    require_confirmed(work, by=by)
    try:
        with work.authorised(by, writing=True) as (connection, access):
            events.note_own(connection, access.keys, access.role, "factor_off", work.now)
            factors.set_lock(connection, by.account, work.store.secret, on=False)
            factors.remove(connection, by.account)
            ended = accounts.end_other_sign_ins(connection, by.account, but=by.sign_in)
    except VaultError as error:
        raise SecondFactorLost from error
    forget(work, ended)
    work.reread(by)


@verb
def new_backup_codes(work: Work, *, by: SignedIn) -> tuple[str, ...]:
    """Ten backup codes in place of those before, shown once. Raises SecondFactorMissing, ConfirmFirst."""
    require_factor(work, by=by)
    require_confirmed(work, by=by)
    codes = _new_codes()
    with work.authorised(by, writing=True) as (connection, _access):
        factors.put_backup_codes(connection, by.account, _ids(work, by, codes))
    return codes


@verb
def backup_codes_left(work: Work, *, by: SignedIn) -> int:
    """How many backup codes this person has not used."""
    with work.authorised(by) as (connection, _access):
        return factors.backup_codes_left(connection, by.account)


@verb
def is_on(work: Work, *, by: SignedIn) -> bool:
    """Whether this person has a second factor."""
    return work.stay(by).factor


@verb
def require_factor(work: Work, *, by: SignedIn) -> None:
    """Raises SecondFactorMissing unless this person has a second factor."""
    if not is_on(work, by=by):
        raise SecondFactorMissing


def read_code(typed: str) -> str | bytes:
    """What somebody typed: six digits, or the bytes of a backup code. Raises MistypedFactorCode."""
    if len(typed) > LONGEST_TYPED:
        raise MistypedFactorCode
    digits = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", typed))
    if re.fullmatch("[0-9]{6}", digits):
        return digits
    try:
        return read_backup_code(typed)
    except MistypedCode as error:
        raise MistypedFactorCode from error


def prove(work: Work, *, account: bytes, vault_key: bytes, sealed: bytes | None, typed: str | bytes) -> Proof:
    """What a code proves; whether it was used before is for `factors.use` to say.

    `sealed` is what the database holds as the secret. Raises FactorCodeRefused, SecondFactorLost.
    """
    if isinstance(typed, bytes):
        return Proof(backup_code=backup_code_id(work.store.secret, account, typed))
    try:
        secret = open_factor(account, vault_key, sealed or b"")
    except VaultError as error:
        raise SecondFactorLost from error
    return Proof(step=_step_of(secret, typed, work.now))


def _step_of(secret: bytes, digits: str, now: int) -> int:
    """For which half minute, counted from 1970, a code was made: the present one or a neighbour."""
    totp = TOTP(base64.b32encode(secret).decode())
    try:
        return totp.verify_and_get_timecode(digits, for_time=now, valid_window=STEPS_ASIDE)
    except OTPVerificationError as error:
        raise FactorCodeRefused from error


def _read_secret(text: str) -> bytes:
    try:
        secret = base64.b32decode(text)
    except (ValueError, binascii.Error) as error:
        raise OutOfRange("secret") from error
    if len(secret) != SECRET_BYTES:
        raise OutOfRange("secret")
    return secret


def _new_codes() -> tuple[str, ...]:
    return tuple(new_backup_code() for _number in range(BACKUP_CODES))


def _ids(work: Work, by: SignedIn, codes: tuple[str, ...]) -> list[bytes]:
    return [backup_code_id(work.store.secret, by.account, read_backup_code(code)) for code in codes]
