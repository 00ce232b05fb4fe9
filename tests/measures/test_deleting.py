"""A check-in is deleted with the craving saved with it, and both come back."""

import os

import pytest

from kapjournal.errors import NotAllowed, StorageUnavailable, TooLateToUndo
from kapjournal.measures.check_ins import bring_back_check_in, check_in, check_ins, delete_check_in, points
from kapjournal.records import Store, Work
from tests.cast import Cast

DAY = 86_400


def rated(cast: Cast, **ratings: int) -> bytes:
    save_id = os.urandom(16)
    return check_in(cast.work(), by=cast.alice, ratings=ratings, when=cast.now(), save_id=save_id).id


def state(cast: Cast, store: Store | None = None) -> tuple[list[int | None], list[int]]:
    """All moods and all cravings."""
    work = cast.work(store or cast.new_store())
    found = points(work, by=cast.alice, rating="craving")
    return [it.value.mood for it in check_ins(work, by=cast.alice)], [rating for _day, rating in found]


def test_the_craving_goes_with_its_check_in(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == state(cast, cast.store) == ([], [])


def test_both_come_back(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    bring_back_check_in(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == state(cast, cast.store) == ([3], [4])


def test_a_check_in_without_craving_goes_and_comes_back_alone(cast: Cast) -> None:
    rated(cast, mood=8, craving=9)
    id = rated(cast, mood=3)
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == ([8], [9])
    bring_back_check_in(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == ([8, 3], [9])


def test_it_can_go_and_come_back_again_and_again(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    for _round in range(3):
        delete_check_in(cast.work(), by=cast.alice, check_in=id)
        bring_back_check_in(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == ([3], [4])


@pytest.mark.parametrize("step", ["delete", "undelete"])
def test_a_storage_that_fails_half_way_can_be_asked_again(
    cast: Cast, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = rated(cast, mood=3, craving=4)
    verb = {"delete": delete_check_in, "undelete": bring_back_check_in}[step]
    if step == "undelete":
        delete_check_in(cast.work(), by=cast.alice, check_in=id)
    real = getattr(Work, step)

    def fail_for_the_check_in(work: Work, by: object, record: bytes) -> object:
        if record == id:
            raise StorageUnavailable
        return real(work, by, record)

    with monkeypatch.context() as patched:
        patched.setattr(Work, step, fail_for_the_check_in)
        with pytest.raises(StorageUnavailable):
            verb(cast.work(), by=cast.alice, check_in=id)
    verb(cast.work(), by=cast.alice, check_in=id)
    assert state(cast) == (([], []) if step == "delete" else ([3], [4]))


def test_after_seven_days_it_is_too_late(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    cast.later(7 * DAY)
    with pytest.raises(TooLateToUndo):
        bring_back_check_in(cast.work(), by=cast.enter("alice"), check_in=id)


def test_what_is_not_there_is_neither_deleted_nor_brought_back(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    for unknown in (bytes(16), bytes([id[0] ^ 1]) + id[1:]):
        with pytest.raises(NotAllowed):
            delete_check_in(cast.work(), by=cast.alice, check_in=unknown)
    for present in (id, bytes(16)):
        with pytest.raises(NotAllowed):
            bring_back_check_in(cast.work(), by=cast.alice, check_in=present)
    assert state(cast) == ([3], [4])


def test_nobody_else_deletes_or_brings_back(cast: Cast) -> None:
    id = rated(cast, mood=3, craving=4)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            delete_check_in(cast.work(), by=by, check_in=id)
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            bring_back_check_in(cast.work(), by=by, check_in=id)
    assert state(cast) == ([], [])
