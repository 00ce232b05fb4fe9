"""The safety card: kept part by part, never overwritten by another tab, never another's."""

import pytest

from kapjournal.errors import (
    ChangedElsewhere,
    KapjournalError,
    NotAllowed,
    OutOfRange,
    TooLong,
    TooManyLines,
    UnsuitableText,
)
from kapjournal.people.safety_card import PARTS, PARTS_WITH_PHONES, Part, change_safety_card, safety_card
from kapjournal.people.values import Contact, SafetyCard
from kapjournal.records import Record, SignedIn, Work
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("derivations")

JANA = Contact("Jana", "+49 (0)30 123-45")


def change(
    cast: Cast, part: Part, *given: str | Contact, base: int = 0, work: Work | None = None
) -> Record[SafetyCard]:
    return change_safety_card(
        work or cast.work(), by=cast.alice, part=part, given=given, base_version=base, now=cast.now()
    )


def kept(cast: Cast, by: SignedIn | None = None) -> Record[SafetyCard] | None:
    """As another server reads it."""
    return safety_card(cast.work(cast.new_store()), by=by or cast.alice)


def value(cast: Cast) -> SafetyCard:
    record = kept(cast)
    assert record is not None
    return record.value


def test_there_is_no_card_until_something_is_filled_in(cast: Cast) -> None:
    assert kept(cast) is None


def test_every_part_is_kept_in_the_order_it_was_typed(cast: Cast) -> None:
    people = (JANA, Contact("The clinic"), Contact("", "112"))
    lines = ("- one", "two #2", "one")
    for base, part in enumerate(PARTS):
        change(cast, part, *(people if part in PARTS_WITH_PHONES else lines), base=base)
    found = value(cast)
    for part in PARTS:
        assert getattr(found, part) == (people if part in PARTS_WITH_PHONES else lines)


def test_what_is_empty_is_left_out(cast: Cast) -> None:
    change(cast, "signs", "", "  ", "I stop eating", "\t")
    change(cast, "tell", Contact(""), Contact(" ", "  "), JANA, base=1)
    assert (value(cast).signs, value(cast).tell) == (("I stop eating",), (JANA,))


def test_a_part_can_be_emptied(cast: Cast) -> None:
    change(cast, "signs", "one")
    change(cast, "signs", base=1)
    assert value(cast).signs == ()


def test_the_same_words_again_change_nothing(cast: Cast) -> None:
    first = change(cast, "reasons", "My dog")
    again = change(cast, "reasons", " My  dog ")
    assert (again.version, again.value) == (first.version, first.value) == (1, value(cast))


def test_twelve_lines_are_kept_and_a_hundred_refused(cast: Cast) -> None:
    change(cast, "doing", *map(str, range(12)))
    for part, given in (("doing", ["x"] * 100), ("tell", [JANA] * 13)):
        with pytest.raises(TooManyLines) as refused:
            change(cast, part, *given, base=1)  # type: ignore[arg-type]  # a Part
        assert (refused.value.count, refused.value.limit) == (len(given), 12)
    assert len(value(cast).doing) == 12


@pytest.mark.parametrize(
    ("part", "given", "limit"),
    [
        ("signs", "x" * 10_000, 200),
        ("tell", Contact("x" * 10_000), 200),
        ("professionals", Contact("x", "1" * 10_000), 60),
    ],
)
def test_10_000_characters_are_refused_with_the_limit(
    cast: Cast, part: Part, given: str | Contact, limit: int
) -> None:
    with pytest.raises(TooLong) as refused:
        change(cast, part, given)
    assert (refused.value.length, refused.value.limit) == (10_000, limit)
    assert kept(cast) is None


@pytest.mark.parametrize("wrong", ["\0", "half \ud800"])
def test_what_cannot_be_kept_is_refused(cast: Cast, wrong: str) -> None:
    for part, given in (("signs", wrong), ("tell", Contact(wrong)), ("tell", Contact("x", wrong))):
        with pytest.raises(UnsuitableText):
            change(cast, part, given)  # type: ignore[arg-type]  # a Part
    assert kept(cast) is None


@pytest.mark.parametrize(("part", "given"), [("signs", JANA), ("tell", "Jana"), ("at", "x"), ("", "x")])
def test_what_is_no_part_or_belongs_into_another_is_refused(
    cast: Cast, part: Part, given: str | Contact
) -> None:
    with pytest.raises(OutOfRange, match="part"):
        change(cast, part, given)


def test_a_tab_that_started_from_an_older_card_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    change(cast, "signs", "first")
    change(cast, "signs", "from the other tab", base=1)
    with pytest.raises(ChangedElsewhere):
        change(cast, "signs", "from this tab", base=1)
    assert value(cast).signs == ("from the other tab",)
    change(cast, "signs", "from the other tab", "from this tab", base=2)
    assert value(cast).signs == ("from the other tab", "from this tab")


@pytest.mark.parametrize("has_looked", [True, False])
def test_of_two_tabs_that_begin_at_once_one_is_refused(cast: Cast, has_looked: bool) -> None:
    slow = cast.work()
    if has_looked:
        assert safety_card(slow, by=cast.alice) is None
    change(cast, "signs", "from the first tab")
    with pytest.raises(ChangedElsewhere):
        change(cast, "doing", "from the second tab", work=slow)
    assert value(cast).signs == ("from the first tab",)
    assert value(cast).doing == ()
    change(cast, "doing", "from the second tab", base=1)
    assert (value(cast).signs, value(cast).doing) == (("from the first tab",), ("from the second tab",))


def test_a_version_that_never_was_is_refused(cast: Cast) -> None:
    with pytest.raises(ChangedElsewhere):
        change(cast, "signs", "x", base=3)
    assert kept(cast) is None


def test_a_therapist_has_no_card(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        change_safety_card(
            cast.work(), by=cast.bob, part="signs", given=["x"], base_version=0, now=cast.now()
        )
    assert kept(cast, cast.bob) is None


def test_nobody_else_reads_it(cast: Cast) -> None:
    change(cast, "signs", "mine")
    assert kept(cast, cast.dora) is None
    assert kept(cast, cast.charlie) is None


def test_a_refusal_carries_nothing_that_was_written(cast: Cast) -> None:
    for part, given in (("signs", "zinnober" * 100), ("tell", Contact("zinnober\0"))):
        with pytest.raises(KapjournalError) as refused:
            change(cast, part, given)  # type: ignore[arg-type]  # a Part
        assert "zinnober" not in repr(refused.value)
