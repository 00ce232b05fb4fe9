"""Somebody who writes to the database and has no key: what becomes of sharing. Nothing is ever read or forged."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from kapjournal.database.tables import accounts, grants, links, records, rekeys
from kapjournal.errors import KapjournalError, LinkOver, SharingRefused
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.reading import shared_entry
from tests.cast import Cast
from tests.sharing.desk import offered, seen, settle, with_factor
from tests.sharing.scene import SECRET_WORDS, Scene
from tests.test_malicious_database import flip


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


# Whoever writes has no key

Outcome = str | type[KapjournalError]
STILL: Outcome = "the entry is still shown"
DAMAGED: Outcome = "what is shared is damaged, and nothing else opens"

ROWS: dict[str, tuple[Callable[[Scene, Connection], object], Outcome]] = {
    "a grant of another record": (
        lambda s, c: s.put_grant(c, s.grant(c, s.bobs, s.check_in).sealed),
        DAMAGED,
    ),
    "a grant of another link": (
        lambda s, c: s.put_grant(c, s.grant(c, s.theirs, s.charlies).sealed, record=s.charlies),
        STILL,
    ),
    "a grant moved to a record that is not shared": (
        lambda s, c: s.put_grant(c, s.grant(c, s.bobs, s.shown).sealed, record=s.hidden),
        STILL,
    ),
    "a grant of somebody else's link": (
        lambda s, c: s.put_grant(
            c, c.execute(select(grants.c.sealed).where(grants.c.link == s.doras)).scalars().first()
        ),
        DAMAGED,
    ),
    "a flipped bit in a grant": (
        lambda s, c: s.put_grant(c, flip(s.grant(c, s.bobs, s.shown).sealed, 50)),
        DAMAGED,
    ),
    "a grant that is none": (lambda s, c: s.put_grant(c, b""), DAMAGED),
    "a grant of the future's format": (
        lambda s, c: s.put_grant(c, b"KJ\x09" + s.grant(c, s.bobs, s.shown).sealed[3:]),
        DAMAGED,
    ),
    "another generation of the record": (
        lambda s, c: s.change(c, records, {"id": s.shown}, gen=7),
        DAMAGED,
    ),
    "another version of the record": (
        lambda s, c: s.change(c, records, {"id": s.shown}, version=70),
        DAMAGED,
    ),
    "another kind of the record": (
        lambda s, c: s.change(c, records, {"id": s.shown}, kind="form"),
        DAMAGED,
    ),
    "the body of another record": (
        lambda s, c: s.change(c, records, {"id": s.shown}, body=s.row(c, records, id=s.hidden).body),
        DAMAGED,
    ),
    "body and key of another record": (
        lambda s, c: s.change(
            c,
            records,
            {"id": s.shown},
            body=s.row(c, records, id=s.hidden).body,
            dek=s.row(c, records, id=s.hidden).dek,
        ),
        DAMAGED,
    ),
    "the therapist changed": (
        lambda s, c: s.change_link(c, s.bobs, therapist=s.cast.charlie.account),
        LinkOver,
    ),
    "the offer of another link": (
        lambda s, c: s.change_link(c, s.bobs, offer=s.link(c, s.theirs).offer),
        STILL,
    ),
    "the answer of another link": (
        lambda s, c: s.change_link(c, s.bobs, answer=s.link(c, s.doras).answer),
        STILL,
    ),
    "the digest of another link": (
        lambda s, c: s.change_link(c, s.bobs, digest=s.link(c, s.doras).digest),
        SharingRefused,
    ),
    "no digest": (lambda s, c: s.change_link(c, s.bobs, digest=b""), SharingRefused),
    "a flipped bit in the digest": (
        lambda s, c: s.change_link(c, s.bobs, digest=flip(s.link(c, s.bobs).digest, 60)),
        SharingRefused,
    ),
    "a later end": (lambda s, c: s.change_link(c, s.bobs, ends=10**6), STILL),
    "an earlier end": (lambda s, c: s.change_link(c, s.bobs, ends=1), LinkOver),
    "another epoch": (lambda s, c: s.change_link(c, s.bobs, epoch=-5), STILL),
    "the link gone": (lambda s, c: c.execute(delete(links).where(links.c.id == s.bobs)), LinkOver),
    "another key of the patient after acceptance": (
        lambda s, c: s.change(c, accounts, {"id": s.cast.alice.account}, public_key=os.urandom(32)),
        STILL,
    ),
    "another key of the therapist after acceptance": (
        lambda s, c: s.change(c, accounts, {"id": s.cast.bob.account}, public_key=os.urandom(32)),
        STILL,
    ),
    "every record to be given another key": (
        lambda s, c: c.execute(
            insert(rekeys).from_select(["owner", "id"], select(records.c.owner, records.c.id))
        ),
        STILL,
    ),
    "records said to be open already": (
        lambda s, c: [s.put_grant(c, b"x", record=id) for id in (s.hidden, s.charlies)],
        STILL,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_who_writes_without_a_key_reads_nothing(scene: Scene, name: str) -> None:
    attack, outcome = ROWS[name]
    scene.run(attack)
    cast = scene.cast
    for _again in range(2):
        scene.nothing_secret()
        if outcome in (STILL, DAMAGED):
            page = seen(cast, scene.bobs)
            texts = [it.text for it in page.excerpts]
            assert texts == (["shown"] if outcome == STILL else [])
            assert outcome == STILL or page.quality.damaged
        else:
            with pytest.raises(outcome):  # type: ignore[arg-type]
                seen(cast, scene.bobs)
            break
        if outcome == DAMAGED:
            break
        # What is caught up with changes nothing about it: the rows do not say what is to be open.
        linking.say_with_link(cast.work(), by=cast.alice, link=scene.bobs, attention="x")
        settle(cast)
        assert scene.bob_sees() == {"Entry": 1, "CheckIn": 1}


@pytest.mark.parametrize("name", [name for name, (_attack, outcome) in ROWS.items() if outcome == DAMAGED])
def test_damage_to_what_is_shared_hurts_no_other_link(scene: Scene, name: str) -> None:
    scene.run(ROWS[name][0])
    found = shared_entry(scene.cast.work(), by=scene.cast.charlie, link=scene.theirs, entry=scene.charlies)
    assert SECRET_WORDS in found.value.text


OFFERS: dict[str, Callable[[Cast, Connection, bytes], object]] = {
    "another key of the patient": lambda cast, c, _id: c.execute(
        update(accounts).where(accounts.c.id == cast.alice.account).values(public_key=os.urandom(32))
    ),
    "no key of the patient": lambda cast, c, _id: c.execute(
        update(accounts).where(accounts.c.id == cast.alice.account).values(public_key=bytes(32))
    ),
    "another owner": lambda cast, c, it: [
        c.execute(delete(grants)),
        c.execute(update(links).where(links.c.id == it).values(owner=cast.dora.account)),
    ],
    "another id": lambda _cast, c, it: [
        c.execute(delete(grants)),
        c.execute(update(links).where(links.c.id == it).values(id=bytes(16))),
    ],
    "another offer": lambda _cast, c, it: c.execute(
        update(links).where(links.c.id == it).values(offer=_other(c, it).offer)
    ),
    "another digest": lambda _cast, c, it: c.execute(
        update(links).where(links.c.id == it).values(digest=_other(c, it).digest)
    ),
    "no offer": lambda _cast, c, it: c.execute(update(links).where(links.c.id == it).values(offer=b"")),
}


def _other(connection: Connection, id: bytes) -> Any:
    return connection.execute(select(links).where(links.c.id != id)).one()


@pytest.mark.parametrize("attack", OFFERS.values(), ids=OFFERS)
def test_an_offer_that_was_changed_is_refused_before_it_is_accepted(
    cast: Cast, attack: Callable[[Cast, Connection, bytes], object]
) -> None:
    link = offered(cast, "check_ins").id
    offered(cast, "check_ins", by=cast.dora)
    with cast.engine.begin() as connection:
        attack(cast, connection, link)
        changed = [bytes(it) for it in connection.execute(select(links.c.id)).scalars()]
    refused = [it for it in accepting.patients(cast.work(), by=cast.bob) if it.state == "refused"]
    assert len(refused) == 1
    assert refused[0].link in changed
    assert refused[0].digest is None
    with pytest.raises(SharingRefused):
        accepting.accept(cast.work(), by=cast.bob, link=refused[0].link, now=cast.now())


def test_an_answer_that_was_changed_shows_on_the_patients_side(scene: Scene) -> None:
    scene.run(lambda s, c: s.change_link(c, s.bobs, answer=s.link(c, s.theirs).answer))
    here = linking.standing(scene.cast.work(), by=scene.cast.alice)[scene.bobs]
    assert (here.accepted, here.refused) == (False, True)


def test_an_acceptance_cannot_be_forged(cast: Cast) -> None:
    link = offered(cast, "check_ins").id
    with cast.engine.begin() as connection:
        connection.execute(update(links).values(answer=os.urandom(600)))
    assert not linking.standing(cast.work(), by=cast.alice)[link].accepted


def test_what_somebody_calls_themself_cannot_be_changed(cast: Cast) -> None:
    from kapjournal.people.preferences import change_preferences
    from kapjournal.sharing.codes import find_therapist, my_code

    for by, name in ((cast.bob, "Dr. Bob"), (cast.charlie, "Dr. Charlie")):
        change_preferences(cast.work(), by=with_factor(cast, by), now=cast.now(), name=name)
    with cast.engine.begin() as connection:
        card = select(accounts.c.card).where(accounts.c.id == cast.charlie.account)
        theirs = connection.execute(card).scalar_one()
        connection.execute(update(accounts).where(accounts.c.id == cast.bob.account).values(card=theirs))
    code = my_code(cast.work(), by=cast.bob)
    assert find_therapist(cast.work(), by=cast.alice, code=code).calls_themself == ""
