"""The open application: settings, engine, secret, content and clock; hands out units of work.

One per process. Two threads keep it clean without any key: one drops snapshots of sign-ins that have
ended (every 30 s), one purges what was deleted more than seven days ago (every 10 minutes).
"""

import hmac
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine

from kapjournal.clock import Clock, Moment, clock_from, moment
from kapjournal.content import Content, ContentError, load_content
from kapjournal.database.engine import sqlite_engine, transaction
from kapjournal.database.migrate import migrate, start_alone
from kapjournal.errors import KapjournalError, SettingsRefused, StorageUnavailable
from kapjournal.journal.values import Dose, Entry, OwnPrompt, Seen, Session, Step, VoiceNote
from kapjournal.measures.values import (
    AnswerApart,
    CheckIn,
    Craving,
    MonthlyCheck,
    Response,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.people.values import Preferences, SafetyCard
from kapjournal.records import Store, Work, accounts, links, rows
from kapjournal.records.work import DAY, UNDO_DAYS
from kapjournal.settings import Settings, new_secret, read_secret, read_settings
from kapjournal.sharing.keeping import Keeper
from kapjournal.sharing.values import Link, Patient, PrivateNote
from kapjournal.vault.keys import keyed_hash

REAP_SECONDS = 30.0
PURGE_SECONDS = 600.0
DATABASE_FILE = "kapjournal.sqlite3"
SECRET_FILE = "kapjournal.secret"

Everything = (
    Preferences
    | SafetyCard
    | Session
    | Dose
    | Step
    | Entry
    | VoiceNote
    | OwnPrompt
    | Seen
    | CheckIn
    | Craving
    | SideEffects
    | Urge
    | MonthlyCheck
    | Substances
    | Response
    | AnswerApart
    | Link
    | Patient
    | PrivateNote
)


class Application:
    """What a process keeps open between units of work."""

    def __init__(self, settings: Settings, store: Store, clock: Clock, content: Content) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.content = content
        self._closing = Event()

    def work(self) -> Work:
        """A new unit of work, now."""
        return Work(self.store, self.clock())

    def now(self, zone: str | None) -> Moment:
        """This moment in a person's zone."""
        return moment(self.clock(), zone or "UTC")

    def start_cleaning(self) -> None:
        """Start the two cleaning threads; what has ended while nobody was here ends now."""
        with suppress(StorageUnavailable):
            self.purge()
        for seconds, task in ((REAP_SECONDS, self.reap), (PURGE_SECONDS, self.purge)):
            Thread(
                target=self._every, args=(seconds, task), daemon=True, name=f"kapjournal {task.__name__}"
            ).start()

    def reap(self) -> None:
        """Drop the snapshots of sign-ins that have ended."""
        self.store.snapshots.reap(self.clock())

    def purge(self) -> None:
        """Remove for good what was deleted more than seven days ago; end what has ended: sign-ins and links."""
        now = int(self.clock())
        with transaction(self.store.engine, writing=True) as connection:
            accounts.set_latest(connection, now)
            links.end_overdue(connection, max(now, accounts.latest(connection)) // DAY)
            rows.purge(connection, now // DAY - UNDO_DAYS)
            accounts.end_expired(connection, now)
            accounts.forget_guesses(connection, now - DAY)

    def close(self) -> None:
        """Forget every opened record and close the database."""
        self._closing.set()
        self.store.snapshots.clear()
        self.store.engine.dispose()

    def _every(self, seconds: float, task: Any) -> None:
        while not self._closing.wait(seconds):
            try:
                task()
            except StorageUnavailable:
                continue


def open_application(settings: Settings, *, environ: Mapping[str, str] = os.environ) -> Application:
    """Load the content, open the database, bring its schema up to date, check the server secret.

    Raises SettingsRefused with what to do; the database is then unchanged.
    """
    content = read_content(settings.content)
    engine = _engine(settings)
    try:
        migrate(engine)
        secret, lineage = _identify(engine, settings)
    except KapjournalError:
        engine.dispose()
        raise
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Everything)
    store = Store(
        engine, secret, decoder, lineage=lineage, memory_mb=settings.memory_mb, keeper=Keeper(content)
    )
    return Application(settings, store, clock_from(environ), content)


def accept_secret(settings: Settings) -> None:
    """Go on with another server secret: everybody signs in again with a recovery code. Raises SettingsRefused."""
    if settings.secret is None:
        raise SettingsRefused(_NO_SECRET)
    engine = _engine(settings)
    try:
        migrate(engine)
        with transaction(engine, writing=True) as connection:
            _introduce(connection, keyed_hash(settings.secret, "check", b""))
            accounts.end_all_sign_ins(connection)
    finally:
        engine.dispose()


_lock = Lock()
_application: Application | None = None


def application(read_secrets: Callable[[], Mapping[str, Any]] = dict) -> Application:
    """The application of this process, opened at the first call; only then are the secrets read."""
    global _application  # noqa: PLW0603  # one per process, by design
    with _lock:
        if _application is None:
            _application = open_application(read_settings(os.environ, read_secrets()))
            _application.start_cleaning()
        return _application


def read_content(extra: Path | None) -> Content:
    """Our content and that of the operator's folder. Raises SettingsRefused with every fault."""
    try:
        return load_content(extra=extra)
    except ContentError as error:
        raise SettingsRefused(
            f"The content cannot be used. Correct what follows, or leave KAPJOURNAL_CONTENT out.\n{error}"
        ) from error


def _engine(settings: Settings) -> Engine:
    if settings.database_url is not None:
        from kapjournal.database.postgres import postgres_engine

        return postgres_engine(settings.database_url)
    database, secret = settings.data / DATABASE_FILE, settings.data / SECRET_FILE
    if secret.exists() and not (database.exists() and database.stat().st_size):
        raise SettingsRefused(
            f"{database} is missing or empty, but {secret} is there. "
            "Put the database back (docs/operations.md, Restore), "
            f"or move {secret} away to begin with an empty journal."
        )
    return sqlite_engine(database)


def _identify(engine: Engine, settings: Settings) -> tuple[bytes, bytes]:
    """The server secret, checked against the database, and the database's lineage."""
    with transaction(engine, writing=True) as connection:
        start_alone(connection)
        check = accounts.fact(connection, "check")
        secret = settings.secret or _kept_secret(
            settings, fresh=check is None and not accounts.anybody(connection)
        )
        expected = keyed_hash(secret, "check", b"")
        if check is None:
            if accounts.anybody(connection):
                raise SettingsRefused(_OTHER_SECRET)
            _introduce(connection, expected)
        elif not hmac.compare_digest(check, expected):
            raise SettingsRefused(_OTHER_SECRET)
        lineage = accounts.fact(connection, "lineage")
    if lineage is None:
        raise SettingsRefused(
            "The database has lost its identity. Restore it from a backup (docs/operations.md)."
        )
    return secret, lineage


def _introduce(connection: Connection, check: bytes) -> None:
    """Let a database know its server secret, and itself."""
    accounts.set_fact(connection, "check", check)
    if accounts.fact(connection, "lineage") is None:
        accounts.set_fact(connection, "lineage", os.urandom(16))


_OTHER_SECRET = (
    "The server secret is not the one this database was made with. "
    "Set KAPJOURNAL_SECRET to the old one. Without it people can still come back with their recovery codes: "
    "see docs/operations.md, Another server secret."
)
_NO_SECRET = (
    "KAPJOURNAL_SECRET is missing. Make one with: python -m kapjournal secret. "
    "Put it in the environment or in Streamlit's secrets, and keep a copy apart from the database."
)


def _kept_secret(settings: Settings, *, fresh: bool) -> bytes:
    """The secret beside a local database; made only for one that is empty."""
    path: Path = settings.data / SECRET_FILE
    if settings.database_url is not None:
        raise SettingsRefused(_NO_SECRET)
    if path.exists():
        return read_secret(path.read_text(errors="replace"))
    if not fresh:
        raise SettingsRefused(_NO_SECRET)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(new_secret() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return read_secret(path.read_text())
