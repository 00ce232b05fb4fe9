"""Where somebody is signed in, and how they end it from elsewhere."""

import pytest
from sqlalchemy import update

from kapjournal.database.tables import sign_ins
from kapjournal.errors import NotAllowed, SignedOut
from kapjournal.people.letting_in import HOUR
from kapjournal.people.signing_in import devices, end_device
from tests.cast import NOON, OTHER_BROWSER, Cast

pytestmark = pytest.mark.usefixtures("derivations")


def test_a_person_sees_where_they_are_signed_in_last_used_first(cast: Cast) -> None:
    here = cast.alice
    cast.later(600)
    there = cast.enter("alice")
    found = devices(cast.work(), by=here)
    assert [(it.label, it.this) for it in found] == [
        ("Firefox on Windows", False),
        ("Chrome on Android", True),
    ]
    assert [it.id for it in found] == [there.sign_in, here.sign_in]
    assert [it.last_used for it in found] == [(NOON + 600) // 60 * 60, NOON // 60 * 60]
    assert [it.ends for it in found] == [NOON + 600 + 24 * HOUR, NOON + 24 * HOUR]


def test_a_device_that_was_used_is_listed_with_that_minute(cast: Cast) -> None:
    here = cast.alice
    cast.later(30 * 60)
    cast.work().touch(here)
    assert devices(cast.work(), by=here)[0].last_used == (NOON + 30 * 60) // 60 * 60


def test_nobody_sees_the_devices_of_somebody_else(cast: Cast) -> None:
    here = cast.alice
    assert [it.id for it in devices(cast.work(), by=cast.dora)] == [cast.dora.sign_in]
    assert [it.id for it in devices(cast.work(), by=here)] == [here.sign_in]


def test_a_device_that_was_idle_too_long_is_not_listed(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    cast.later(3600)
    here = cast.enter("alice")
    assert [it.id for it in devices(cast.work(), by=here)] == [here.sign_in]


def test_ending_a_device_signs_it_out_at_once(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    assert cast.work().role(there) == "patient"
    end_device(cast.work(), by=here, device=there.sign_in)
    assert cast.store.snapshots.get(there.sign_in) is None
    with pytest.raises(SignedOut):
        cast.work().role(there)
    assert [it.id for it in devices(cast.work(), by=here)] == [here.sign_in]


@pytest.mark.parametrize("device", [b"", bytes(32), b"x" * 1000])
def test_a_device_that_is_none_cannot_be_ended(cast: Cast, device: bytes) -> None:
    with pytest.raises(NotAllowed):
        end_device(cast.work(), by=cast.alice, device=device)


def test_a_device_of_somebody_else_cannot_be_ended(cast: Cast) -> None:
    alice, dora = cast.alice, cast.dora
    with pytest.raises(NotAllowed):
        end_device(cast.work(), by=dora, device=alice.sign_in)
    assert cast.work().role(alice) == "patient"


def test_a_sign_in_works_only_in_its_browser(cast: Cast) -> None:
    stolen = cast.alice._replace(browser=OTHER_BROWSER)
    with pytest.raises(SignedOut):
        devices(cast.work(), by=stolen)
    assert len(devices(cast.work(), by=cast.alice)) == 1


def test_a_label_that_was_changed_in_the_database_is_left_out(cast: Cast) -> None:
    here = cast.alice
    with cast.engine.begin() as connection:
        connection.execute(update(sign_ins).values(label=b"not what was sealed"))
    assert [(it.label, it.this) for it in devices(cast.work(), by=here)] == [("", True)]
