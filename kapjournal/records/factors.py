"""Rows of second factors and of the backup codes that stand in for them, and the lock that says that one is on."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from kapjournal.database.tables import backup_codes, factors
from kapjournal.records import accounts
from kapjournal.vault import wraps
from kapjournal.vault.wraps import Wrap


class Proof(NamedTuple):
    """What a code says: the time step it was made for, or which backup code it is."""

    step: int = 0
    backup_code: bytes = b""


def secret_of(connection: Connection, account: bytes) -> bytes | None:
    """The sealed secret of an account's second factor."""
    found: bytes | None = connection.execute(
        select(factors.c.secret).where(factors.c.owner == account)
    ).scalar_one_or_none()
    return found


def put(connection: Connection, account: bytes, secret: bytes, *, used: int) -> None:
    """Store a second factor in place of the one before; `used` is the time step of its first accepted code."""
    connection.execute(delete(factors).where(factors.c.owner == account))
    connection.execute(insert(factors), {"owner": account, "secret": secret, "used": used})


def put_backup_codes(connection: Connection, account: bytes, ids: Sequence[bytes]) -> None:
    """Store backup codes in place of those before."""
    connection.execute(delete(backup_codes).where(backup_codes.c.owner == account))
    connection.execute(insert(backup_codes), [{"owner": account, "id": id} for id in ids])


def backup_codes_left(connection: Connection, account: bytes) -> int:
    """How many backup codes have not been used."""
    mine = select(func.count()).select_from(backup_codes).where(backup_codes.c.owner == account)
    return connection.execute(mine).scalar_one()


def remove(connection: Connection, account: bytes) -> None:
    """Remove a second factor with its backup codes, if there is one."""
    for table in (factors, backup_codes):
        connection.execute(delete(table).where(table.c.owner == account))


def use(connection: Connection, account: bytes, proof: Proof) -> bool:
    """Accept a proof once: a time step later than every one before, or a backup code that is still there."""
    if proof.backup_code:
        mine = (backup_codes.c.owner == account) & (backup_codes.c.id == proof.backup_code)
        return connection.execute(delete(backup_codes).where(mine)).rowcount == 1
    later = (factors.c.owner == account) & (factors.c.used < proof.step)
    return connection.execute(update(factors).where(later).values(used=proof.step)).rowcount == 1


def set_lock(connection: Connection, account: bytes, secret: bytes, *, on: bool) -> None:
    """Let the passphrase wrap say whether a second factor is on. `secret` is the server's. Raises VaultError."""
    accounts.take_turns(connection, account)
    found = accounts.by_id(connection, account)
    if found is not None:
        change = wraps.lock if on else wraps.unlock
        accounts.replace_wrap(connection, account, change(account, found.role, found.wrap, secret))


def replace_passphrase(connection: Connection, account: bytes, wrap: Wrap, secret: bytes) -> None:
    """Store a passphrase wrap in place of the one before; a lock stays. `secret` is the server's."""
    accounts.take_turns(connection, account)
    found = accounts.by_id(connection, account)
    if found is not None and wraps.is_locked(found.wrap):
        wrap = wraps.lock(account, found.role, wrap, secret)
    accounts.replace_wrap(connection, account, wrap)
