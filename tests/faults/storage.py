"""Somebody writes while the database is locked, full, gone or stopped: never "Saved", a clear message, nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psutil  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import select

from kapjournal.database.tables import accounts
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import UNLIMITED, Database, Kind, Site, Stage, limit_files
from tests.faults.writer import BACK_SECONDS, Writer, writing

SHORT_LOCK, HANGING, LONG_LOCK = 3.0, 8.0, 60.0
TOLD_SECONDS = 20.0
MESSAGE = "storage does not answer"
LONG = "It was blue. " * 4000

Trouble = Callable[[Site], AbstractContextManager[None]]


def locked_shortly(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Another connection holds the lock for three seconds: the save waits for it."""
    site = stage.site(kind)
    tally, took = Tally(site.database.folder), 0.0
    with writing(site, tally.log) as writer:
        for _round in range(rounds):
            _begin(writer)
            with locked(site.database):
                writer.type_for(SHORT_LOCK)
                writer.is_unsaved()
            took = max(took, writer.is_saved())
            writer.is_there()
            tally.check(writer.found())
    return tally.outcome("locked_shortly", kind, rounds, seconds_to_saved=round(took, 1))


def locked_long(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Another connection holds the lock for a minute."""
    return _in_trouble("locked_long", stage.site(kind), rounds, lambda site: locked(site.database), LONG_LOCK)


def disk_full(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The files of the database cannot grow."""
    site = stage.site(kind)
    if kind == "postgresql":
        stage.cluster.fill(site.database)
        return _in_trouble("disk_full", site, rounds, lambda _site: stage.cluster.full(), paste=LONG)
    return _in_trouble("disk_full", site, rounds, no_room)


def database_gone(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The file of the database is away, and comes back."""
    return _in_trouble("database_gone", stage.site(kind), rounds, away)


def database_stopped(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """PostgreSQL crashes, and starts again some seconds later."""

    @contextmanager
    def stopped(_site: Site) -> Iterator[None]:
        stage.cluster.stop()
        try:
            yield
        finally:
            stage.cluster.start()

    return _in_trouble("database_stopped", stage.site(kind), rounds, stopped)


def database_hangs(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """PostgreSQL neither answers nor refuses for some seconds."""
    site = stage.site(kind)
    tally, took = Tally(site.database.folder), 0.0
    with writing(site, tally.log) as writer:
        for _round in range(rounds):
            _begin(writer)
            with stage.cluster.hanging():
                writer.type_for(HANGING)
                writer.is_unsaved()
                writer.is_there()
            took = max(took, writer.is_saved(2 * BACK_SECONDS))
            writer.is_there()
            tally.check(writer.found())
    return tally.outcome("database_hangs", kind, rounds, seconds_to_saved=round(took, 1))


def _in_trouble(
    fault: str, site: Site, rounds: int, trouble: Trouble, seconds: float = 4.0, paste: str = ""
) -> Outcome:
    tally, took = Tally(site.database.folder), 0.0
    with writing(site, tally.log) as writer:
        for _round in range(rounds):
            _begin(writer)
            with trouble(site):
                writer.paste(paste)
                writer.type_for(seconds)
                writer.is_told(MESSAGE, TOLD_SECONDS)
                writer.is_there()
            took = max(took, writer.is_saved(2 * BACK_SECONDS))
            writer.is_there()
            tally.check(writer.found())
    return tally.outcome(fault, site.database.kind, rounds, seconds_to_saved=round(took, 1))


def _begin(writer: Writer) -> None:
    writer.open()
    writer.type("Before it. ")
    writer.is_saved()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Hold what every save needs."""
    with database.sql() as connection:
        if database.kind == "postgresql":
            connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
        connection.execute(select(accounts.c.id).with_for_update())
        yield


@contextmanager
def no_room(site: Site) -> Iterator[None]:
    server = psutil.Process(site.server.pid)
    limit_files(server, 1)
    try:
        yield
    finally:
        limit_files(server, UNLIMITED)


@contextmanager
def away(site: Site) -> Iterator[None]:
    hidden = site.database.file.with_suffix(".away")
    site.database.file.rename(hidden)
    try:
        yield
    finally:
        hidden.rename(site.database.file)
