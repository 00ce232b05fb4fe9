"""Somebody changes the access log in the database."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from kapjournal.database.tables import access_log, accounts
from kapjournal.sharing.log import access_log as read_log
from kapjournal.sharing.reading import summary
from kapjournal.vault.links import seal_event
from tests.cast import Cast, content
from tests.sharing.desk import linked
from tests.test_malicious_database import flip


def _line(statement: Any, n: int) -> Any:
    return statement.where(access_log.c.n == n)


def _body(connection: Connection, n: int) -> bytes:
    return bytes(connection.execute(_line(select(access_log.c.body), n)).scalar_one())


def _exchange(connection: Connection, one: int, two: int) -> None:
    first, second = _body(connection, one), _body(connection, two)
    connection.execute(_line(update(access_log), one).values(body=second))
    connection.execute(_line(update(access_log), two).values(body=first))


def _insert(connection: Connection, n: int) -> None:
    last = connection.execute(select(access_log).order_by(access_log.c.n.desc())).scalars().all()
    for number in range(len(last), n - 1, -1):
        connection.execute(_line(update(access_log), number).values(n=number + 1))
    key = connection.execute(select(accounts.c.public_key).where(accounts.c.role == "patient")).scalar_one()
    owner = connection.execute(select(access_log.c.owner)).scalars().first()
    body = seal_event(bytes(owner), bytes(key), n, b'{"event":{"what":"stop","at":1},"before":""}')
    row = {"owner": owner, "n": n, "day": 1, "mark": os.urandom(16), "times": 1, "body": body}
    connection.execute(insert(access_log), row)


LOG: dict[str, tuple[Callable[[Connection, int], object], bool]] = {
    "a line cut out of the middle": (lambda c, n: c.execute(_line(delete(access_log), n)), False),
    "a line changed": (
        lambda c, n: c.execute(_line(update(access_log), n).values(body=flip(_body(c, n), 60))),
        False,
    ),
    "a line replaced by another": (
        lambda c, n: c.execute(_line(update(access_log), n).values(body=_body(c, n - 1))),
        False,
    ),
    "two lines exchanged": (lambda c, n: _exchange(c, n, n - 1), False),
    "a line put in between": (_insert, False),
    "a line moved": (lambda c, n: c.execute(_line(update(access_log), n).values(n=999)), False),
    "the beginning cut off": (lambda c, n: c.execute(delete(access_log).where(access_log.c.n < n)), False),
    "the end cut off, as the threat model says": (
        lambda c, n: c.execute(delete(access_log).where(access_log.c.n > n)),
        True,
    ),
    "a counter changed, as the threat model says": (
        lambda c, n: c.execute(_line(update(access_log), n).values(times=1000)),
        True,
    ),
    "a day changed, which nobody is shown": (
        lambda c, n: c.execute(_line(update(access_log), n).values(day=1)),
        True,
    ),
}


@pytest.mark.parametrize("name", LOG)
def test_the_log_shows_what_was_done_to_it(cast: Cast, name: str) -> None:
    attack, whole = LOG[name]
    link = linked(cast, "check_ins")
    for page in ("summary", "pdf"):
        summary(cast.work(), by=cast.bob, link=link, content=content(), now=cast.now(), page=page)  # type: ignore[arg-type]
    before = read_log(cast.work(), by=cast.alice)
    assert before.whole
    with cast.engine.begin() as connection:
        attack(connection, len(before.lines) - 1)
    after = read_log(cast.work(), by=cast.alice)
    assert after.whole == whole
    true = {(it.n, it.event) for it in before.lines}
    assert all(it.event is None or (it.n, it.event) in true for it in after.lines if it.follows)


def test_nobody_else_opens_a_line_of_the_log(cast: Cast) -> None:
    linked(cast, "check_ins")
    with cast.engine.begin() as connection:
        connection.execute(delete(access_log).where(access_log.c.owner == cast.dora.account))
        connection.execute(update(access_log).values(owner=cast.dora.account))
    log = read_log(cast.work(), by=cast.dora)
    assert log.lines
    assert all(it.event is None for it in log.lines)
