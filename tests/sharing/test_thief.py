"""A thief of the database finds no word of what is shared; a therapist's process holds nothing that was not granted."""

import gc
import logging
import os
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import select

from kapjournal.database.tables import grants, records
from kapjournal.errors import LinkOver
from kapjournal.exports.summary import summary_pdf
from kapjournal.journal.writing import Draft
from kapjournal.people.signing_in import sign_out
from kapjournal.records import Snapshot
from kapjournal.sharing import accepting, linking, notes, reading
from kapjournal.vault.links import open_granted
from kapjournal.vault.sealed_records import Place
from tests.cast import Cast
from tests.journal.desk import written
from tests.sharing.desk import linked, offered, seen, settle, with_factor
from tests.sharing.oracle import everything
from tests.sharing.test_grants import rated
from tests.test_thief import WORD, dump, files, found_in, temporary

__all__ = ["temporary"]
WORDS = {"name": WORD, "my_name": WORD, "purpose": WORD, "attention": WORD}


def share(cast: Cast) -> bytes:
    """Share, accept, look, note, print, pause, end: with the word in everything that can be typed."""
    entry = written(cast, cast.alice, f"{WORD} shown").id
    link = linked(cast, "check_ins", entries=(entry,), words=WORDS)
    accepting.call_patient(cast.work(), by=cast.bob, link=link, name=f"{WORD} A.")
    draft = Draft(os.urandom(16), os.urandom(16), f"{WORD} between us")
    notes.write_note(cast.work(), by=cast.bob, link=link, draft=draft, now=cast.now())
    page = seen(cast, link)
    assert WORD in page.name
    assert summary_pdf(page)
    reading.shared_entry(cast.work(), by=cast.bob, link=link, entry=entry)
    linking.say_with_link(cast.work(), by=cast.alice, link=link, attention=f"{WORD} again")
    ended = linked(cast, entries=(entry,), words=WORDS)
    linking.stop(cast.work(), by=cast.alice, link=ended)
    settle(cast)
    offered(cast, words=WORDS)
    return link


def test_no_word_of_sharing_stands_in_the_database_its_files_or_the_log(
    cast: Cast, temporary: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for talkative in (None, "sqlalchemy"):
        caplog.set_level(logging.DEBUG, logger=talkative)
    share(cast)
    assert found_in(b"".join(dump(cast))) == []
    assert [found for data in files(cast, temporary) for found in found_in(data)] == []
    assert "INSERT INTO grants" in caplog.text
    assert found_in(caplog.text.encode()) == []


def test_no_key_of_a_link_or_of_a_granted_record_stands_in_the_database(cast: Cast, temporary: Path) -> None:
    link = share(cast)
    key = linking.my_link(cast.work(), by=cast.alice, link=link).value.key
    data = b"".join((*dump(cast), *files(cast, temporary)))
    assert key not in data
    assert key.hex().encode() not in data


def held_by(cast: Cast) -> tuple[Snapshot, ...]:
    """What Bob's process remembers of other people's rows."""
    held = cast.store.snapshots.get(cast.bob.sign_in)
    assert held is not None
    return tuple(value for _token, value in held._remembered.values())


def test_a_therapists_process_holds_what_was_granted_and_no_key_of_anything(cast: Cast) -> None:
    shown, hidden = (written(cast, cast.alice, f"{WORD} {what}").id for what in ("shown", "hidden"))
    rated(cast)
    link = linked(cast, entries=(shown,))
    seen(cast, link)
    [remembered] = held_by(cast)
    assert {id for id, _it in everything(remembered)} == {shown}
    with cast.engine.connect() as connection:
        rows = connection.execute(select(records).where(records.c.owner == cast.alice.account)).all()
    hers = {bytes(row.id) for row in rows} - {shown, link}
    assert not any(id in _bytes_within(remembered) for id in hers)
    for secret in (*_keys(cast, link, shown), cast.alice.token):
        assert secret not in _bytes_within(remembered)
    assert f"{WORD} hidden" not in repr(list(everything(remembered)))
    assert hidden in hers


def _keys(cast: Cast, link: bytes, record: bytes) -> list[bytes]:
    """The key of the link and that of the record, which Bob's process has used."""
    key = linking.my_link(cast.work(), by=cast.alice, link=link).value.key
    with cast.engine.connect() as connection:
        row = connection.execute(select(records).where(records.c.id == record)).one()
        sealed = connection.execute(select(grants.c.sealed).where(grants.c.record == record)).scalar_one()
    place = Place(row.owner, record, row.kind, row.gen, row.version)
    assert open_granted(key, link, place, row.body, sealed)
    from kapjournal.vault.sealing import open_sealed

    return [key, open_sealed(key, sealed, "grant", row.owner, link, record, row.gen)[:32]]


def _bytes_within(start: object) -> set[bytes]:
    """Every byte string that can be reached from an object, through values but not through classes."""
    waiting, known, found = [start], {id(start)}, set()
    while waiting:
        it = waiting.pop()
        if isinstance(it, bytes):
            found.add(it)
            continue
        fields = [getattr(it, name) for name in getattr(it, "__struct_fields__", ())]
        inside = [*fields, *(gc.get_referents(it) if not isinstance(it, type | ModuleType | str) else ())]
        for next_ in inside:
            if id(next_) not in known and not isinstance(next_, type | ModuleType):
                known.add(id(next_))
                waiting.append(next_)
    return found


def test_what_was_looked_at_is_gone_from_the_process_after_it_is_over_and_after_signing_out(
    cast: Cast,
) -> None:
    entry = written(cast, cast.alice, WORD).id
    links = [linked(cast, entries=(entry,)) for _link in range(2)]
    for link in links:
        seen(cast, link)
    assert len(held_by(cast)) == 2
    linking.stop(cast.work(), by=cast.alice, link=links[0])
    with pytest.raises(LinkOver):
        seen(cast, links[0])
    assert len(held_by(cast)) == 1
    sign_out(cast.work(), by=cast.bob)
    assert cast.store.snapshots.get(cast.bob.sign_in) is None


def test_a_look_at_one_patient_keeps_nothing_of_another(cast: Cast) -> None:
    entry = written(cast, cast.alice, WORD).id
    hers = written(cast, cast.dora, "Dora").id
    ours, theirs = linked(cast, entries=(entry,)), linked(cast, by=cast.dora, entries=(hers,))
    seen(cast, ours)
    seen(cast, theirs)
    found = {frozenset(id for id, _it in everything(it)) for it in held_by(cast)}
    assert found == {frozenset({entry}), frozenset({hers})}
    with_factor(cast, cast.charlie)
    assert cast.store.snapshots.get(cast.charlie.sign_in) is not None
