"""Rows of accounts, their wraps, sign-ins and guess counters, and the facts of the database itself."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, LargeBinary, bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from kapjournal.database.tables import accounts, facts, guesses, sign_ins, wraps
from kapjournal.errors import LoginTaken, RecoveryRefused
from kapjournal.vault.codes import therapist_mark
from kapjournal.vault.wraps import Wrap

_WRAP = (wraps.c.purpose, wraps.c.id, wraps.c.salt, wraps.c.parameters, wraps.c.blob)


class Account(NamedTuple):
    """An account with the wrap that was asked for."""

    id: bytes
    role: str
    wrap: Wrap


class Ways(NamedTuple):
    """New ways into an account: a login index, a passphrase wrap, and the id of the recovery wrap that allowed them."""

    login: bytes
    passphrase: Wrap
    recovery: bytes


class Therapist(NamedTuple):
    """What the database says of somebody who is found by a code; `card` is sealed under the server secret."""

    id: bytes
    role: str
    public_key: bytes
    card: bytes | None


class Device(NamedTuple):
    """A sign-in: its label is sealed, `seen` is the UTC minute of its last activity, `expires` UTC seconds."""

    id: bytes
    label: bytes
    seen: int
    expires: int


def create(
    connection: Connection, *, id: bytes, role: str, login: bytes, public_key: bytes, wraps_: Sequence[Wrap]
) -> None:
    """Create an account with its wraps; a therapist's with what their code is found by. Raises LoginTaken."""
    row = {"id": id, "role": role, "login": login, "seq": 0, "public_key": public_key}
    row["code"] = therapist_mark(id, public_key) if role == "therapist" else None
    try:
        connection.execute(insert(accounts), row)
    except IntegrityError as error:
        raise LoginTaken from error
    for wrap in wraps_:
        add_wrap(connection, id, wrap)


def by_login(connection: Connection, login: bytes) -> Account | None:
    """The account of a login index, with its passphrase wrap."""
    return _found(connection, (accounts.c.login == login) & (wraps.c.purpose == "passphrase"))


def by_recovery(connection: Connection, id: bytes) -> Account | None:
    """The account whose recovery code is found under `id`, with that wrap."""
    return _found(connection, (wraps.c.purpose == "recovery") & (wraps.c.id == id))


def by_id(connection: Connection, account: bytes) -> Account | None:
    """An account with its passphrase wrap."""
    return _found(connection, (accounts.c.id == account) & (wraps.c.purpose == "passphrase"))


def by_half(connection: Connection, account: bytes, id: bytes) -> Account | None:
    """An account with a wrap that waits for the second step of a sign-in."""
    return _found(connection, (accounts.c.id == account) & (wraps.c.purpose == "half") & (wraps.c.id == id))


def lock(connection: Connection, account: bytes) -> int:
    """Let nobody else write for this person before the transaction ends; the number of their last change.

    SQLite has one writer anyway, and a reader sees one state.
    """
    here = select(accounts.c.seq).where(accounts.c.id == account)
    seq: int = connection.execute(here.with_for_update(key_share=True)).scalar_one()
    return seq


def take_turns(connection: Connection, account: bytes) -> None:
    """Let nobody else who takes turns change the ways into this account before the transaction ends.

    SQLite has one writer anyway.
    """
    connection.execute(select(accounts.c.id).where(accounts.c.id == account).with_for_update())


def by_code(connection: Connection, code: bytes) -> Therapist | None:
    """Whoever is found by a therapist's code."""
    columns = (accounts.c.id, accounts.c.role, accounts.c.public_key, accounts.c.card)
    row = connection.execute(select(*columns).where(accounts.c.code == code)).one_or_none()
    return None if row is None else Therapist(bytes(row.id), row.role, bytes(row.public_key), row.card)


def set_card(connection: Connection, account: bytes, card: bytes) -> None:
    """Store what a therapist calls themself, sealed."""
    connection.execute(update(accounts).where(accounts.c.id == account).values(card=card))


