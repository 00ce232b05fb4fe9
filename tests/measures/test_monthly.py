"""The monthly check: bladder and memory, and substances apart from them."""

import os
from typing import Any

import pytest

from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.measures.side_effects import (
    ASKED,
    MONTH,
    check_month,
    month_is_due,
    monthly_checks,
    whom_to_call,
)
from kapjournal.measures.values import MonthlyCheck, Substances
from kapjournal.records import Record, Value
from tests.cast import NOON, Cast

APART = {"craving": 3, "others": 2}
BLADDER = {"urinary_pain": 1, "urinary_frequency": 0, "blood_in_urine": False, "memory": 3}


def checked(cast: Cast, save_id: bytes | None = None, **check: Any) -> Record[MonthlyCheck]:
    return check_month(
        cast.work(), by=cast.alice, check=check, now=cast.now(), save_id=save_id or os.urandom(16)
    )


def stored(cast: Cast, cls: type[Value]) -> list[Any]:
    return [it.value for it in cast.work(cast.new_store()).reading(cast.alice).all(cls).values()]


def test_a_check_is_kept_as_it_was_answered(cast: Cast) -> None:
    checked(cast, **BLADDER)
    [value] = stored(cast, MonthlyCheck)
    assert {name: getattr(value, name) for name in BLADDER} == BLADDER
    assert (value.at, value.zone, value.wall) == cast.now()
    assert stored(cast, Substances) == []


def test_what_was_not_answered_stays_open(cast: Cast) -> None:
    checked(cast, memory=0, urinary_pain=None, craving=None)
    [value] = stored(cast, MonthlyCheck)
    assert [getattr(value, name) for name in BLADDER] == [None, None, None, 0]
    assert stored(cast, Substances) == []


@pytest.mark.parametrize("save_id", [bytes(16), b"\x01" * 16, b"\xff" * 16])
def test_craving_and_substances_are_a_record_of_their_own(cast: Cast, save_id: bytes) -> None:
    checked(cast, save_id, **BLADDER, **APART)
    [check], [substances] = stored(cast, MonthlyCheck), stored(cast, Substances)
    assert (substances.craving, substances.others) == (3, 2)
    assert not set(APART) & set(check.__struct_fields__)
    assert not set(BLADDER) & set(substances.__struct_fields__)


@pytest.mark.parametrize(("name", "other"), [("craving", "others"), ("others", "craving")])
def test_one_of_the_two_alone_is_kept_apart_too(cast: Cast, name: str, other: str) -> None:
    checked(cast, **{name: 1})
    [check], [substances] = stored(cast, MonthlyCheck), stored(cast, Substances)
    assert (getattr(substances, name), getattr(substances, other)) == (1, None)
    assert [getattr(check, it) for it in BLADDER] == [None] * 4


def test_pressing_save_twice_checks_once(cast: Cast) -> None:
    save_id = os.urandom(16)
    first, second = (checked(cast, save_id, **BLADDER, **APART) for _press in range(2))
    assert first == second
    assert (len(stored(cast, MonthlyCheck)), len(stored(cast, Substances))) == (1, 1)


def test_checks_come_oldest_first(cast: Cast) -> None:
    for memory in (3, 0, 2):
        checked(cast, memory=memory)
        cast.later(60)
    assert [it.value.memory for it in monthly_checks(cast.work(), by=cast.alice)] == [3, 0, 2]


@pytest.mark.parametrize("name", [it for it in ASKED if it != "blood_in_urine"])
def test_an_answer_is_a_whole_number_from_0_to_3(cast: Cast, name: str) -> None:
    for wrong in (-1, 4, True, False, 1.0, "1", "１", float("nan"), (1,), 10**30):
        with pytest.raises(OutOfRange, match="effects"):
            checked(cast, **{"memory": 1, "others": 1, name: wrong})
    assert stored(cast, MonthlyCheck) == stored(cast, Substances) == []
    for right in range(4):
        checked(cast, **{name: right})
    cls = Substances if name in APART else MonthlyCheck
    assert sorted(getattr(it, name) for it in stored(cast, cls)) == [0, 1, 2, 3]


@pytest.mark.parametrize("wrong", [0, 1, 2, "yes", 1.0])
def test_blood_is_answered_with_yes_or_no(cast: Cast, wrong: object) -> None:
    with pytest.raises(OutOfRange, match="effects"):
        checked(cast, memory=1, blood_in_urine=wrong)
    assert stored(cast, MonthlyCheck) == []


@pytest.mark.parametrize("name", ["at", "zone", "v", "session", "Memory", "memory ", "", "strength"])
def test_what_is_not_asked_is_refused(cast: Cast, name: str) -> None:
    for answer in (1, True):
        with pytest.raises(OutOfRange, match="effects"):
            checked(cast, **{"memory": 1, name: answer})
    assert stored(cast, MonthlyCheck) == []


@pytest.mark.parametrize("check", [{}, {"memory": None}, dict.fromkeys(ASKED)])
def test_nothing_answered_is_nothing_saved(cast: Cast, check: dict[str, None]) -> None:
    with pytest.raises(OutOfRange, match="ratings"):
        checked(cast, **check)
    assert stored(cast, MonthlyCheck) == []


@pytest.mark.parametrize(("blood", "call"), [(True, "prescriber"), (False, None), (None, None)])
def test_blood_in_the_urine_is_for_the_prescriber_and_nothing_else_is(
    cast: Cast, blood: bool | None, call: str | None
) -> None:
    worst = dict.fromkeys([it for it in ASKED if it != "blood_in_urine"], 3)
    assert whom_to_call(checked(cast, **worst, blood_in_urine=blood).value) == call


def test_only_patients_check_and_nobody_reads_of_somebody_else(cast: Cast) -> None:
    checked(cast, **BLADDER, **APART)
    for by in (cast.bob, cast.charlie):
        with pytest.raises(NotAllowed):
            check_month(cast.work(), by=by, check=BLADDER, now=cast.now(), save_id=os.urandom(16))
    for by in (cast.bob, cast.charlie, cast.dora):
        assert monthly_checks(cast.work(), by=by) == ()


@pytest.mark.parametrize(
    ("check", "first", "due"),
    [
        (None, None, False),
        (None, NOON - MONTH, True),
        (None, NOON - MONTH + 1, False),
        (NOON - MONTH, NOON - 9 * MONTH, True),
        (NOON - MONTH + 1, NOON - 9 * MONTH, False),
        (NOON - MONTH, None, True),
        (NOON + 60, NOON - 9 * MONTH, False),
    ],
)
def test_a_month_after_the_last_check_or_the_first_session_another_is_due(
    check: int | None, first: int | None, due: bool
) -> None:
    assert month_is_due(check, first, NOON) is due
