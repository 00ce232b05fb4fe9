"""Bob writes to the database, and holds the key of his link and of every record that was granted to him."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, delete, insert, select, update

from kapjournal.database.tables import grants, records, rekeys
from kapjournal.errors import DamagedRecord, LinkOver, SharingRefused
from kapjournal.journal.reading import entry as own_entry
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.sharing import linking
from kapjournal.sharing.reading import play_shared, preview, summary
from kapjournal.sharing.values import Digest
from kapjournal.vault.keys import new_key
from kapjournal.vault.links import open_digest, seal_digest
from kapjournal.vault.padding import pad
from kapjournal.vault.sealed_records import Place
from kapjournal.vault.sealing import seal
from tests.cast import Cast, content
from tests.journal.desk import Box
from tests.sharing.desk import linked, opened, seen, settle
from tests.sharing.scene import SECRET_WORDS, Scene
from tests.sharing.test_grants import kinds, rated
from tests.test_malicious_database import spoken


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


# Bob holds keys, and writes to the database


def forge_entry(scene: Scene, connection: Connection) -> None:
    """Other words under a key of his own, with a grant that opens them to him."""
    it = scene.row(connection, records, id=scene.shown)
    value = Entry(at=1, zone="UTC", wall="2026-01-01T10:00", text="forged", finished=1)
    dek, place = new_key(), Place(it.owner, scene.shown, it.kind, it.gen, it.version)
    body = seal(dek, pad(msgspec.json.encode(value)), "record", *place)
    scene.change(connection, records, {"id": scene.shown}, body=body)
    scene.put_grant(connection, scene.seal_own_grant(connection, scene.shown, dek, body))


def forge_with_kept_key(scene: Scene, connection: Connection) -> None:
    """Other words under the true key of the record, which he has, so that only the owner's seal on it is missing."""
    it = scene.row(connection, records, id=scene.shown)
    value = Entry(at=1, zone="UTC", wall="2026-01-01T10:00", text="forged", finished=1)
    dek, place = scene.deks[scene.shown], Place(it.owner, scene.shown, it.kind, it.gen, it.version)
    body = seal(dek, pad(msgspec.json.encode(value)), "record", *place)
    scene.change(connection, records, {"id": scene.shown}, body=body)
    scene.put_grant(connection, scene.seal_own_grant(connection, scene.shown, dek, body))


@pytest.mark.parametrize("attack", [forge_entry, forge_with_kept_key])
def test_a_grantee_forges_no_entry(scene: Scene, attack: Callable[[Scene, Connection], None]) -> None:
    """He can deceive himself; Alice is told that it is damaged, and sees no preview with words that are not hers."""
    cast = scene.cast
    scene.run(attack)
    with pytest.raises(DamagedRecord):
        own_entry(cast.work(), by=cast.alice, id=scene.shown)
    with pytest.raises(SharingRefused):
        preview(cast.work(), by=cast.alice, link=scene.bobs, content=content(), now=cast.now())
    settle(cast)
    assert "forged" not in repr(cast.work().complete(cast.alice).all(Entry))


@pytest.mark.parametrize(
    "said", [{"attention": "forged"}, {"my_name": "forged"}, {"purpose": "forged"}, {"ends": 10**6}]
)
def test_a_grantee_puts_no_words_into_the_patients_mouth(scene: Scene, said: dict[str, Any]) -> None:
    cast = scene.cast

    def forge(s: Scene, connection: Connection) -> None:
        row = s.link(connection, s.bobs)
        digest = msgspec.json.decode(open_digest(s.key, row.owner, row.id, row.digest), type=Digest)
        changed = msgspec.json.encode(msgspec.structs.replace(digest, **said))
        s.change_link(connection, s.bobs, digest=seal_digest(s.key, row.owner, row.id, changed), ends=10**6)

    scene.run(forge)
    with pytest.raises(SharingRefused):
        preview(cast.work(), by=cast.alice, link=scene.bobs, content=content(), now=cast.now())


def test_somebody_without_the_key_forges_no_digest(scene: Scene) -> None:
    forged = seal_digest(new_key(), scene.cast.alice.account, scene.bobs, b"{}")
    scene.run(lambda s, c: s.change_link(c, s.bobs, digest=forged))
    with pytest.raises(SharingRefused):
        seen(scene.cast, scene.bobs)


OPENINGS: dict[str, Callable[[Scene, Connection, bytes], object]] = {
    "with a key of a record that he has": lambda s, c, it: s.put_grant(
        c, s.seal_own_grant(c, it, s.deks[s.shown]), record=it
    ),
    "with a key of his own": lambda s, c, it: s.put_grant(c, s.seal_own_grant(c, it, new_key()), record=it),
    "with the sealed key of the record": lambda s, c, it: s.put_grant(
        c, s.seal_own_grant(c, it, s.row(c, records, id=it).dek[:32]), record=it
    ),
    "with a grant for Alice to make anew": lambda s, c, it: [
        s.put_grant(c, s.seal_own_grant(c, it, new_key()), record=it),
        c.execute(insert(rekeys), {"owner": s.cast.alice.account, "id": it}),
    ],
    "with a row that says nothing, for Alice to make anew": lambda s, c, it: [
        s.put_grant(c, b"", record=it),
        c.execute(insert(rekeys), {"owner": s.cast.alice.account, "id": it}),
    ],
    "under the id of one that he may read": lambda s, c, it: s.change(
        c,
        records,
        {"id": s.shown},
        body=s.row(c, records, id=it).body,
        dek=s.row(c, records, id=it).dek,
        version=s.row(c, records, id=it).version,
    ),
}