def _found(connection: Connection, where: object) -> Account | None:
    found = select(accounts.c.id.label("account"), accounts.c.role, *_WRAP).join_from(
        wraps, accounts, accounts.c.id == wraps.c.owner
    )
    row = connection.execute(found.where(where)).one_or_none()  # type: ignore[arg-type]  # a column expression
    return None if row is None else Account(row.account, row.role, Wrap(*row[2:]))


def add_wrap(connection: Connection, account: bytes, wrap: Wrap) -> None:
    """Store a wrap."""
    connection.execute(insert(wraps), {"owner": account, **wrap._asdict()})


def replace_wrap(connection: Connection, account: bytes, wrap: Wrap) -> None:
    """Store a wrap in place of every other of the same purpose."""
    connection.execute(delete(wraps).where(wraps.c.owner == account, wraps.c.purpose == wrap.purpose))
    add_wrap(connection, account, wrap)


def set_login(connection: Connection, account: bytes, login: bytes) -> None:
    """Give an account a login index. Raises LoginTaken."""
    try:
        connection.execute(update(accounts).where(accounts.c.id == account).values(login=login))
    except IntegrityError as error:
        raise LoginTaken from error


def replace_ways(connection: Connection, account: bytes, ways: Ways, recovery: Wrap) -> tuple[bytes, ...]:
    """Take new ways in, with a new recovery wrap, and end every sign-in; their ids.

    Raises LoginTaken, and RecoveryRefused if the recovery wrap that allowed it is there no more.
    """
    take_turns(connection, account)
    if by_recovery(connection, ways.recovery) is None:
        raise RecoveryRefused
    set_login(connection, account, ways.login)
    replace_wrap(connection, account, ways.passphrase)
    replace_wrap(connection, account, recovery)
    clear_guesses(connection, ways.login)
    return end_other_sign_ins(connection, account, but=None)


def add_sign_in(
    connection: Connection,
    account: bytes,
    wrap: Wrap,
    *,
    browser: bytes,
    minute: int,
    idle: int,
    expires: int,
    label: bytes,
) -> None:
    """Store a sign-in and its wrap. It counts as a proof of the passphrase."""
    row = {
        "owner": account,
        "id": wrap.id,
        "browser": browser,
        "seen": minute,
        "idle": idle,
        "expires": expires,
        "confirmed": minute,
    }
    connection.execute(insert(sign_ins), row | {"label": label})
    add_wrap(connection, account, wrap)


def confirm(connection: Connection, account: bytes, sign_in: bytes, minute: int) -> None:
    """Note a proof of the passphrase in a sign-in."""
    here = (sign_ins.c.owner == account) & (sign_ins.c.id == sign_in)
    connection.execute(update(sign_ins).where(here).values(confirmed=minute))


def seen(connection: Connection, account: bytes, sign_in: bytes, minute: int) -> None:
    """Note activity in a sign-in."""
    here = (sign_ins.c.owner == account) & (sign_ins.c.id == sign_in)
    connection.execute(update(sign_ins).where(here, sign_ins.c.seen < minute).values(seen=minute))


def set_idle(connection: Connection, account: bytes, minutes: int) -> None:
    """Set after how many idle minutes every sign-in of an account ends."""
    connection.execute(update(sign_ins).where(sign_ins.c.owner == account).values(idle=minutes))


def devices(connection: Connection, account: bytes, *, now: int) -> tuple[Device, ...]:
    """The sign-ins of an account that have not ended, last used first."""
    alive = (sign_ins.c.expires > now) & ((sign_ins.c.seen + sign_ins.c.idle) * 60 > now)
    found = connection.execute(
        select(sign_ins.c.id, sign_ins.c.label, sign_ins.c.seen, sign_ins.c.expires)
        .where(sign_ins.c.owner == account, alive)
        .order_by(sign_ins.c.seen.desc(), sign_ins.c.id)
    )
    return tuple(Device(*row) for row in found)


def end_sign_in(connection: Connection, account: bytes, sign_in: bytes) -> bool:
    """Remove a sign-in and its wrap; whether there was one."""
    connection.execute(
        delete(wraps).where(wraps.c.owner == account, wraps.c.purpose == "sign-in", wraps.c.id == sign_in)
    )
    ended = delete(sign_ins).where(sign_ins.c.owner == account, sign_ins.c.id == sign_in)
    return connection.execute(ended).rowcount > 0


