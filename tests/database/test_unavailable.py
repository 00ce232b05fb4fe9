"""A database that is locked, full, gone or restarted: nothing is said to be saved, and it goes on afterwards."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from kapjournal.database import engine as engines
from kapjournal.database.engine import sqlite_engine, transaction
from kapjournal.database.migrate import migrate
from kapjournal.errors import StorageDamaged, StorageUnavailable
from tests.cast import Cast, Watched
from tests.records.boxes import Box, rows_of, save, words_of

LARGE = "Blue light. " * 5000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kapjournal.sqlite3"


@pytest.fixture
def local(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A local database that is waited for a tenth of a second."""
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    engine = sqlite_engine(path)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def people(local: Engine, derivations: Watched) -> Cast:
    cast = Cast(local)
    assert cast.alice
    return cast


@pytest.fixture
def holder(path: Path, people: Cast) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def test_a_locked_database_is_unavailable_and_then_works(people: Cast, holder: sqlite3.Connection) -> None:
    put = Box().put("Blue")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        save(people, put)
    assert words_of(people) == []
    holder.execute("ROLLBACK")
    save(people, put)
    assert words_of(people) == ["Blue"]


def test_a_locked_database_is_not_taken_for_a_damaged_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE other (id)")
    holder.execute("BEGIN EXCLUSIVE")
    engine = sqlite_engine(path)
    with pytest.raises(StorageUnavailable) as refusal:
        migrate(engine)
    assert not isinstance(refusal.value, StorageDamaged)
    holder.execute("ROLLBACK")
    migrate(engine)
    engine.dispose()
    holder.close()


def test_readers_do_not_wait_for_a_writer(people: Cast, holder: sqlite3.Connection) -> None:
    save(people, Box().put("Blue"))
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("DELETE FROM records")
    assert words_of(people) == ["Blue"]
    holder.execute("ROLLBACK")


def test_a_file_that_was_deleted_under_the_server_is_unavailable(people: Cast, path: Path) -> None:
    save(people, Box().put("Blue"))
    path.rename(path.with_suffix(".away"))
    put = Box().put("Green")
    with pytest.raises(StorageUnavailable):
        save(people, put)
    with pytest.raises(StorageUnavailable):
        words_of(people)
    path.with_suffix(".away").rename(path)
    save(people, put)
    assert words_of(people) == ["Blue", "Green"]


def test_a_file_that_was_replaced_under_the_server_is_unavailable(people: Cast, path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.touch()
    with pytest.raises(StorageUnavailable):
        save(people, Box().put("Blue"))
    assert path.read_bytes() == b""


def test_a_full_disk_is_unavailable_and_works_when_there_is_room(people: Cast) -> None:
    limit = _limit(people.engine)
    box = Box()
    save(people, box.put("Blue"))
    put = box.put(LARGE)
    with pytest.raises(StorageUnavailable):
        save(people, put)
    assert words_of(people) == ["Blue"]
    limit["pages"] = 1 << 20
    assert not save(people, put).copied
    assert words_of(people) == [LARGE]


def test_a_full_disk_does_not_let_a_migration_leave_half_a_schema(path: Path) -> None:
    engine = sqlite_engine(path)
    limit = _limit(engine, spare=4)
    with pytest.raises(StorageUnavailable):
        migrate(engine)
    assert _tables(engine) == []
    limit["pages"] = 1 << 20
    migrate(engine)
    assert "records" in _tables(engine)
    engine.dispose()


def test_a_body_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine, writing=True) as connection:
            connection.execute(text("INSERT INTO guesses VALUES (:login, 1, 1)"), {"login": b"x"})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert rows_of(engine, "login", "guesses") == []


@pytest.mark.parametrize("statement", ["SELECT * FROM nothing", "INSERT INTO guesses VALUES (NULL, 1, 1)"])
def test_whatever_the_driver_raises_is_unavailable_and_tells_nothing(engine: Engine, statement: str) -> None:
    def ask() -> None:
        with transaction(engine, writing=True) as connection:
            connection.execute(text(statement))

    with pytest.raises(StorageUnavailable, match=r"^\w+$"):
        ask()


def test_durability_is_asked_for_on_every_connection(local: Engine) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    for _connection in range(2):
        with local.connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            connection.invalidate()
        assert found == expected


def test_the_files_are_their_owners_alone(local: Engine, path: Path) -> None:
    with local.connect():
        modes = {it.name: it.stat().st_mode & 0o777 for it in path.parent.glob("kapjournal.sqlite3*")}
    assert modes == dict.fromkeys([path.name, f"{path.name}-wal", f"{path.name}-shm"], 0o600)


def _limit(engine: Engine, spare: int = 1) -> dict[str, int]:
    """Let the database grow by a few pages only."""
    with engine.connect() as connection:
        limit = {"pages": connection.exec_driver_sql("PRAGMA page_count").scalar() + spare}

    def apply(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit['pages']}")

    event.listen(engine, "checkout", apply)
    return limit


def _tables(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [
            name
            for (name,) in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        ]
