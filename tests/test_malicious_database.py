"""Somebody who writes to the database: what they change, and the named outcome. Nothing is ever read or forged."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from kapjournal.database.tables import accounts, record_history, records, sign_ins, wraps
from kapjournal.errors import DamagedRecord, SignedOut, SignInRefused
from kapjournal.journal.reading import entries, entry
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.people.signing_in import sign_in, sign_out
from tests.cast import BROWSER, PASSPHRASE, Cast

Attack = Callable[[Connection, bytes, bytes], object]


def written(cast: Cast, words: str, *, by: Any = None) -> bytes:
    draft = Draft(os.urandom(16), os.urandom(16), words)
    who = by or cast.alice
    write(cast.work(), by=who, draft=draft, about=About(), now=cast.now())
    finish(cast.work(), by=who, entry=draft.id, now=cast.now())
    return draft.id


def row(connection: Connection, id: bytes) -> Any:
    return connection.execute(select(records).where(records.c.id == id)).one()


def change(connection: Connection, id: bytes, **values: Any) -> None:
    connection.execute(update(records).where(records.c.id == id).values(**values))


def flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def forge(connection: Connection, mine: bytes, _other: bytes) -> None:
    """Without the key, a body can only be copied from elsewhere."""
    copy = row(connection, mine)._asdict() | {"id": os.urandom(16), "seq": 999, "save_id": os.urandom(16)}
    connection.execute(insert(records).values(**copy))
    connection.execute(update(accounts).where(accounts.c.id == copy["owner"]).values(seq=999))
    change(connection, mine, body=b"")


DAMAGE: dict[str, Attack] = {
    "the body of another record": lambda c, mine, other: change(c, mine, body=row(c, other).body),
    "body and key of another record": lambda c, mine, other: change(
        c, mine, body=row(c, other).body, dek=row(c, other).dek
    ),
    "a flipped bit in the body": lambda c, mine, other: change(c, mine, body=flip(row(c, mine).body, 100)),
    "a flipped bit in the key": lambda c, mine, other: change(c, mine, dek=flip(row(c, mine).dek, 40)),
    "a body cut short": lambda c, mine, other: change(c, mine, body=row(c, mine).body[:-1]),
    "an empty body": lambda c, mine, other: change(c, mine, body=b""),
    "another kind": lambda c, mine, other: change(c, mine, kind="form"),
    "another version": lambda c, mine, other: change(c, mine, version=7),
    "another generation": lambda c, mine, other: change(c, mine, gen=2),
    "a format of the future": lambda c, mine, other: change(c, mine, body=b"KJ\x09" + row(c, mine).body[3:]),
    "a forged entry": forge,
}


@pytest.mark.parametrize("attack", DAMAGE.values(), ids=DAMAGE)
def test_that_entry_is_damaged_and_the_others_open(cast: Cast, attack: Attack) -> None:
    mine, other = written(cast, "mine"), written(cast, "other")
    with cast.engine.begin() as connection:
        attack(connection, mine, other)
    cast.store.snapshots.clear()
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["other"]
    with pytest.raises(DamagedRecord):
        entry(cast.work(), by=cast.alice, id=mine)


def test_a_record_moved_to_another_person_does_not_open(cast: Cast) -> None:
    mine = written(cast, "mine")
    with cast.engine.begin() as connection:
        owner = cast.dora.account
        change(connection, mine, owner=owner, seq=50)
        connection.execute(update(accounts).where(accounts.c.id == owner).values(seq=50))
    cast.store.snapshots.clear()
    assert entries(cast.work(), by=cast.dora) == ()
    with pytest.raises(DamagedRecord):
        entry(cast.work(), by=cast.dora, id=mine)


def test_an_earlier_state_can_be_put_back_as_the_threat_model_says(cast: Cast) -> None:
    mine = written(cast, "first")
    with cast.engine.begin() as connection:
        before = row(connection, mine)._asdict()
    push = Draft(mine, os.urandom(16), "second", base_version=before["version"])
    write(cast.work(), by=cast.alice, draft=push, about=About(), now=cast.now())
    with cast.engine.begin() as connection:
        connection.execute(delete(record_history))
        change(connection, mine, **{name: before[name] for name in ("version", "body", "dek")})
    cast.store.snapshots.clear()
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["first"]


def passphrase_wrap(cast: Cast, by: Any, **values: Any) -> None:
    with cast.engine.begin() as connection:
        mine = (wraps.c.owner == by.account) & (wraps.c.purpose == "passphrase")
        connection.execute(update(wraps).where(mine).values(**values))


def enter(cast: Cast, name: str) -> Any:
    typed = PASSPHRASE.format(name=name)
    return sign_in(cast.work(), login=name, passphrase=typed, browser=BROWSER, label="").signed_in


def test_swapped_wraps_let_nobody_in(cast: Cast) -> None:
    alice, dora = cast.alice, cast.dora
    with cast.engine.begin() as connection:
        found = {
            it.owner: it
            for it in connection.execute(select(wraps).where(wraps.c.purpose == "passphrase")).all()
        }
    swapped = found[dora.account]
    passphrase_wrap(cast, alice, salt=swapped.salt, parameters=swapped.parameters, blob=swapped.blob)
    for typed in (PASSPHRASE.format(name="dora"), PASSPHRASE.format(name="alice")):
        with pytest.raises(SignInRefused):
            sign_in(cast.work(), login="alice", passphrase=typed, browser=BROWSER, label="")


@pytest.mark.parametrize(
    "parameters", ['{"m": 8, "t": 1}', '{"m": 900000, "t": 3}', '{"m": 65536, "t": 99}', "{}", ""]
)
def test_a_weaker_or_absurd_key_derivation_is_refused(cast: Cast, parameters: str) -> None:
    passphrase_wrap(cast, cast.alice, parameters=parameters)
    with pytest.raises(SignInRefused):
        enter(cast, "alice")


def test_a_sign_in_cannot_be_made_to_last(cast: Cast) -> None:
    far = cast.at + 10**9
    with cast.engine.begin() as connection:
        connection.execute(
            update(sign_ins).where(sign_ins.c.owner == cast.alice.account).values(expires=far, idle=10**6)
        )
    cast.at += 25 * 3600
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


def test_the_authenticated_end_cannot_be_moved(cast: Cast) -> None:
    with cast.engine.begin() as connection:
        mine = (wraps.c.owner == cast.alice.account) & (wraps.c.purpose == "sign-in")
        connection.execute(update(wraps).where(mine).values(parameters=str(cast.at + 10**9)))
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


def test_a_sign_in_of_another_browser_needs_the_token_too(cast: Cast) -> None:
    other = cast.alice._replace(browser=b"x" * 32)
    with cast.engine.begin() as connection:
        connection.execute(update(sign_ins).values(browser=other.browser))
    assert entries(cast.work(), by=other) == ()
    with pytest.raises(SignedOut):
        entries(cast.work(), by=other._replace(token=os.urandom(32)))


def test_a_replayed_sign_in_ends_at_its_own_time_as_the_threat_model_says(cast: Cast) -> None:
    assert entries(cast.work(), by=cast.alice) == ()
    with cast.engine.begin() as connection:
        kept = connection.execute(select(sign_ins)).one()._asdict()
        wrap = connection.execute(select(wraps).where(wraps.c.purpose == "sign-in")).one()._asdict()
    sign_out(cast.work(), by=cast.alice)
    with cast.engine.begin() as connection:
        connection.execute(insert(sign_ins).values(**kept))
        connection.execute(insert(wraps).values(**wrap))
    assert entries(cast.work(), by=cast.alice) == ()
    cast.at += 25 * 3600
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


def test_nobody_is_made_a_therapist_or_a_patient(cast: Cast) -> None:
    written(cast, "mine")
    with cast.engine.begin() as connection:
        connection.execute(text("UPDATE accounts SET role = 'therapist'"))
        connection.execute(text("UPDATE accounts SET public_key = :key"), {"key": bytes(32)})
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)