def end_half(connection: Connection, account: bytes, id: bytes) -> bool:
    """Remove a wrap that waits for the second step of a sign-in; whether there was one."""
    mine = (wraps.c.owner == account) & (wraps.c.purpose == "half") & (wraps.c.id == id)
    return connection.execute(delete(wraps).where(mine)).rowcount > 0


def end_other_sign_ins(connection: Connection, account: bytes, *, but: bytes | None) -> tuple[bytes, ...]:
    """Remove every sign-in of an account but one, also those that wait for their second step; their ids."""
    connection.execute(delete(wraps).where(wraps.c.owner == account, wraps.c.purpose == "half"))
    found = connection.execute(select(sign_ins.c.id).where(sign_ins.c.owner == account)).scalars()
    ended = tuple(id for id in found if id != but)
    for id in ended:
        end_sign_in(connection, account, id)
    return ended


def end_all_sign_ins(connection: Connection) -> None:
    """Remove every sign-in of everybody."""
    connection.execute(delete(wraps).where(wraps.c.purpose.in_(("sign-in", "half"))))
    connection.execute(delete(sign_ins))


def end_expired(connection: Connection, now: int) -> None:
    """Remove every sign-in that has ended, also those whose second step never came. Needs no key."""
    # UTC seconds have ten digits until the year 2286, so that as texts they have the same order.
    late = (wraps.c.purpose == "half") & (wraps.c.parameters <= str(now))
    connection.execute(delete(wraps).where(late))
    dead = (sign_ins.c.expires <= now) | ((sign_ins.c.seen + sign_ins.c.idle) * 60 <= now)
    for row in connection.execute(select(sign_ins.c.owner, sign_ins.c.id).where(dead)).all():
        end_sign_in(connection, row.owner, row.id)


_COUNTER = text(
    "INSERT INTO guesses (login, failures, until) VALUES (:login, 0, 0) "
    "ON CONFLICT (login) DO UPDATE SET failures = guesses.failures RETURNING failures, until"
).bindparams(bindparam("login", type_=LargeBinary))


def guesses_of(connection: Connection, login: bytes) -> tuple[int, int]:
    """Failed tries for a login index, and until when (UTC seconds) it has to wait.

    The counter is locked until the transaction ends, so that tries at once are counted one after the other.
    """
    row = connection.execute(_COUNTER, {"login": login}).one()
    return row.failures, row.until


def set_guesses(connection: Connection, login: bytes, failures: int, until: int) -> None:
    """Count a try, after `guesses_of` in the same transaction."""
    counted = update(guesses).where(guesses.c.login == login)
    connection.execute(counted.values(failures=failures, until=until))


def clear_guesses(connection: Connection, login: bytes) -> None:
    """Forget the tries for a login index."""
    connection.execute(delete(guesses).where(guesses.c.login == login))


def forget_guesses(connection: Connection, before: int) -> None:
    """Forget counters that have not moved since `before` (UTC seconds)."""
    connection.execute(delete(guesses).where(guesses.c.until < before))


def fact(connection: Connection, name: str) -> bytes | None:
    """A fact of the database itself."""
    value: bytes | None = connection.execute(
        select(facts.c.value).where(facts.c.name == name)
    ).scalar_one_or_none()
    return value


def set_fact(connection: Connection, name: str, value: bytes) -> None:
    """Set a fact of the database itself."""
    connection.execute(delete(facts).where(facts.c.name == name))
    connection.execute(insert(facts), {"name": name, "value": value})


def latest(connection: Connection) -> int:
    """The latest moment (UTC seconds) that any process has noted: a clock that is set back brings nothing back."""
    noted = fact(connection, "latest")
    return int.from_bytes(noted) if noted else 0


def set_latest(connection: Connection, now: int) -> None:
    """Note that it is now (UTC seconds), unless it was later already."""
    if now > latest(connection):
        set_fact(connection, "latest", now.to_bytes(8))


def anybody(connection: Connection) -> bool:
    """Whether there is any account."""
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None