@pytest.mark.parametrize("name", OPENINGS)
def test_a_grantee_opens_nothing_that_was_not_granted(scene: Scene, name: str) -> None:
    cast = scene.cast
    scene.run(lambda s, c: OPENINGS[name](s, c, s.hidden))
    for change in (
        lambda: None,
        lambda: settle(cast),
        lambda: linking.say_with_link(cast.work(), by=cast.alice, link=scene.bobs, attention="x"),
        lambda: settle(cast),
        lambda: rated(cast),
        lambda: linking.pause(cast.work(), by=cast.alice, link=scene.bobs),
        lambda: linking.resume(cast.work(), by=cast.alice, link=scene.bobs, now=cast.now()),
        lambda: settle(cast),
    ):
        change()
        scene.nothing_secret()
        assert scene.hidden not in opened(cast, scene.bobs).all(Entry)
    with cast.engine.connect() as connection:
        rows = connection.execute(select(grants).where(grants.c.record == scene.hidden)).all()
    assert rows == []


def test_what_came_later_is_not_opened_by_a_row_that_says_it_was_open(cast: Cast) -> None:
    """ "This once" is told by the vault of the patient, not by the rows."""
    from kapjournal.journal.sessions import Facts, record_facts, say_slept
    from tests.journal.desk import done

    link = linked(cast, "sessions", goes_on=False)
    session = done(cast, cast.alice)
    say_slept(cast.work(), by=cast.alice, session=session.id)
    row = {"owner": cast.alice.account, "link": link, "record": session.id, "sealed": b""}
    with cast.engine.begin() as connection:
        connection.execute(insert(grants), row)
        connection.execute(insert(rekeys), {"owner": cast.alice.account, "id": session.id})
    record_facts(cast.work(), by=cast.alice, session=session.id, facts=Facts(relief=3), now=cast.now())
    settle(cast)
    assert kinds(opened(cast, link)) == {}


def test_a_draft_put_back_in_place_of_what_is_shared_is_not_granted(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push(f"{SECRET_WORDS} first draft")
    with cast.engine.connect() as connection:
        draft = connection.execute(select(records).where(records.c.id == box.id)).one()._asdict()
    box.push("what stays")
    from kapjournal.journal.writing import finish

    finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())
    link = linked(cast, entries=(box.id,))
    for fresh in (False, True):
        with cast.engine.begin() as connection:
            back = {name: draft[name] for name in ("version", "body", "dek", "gen")}
            connection.execute(update(records).where(records.c.id == box.id).values(**back))
            connection.execute(delete(rekeys))
            connection.execute(insert(rekeys), {"owner": cast.alice.account, "id": box.id})
        if fresh:
            cast.store.snapshots.clear()
        linking.say_with_link(cast.work(), by=cast.alice, link=link, attention=f"x {fresh}")
        settle(cast)
        assert kinds(opened(cast, link)) == {}


def test_a_grantee_stretches_the_end_for_what_they_could_read_and_nothing_new(scene: Scene) -> None:
    """He could have kept a copy just as well. With the patient's next run it is over."""
    cast = scene.cast

    def stretch(s: Scene, connection: Connection) -> None:
        row = s.link(connection, s.bobs)
        digest = msgspec.json.decode(open_digest(s.key, row.owner, row.id, row.digest), type=Digest)
        later = msgspec.json.encode(msgspec.structs.replace(digest, ends=10**6))
        s.change_link(connection, s.bobs, digest=seal_digest(s.key, row.owner, row.id, later), ends=10**6)

    scene.run(stretch)
    cast.later(40 * 86_400)
    bob, alice = cast.enter("bob@example.org"), cast.enter("alice")
    page = summary(cast.work(), by=bob, link=scene.bobs, content=content(), now=cast.now())
    assert [it.text for it in page.excerpts] == ["shown"]
    box = Box(cast, alice, opens=cast.work().own(alice, Entry, scene.shown))
    box.push(f"{SECRET_WORDS} later")
    assert SECRET_WORDS not in repr(
        summary(cast.work(), by=bob, link=scene.bobs, content=content(), now=cast.now())
    )
    settle(cast, alice)
    with pytest.raises(LinkOver):
        summary(cast.work(), by=bob, link=scene.bobs, content=content(), now=cast.now())


def test_a_part_of_a_recording_that_is_not_shared_does_not_play(cast: Cast) -> None:
    mine, other = spoken(cast, b"a"), spoken(cast, b"b")
    link = linked(cast, recordings=(mine,))
    with cast.engine.begin() as connection:
        for number in range(3):
            there = other[:12] + number.to_bytes(4)
            here = mine[:12] + number.to_bytes(4)
            it = connection.execute(select(records).where(records.c.id == there)).one()
            values = {"body": it.body, "dek": it.dek}
            connection.execute(update(records).where(records.c.id == here).values(**values))
    with pytest.raises(DamagedRecord):
        play_shared(cast.work(), by=cast.bob, link=link, recording=mine)
    assert list(opened(cast, link).all(VoiceNote)) == [mine]
