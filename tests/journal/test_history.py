"""Earlier versions: cut when an entry is changed after it was finished, and every ten minutes of writing."""

import pytest

from kapjournal.errors import NotAllowed
from kapjournal.journal.reading import earlier_versions
from kapjournal.journal.writing import CUT_SECONDS, finish
from tests.cast import Cast
from tests.journal.desk import Box, written


def past(cast: Cast, entry: bytes) -> list[str]:
    found = earlier_versions(cast.work(), by=cast.alice, entry=entry)
    return [it.value.text for it in found]  # type: ignore[attr-defined]  # they are entries


def test_ten_minutes_of_writing_leave_no_version_behind(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    for text in ("one", "two", "three"):
        box.push(text)
        cast.later(CUT_SECONDS // 3)
    assert past(cast, box.id) == []


def test_after_ten_minutes_the_text_that_is_replaced_is_kept(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("one")
    cast.later(CUT_SECONDS - 1)
    box.push("two")
    assert past(cast, box.id) == []
    cast.later(1)
    box.push("three")
    assert past(cast, box.id) == ["two"]


def test_every_ten_minutes_of_writing_leave_one_version(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    for minute in range(41):
        box.push(f"minute {minute}")
        cast.later(60)
    assert past(cast, box.id) == ["minute 39", "minute 29", "minute 19", "minute 9"]


def test_the_first_change_after_finishing_keeps_the_finished_text(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    box = Box(cast, cast.alice, opens=record)
    for text in ("The cello, a", "The cello, and", "The cello, and rain."):
        box.push(text)
    assert past(cast, record.id) == ["The cello."]


def test_the_latest_twenty_versions_are_kept(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    for number in range(25):
        box.push(f"text {number}")
        cast.later(CUT_SECONDS)
    assert past(cast, box.id) == [f"text {number}" for number in range(23, 3, -1)]


def test_a_clock_that_was_set_back_does_not_push_versions_out(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    cast.later(-86_400)
    box = Box(cast, cast.alice, opens=record)
    for second in range(30):
        box.push(f"second {second}")
        cast.later(1)
    assert past(cast, record.id) == ["The cello."]


def test_finishing_by_itself_keeps_no_second_version_of_the_same_text(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("The cello.")
    finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())
    assert past(cast, box.id) == []


def test_the_versions_of_somebody_else_are_not_shown(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    for by in (cast.bob, cast.dora):
        with pytest.raises(NotAllowed):
            earlier_versions(cast.work(), by=by, entry=record.id)
