"""Somebody plays rows back that were right once."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from kapjournal.database.tables import grants, links, records, rekeys
from kapjournal.errors import LinkOver, NotAllowed
from kapjournal.journal.values import Entry
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.reading import shared_entry
from tests.cast import Cast
from tests.journal.desk import Box
from tests.sharing.desk import settle
from tests.sharing.scene import SECRET_WORDS, Scene
from tests.sharing.test_grants import rated


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


# An old grant, played back


def kept(scene: Scene) -> tuple[dict[str, Any], ...]:
    """The rows of Bob's link, of what it opens and of its grants."""
    with scene.cast.engine.connect() as connection:
        link = scene.link(connection, scene.bobs)._asdict()
        grant = scene.grant(connection, scene.bobs, scene.shown)._asdict()
        record = scene.row(connection, records, id=scene.shown)._asdict()
    return link, grant, record


def play_back(
    scene: Scene, link: dict[str, Any], grant: dict[str, Any], record: dict[str, Any] | None
) -> None:
    with scene.cast.engine.begin() as connection:
        if record is not None:
            connection.execute(delete(records).where(records.c.id == scene.shown))
            connection.execute(insert(records), record)
        if not connection.execute(select(links).where(links.c.id == scene.bobs)).all():
            connection.execute(insert(links), link)
        scene.put_grant(connection, grant["sealed"])
    scene.cast.store.snapshots.clear()


def take_back(scene: Scene, way: str) -> None:
    cast = scene.cast
    if way == "stop":
        linking.stop(cast.work(), by=cast.alice, link=scene.bobs)
    elif way == "decline":
        accepting.decline(cast.work(), by=cast.bob, link=scene.bobs)
    else:
        linking.keep_note(cast.work(), by=cast.alice, link=scene.bobs, note=scene.shown)


def bob_reads(scene: Scene) -> str:
    try:
        return shared_entry(
            scene.cast.work(), by=scene.cast.bob, link=scene.bobs, entry=scene.shown
        ).value.text
    except (NotAllowed, LinkOver):
        return ""


@pytest.mark.parametrize("way", ["stop", "decline", "keep"])
def test_a_grant_played_back_after_other_keys_opens_nothing(scene: Scene, way: str) -> None:
    link, grant, _record = kept(scene)
    take_back(scene, way)
    settle(scene.cast)
    play_back(scene, link, grant, None)
    assert bob_reads(scene) == ""


def test_a_grant_played_back_before_other_keys_opens_what_was_open_as_the_threat_model_says(
    scene: Scene,
) -> None:
    link, grant, _record = kept(scene)
    take_back(scene, "keep")
    play_back(scene, link, grant, None)
    assert bob_reads(scene) == "shown"
    settle(scene.cast)
    assert bob_reads(scene) == ""
    with scene.cast.engine.connect() as connection:
        assert connection.execute(select(rekeys)).all() == []


def test_a_grant_played_back_with_its_record_opens_that_state_and_no_later_one(scene: Scene) -> None:
    cast, (link, grant, record) = scene.cast, kept(scene)
    Box(cast, cast.alice, opens=cast.work().own(cast.alice, Entry, scene.shown)).push(f"{SECRET_WORDS} later")
    take_back(scene, "stop")
    settle(cast)
    play_back(scene, link, grant, record)
    assert bob_reads(scene) == "shown"


def test_a_stopped_link_put_back_gets_no_new_grants(scene: Scene) -> None:
    cast, (link, grant, _record) = scene.cast, kept(scene)
    take_back(scene, "stop")
    play_back(scene, link, grant, None)
    rated(cast)
    settle(cast)
    with cast.engine.connect() as connection:
        assert len(connection.execute(select(grants).where(grants.c.link == scene.bobs)).all()) <= 1
    assert bob_reads(scene) == ""
