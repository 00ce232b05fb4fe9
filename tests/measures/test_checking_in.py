"""Check in, several times a day or for a day that has passed."""

import os
from typing import Any

import pytest

from kapjournal.clock import Moment, moment
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.measures.check_ins import ALWAYS, EXTRAS, FARTHEST_BACK, check_in, check_ins, points
from kapjournal.measures.values import CheckIn, Craving
from kapjournal.records import Record, SignedIn
from tests.cast import ZONE, Cast

DAY = 86_400


def rate(cast: Cast, by: SignedIn, when: Moment | None = None, **ratings: Any) -> Record[CheckIn]:
    return check_in(cast.work(), by=by, ratings=ratings, when=when or cast.now(), save_id=os.urandom(16))


def cravings(cast: Cast, by: SignedIn) -> list[int]:
    return [rating for _day, rating in points(cast.work(cast.new_store()), by=by, rating="craving")]


def test_what_was_rated_is_kept_and_the_rest_is_not_rated(cast: Cast) -> None:
    rate(cast, cast.alice, mood=7, sleep=0, hope=10, energy=None)
    [only] = check_ins(cast.work(cast.new_store()), by=cast.alice)
    given = {name: getattr(only.value, name) for name in (*ALWAYS, *EXTRAS) if name != "craving"}
    assert given == dict.fromkeys(given) | {"mood": 7, "sleep": 0, "hope": 10}
    assert (only.value.at, only.value.zone, only.value.wall) == cast.now()


def test_several_check_ins_a_day_are_kept_oldest_first(cast: Cast) -> None:
    for mood in (3, 8, 5):
        rate(cast, cast.alice, mood=mood)
        cast.later(3)
    assert [it.value.mood for it in check_ins(cast.work(), by=cast.alice)] == [3, 8, 5]


def test_a_check_in_for_a_day_that_has_passed_stands_on_that_day(cast: Cast) -> None:
    rate(cast, cast.alice, mood=3)
    when = moment(cast.at - 5 * DAY, "Pacific/Kiritimati")
    rate(cast, cast.alice, when, mood=8)
    first, second = check_ins(cast.work(), by=cast.alice)
    assert (first.value.mood, first.value.wall) == (8, when.wall)
    assert second.value.mood == 3


@pytest.mark.parametrize("off", [61, DAY, 100 * 365 * DAY, -FARTHEST_BACK - 1])
def test_the_future_and_what_is_long_gone_are_refused(cast: Cast, off: int) -> None:
    with pytest.raises(OutOfRange, match="date"):
        rate(cast, cast.alice, moment(cast.at + off, ZONE), mood=3)
    assert check_ins(cast.work(), by=cast.alice) == ()


@pytest.mark.parametrize("off", [60, 0, -FARTHEST_BACK])
def test_a_clock_a_minute_fast_and_twenty_years_back_are_fine(cast: Cast, off: int) -> None:
    assert rate(cast, cast.alice, moment(cast.at + off, ZONE), mood=3).value.at == cast.at + off


@pytest.mark.parametrize("name", [*ALWAYS, *EXTRAS])
def test_a_rating_is_a_whole_number_from_0_to_10(cast: Cast, name: str) -> None:
    for wrong in (-1, 11, 5.0, float("nan"), "7", "１", True, (7,), 10**30):
        with pytest.raises(OutOfRange, match=name):
            rate(cast, cast.alice, **{"mood": 3, "hope": 3, name: wrong})
    assert check_ins(cast.work(), by=cast.alice) == ()
    assert cravings(cast, cast.alice) == []


@pytest.mark.parametrize("name", ["joy", "at", "zone", "v", "Mood", "", "mood "])
def test_what_cannot_be_rated_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(OutOfRange):
        rate(cast, cast.alice, **{name: 3})
    assert check_ins(cast.work(), by=cast.alice) == ()


@pytest.mark.parametrize("ratings", [{}, {"mood": None}, dict.fromkeys((*ALWAYS, *EXTRAS))])
def test_nothing_rated_is_nothing_saved(cast: Cast, ratings: dict[str, None]) -> None:
    with pytest.raises(OutOfRange, match="ratings"):
        rate(cast, cast.alice, **ratings)
    assert check_ins(cast.work(), by=cast.alice) == ()


def test_pressing_save_twice_saves_once(cast: Cast) -> None:
    save_id, ratings = os.urandom(16), {"mood": 3, "craving": 4}
    presses = [
        check_in(cast.work(store), by=cast.alice, ratings=ratings, when=cast.now(), save_id=save_id)
        for store in (cast.store, cast.store, cast.new_store())
    ]
    assert presses[0] == presses[1] == presses[2]
    assert len(check_ins(cast.work(), by=cast.alice)) == 1
    assert cravings(cast, cast.alice) == [4]


@pytest.mark.parametrize("save_id", [bytes(16), b"\x01" * 16, b"\xff" * 16, bytes(15) + b"\x01"])
def test_craving_is_a_record_of_its_own_whatever_the_save_is_called(cast: Cast, save_id: bytes) -> None:
    ratings = {"mood": 3, "craving": 9}
    check_in(cast.work(), by=cast.alice, ratings=ratings, when=cast.now(), save_id=save_id)
    for store in (cast.store, cast.new_store()):
        snapshot = cast.work(store).reading(cast.alice)
        assert [it.value.mood for it in snapshot.all(CheckIn).values()] == [3]
        assert [it.value.craving for it in snapshot.all(Craving).values()] == [9]
        assert "craving" not in repr(list(snapshot.all(CheckIn).values()))


def test_craving_alone_is_a_check_in(cast: Cast) -> None:
    rate(cast, cast.alice, craving=0)
    assert len(check_ins(cast.work(), by=cast.alice)) == 1
    assert cravings(cast, cast.alice) == [0]


def test_only_patients_check_in(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        rate(cast, cast.bob, mood=3)


def test_nobody_sees_the_check_ins_of_somebody_else(cast: Cast) -> None:
    rate(cast, cast.alice, mood=3, craving=4)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert check_ins(cast.work(), by=by) == ()
        assert cravings(cast, by) == []
