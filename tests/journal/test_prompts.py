"""Prompts take turns: none comes again before the others have had theirs, and few ask for meaning."""

from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.content import Prompt, load_content
from kapjournal.journal.phases import Guards
from kapjournal.journal.prompts import NOTHING_SEEN, SITTING, go_on, seen, sitting
from kapjournal.journal.values import Seen
from tests.cast import Cast

PHASES = sorted({pack.phase for pack in load_content().packs})
DAY, NEXT_DAY = "2026-09-21", "2026-09-22"
FREE = Guards(nothing=False, capture_only=False, meanings=None, measures=True)
FIRST_DAYS = FREE._replace(meanings=1)
SAME_DAY = FREE._replace(capture_only=True, meanings=0, measures=False)
IN_SESSION = SAME_DAY._replace(nothing=True)

packs = st.lists(st.booleans(), min_size=1, max_size=15)


def pack(*interpretive: bool) -> list[Prompt]:
    return [
        Prompt(
            id=f"between.p{number}",
            version=1,
            text="?",
            domain="any",
            process="present",
            interpretive=asks,
            source="ours",
        )
        for number, asks in enumerate(interpretive)
    ]


def gone_on(before: Seen, prompts: Sequence[Prompt], day: str = DAY) -> Seen:
    """What is known after going on from these prompts on one day."""
    meanings = sum(it.interpretive for it in prompts) + (before.meanings if before.day == day else 0)
    ids = (*before.prompts, *(it.id for it in prompts))
    return msgspec.structs.replace(before, prompts=ids, day=day, meanings=meanings)


def sittings(
    prompts: Sequence[Prompt], count: int, guards: Guards = FREE, days: Sequence[str] = (DAY,)
) -> list[tuple[Prompt, ...]]:
    """`count` sittings on each day with somebody who goes on from every prompt."""
    known, found = NOTHING_SEEN, []
    for day in days:
        for _number in range(count):
            found.append(sitting(prompts, known, day, guards))
            known = gone_on(known, found[-1], day)
    return found


def names(chosen: Sequence[Prompt]) -> list[str]:
    return [it.id.removeprefix("between.") for it in chosen]


def test_a_sitting_has_three_prompts_in_the_order_of_the_pack() -> None:
    assert names(sitting(pack(*[False] * 8), NOTHING_SEEN, DAY, FREE)) == ["p0", "p1", "p2"]


def test_a_short_pack_makes_a_short_sitting() -> None:
    assert names(sitting(pack(False, False), NOTHING_SEEN, DAY, FREE)) == ["p0", "p1"]
    assert sitting([], NOTHING_SEEN, DAY, FREE) == ()


def test_a_sitting_may_be_shorter_or_longer() -> None:
    assert [len(sitting(pack(*[False] * 8), NOTHING_SEEN, DAY, FREE, length)) for length in (0, 1, 5)] == [
        0,
        1,
        5,
    ]


def test_the_one_that_had_its_turn_longest_ago_comes_first() -> None:
    prompts = pack(*[False] * 5)
    order = [prompts[place] for place in (3, 0, 4, 2, 1)]
    assert names(sitting(prompts, gone_on(NOTHING_SEEN, order), DAY, FREE)) == ["p3", "p0", "p4"]


def test_one_that_never_had_its_turn_comes_before_all_others() -> None:
    prompts = pack(*[False] * 5)
    assert names(sitting(prompts, gone_on(NOTHING_SEEN, prompts[:4]), DAY, FREE))[0] == "p4"


def test_what_was_not_gone_on_from_is_offered_again() -> None:
    prompts = pack(*[False] * 5)
    assert names(sitting(prompts, gone_on(NOTHING_SEEN, prompts[:1]), DAY, FREE)) == ["p1", "p2", "p3"]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 20), st.integers(1, 12))
def test_nothing_comes_again_before_the_pool_is_used_up(size: int, count: int) -> None:
    turns = [it.id for chosen in sittings(pack(*[False] * size), count) for it in chosen]
    for start in range(0, len(turns), size):
        assert len(set(turns[start : start + size])) == len(turns[start : start + size])


@settings(max_examples=200, deadline=None)
@given(packs, st.sampled_from([FREE, FIRST_DAYS, SAME_DAY]), st.integers(1, 4), st.integers(1, 6))
def test_where_meaning_is_rationed_each_kind_takes_its_own_turns(
    asks: list[bool], guards: Guards, count: int, days: int
) -> None:
    prompts = pack(*asks)
    found = sittings(prompts, count, guards, [f"2026-09-{day:02}" for day in range(1, days + 1)])
    turns = Counter(it.id for chosen in found for it in chosen)
    for kind in (False, True):
        counts = [turns[it.id] for it in prompts if it.interpretive is kind]
        # The last sitting may end before the round does.
        assert max(counts, default=0) - min(counts, default=0) <= 1


