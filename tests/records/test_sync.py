"""Two tabs and two servers agree, with at most two queries a run, and open nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text

from kapjournal.errors import NotAllowed, StorageUnavailable
from kapjournal.journal.values import Entry
from kapjournal.measures.values import CheckIn
from kapjournal.records import SignedIn, Store, rows
from tests.cast import Cast
from tests.records.boxes import Box, note, save, words_of, written


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database, apart from the frame of a transaction."""
    asked: list[str] = []

    def note_it(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note_it)
    yield asked
    event.remove(engine, "before_cursor_execute", note_it)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The ids of the rows that are opened from now on."""
    seen: list[bytes] = []
    really = rows.open_row

    def open_row(row, keys, decoder):
        seen.append(bytes(row.id))
        return really(row, keys, decoder)

    monkeypatch.setattr(rows, "open_row", open_row)
    return seen


def shown(cast: Cast, store: Store, by: SignedIn | None = None) -> list[str]:
    """The texts among what one run of a script reads."""
    found = cast.work(store).reading(by or cast.alice).all(Entry)
    return sorted(record.value.text for record in found.values())


def test_a_run_asks_once_if_nothing_moved_and_twice_if_something_did(cast: Cast) -> None:
    written(cast, "Blue")
    fresh = cast.new_store()
    shown(cast, fresh)
    with statements(cast.engine) as asked:
        work = cast.work(fresh)
        work.reading(cast.alice)
        work.reading(cast.alice)
        work.own(cast.alice, Entry, next(iter(work.reading(cast.alice).all(Entry))))
    assert len(asked) == 1
    written(cast, "Green")
    with statements(cast.engine) as asked:
        assert shown(cast, fresh) == ["Blue", "Green"]
    assert len(asked) == 2


def test_only_what_changed_is_opened(cast: Cast, opened: list[bytes]) -> None:
    one, two = written(cast, "Blue"), written(cast, "Green")
    other_server = cast.new_store()
    shown(cast, other_server)
    assert sorted(opened) == sorted([one.id, two.id])
    opened.clear()
    cast.work().restate(cast.alice, one, note("Blue light."))
    assert shown(cast, other_server) == ["Blue light.", "Green"]
    assert shown(cast, other_server) == ["Blue light.", "Green"]
    assert opened == [one.id]


def test_ones_own_saves_are_not_opened_again(cast: Cast, opened: list[bytes]) -> None:
    cast.work().reading(cast.alice)
    box = Box()
    for words in ("B", "Bl", "Blue"):
        save(cast, box.put(words))
        assert shown(cast, cast.store) == [words]
    assert opened == []


def test_a_save_after_somebody_elses_shows_both(cast: Cast) -> None:
    here, there = cast.new_store(), cast.new_store()
    shown(cast, here)
    cast.work(there).save(cast.alice, Box().put("There"))
    cast.work(here).save(cast.alice, Box().put("Here"))
    assert shown(cast, here) == shown(cast, there) == ["Here", "There"]


def test_deleting_and_bringing_back_reaches_the_other_server(cast: Cast) -> None:
    record, other_server = written(cast, "Blue"), cast.new_store()
    assert shown(cast, other_server) == ["Blue"]
    cast.work().delete(cast.alice, record.id)
    assert shown(cast, other_server) == []
    cast.work().undelete(cast.alice, record.id)
    assert shown(cast, other_server) == ["Blue"]


def test_a_unit_of_work_stands_still(cast: Cast) -> None:
    work = cast.work()
    before = work.reading(cast.alice)
    cast.work(cast.new_store()).save(cast.alice, Box().put("Blue"))
    assert work.reading(cast.alice) is before
    assert shown(cast, cast.store) == ["Blue"]


def test_the_newest_thirty_notes_are_opened_first_and_the_rest_when_asked_for(cast: Cast) -> None:
    cast.work().append(cast.alice, [note(f"{number:02}") for number in range(40)])
    cast.work().append(
        cast.alice, [CheckIn(at=0, zone="UTC", wall="1970-01-01T00:00", mood=3) for _ in range(40)]
    )
    fresh = cast.new_store()
    assert shown(cast, fresh) == [f"{number:02}" for number in range(10, 40)]
    assert len(cast.work(fresh).reading(cast.alice).all(CheckIn)) == 40
    assert words_of(cast, fresh) == [f"{number:02}" for number in range(40)]
    assert len(shown(cast, fresh)) == 40


def test_an_old_note_is_found_without_opening_the_journal(cast: Cast, opened: list[bytes]) -> None:
    old = written(cast, "Blue")
    cast.work().append(cast.alice, [note(str(number)) for number in range(30)])
    fresh = cast.new_store()
    assert cast.work(fresh).own(cast.alice, Entry, old.id).value.text == "Blue"
    assert len(opened) == 31


def test_a_complete_journal_stays_complete(cast: Cast) -> None:
    cast.work().append(cast.alice, [note(f"{number:02}") for number in range(40)])
    fresh = cast.new_store()
    words_of(cast, fresh)
    written(cast, "40")
    with statements(cast.engine) as asked:
        assert len(words_of(cast, fresh)) == 41
    assert len(asked) == 2


def test_a_complete_journal_is_opened_although_somebody_writes_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.work().append(cast.alice, [note(f"{number:02}") for number in range(40)])
    fresh, really = cast.new_store(), rows.notes
    shown(cast, fresh)

    def notes(*arguments):
        if not meanwhile:
            meanwhile.append(1)
            found = list(really(*arguments))
            arguments[0].rollback()
            written(cast, "40")
            return found
        return really(*arguments)

    meanwhile: list[int] = []
    monkeypatch.setattr(rows, "notes", notes)
    assert len(words_of(cast, fresh)) == 40
    assert len(words_of(cast, fresh)) == 41


def test_a_record_of_another_class_is_not_found(cast: Cast) -> None:
    record = written(cast, "Blue")
    for store in (cast.store, cast.new_store()):
        with pytest.raises(NotAllowed):
            cast.work(store).own(cast.alice, CheckIn, record.id)


def test_nobody_reads_what_is_somebody_elses(cast: Cast) -> None:
    record = written(cast, "Alice's")
    for other in (cast.dora, cast.bob, cast.charlie):
        assert shown(cast, cast.store, by=other) == []
        with pytest.raises(NotAllowed):
            cast.work().own(other, Entry, record.id)


def test_what_was_opened_is_forgotten_above_the_budget_and_opened_again(cast: Cast) -> None:
    small = Store(cast.engine, cast.store.secret, cast.store.decoder, lineage=bytes(16), memory_mb=0)
    save(cast, Box().put("Alice's"))
    save(cast, Box().put("Dora's"), by=cast.dora)
    for _time in range(2):
        assert shown(cast, small) == ["Alice's"]
        assert shown(cast, small, by=cast.dora) == ["Dora's"]
        assert len(small.snapshots) == 1


def test_rows_are_fetched_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 7)
    cast.work().append(cast.alice, [note(f"{number:02}") for number in range(20)])
    with cast.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM records")).scalar() == 20
    assert len(words_of(cast)) == 20


def test_what_was_never_committed_is_shown_to_nobody(cast: Cast) -> None:
    work = cast.work()

    def fail_after_saving() -> None:
        with work.authorised(cast.alice, writing=True):
            work.save(cast.alice, Box().put("Blue"))
            assert [it.value.text for it in work.reading(cast.alice).all(Entry).values()] == ["Blue"]
            raise StorageUnavailable

    assert cast.alice
    cast.store.snapshots.clear()
    with pytest.raises(StorageUnavailable):
        fail_after_saving()
    assert shown(cast, cast.store) == []
    assert len(work.reading(cast.alice).all(Entry)) == 0


def test_a_journal_is_opened_before_anybody_has_to_wait(cast: Cast, opened: list[bytes]) -> None:
    [saved] = cast.work().save(cast.alice, Box().put("Blue"))
    work = cast.work(cast.new_store())
    with work.writing(cast.alice):
        before = list(opened)
        assert [it.value.text for it in work.reading(cast.alice).all(Entry).values()] == ["Blue"]
    assert before == opened == [saved.record.id]
