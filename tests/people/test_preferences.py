"""How the app behaves for one person: set, kept, and never set to what could not be read back."""

from typing import Any

import pytest

from kapjournal.errors import ChangedElsewhere, OutOfRange, TooLong, UnsuitableText
from kapjournal.people.preferences import UNSET, change_preferences, preferences
from kapjournal.people.values import Preferences
from kapjournal.records import SignedIn
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("derivations")

EVERYTHING: dict[str, Any] = {
    "name": "Ally",
    "fixed_zone": "Australia/Lord_Howe",
    "country": "AU",
    "extras": ("pain", "craving"),
    "idle_minutes": 30,
    "recovery_written_down": True,
}
WRONG: dict[str, tuple[object, ...]] = {
    "idle_minutes": (4, 241, 10.0, "60", True, None),
    "fixed_zone": ("Mars/Olympus", "../../etc/passwd", "Europe/Berlin\0", "a" * 5000, "\ud800"),
    "country": ("de", "DEU", "D", "D1", "DE\n", "<b>"),
    "extras": (("mood",), ("pain", "joy"), ("",)),
}


def change(cast: Cast, by: SignedIn, **changes: Any) -> Preferences:
    return change_preferences(cast.work(), by=by, now=cast.now(), **changes)


def kept(cast: Cast, by: SignedIn) -> Preferences:
    """As another server reads it."""
    return preferences(cast.work(cast.new_store()), by=by)


def test_until_something_is_set_there_are_defaults(cast: Cast) -> None:
    for by in (cast.alice, cast.bob):
        assert preferences(cast.work(), by=by) == UNSET


def test_everything_that_was_set_is_kept(cast: Cast) -> None:
    change(cast, cast.alice, **EVERYTHING)
    found = kept(cast, cast.alice)
    assert {name: getattr(found, name) for name in EVERYTHING} == EVERYTHING


def test_what_is_not_named_stays_as_it_was(cast: Cast) -> None:
    change(cast, cast.alice, **EVERYTHING)
    change(cast, cast.alice, country="")
    found = kept(cast, cast.alice)
    assert (found.name, found.country, found.idle_minutes) == ("Ally", "", 30)


def test_one_person_does_not_see_what_another_set(cast: Cast) -> None:
    change(cast, cast.alice, **EVERYTHING)
    assert kept(cast, cast.dora) == UNSET


@pytest.mark.parametrize("field", WRONG)
def test_what_is_not_possible_is_refused_and_nothing_is_saved(cast: Cast, field: str) -> None:
    for wrong in WRONG[field]:
        with pytest.raises(OutOfRange, match=field):
            change(cast, cast.alice, **{field: wrong})
    assert kept(cast, cast.alice) == UNSET


def test_a_name_has_at_most_100_characters(cast: Cast) -> None:
    assert kept(cast, cast.alice) == UNSET
    with pytest.raises(TooLong) as refused:
        change(cast, cast.alice, name="é" * 101)
    assert (refused.value.length, refused.value.limit) == (101, 100)
    assert change(cast, cast.alice, name=f"  {'é' * 100}\n").name == "é" * 100


@pytest.mark.parametrize("name", ["Al\0ice", "Al\ud800ice"])
def test_a_name_that_cannot_be_kept_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(UnsuitableText):
        change(cast, cast.alice, name=name)
    assert kept(cast, cast.alice) == UNSET


def test_two_tabs_that_change_the_same_state_do_not_overwrite_each_other(cast: Cast) -> None:
    change(cast, cast.alice, name="Ally")
    slow = cast.work()
    assert preferences(slow, by=cast.alice).name == "Ally"
    change(cast, cast.alice, name="Alice")
    with pytest.raises(ChangedElsewhere):
        change_preferences(slow, by=cast.alice, now=cast.now(), country="GB")
    assert (kept(cast, cast.alice).name, kept(cast, cast.alice).country) == ("Alice", "")


def test_two_tabs_that_begin_at_once_agree_afterwards(cast: Cast) -> None:
    slow = cast.work()
    assert preferences(slow, by=cast.alice) == UNSET
    change(cast, cast.alice, name="From the first tab")
    change_preferences(slow, by=cast.alice, now=cast.now(), name="From the second tab")
    assert preferences(cast.work(), by=cast.alice) == kept(cast, cast.alice)
    change(cast, cast.alice, name="From both")
    assert kept(cast, cast.alice).name == "From both"
