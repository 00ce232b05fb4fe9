"""A row that was changed outside the program is damaged; every other one still opens."""

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import Connection, text

from kapjournal.errors import DamagedRecord
from kapjournal.journal.values import Entry
from kapjournal.vault.keys import vault_keys
from kapjournal.vault.sealed_records import Place, seal_record
from tests.cast import Cast
from tests.records.boxes import note, words_of, written

Damage = Callable[[Connection, bytes, bytes], None]
CHANGES = {
    "a flipped bit in the body": "body = :flipped_body",
    "a flipped bit in the key": "dek = :flipped_dek",
    "half a body": "body = :half_body",
    "no body": "body = :nothing",
    "no key": "dek = :nothing",
    "another format": "dek = :other_format",
    "another generation": "gen = 2",
    "a negative generation": "gen = -1",
    "another version": "version = 2",
    "a negative version": "version = -1",
    "another kind": "kind = 'rating'",
    "body of another record": "body = :other_body",
    "key of another record": "dek = :other_dek",
    "body and key of another record": "body = :other_body, dek = :other_dek",
}


def flipped(data: bytes) -> bytes:
    return data[:40] + bytes([data[40] ^ 1]) + data[41:]


def damage(cast: Cast, change: str, victim: bytes, other: bytes) -> None:
    with cast.engine.begin() as connection:
        rows = {row.id: row for row in connection.execute(text("SELECT id, body, dek FROM records"))}
        body, dek = rows[victim].body, rows[victim].dek
        known = {
            "flipped_body": flipped(body),
            "flipped_dek": flipped(dek),
            "half_body": body[: len(body) // 2],
            "nothing": b"",
            "other_format": b"KJ\x02" + dek[3:],
            "other_body": rows[other].body,
            "other_dek": rows[other].dek,
        }
        used = {name: value for name, value in known.items() if f":{name}" in change}
        connection.execute(text(f"UPDATE records SET {change} WHERE id = :id"), used | {"id": victim})


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_that_record_only_is_damaged(cast: Cast, change: str) -> None:
    victim, other = written(cast, "Blue"), written(cast, "Green")
    damage(cast, change, victim.id, other.id)
    fresh = cast.new_store()
    assert words_of(cast, fresh) == ["Green"]
    assert set(cast.work(fresh).reading(cast.alice).damaged) == {victim.id}
    with pytest.raises(DamagedRecord):
        cast.work(fresh).own(cast.alice, Entry, victim.id)


def test_two_swapped_bodies_are_both_damaged(cast: Cast) -> None:
    one, two = written(cast, "Blue"), written(cast, "Green")
    written(cast, "Red")
    with cast.engine.begin() as connection:
        rows = connection.execute(text("SELECT id, body, dek FROM records")).all()
        found = {row.id: row for row in rows}
        for here, there in ((one, two), (two, one)):
            swap = {"body": found[there.id].body, "dek": found[there.id].dek, "id": here.id}
            connection.execute(text("UPDATE records SET body = :body, dek = :dek WHERE id = :id"), swap)
    fresh = cast.new_store()
    assert words_of(cast, fresh) == ["Red"]
    assert set(cast.work(fresh).reading(cast.alice).damaged) == {one.id, two.id}


def test_an_old_note_is_said_to_be_damaged_only_when_it_is_opened(cast: Cast) -> None:
    victim = written(cast, "Blue")
    cast.work().append(cast.alice, [note(str(number)) for number in range(30)])
    damage(cast, "gen = 2", victim.id, victim.id)
    fresh = cast.new_store()
    assert not cast.work(fresh).reading(cast.alice).damaged
    with pytest.raises(DamagedRecord):
        cast.work(fresh).own(cast.alice, Entry, victim.id)


def test_a_damaged_record_that_is_written_anew_is_no_longer_damaged(cast: Cast) -> None:
    victim = written(cast, "Blue")
    damage(cast, "body = :nothing", victim.id, victim.id)
    fresh = cast.new_store()
    assert cast.work(fresh).reading(cast.alice).damaged
    cast.work(fresh).restate(cast.alice, victim, note("Blue again"))
    snapshot = cast.work(fresh).reading(cast.alice)
    assert (not snapshot.damaged, snapshot.get(Entry, victim.id).value.text) == (True, "Blue again")


def test_damage_that_arrives_by_sync_takes_the_old_state_away(cast: Cast) -> None:
    record, other_server = written(cast, "Blue"), cast.new_store()
    cast.work(other_server).reading(cast.alice)
    cast.work().restate(cast.alice, record, note("Blue light."))
    damage(cast, "body = :nothing", record.id, record.id)
    snapshot = cast.work(other_server).reading(cast.alice)
    assert (snapshot.get(Entry, record.id), set(snapshot.damaged)) == (None, {record.id})


@pytest.mark.parametrize(
    "plaintext", [b"", b"not JSON", b"{}", b'{"type":"from the future"}', b"[" * 100_000, b'"\xff"']
)
def test_a_value_that_this_program_does_not_know_is_damaged(cast: Cast, plaintext: bytes) -> None:
    victim = written(cast, "Blue")
    written(cast, "Green")
    place = Place(cast.alice.account, victim.id, "note", 1, 1)
    with cast.work().authorised(cast.alice) as (_connection, access):
        keys = vault_keys(cast.alice.account, access.keys.vault_key)
    sealed = seal_record(keys.record_key, place, plaintext)
    with cast.engine.begin() as connection:
        values = {"body": sealed.body, "dek": sealed.dek, "id": victim.id}
        connection.execute(text("UPDATE records SET body = :body, dek = :dek WHERE id = :id"), values)
    assert words_of(cast) == ["Green"]


def test_no_words_are_in_what_is_said_of_damage(cast: Cast) -> None:
    victim = written(cast, "Blue")
    damage(cast, "gen = 2", victim.id, victim.id)
    with pytest.raises(DamagedRecord) as refusal:
        cast.work(cast.new_store()).own(cast.alice, Entry, victim.id)
    assert refusal.value.args == ()
    assert msgspec.json.encode(note("Blue")) not in repr(refusal.value.__dict__).encode()
