"""Prompts take turns: none comes again before the others have had theirs, and few ask for meaning."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.content import Prompt, load_content
from kapjournal.journal.prompts import SITTING, sitting, used
from kapjournal.journal.values import Entry
from kapjournal.records import Record

PHASES = sorted({pack.phase for pack in load_content().packs})


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


def after(
    prompts: list[Prompt], sittings: int, answered: Counter[str] | None = None
) -> list[tuple[int, ...]]:
    """The sittings of somebody who answers every prompt they are offered."""
    answered, found = Counter(answered or {}), []
    for _number in range(sittings):
        found.append(sitting(prompts, answered))
        answered.update(prompts[place].id for place in found[-1])
    return found


def test_a_sitting_has_three_prompts_in_the_order_of_the_pack() -> None:
    assert sitting(pack(*[False] * 8), Counter()) == (0, 1, 2)


def test_a_short_pack_makes_a_short_sitting() -> None:
    assert sitting(pack(False, False), Counter()) == (0, 1)
    assert sitting([], Counter()) == ()


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 20), st.integers(1, 12))
def test_no_prompt_comes_again_before_the_pool_is_used_up(size: int, sittings: int) -> None:
    prompts = pack(*[False] * size)
    turns = Counter(place for one in after(prompts, sittings) for place in one)
    counts = [turns[place] for place in range(size)]
    assert max(counts) - min(counts) <= 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.booleans(), min_size=1, max_size=15), st.lists(st.integers(0, 3), min_size=15, max_size=15)
)
def test_a_sitting_asks_for_meaning_at_most_once_and_takes_the_least_used(
    asks: list[bool], uses: list[int]
) -> None:
    prompts = pack(*asks)
    answered = Counter({it.id: count for it, count in zip(prompts, uses, strict=False)})
    chosen = sitting(prompts, answered)
    assert sum(asks[place] for place in chosen) <= 1
    assert len(set(chosen)) == len(chosen) <= SITTING
    left_out = [place for place in range(len(asks)) if place not in chosen and not asks[place]]
    plain = [uses[place] for place in chosen if not asks[place]]
    assert all(uses[place] >= max(plain, default=0) for place in left_out)


@pytest.mark.parametrize("phase", PHASES)
def test_a_course_of_sittings_reaches_every_prompt_of_the_packs_we_ship(phase: str) -> None:
    prompts = list(load_content().prompts(phase))
    assert prompts
    assert {place for one in after(prompts, 3 * len(prompts)) for place in one} == set(range(len(prompts)))


@pytest.mark.parametrize("phase", PHASES)
def test_a_second_sitting_does_not_repeat_the_first(phase: str) -> None:
    prompts = list(load_content().prompts(phase))
    first, second = after(prompts, 2)
    assert not set(first) & set(second)


def test_what_was_answered_is_counted_by_prompt() -> None:
    values = [
        Entry(at=0, zone="UTC", wall="1970-01-01T00:00", text="", prompt=it) for it in ("a", "b", "a", "")
    ]
    records = [Record(bytes([n]), n, 1, b"", value, 0) for n, value in enumerate(values)]
    assert used(records) == Counter({"a": 2, "b": 1})
