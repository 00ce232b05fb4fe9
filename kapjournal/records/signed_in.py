"""Who acts: checked on every verb against the stored sign-in, which also opens the keys."""

import hmac
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kapjournal.database.tables import accounts, factors, sign_ins, wraps
from kapjournal.errors import SignedOut
from kapjournal.vault.errors import VaultError
from kapjournal.vault.factors import opens_factor
from kapjournal.vault.keys import VaultKeys, fingerprint, vault_keys
from kapjournal.vault.wraps import Wrap, unwrap_with_token

MINUTE = 60


class SignedIn(NamedTuple):
    """What a tab shows for every verb: account id, sign-in token, and what binds both to the browser. No key."""

    account: bytes
    token: bytes
    browser: bytes

    def __repr__(self) -> str:
        return "SignedIn(…)"

    @property
    def sign_in(self) -> bytes:
        """The id of the sign-in."""
        return fingerprint(self.token)


class Stay(NamedTuple):
    """How long a sign-in lasts, and what it has proven.

    `expires` is UTC seconds, `seen` the UTC minute of the last activity, `confirmed` that of the last proof of the
    passphrase, `idle` minutes; `factor` is whether the account has a second factor that opens.
    """

    sign_in: bytes
    expires: int
    seen: int
    idle: int
    confirmed: int
    factor: bool

    @property
    def ends(self) -> int:
        """When this sign-in ends if nothing more is done, UTC seconds."""
        return min(self.expires, (self.seen + self.idle) * MINUTE)


class Access(NamedTuple):
    """An accepted sign-in with the keys it opens; lives no longer than one transaction. `now` is UTC seconds."""

    account: bytes
    role: str
    login: bytes
    seq: int
    stay: Stay
    keys: VaultKeys
    now: int

    def __repr__(self) -> str:
        return "Access(…)"


_FIND = (
    select(
        accounts.c.role,
        accounts.c.login,
        accounts.c.seq,
        sign_ins.c.browser,
        sign_ins.c.seen,
        sign_ins.c.idle,
        sign_ins.c.confirmed,
        wraps.c.parameters,
        wraps.c.blob,
        factors.c.secret.label("factor"),
    )
    .join_from(sign_ins, accounts, accounts.c.id == sign_ins.c.owner)
    .join(
        wraps,
        (wraps.c.owner == sign_ins.c.owner) & (wraps.c.purpose == "sign-in") & (wraps.c.id == sign_ins.c.id),
    )
    .join(factors, factors.c.owner == sign_ins.c.owner, isouter=True)
    .where(sign_ins.c.owner == bindparam("account"), sign_ins.c.id == bindparam("sign_in"))
)


def authorise(connection: Connection, by: SignedIn, *, now: int, secret: bytes) -> Access:
    """Open the keys of a sign-in that is known, alive and of this browser. Raises SignedOut."""
    sign_in = by.sign_in
    row = connection.execute(_FIND, {"account": by.account, "sign_in": sign_in}).one_or_none()
    if row is None or not hmac.compare_digest(row.browser, by.browser):
        raise SignedOut
    try:
        wrap = Wrap("sign-in", sign_in, b"", row.parameters, row.blob)
        vault_key, expires = unwrap_with_token(by.account, row.role, wrap, by.token, secret)
    except VaultError as error:
        raise SignedOut from error
    has_factor = row.factor is not None and opens_factor(by.account, vault_key, row.factor)
    stay = Stay(sign_in, expires, row.seen, row.idle, row.confirmed, has_factor)
    if now >= stay.ends:
        raise SignedOut
    return Access(by.account, row.role, row.login, row.seq, stay, vault_keys(by.account, vault_key), now)
