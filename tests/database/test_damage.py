"""A damaged database file refuses the start and says what to do; it is never taken for an empty journal."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.application import DATABASE_FILE, SECRET_FILE, Application, open_application
from kapjournal.errors import SettingsRefused, StorageDamaged, StorageUnavailable
from kapjournal.settings import Settings, read_settings
from tests.cast import Cast, Watched
from tests.records.boxes import words_of, written

Damage = Callable[[Path], None]
PAGE = 4096


def overwrite(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


DAMAGE: dict[str, Damage] = {
    "garbage": lambda path: path.write_bytes(os.urandom(5 * PAGE)),
    "garbage behind a right header": lambda path: overwrite(path, 100, os.urandom(5 * PAGE)),
    "the first page overwritten": lambda path: overwrite(path, 0, bytes(PAGE)),
    "a format that nobody knows": lambda path: overwrite(path, 18, b"\xff\xff"),
    "a page overwritten": lambda path: overwrite(path, 2 * PAGE, os.urandom(PAGE)),
    "a page of zeros": lambda path: overwrite(path, 3 * PAGE, bytes(PAGE)),
    "cut in half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut to one page": lambda path: os.truncate(path, PAGE),
    "cut in the header": lambda path: os.truncate(path, 50),
    "another kind of file": lambda path: path.write_text("Dear diary,\n" * 2000),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"KAPJOURNAL_DATA": str(tmp_path / "data")})


@pytest.fixture
def database(settings: Settings, derivations: Watched) -> Path:
    """The file of a closed journal with an entry."""
    open_application(settings, environ={}).close()
    application = open_application(settings, environ={})
    cast = cast_on(application)
    for number in range(30):
        written(cast, f"Blue light {number}.")
    application.close()
    return settings.data / DATABASE_FILE


def cast_on(application: Application) -> Cast:
    cast = Cast(application.store.engine)
    cast.store = application.store
    return cast


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_refuses_the_start(settings: Settings, database: Path, damage: Damage) -> None:
    damage(database)
    spoiled = database.read_bytes()
    with pytest.raises(StorageDamaged, match=r"damaged.*keep the damaged file.*backup.*operations\.md"):
        open_application(settings, environ={})
    assert database.read_bytes() == spoiled


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_without_its_database_a_secret_refuses_the_start(
    settings: Settings, database: Path, damage: str
) -> None:
    if damage == "missing":
        database.unlink()
    else:
        os.truncate(database, 0)
    with pytest.raises(SettingsRefused, match=r"missing.*Put the database back.*move .* away"):
        open_application(settings, environ={})
    assert not database.exists() or database.stat().st_size == 0


def test_a_start_that_was_cut_short_before_the_secret_begins_again(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / DATABASE_FILE).touch()
    open_application(settings, environ={}).close()
    assert (settings.data / SECRET_FILE).exists()


def test_a_journal_put_back_opens(settings: Settings, database: Path) -> None:
    whole = database.read_bytes()
    DAMAGE["cut in half"](database)
    with pytest.raises(StorageDamaged):
        open_application(settings, environ={})
    database.write_bytes(whole)
    application = open_application(settings, environ={})
    cast = cast_on(application)
    cast.alice = cast.enter("alice")
    assert len(words_of(cast, application.store)) == 30
    application.close()


def test_what_is_damaged_while_the_server_runs_is_not_shown_as_empty(
    settings: Settings, database: Path
) -> None:
    application = open_application(settings, environ={})
    cast = cast_on(application)
    cast.alice = cast.enter("alice")
    with application.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    application.store.engine.dispose()
    overwrite(database, PAGE, os.urandom(database.stat().st_size - PAGE))
    with pytest.raises(StorageUnavailable):
        words_of(cast, application.store)
    application.close()
