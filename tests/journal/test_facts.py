"""How a session was; the dose is a record of its own."""

from typing import Any

import pytest
from sqlalchemy import func, select

from kapjournal.database.tables import records
from kapjournal.errors import ChangedElsewhere, NotAllowed, OutOfRange, TooLong, UnsuitableText
from kapjournal.journal.sessions import Facts, dose_of, mark_not_done, record_facts, session
from kapjournal.journal.values import Session
from kapjournal.records import Record
from tests.cast import Cast
from tests.journal.desk import done

ALL: dict[str, Any] = {
    "minutes": 55,
    "intensity": 8,
    "challenge": 0,
    "relief": 10,
    "systolic": 120,
    "diastolic": 80,
}


@pytest.fixture
def held(cast: Cast) -> Record[Session]:
    return done(cast, cast.alice)


def record(cast: Cast, held: Record[Session], **facts: Any) -> None:
    record_facts(cast.work(), by=cast.alice, session=held.id, facts=Facts(**facts), now=cast.now())


def kept(cast: Cast, held: Record[Session]) -> dict[str, Any]:
    value = session(cast.work(cast.new_store()), by=cast.alice, id=held.id).value
    return {name: getattr(value, name) for name in ALL}


def dose(cast: Cast, held: Record[Session]) -> str | None:
    found = dose_of(cast.work(cast.new_store()), by=cast.alice, session=held.id)
    return found and found.value.amount


def rows(cast: Cast) -> int:
    with cast.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(records)) or 0


def test_facts_are_kept_with_the_session(cast: Cast, held: Record[Session]) -> None:
    record(cast, held, **ALL)
    assert kept(cast, held) == ALL
    assert session(cast.work(), by=cast.alice, id=held.id).value.ended_at == held.value.ended_at


def test_what_is_left_out_is_not_recorded_any_more(cast: Cast, held: Record[Session]) -> None:
    record(cast, held, **ALL)
    record(cast, held, relief=3)
    assert kept(cast, held) == dict.fromkeys(ALL) | {"relief": 3}


def test_the_dose_is_a_record_of_its_own(cast: Cast, held: Record[Session]) -> None:
    before = rows(cast)
    record(cast, held, dose="  0.5 mg/kg,\n 40 minutes ")
    assert dose(cast, held) == "0.5 mg/kg, 40 minutes"
    assert rows(cast) == before + 1
    assert "0.5" not in repr(session(cast.work(), by=cast.alice, id=held.id).value)


def test_without_a_dose_there_is_no_record_of_one(cast: Cast, held: Record[Session]) -> None:
    before = rows(cast)
    record(cast, held, **ALL)
    assert dose(cast, held) is None
    assert rows(cast) == before


def test_a_dose_is_changed_and_emptied_in_its_place(cast: Cast, held: Record[Session]) -> None:
    before = rows(cast)
    for amount in ("56 mg", "84 mg", ""):
        record(cast, held, dose=amount)
        assert dose(cast, held) == amount
    assert rows(cast) == before + 1


@pytest.mark.parametrize("field", ["intensity", "challenge", "relief"])
def test_ratings_are_whole_numbers_from_0_to_10(cast: Cast, held: Record[Session], field: str) -> None:
    for wrong in (-1, 11, 3.0, float("nan"), "7", "１", True):
        with pytest.raises(OutOfRange, match=field):
            record(cast, held, **{field: wrong}, dose="56 mg")
    assert kept(cast, held) == dict.fromkeys(ALL)
    assert dose(cast, held) is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("minutes", -1), ("minutes", 601), ("systolic", 29), ("systolic", 301), ("diastolic", 0)],
)
def test_minutes_and_pressures_have_a_range(
    cast: Cast, held: Record[Session], field: str, wrong: int
) -> None:
    with pytest.raises(OutOfRange, match=field):
        record(cast, held, **{field: wrong})


@pytest.mark.parametrize("diastolic", [120, 121])
def test_the_second_pressure_is_below_the_first(cast: Cast, held: Record[Session], diastolic: int) -> None:
    with pytest.raises(OutOfRange, match="diastolic"):
        record(cast, held, systolic=120, diastolic=diastolic)
    record(cast, held, systolic=120, diastolic=119)
    record(cast, held, diastolic=200)
    assert kept(cast, held)["diastolic"] == 200


def test_a_dose_that_cannot_be_kept_saves_nothing(cast: Cast, held: Record[Session]) -> None:
    for wrong, error in (("x" * 201, TooLong), ("a\0b", UnsuitableText), ("\ud800", UnsuitableText)):
        with pytest.raises(error):
            record(cast, held, dose=wrong, relief=3)
    assert kept(cast, held) == dict.fromkeys(ALL)


def test_two_tabs_do_not_overwrite_each_other(cast: Cast, held: Record[Session]) -> None:
    slow = cast.work()
    assert session(slow, by=cast.alice, id=held.id)
    mark_not_done(cast.work(), by=cast.alice, session=held.id)
    with pytest.raises(ChangedElsewhere):
        record_facts(slow, by=cast.alice, session=held.id, facts=Facts(dose="56 mg"), now=cast.now())
    assert dose(cast, held) is None


def test_nobody_else_records_or_reads(cast: Cast, held: Record[Session]) -> None:
    record(cast, held, dose="56 mg")
    for by in (cast.bob, cast.dora):
        assert dose_of(cast.work(), by=by, session=held.id) is None
        with pytest.raises(NotAllowed):
            record_facts(cast.work(), by=by, session=held.id, facts=Facts(), now=cast.now())
