"""Bring a database to the schema of this program, all pending steps and the version row in one transaction."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from kapjournal.database.engine import transaction
from kapjournal.errors import StorageDamaged, StorageNewer, StorageUnavailable

HEAD = "0002"
LOCK = 0x6B61706A
DAMAGED = (
    "The database file is damaged. Stop the server, keep the damaged file, "
    "and put the latest backup in its place (see docs/operations.md, Restore)."
)
NEWER = "This database was written by a newer kapjournal. Upgrade the program; do not go back."


def migrate(engine: Engine) -> None:
    """Migrate at start. Raises StorageNewer, StorageDamaged, StorageUnavailable; the schema is then as it was."""
    if engine.dialect.name == "sqlite":
        _check_file(engine)
    with transaction(engine, writing=True) as connection:
        start_alone(connection)
        _upgrade(connection)


def start_alone(connection: Connection) -> None:
    """Let no other process start on this database until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _upgrade(connection: Connection) -> None:
    current = _revision(connection)
    if current == HEAD:
        return
    # Not needed at any other start, and a sixth of the time that one takes.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StorageNewer(NEWER)
    command.upgrade(config, HEAD)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _check_file(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            sound = connection.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
    except OperationalError as error:
        # Locked, full or not to be opened says nothing about what is in the file.
        raise StorageUnavailable(type(error).__name__) from error
    except DatabaseError as error:
        raise StorageDamaged(DAMAGED) from error
    if not sound:
        raise StorageDamaged(DAMAGED)
