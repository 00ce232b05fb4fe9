"""The migrated schema is the one that the program knows, and a migration is whole or not at all."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Engine, create_engine, insert, inspect, text

import kapjournal.database.migrate
from kapjournal.database.engine import sqlite_engine, transaction
from kapjournal.database.migrate import migrate
from kapjournal.database.postgres import postgres_engine
from kapjournal.database.tables import accounts, metadata, records, sign_ins, wraps
from kapjournal.errors import SettingsRefused, StorageNewer
from tests.database.servers import plain_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, or will be."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("empty_address"))
    return str(tmp_path / "kapjournal.sqlite3")


@pytest.fixture
def empty(address: str) -> Iterator[Engine]:
    engine = postgres_engine(address) if "://" in address else sqlite_engine(Path(address))
    yield engine
    engine.dispose()


def described(engine: Engine) -> dict[str, object]:
    """Everything about the tables that the database itself knows."""
    found = inspect(engine)
    return {
        table: {
            "columns": [
                (it["name"], repr(it["type"]), it["nullable"], it["default"])
                for it in found.get_columns(table)
            ],
            "primary key": found.get_pk_constraint(table),
            "foreign keys": sorted(map(repr, found.get_foreign_keys(table))),
            "unique": sorted(map(repr, found.get_unique_constraints(table))),
            "indexes": sorted(map(repr, found.get_indexes(table))),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def looking(address: str) -> Engine:
    return plain_engine(address) if "://" in address else create_engine(f"sqlite:///{address}")


def test_the_migrated_schema_is_the_one_the_program_knows(address: str, empty: Engine) -> None:
    migrate(empty)
    plain = looking(address)
    migrated = described(plain)
    metadata.drop_all(plain)
    metadata.create_all(plain)
    assert migrated == described(plain)
    assert set(migrated) == set(metadata.tables)
    plain.dispose()


def test_migrating_again_changes_nothing(address: str, empty: Engine) -> None:
    migrate(empty)
    plain = looking(address)
    before = described(plain)
    migrate(empty)
    assert described(plain) == before
    plain.dispose()


def test_servers_that_start_together_migrate_once(empty: Engine) -> None:
    failures = []

    def start() -> None:
        try:
            migrate(empty)
        except Exception as error:  # noqa: BLE001  # none is expected
            failures.append(error)

    threads = [Thread(target=start) for _server in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with empty.connect() as connection:
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1


FIRST = (
    insert(accounts).values(id=b"a", role="patient", login=b"x", seq=7, public_key=b"p"),
    insert(accounts).values(id=b"b", role="therapist", login=b"y", seq=0, public_key=b"q"),
    insert(wraps).values(owner=b"a", purpose="passphrase", id=b"", salt=b"", parameters="", blob=b"w"),
    insert(sign_ins).values(owner=b"a", id=b"s", browser=b"", seen=1, idle=2, expires=3, label=b""),
    insert(records).values(
        owner=b"a", id=b"r", kind="note", seq=7, gen=1, version=1, save_id=b"v", body=b"body", dek=b"dek"
    ),
)
"""Somebody of the first schema."""


def test_what_the_first_schema_held_is_still_there(empty: Engine) -> None:
    config = Config()
    scripts = Path(kapjournal.database.migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", str(scripts))
    with transaction(empty, writing=True) as connection:
        config.attributes["connection"] = connection
        alembic.upgrade(config, "0001")
        for statement in FIRST:
            connection.execute(statement)
    migrate(empty)
    with empty.connect() as connection:
        kept = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("accounts", "wraps", "sign_ins", "records")
        ]
        codes = connection.execute(text("SELECT role, code FROM accounts ORDER BY id")).all()
    assert kept == [2, 1, 1, 1]
    assert [(role, code and len(code)) for role, code in codes] == [("patient", None), ("therapist", 12)]


def test_a_newer_database_is_refused_and_left_as_it_is(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("CREATE TABLE from_the_future (id INTEGER)"))
    with pytest.raises(StorageNewer, match=r"newer kapjournal.*Upgrade") as refusal:
        migrate(empty)
    assert isinstance(refusal.value, SettingsRefused)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_migration_that_is_killed_leaves_nothing_half_done(
    address: str, pytestconfig: pytest.Config
) -> None:
    command = [sys.executable, "-m", "tests.database.dying", address]
    run = subprocess.run(command, cwd=pytestconfig.rootpath, capture_output=True, text=True, check=True)
    *killed, last = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(killed) > 10
    assert [it for it in killed if not it["killed"] or it["tables"]] == []
    assert (last["killed"], set(last["tables"])) == (False, {*metadata.tables, "alembic_version"})
