"""The access log of an account: lines sealed to its owner by whoever causes them, each naming the hash of the last.

A database writer can cut the end off, and add lines of their own after it; they can neither read a line nor change one
without breaking the chain. `times` counts looks in the same quarter of an hour and is not part of the chain.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from kapjournal.database.tables import access_log
from kapjournal.records import links
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import VaultKeys
from kapjournal.vault.links import open_event, seal_event

DAY = 86_400
FIRST = bytes(32)


class Event(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What happened at `at` (UTC seconds): a word for it, the link it is about (b"" for none), and a detail."""

    what: str
    at: int
    link: bytes = b""
    detail: str = ""


class _Line(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    event: Event
    before: bytes


class Logged(NamedTuple):
    """A line of the log; `event` is None if it does not open. `follows` says whether it names the line before it."""

    n: int
    event: Event | None
    times: int
    follows: bool


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


def note(
    connection: Connection, owner: bytes, public_key: bytes, event: Event, *, mark: bytes | None = None
) -> None:
    """Add a line to somebody's log. With a `mark` that is there already, that line counts one more time instead."""
    links.lock(connection, owner)
    if mark is not None and _again(connection, owner, mark):
        return
    last = connection.execute(
        select(access_log.c.n, access_log.c.body)
        .where(access_log.c.owner == owner)
        .order_by(access_log.c.n.desc())
        .limit(1)
    ).one_or_none()
    n, before = (1, FIRST) if last is None else (last.n + 1, sha256(last.body).digest())
    body = seal_event(owner, public_key, n, _encode(_Line(event, before)))
    row = {"owner": owner, "n": n, "day": event.at // DAY, "mark": mark or os.urandom(16), "times": 1}
    connection.execute(insert(access_log), row | {"body": body})


def note_own(
    connection: Connection, keys: VaultKeys, role: str, what: str, at: int, *, detail: str = ""
) -> None:
    """Add a line about a patient's own account. Called first in a transaction: a line takes the lock of the account.

    Therapists have no such log: nobody would read it.
    """
    if role == "patient":
        note(connection, keys.account, keys.public_key(), Event(what, at, detail=detail))


def _again(connection: Connection, owner: bytes, mark: bytes) -> bool:
    here = (access_log.c.owner == owner) & (access_log.c.mark == mark)
    counted = update(access_log).where(here).values(times=access_log.c.times + 1)
    return connection.execute(counted).rowcount > 0


def events(connection: Connection, keys: VaultKeys, most: int) -> Sequence[Logged]:
    """The latest lines of a log, latest first."""
    found = connection.execute(
        select(access_log.c.n, access_log.c.times, access_log.c.body)
        .where(access_log.c.owner == keys.account)
        .order_by(access_log.c.n.desc())
        .limit(most + 1)
    ).all()
    before = {row.n + 1: sha256(row.body).digest() for row in found} | {1: FIRST}
    return [_opened(keys, row.n, row.times, row.body, before.get(row.n)) for row in found[:most]]


def count(connection: Connection, owner: bytes) -> int:
    """How many lines a log has."""
    here = select(func.count()).select_from(access_log).where(access_log.c.owner == owner)
    return int(connection.execute(here).scalar_one())


def _opened(keys: VaultKeys, n: int, times: int, body: bytes, before: bytes | None) -> Logged:
    try:
        line = _decode(open_event(keys, n, body))
    except (VaultError, msgspec.MsgspecError):
        return Logged(n, None, times, follows=False)
    return Logged(n, line.event, times, follows=line.before == before)
