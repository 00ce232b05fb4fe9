"""One entry open in two tabs: both texts are kept."""

from itertools import product

from kapjournal.journal.reading import drafts, entries
from kapjournal.journal.writing import About, bring_back, delete_entry
from tests.cast import Cast
from tests.journal.desk import Box, written


def all_texts(cast: Cast) -> list[str]:
    work = cast.work(cast.new_store())
    return sorted(it.value.text for it in (*entries(work, by=cast.alice), *drafts(work, by=cast.alice)))


def test_the_second_tab_goes_on_in_a_copy_and_is_told(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.", phase="same_day")
    one, other = (Box(cast, cast.alice, opens=record) for _tab in range(2))
    assert not one.push("The cello, and rain.").copied
    copy = other.push("The cello, and wind.")
    assert copy.copied
    assert (copy.record.value.phase, copy.record.value.finished) == ("same_day", record.value.finished)
    assert all_texts(cast) == ["The cello, and rain.", "The cello, and wind."]


def test_after_the_copy_each_tab_goes_on_by_itself(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    one, other = (Box(cast, cast.alice, opens=record) for _tab in range(2))
    for text in ("a", "ab", "abc"):
        one.push(f"one {text}")
        other.push(f"other {text}")
    assert all_texts(cast) == ["one abc", "other abc"]


def test_a_retry_of_a_copy_makes_no_second_copy(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    one, other = (Box(cast, cast.alice, opens=record) for _tab in range(2))
    one.push("one")
    copy = other.push("other", heard=False)
    assert other.again(heard=False).record.id == copy.record.id
    assert other.push("other, longer", heard=False).record.id == copy.record.id
    assert all_texts(cast) == ["one", "other, longer"]


def test_no_order_of_typing_in_two_tabs_loses_the_last_text_of_either(cast: Cast) -> None:
    for order in product("a", "ab", "ab", "ab"):
        record = written(cast, cast.alice, "The cello.")
        tabs = {name: Box(cast, cast.alice, opens=record) for name in "ab"}
        for number, name in enumerate(order):
            tabs[name].push(f"{name} {number}", heard=number % 2 == 0)
        last = {tabs[name].text for name in order}
        assert last <= set(all_texts(cast)), order
        for it in entries(cast.work(), by=cast.alice):
            delete_entry(cast.work(), by=cast.alice, entry=it.id)


def test_what_is_typed_after_a_deletion_elsewhere_is_kept(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.", phase="same_day")
    box = Box(cast, cast.alice, opens=record)
    delete_entry(cast.work(), by=cast.alice, entry=record.id)
    saved = box.push("The cello, and rain.", about=About(phase="same_day"))
    assert saved.copied
    assert saved.record.value.phase == "same_day"
    bring_back(cast.work(), by=cast.alice, entry=record.id)
    assert all_texts(cast) == ["The cello, and rain.", "The cello."]


def test_two_tabs_on_two_servers_agree(cast: Cast) -> None:
    record = written(cast, cast.alice, "The cello.")
    far = cast.new_store()
    assert [it.value.text for it in entries(cast.work(far), by=cast.alice)] == ["The cello."]
    Box(cast, cast.alice, opens=record).push("The cello, and rain.")
    assert [it.value.text for it in entries(cast.work(far), by=cast.alice)] == ["The cello, and rain."]
