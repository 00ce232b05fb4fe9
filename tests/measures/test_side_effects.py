"""Side effects after a session, the urge for more apart from them, and whom the answers ask to call."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.journal.values import Session
from kapjournal.measures.side_effects import (
    EFFECTS,
    EMERGENCY,
    FLAGS,
    LASTED,
    report_side_effects,
    side_effects,
    urge_after,
    whom_to_call,
)
from kapjournal.measures.values import Effect, RedFlag, ReportDay, SideEffects, Urge
from kapjournal.records import Record, Value
from tests.cast import Cast
from tests.journal.desk import done

NAUSEA = Effect("nausea", 2, "hours")


@pytest.fixture
def held(cast: Cast) -> Record[Session]:
    return done(cast, cast.alice)


def reported(
    cast: Cast, held: Record[Session], *effects: Effect, when: ReportDay = "same_day", **more: Any
) -> Record[SideEffects]:
    return report_side_effects(
        cast.work(), by=cast.alice, session=held.id, when=when, effects=effects, now=cast.now(), **more
    )


def report_of(cast: Cast, held: Record[Session], when: ReportDay = "same_day") -> SideEffects | None:
    found = side_effects(cast.work(cast.new_store()), by=cast.alice, session=held.id, when=when)
    return found and found.value


def urge_of(cast: Cast, held: Record[Session], when: ReportDay = "same_day") -> int | None:
    found = urge_after(cast.work(cast.new_store()), by=cast.alice, session=held.id, when=when)
    return found and found.value.strength


def stored(cast: Cast, cls: type[Value]) -> list[Value]:
    return [it.value for it in cast.work(cast.new_store()).reading(cast.alice).all(cls).values()]


def answers(*effects: Effect, flags: tuple[RedFlag, ...] = (), when: ReportDay = "same_day") -> SideEffects:
    return SideEffects(
        at=0,
        zone="UTC",
        wall="1970-01-01T00:00",
        session=bytes(16),
        when=when,
        effects=effects,
        flags=flags,
    )


def test_a_report_is_kept_in_the_order_of_the_list(cast: Cast, held: Record[Session]) -> None:
    effects = (Effect("mood_crash", 1), Effect("headache", 3, "still"), NAUSEA)
    reported(cast, held, *effects, flags=["fainted", "chest_pain"])
    value = report_of(cast, held)
    assert value is not None
    assert value.effects == (NAUSEA, effects[1], effects[0])
    assert value.flags == ("chest_pain", "fainted")
    assert (value.session, value.when) == (held.id, "same_day")
    assert (value.at, value.zone, value.wall) == cast.now()


def test_nothing_noticed_is_a_report_too(cast: Cast, held: Record[Session]) -> None:
    assert report_of(cast, held) is None
    reported(cast, held)
    value = report_of(cast, held)
    assert value is not None
    assert (value.effects, value.flags, urge_of(cast, held)) == ((), (), None)


@pytest.mark.parametrize("name", EFFECTS)
def test_every_effect_is_kept_with_every_strength_and_length(
    cast: Cast, held: Record[Session], name: Any
) -> None:
    for effect in (Effect(name, strength, lasted) for strength in (1, 2, 3) for lasted in LASTED):
        reported(cast, held, effect)
        value = report_of(cast, held)
        assert value is not None
        assert value.effects == (effect,)


def test_a_report_that_is_made_again_replaces_the_first(cast: Cast, held: Record[Session]) -> None:
    first = reported(cast, held, NAUSEA, flags=["fainted"], urge=3)
    cast.later(60)
    again = reported(cast, held, Effect("headache", 1), urge=1)
    assert (again.id, again.version) == (first.id, 2)
    assert stored(cast, SideEffects) == [report_of(cast, held)] == [again.value]
    assert (again.value.flags, urge_of(cast, held), len(stored(cast, Urge))) == ((), 1, 1)


def test_an_urge_that_is_not_named_again_is_none(cast: Cast, held: Record[Session]) -> None:
    reported(cast, held, urge=3)
    reported(cast, held)
    assert urge_of(cast, held) == 0


def test_the_two_days_and_two_sessions_are_reported_apart(cast: Cast, held: Record[Session]) -> None:
    other = done(cast, cast.alice)
    reported(cast, held, NAUSEA, urge=1)
    reported(cast, held, Effect("headache", 1), when="next_day", urge=2)
    reported(cast, other, Effect("anxiety", 3), urge=3)
    names = [
        [it.name for it in value.effects]
        for value in (report_of(cast, held), report_of(cast, held, "next_day"), report_of(cast, other))
        if value is not None
    ]
    assert names == [["nausea"], ["headache"], ["anxiety"]]
    assert [urge_of(cast, held), urge_of(cast, held, "next_day"), urge_of(cast, other)] == [1, 2, 3]
    assert report_of(cast, other, "next_day") is None


@pytest.mark.parametrize("urge", [0, 1, 2, 3])
def test_the_urge_for_more_is_a_record_of_its_own(cast: Cast, held: Record[Session], urge: int) -> None:
    record = reported(cast, held, NAUSEA, urge=urge)
    found = urge_after(cast.work(), by=cast.alice, session=held.id, when="same_day")
    assert found is not None
    assert (found.value.strength, found.id != record.id) == (urge, True)
    assert not {"urge", "craving", "strength"} & set(SideEffects.__struct_fields__)
    assert "urge" not in repr(stored(cast, SideEffects)).lower()


@pytest.mark.parametrize(
    "wrong",
    [
        Effect("nausea", strength)  # type: ignore[arg-type]  # what is refused
        for strength in (0, 4, -1, True, 2.0, "2", None, float("nan"))
    ]
    + [Effect(name, 2) for name in ("urge", "Nausea", "", "nausea ", None)]  # type: ignore[arg-type]
    + [Effect("nausea", 2, lasted) for lasted in ("week", "Hours", None)],  # type: ignore[arg-type]
)
def test_an_effect_that_is_none_is_refused_and_nothing_changes(
    cast: Cast, held: Record[Session], wrong: Effect
) -> None:
    before = reported(cast, held, NAUSEA, urge=1).value
    for effects in ((wrong,), (wrong, NAUSEA), (Effect("headache", 1), wrong)):
        with pytest.raises(OutOfRange, match="effects"):
            reported(cast, held, *effects, urge=3)
    assert (stored(cast, SideEffects), urge_of(cast, held)) == ([before], 1)


@pytest.mark.parametrize(
    "wrong",
    [{"urge": it} for it in (-1, 4, True, False, 1.0, "1", float("nan"))]
    + [{"flags": [it]} for it in ("", "Fainted", "bleeding", "blood_in_urine")]
    + [{"flags": ["fainted", "x"]}]
    + [{"when": it} for it in ("", "later", "Same_day", None)],
)
def test_an_urge_a_flag_or_a_day_that_is_none_is_refused_and_nothing_changes(
    cast: Cast, held: Record[Session], wrong: dict[str, Any]
) -> None:
    before = reported(cast, held, NAUSEA, urge=1).value
    with pytest.raises(OutOfRange, match="effects"):
        reported(cast, held, Effect("headache", 1), **wrong)
    assert (stored(cast, SideEffects), urge_of(cast, held)) == ([before], 1)


def test_of_an_effect_named_twice_the_last_counts(cast: Cast, held: Record[Session]) -> None:
    assert reported(cast, held, NAUSEA, Effect("nausea", 3)).value.effects == (Effect("nausea", 3),)


def test_a_report_needs_a_session_of_ones_own(cast: Cast) -> None:
    hers = done(cast, cast.dora)
    for session in (hers.id, bytes(16), b""):
        with pytest.raises(NotAllowed):
            report_side_effects(
                cast.work(), by=cast.alice, session=session, when="same_day", effects=(), now=cast.now()
            )
    assert stored(cast, SideEffects) == []


def test_nobody_else_reports_or_reads(cast: Cast, held: Record[Session]) -> None:
    record = reported(cast, held, NAUSEA, urge=2)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert side_effects(cast.work(), by=by, session=held.id, when="same_day") is None
        assert urge_after(cast.work(), by=by, session=held.id, when="same_day") is None
        with pytest.raises(NotAllowed):
            report_side_effects(
                cast.work(), by=by, session=held.id, when="same_day", effects=(), now=cast.now()
            )
    assert stored(cast, SideEffects) == [record.value]


URGENT = {
    "chest_pain": "emergency",
    "cannot_breathe": "emergency",
    "fainted": "emergency",
    "cannot_be_woken": "emergency",
    "confused_over_a_day": "prescriber",
}


def test_every_flag_has_its_call() -> None:
    assert set(URGENT) == set(FLAGS)
    assert {it for it, call in URGENT.items() if call == "emergency"} == EMERGENCY


@pytest.mark.parametrize("when", ["same_day", "next_day"])
@pytest.mark.parametrize(
    "flags", [flags for count in range(1, len(FLAGS) + 1) for flags in combinations(FLAGS, count)]
)
def test_flags_ask_for_the_more_urgent_call_alone_and_together(
    flags: tuple[RedFlag, ...], when: ReportDay
) -> None:
    calls = {URGENT[it] for it in flags}
    expected = "emergency" if "emergency" in calls else "prescriber"
    assert whom_to_call(answers(flags=flags, when=when)) == expected
    assert whom_to_call(answers(NAUSEA, Effect("confusion", 1), flags=flags, when=when)) == expected


def test_nothing_noticed_calls_nobody() -> None:
    assert whom_to_call(answers()) is None
    assert whom_to_call(answers(when="next_day")) is None


@pytest.mark.parametrize(("strength", "call"), [(1, None), (2, None), (3, "emergency")])
def test_strong_trouble_with_breathing_is_for_the_emergency_number(strength: int, call: str | None) -> None:
    for when in ("same_day", "next_day"):
        for lasted in LASTED:
            assert whom_to_call(answers(Effect("breathing", strength, lasted), when=when)) == call


@pytest.mark.parametrize("strength", [1, 2, 3])
@pytest.mark.parametrize("lasted", LASTED)
def test_strong_confusion_that_lasts_into_the_next_day_is_for_the_prescriber(
    strength: int, lasted: Any
) -> None:
    confused = Effect("confusion", strength, lasted)
    lasting = strength == 3 and lasted in ("day", "still")
    assert whom_to_call(answers(confused, when="next_day")) == ("prescriber" if lasting else None)
    assert whom_to_call(answers(confused, when="same_day")) is None


def test_breathing_comes_before_confusion() -> None:
    confused = Effect("confusion", 3, "still")
    assert whom_to_call(answers(confused, Effect("breathing", 3), when="next_day")) == "emergency"
    assert whom_to_call(answers(confused, Effect("breathing", 2), when="next_day")) == "prescriber"


@given(
    st.lists(
        st.builds(
            Effect,
            st.sampled_from([it for it in EFFECTS if it not in ("breathing", "confusion")]),
            st.sampled_from([1, 2, 3]),
            st.sampled_from(LASTED),
        )
    ),
    st.sampled_from(["same_day", "next_day"]),
)
def test_no_other_effect_calls_anybody(effects: list[Effect], when: ReportDay) -> None:
    assert whom_to_call(answers(*effects, when=when)) is None
