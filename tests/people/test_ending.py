"""A sign-in ends by itself: after a day or a working day at the latest, and when nothing is done."""

import pytest

from kapjournal.errors import NotAllowed, OutOfRange, SignedOut
from kapjournal.people.letting_in import HOUR, MINUTE
from kapjournal.people.preferences import change_preferences, set_idle
from kapjournal.people.values import Role
from kapjournal.records import SignedIn
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("derivations")

ROLES: list[tuple[Role, int, int]] = [
    ("patient", 24 * HOUR, 60 * MINUTE),
    ("therapist", 8 * HOUR, 15 * MINUTE),
]


def ended(cast: Cast, by: SignedIn) -> bool:
    """Whether somebody is signed out, asked of a server that has never seen them and of this one."""
    for store in (cast.new_store(), cast.store):
        try:
            cast.work(store).role(by)
        except SignedOut:
            continue
        return False
    return True


@pytest.mark.parametrize(("role", "_lasts", "idle"), ROLES)
def test_a_sign_in_ends_when_nothing_is_done(cast: Cast, role: Role, _lasts: int, idle: int) -> None:
    by = cast.arrive("erin", role).signed_in
    started = cast.at // MINUTE * MINUTE
    cast.at = started + idle - 1
    assert not ended(cast, by)
    cast.at = started + idle
    assert ended(cast, by)


@pytest.mark.parametrize(("role", "lasts", "idle"), ROLES)
def test_a_sign_in_ends_at_the_latest_however_much_is_done(
    cast: Cast, role: Role, lasts: int, idle: int
) -> None:
    by = cast.arrive("erin", role).signed_in
    end = cast.at + lasts
    while cast.at + idle - MINUTE < end:
        cast.later(idle - MINUTE)
        cast.work().touch(by)
    cast.at = end - 1
    assert not ended(cast, by)
    cast.at = end
    assert ended(cast, by)


def test_reading_is_no_activity(cast: Cast) -> None:
    by = cast.alice
    for _reading in range(3):
        cast.later(19 * MINUTE)
        assert cast.work().role(by) == "patient"
    cast.later(3 * MINUTE)
    assert ended(cast, by)


def test_a_patient_chooses_after_how_many_idle_minutes_every_sign_in_ends(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    change_preferences(cast.work(), by=here, now=cast.now(), idle_minutes=5)
    cast.later(5 * MINUTE)
    assert ended(cast, here)
    assert ended(cast, there)


def test_a_later_sign_in_keeps_the_idle_minutes_the_patient_chose(cast: Cast) -> None:
    change_preferences(cast.work(), by=cast.alice, now=cast.now(), idle_minutes=240)
    again = cast.enter("alice")
    cast.later(239 * MINUTE)
    assert not ended(cast, again)
    cast.later(MINUTE)
    assert ended(cast, again)


def test_other_preferences_leave_the_idle_minutes_alone(cast: Cast) -> None:
    set_idle(cast.work(), by=cast.alice, minutes=10)
    change_preferences(cast.work(), by=cast.alice, now=cast.now(), name="Al")
    cast.later(11 * MINUTE)
    assert ended(cast, cast.alice)


def test_a_therapist_cannot_stretch_the_idle_time(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        set_idle(cast.work(), by=cast.bob, minutes=240)
    change_preferences(cast.work(), by=cast.bob, now=cast.now(), idle_minutes=240)
    cast.later(15 * MINUTE)
    assert ended(cast, cast.bob)


@pytest.mark.parametrize("minutes", [-1, 0, 4, 241, 10**9, 10.0, "60", True, None])
def test_idle_minutes_are_a_whole_number_from_5_to_240(cast: Cast, minutes: object) -> None:
    with pytest.raises(OutOfRange, match="idle_minutes"):
        set_idle(cast.work(), by=cast.alice, minutes=minutes)  # type: ignore[arg-type]  # what is refused