@settings(max_examples=200, deadline=None)
@given(packs, st.lists(st.integers(0, 14), max_size=40), st.sampled_from([FREE, FIRST_DAYS, SAME_DAY]))
def test_only_a_meaning_that_cannot_be_asked_for_is_passed_over(
    asks: list[bool], turns: list[int], guards: Guards
) -> None:
    prompts = pack(*asks)
    known = gone_on(NOTHING_SEEN, [prompts[it % len(prompts)] for it in turns], DAY)
    chosen = sitting(prompts, known, NEXT_DAY, guards)
    count = Counter(known.prompts)
    assert len(set(chosen)) == len(chosen) <= SITTING
    assert sum(it.interpretive for it in chosen) <= (guards.meanings in (1, None))
    most = max((count[it.id] for it in chosen), default=0)
    assert all(count[it.id] >= most for it in prompts if it not in chosen and not it.interpretive)


@settings(max_examples=100, deadline=None)
@given(packs)
def test_in_the_first_days_one_prompt_a_day_asks_for_a_meaning_however_often_somebody_comes(
    asks: list[bool],
) -> None:
    often = len(asks)
    found = sittings(pack(*asks), often, FIRST_DAYS, [DAY, NEXT_DAY])
    for that_day in (found[:often], found[often:]):
        assert sum(it.interpretive for chosen in that_day for it in chosen) == any(asks)


def test_a_meaning_that_was_asked_for_elsewhere_counts_for_the_first_days_too() -> None:
    known = gone_on(NOTHING_SEEN, pack(True), DAY)
    prompts = pack(False, True)
    assert names(sitting(prompts, known, DAY, FIRST_DAYS)) == ["p0"]
    assert names(sitting(pack(False, False, True)[1:], known, NEXT_DAY, FIRST_DAYS)) == ["p1", "p2"]


def test_more_meanings_than_the_first_days_allow_still_leave_the_others() -> None:
    known = msgspec.structs.replace(NOTHING_SEEN, day=DAY, meanings=5)
    assert names(sitting(pack(True, False), known, DAY, FIRST_DAYS)) == ["p1"]


@settings(max_examples=50, deadline=None)
@given(packs, st.integers(1, 5))
def test_on_the_day_of_a_session_no_prompt_asks_for_a_meaning(asks: list[bool], count: int) -> None:
    assert not any(it.interpretive for chosen in sittings(pack(*asks), count, SAME_DAY) for it in chosen)


@settings(max_examples=50, deadline=None)
@given(packs)
def test_during_a_session_nothing_is_offered(asks: list[bool]) -> None:
    assert sitting(pack(*asks), NOTHING_SEEN, DAY, IN_SESSION) == ()


@pytest.mark.parametrize("phase", PHASES)
def test_a_course_of_sittings_reaches_every_prompt_we_ship_before_one_comes_again(phase: str) -> None:
    prompts = load_content().prompts(phase)
    turns = [it.id for chosen in sittings(prompts, len(prompts)) for it in chosen]
    assert set(turns[: len(prompts)]) == {it.id for it in prompts}


@pytest.mark.parametrize("phase", PHASES)
def test_a_second_sitting_does_not_repeat_the_first(phase: str) -> None:
    first, second = sittings(load_content().prompts(phase), 2)
    assert not set(first) & set(second)


def test_nobody_has_seen_anything_at_first(cast: Cast) -> None:
    for by in (cast.alice, cast.bob):
        assert seen(cast.work(), by=by) == NOTHING_SEEN


def test_going_on_is_noted_in_order_and_in_one_place(cast: Cast) -> None:
    first, second = pack(False, False)
    for prompt in (second, first, second):
        go_on(cast.work(), by=cast.alice, prompt=prompt, now=cast.now())
    for store in (cast.store, cast.new_store()):
        assert seen(cast.work(store), by=cast.alice).prompts == (second.id, first.id, second.id)
    assert len(cast.work().reading(cast.alice).all(Seen)) == 1


def test_meanings_are_counted_by_the_day_of_the_person(cast: Cast) -> None:
    plain, asking = pack(False, True)
    for prompt in (asking, plain, asking):
        go_on(cast.work(), by=cast.alice, prompt=prompt, now=cast.now())
    found = seen(cast.work(), by=cast.alice)
    assert (found.day, found.meanings) == (cast.now().day.isoformat(), 2)
    go_on(cast.work(), by=cast.alice, prompt=plain, now=cast.now("Pacific/Kiritimati"))
    found = seen(cast.work(), by=cast.alice)
    assert (found.day, found.meanings) == (cast.now("Pacific/Kiritimati").day.isoformat(), 0)


def test_two_tabs_on_two_servers_note_in_one_place(cast: Cast) -> None:
    prompts, far = pack(*[False] * 4), cast.new_store()
    for prompt, store in zip(prompts, (cast.store, far, cast.store, far), strict=True):
        go_on(cast.work(store), by=cast.alice, prompt=prompt, now=cast.now())
    for store in (cast.store, far):
        assert seen(cast.work(store), by=cast.alice).prompts == tuple(it.id for it in prompts)
