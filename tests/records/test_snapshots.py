"""Snapshots: immutable, replaced whole, held within a budget and no longer than the sign-in."""

from threading import Thread

from kapjournal.journal.values import Entry
from kapjournal.measures.values import CheckIn
from kapjournal.records import Record, Snapshot, Value
from kapjournal.records.snapshots import Damaged, Snapshots, nothing
from tests.records.boxes import note

MOOD = CheckIn(at=0, zone="UTC", wall="1970-01-01T00:00", mood=3)


def record(id: str, value: Value, seq: int = 1, size: int = 100) -> Record[Value]:
    return Record(id.encode(), seq, 1, b"", value, size)


def snapshot(size: int, seq: int = 1) -> Snapshot:
    return nothing(b"account", "patient").after([record("a", note("Blue"), seq, size)], seq)


def test_a_snapshot_never_changes() -> None:
    before = nothing(b"account", "patient").after([record("a", note("Blue")), record("b", MOOD)], 2)
    after = before.after([record("a", note("Blue light."), 3), b"b"], 3)
    assert (before.seq, before.all(Entry)[b"a"].value.text, set(before.all(CheckIn))) == (2, "Blue", {b"b"})
    assert (after.seq, after.all(Entry)[b"a"].value.text, set(after.all(CheckIn))) == (
        3,
        "Blue light.",
        set(),
    )


def test_its_size_is_that_of_what_it_holds() -> None:
    first = nothing(b"account", "patient").after([record("a", note(""), size=100)], 1)
    second = first.after([record("a", note(""), size=250), record("b", MOOD, size=30)], 2)
    third = second.after([b"a", b"unknown", Damaged(b"b", "rating", 3)], 3)
    assert [it.size for it in (first, second, third)] == [100, 280, 0]


def test_a_record_of_another_class_takes_the_place_of_its_id() -> None:
    first = nothing(b"account", "patient").after([record("a", note("Blue"))], 1)
    second = first.after([record("a", MOOD)], 2)
    assert (set(second.all(Entry)), set(second.all(CheckIn))) == (set(), {b"a"})


def test_damage_comes_and_goes() -> None:
    damaged = nothing(b"account", "patient").after([Damaged(b"a", "note", 1)], 1)
    assert set(damaged.damaged) == {b"a"}
    assert not damaged.after([record("a", note("Blue"))], 2).damaged
    assert not damaged.after([b"a"], 2).damaged


def test_what_is_derived_is_kept_until_its_class_changes() -> None:
    computed = []

    def count(found: object) -> int:
        computed.append(found)
        return len(computed)

    first = nothing(b"account", "patient").after([record("a", note("Blue")), record("b", MOOD)], 1)
    assert [first.derived("count", Entry, count), first.derived("count", Entry, count)] == [1, 1]
    assert first.after([record("c", MOOD)], 2).derived("count", Entry, count) == 1
    assert first.after([record("c", note("Green"))], 2).derived("count", Entry, count) == 2
    assert first.derived("count", Entry, count) == 1


def test_the_least_recently_used_goes_first() -> None:
    held = Snapshots(budget_bytes=250)
    for sign_in in (b"one", b"two"):
        held.put(sign_in, snapshot(100), ends=10)
    held.get(b"one")
    held.put(b"three", snapshot(100), ends=10)
    assert [held.get(sign_in) is not None for sign_in in (b"one", b"two", b"three")] == [True, False, True]


def test_one_that_is_larger_than_the_budget_is_held_alone() -> None:
    held = Snapshots(budget_bytes=250)
    held.put(b"one", snapshot(100), ends=10)
    held.put(b"two", snapshot(1000), ends=10)
    assert (held.get(b"one"), len(held)) == (None, 1)
    held.put(b"three", snapshot(100), ends=10)
    assert (held.get(b"two"), len(held)) == (None, 1)


def test_replacing_and_dropping_give_the_room_back() -> None:
    held = Snapshots(budget_bytes=250)
    for seq in range(1, 50):
        held.put(b"one", snapshot(100, seq), ends=10)
    held.put(b"two", snapshot(100), ends=10)
    held.drop(b"two")
    held.put(b"three", snapshot(100), ends=10)
    assert [held.get(sign_in) is not None for sign_in in (b"one", b"two", b"three")] == [True, False, True]


def test_an_older_snapshot_does_not_replace_a_newer_one() -> None:
    held = Snapshots(budget_bytes=1000)
    newer, older = snapshot(100, seq=5), snapshot(100, seq=4)
    held.put(b"one", newer, ends=10)
    held.put(b"one", older, ends=20)
    assert held.get(b"one") is newer
    complete = newer.after([], 5, complete=True)
    held.put(b"one", complete, ends=20)
    held.put(b"one", newer, ends=20)
    assert held.get(b"one") is complete


def test_the_reaper_takes_those_whose_time_is_over() -> None:
    held = Snapshots(budget_bytes=1000)
    for sign_in, ends in ((b"one", 10), (b"two", 20)):
        held.put(sign_in, snapshot(100), ends)
    held.reap(9)
    assert len(held) == 2
    held.reap(10)
    assert [held.get(sign_in) is not None for sign_in in (b"one", b"two")] == [False, True]


def test_a_sign_in_that_goes_on_is_held_longer() -> None:
    held = Snapshots(budget_bytes=1000)
    held.put(b"one", snapshot(100), ends=10)
    held.prolong(b"one", ends=20)
    held.reap(10)
    assert held.get(b"one") is not None


def test_nothing_is_held_again_by_going_on() -> None:
    held = Snapshots(budget_bytes=1000)
    held.put(b"one", snapshot(100), ends=10)
    held.drop(b"one")
    held.prolong(b"one", ends=20)
    assert len(held) == 0


def test_many_threads_may_use_it() -> None:
    held = Snapshots(budget_bytes=1000)

    def use(number: int) -> None:
        for seq in range(300):
            held.put(bytes([number, seq % 5]), snapshot(50, seq), ends=seq)
            held.get(bytes([(number + 1) % 4, seq % 5]))
            held.reap(seq - 20)

    threads = [Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) <= 20
    held.reap(1000)
    held.put(b"last", snapshot(1000), ends=1)
    held.put(b"one more", snapshot(0), ends=1)
    assert len(held) == 2
