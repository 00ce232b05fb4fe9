"""What several rows share - people, databases, servers -, each made when a row first asks for it."""

import asyncio
import tempfile
from collections.abc import Coroutine, Mapping
from contextlib import ExitStack, closing
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from streamlit.proto.Delta_pb2 import Delta

from bench.bare import bare_page, kind
from bench.client import element
from bench.grounds import PostgresGrounds, SqliteGrounds
from bench.people import Person, add_people, opened
from bench.practice import PATIENTS, Practice, make_practice
from bench.servers import Server, floor, kapjournal, kapjournal_on_stock, stock

T = TypeVar("T")
CHECK_IN = "now"
BOX = "box"
Parts = tuple[list[str], list[str]]


class Stage:
    """Use it in `with`: servers end and folders vanish with it."""

    def __init__(self) -> None:
        self._exit = ExitStack()
        self._people: list[Person] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    @cached_property
    def folder(self) -> Path:
        """A private temporary folder."""
        return Path(self._exit.enter_context(tempfile.TemporaryDirectory(prefix="kapjournal-bench-")))

    @cached_property
    def runner(self) -> asyncio.Runner:
        """One event loop, so that tabs can stay open between rounds."""
        return self._exit.enter_context(asyncio.Runner())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end."""
        return self.runner.run(work)

    @cached_property
    def data(self) -> Path:
        """The folder of the SQLite database that our server runs on."""
        return self.folder / "data"

    def people(self, count: int) -> list[Person]:
        """The first `count` patients with one year each."""
        missing = count - len(self._people)
        if missing > 0:
            with opened(self.data) as application:
                prefix = f"year-{len(self._people)}"
                self._people += add_people(application, missing, years=1, prefix=prefix)
        return self._people[:count]

    @cached_property
    def veteran(self) -> Person:
        """A patient with ten years, in the same database."""
        with opened(self.data) as application:
            return add_people(application, 1, years=10, prefix="ten-years")[0]

    @cached_property
    def practice(self) -> Practice:
        """A therapist with whom two hundred patients share, in a database of their own."""
        with opened(self.folder / "practice") as application:
            return make_practice(application, PATIENTS)

    @cached_property
    def practice_server(self) -> Server:
        """kapjournal on that database."""
        self.practice  # noqa: B018  # to be made before somebody serves it
        return self._exit.enter_context(kapjournal(self.folder / "practice"))

    @cached_property
    def sqlite(self) -> SqliteGrounds:
        """Databases without a server."""
        return SqliteGrounds(self.folder / "sqlite")

    @cached_property
    def postgres(self) -> PostgresGrounds:
        """Databases on a real PostgreSQL server."""
        return self._exit.enter_context(closing(PostgresGrounds(self.folder / "postgres")))

    @cached_property
    def ours(self) -> Server:
        """kapjournal."""
        return self._exit.enter_context(kapjournal(self.data))

    @cached_property
    def ours_on_stock(self) -> Server:
        """The same application on the same database, on stock Streamlit."""
        return self._exit.enter_context(kapjournal_on_stock(self.folder / "ours-on-stock", self.data))

    @cached_property
    def stock(self) -> Server:
        """A bare page of as many elements as Today on stock Streamlit, its check-in in a fragment."""
        return self._exit.enter_context(stock(self.folder / "stock", self.bare_today))

    @cached_property
    def stock_with_uvloop(self) -> Server:
        """The same with Streamlit's optional performance package."""
        return self._exit.enter_context(stock(self.folder / "uvloop", self.bare_today, uvloop=True))

    @cached_property
    def stock_editor(self) -> Server:
        """A bare page of as many elements as the editor's page on stock Streamlit, its editor in a fragment."""
        parts = self.run(self._parts_of("box-", "write", blank="1"))
        page = bare_page(*parts, acted_on="bidi_component", key=BOX)
        return self._exit.enter_context(stock(self.folder / "editor", page))

    @cached_property
    def floor(self) -> Server:
        """The same page as `stock` on our launcher."""
        return self._exit.enter_context(floor(self.folder / "floor", self.bare_today))

    @cached_property
    def today(self) -> Parts:
        """The kinds of elements and containers on Today: outside of the check-in, and in it."""
        return self.run(self._parts_of(CHECK_IN))

    @property
    def bare_today(self) -> str:
        """A bare page of as many elements as Today."""
        return bare_page(*self.today, acted_on="bidi_component", key=CHECK_IN)

    async def _parts_of(self, key: str, page: str = "", **query: str) -> Parts:
        async with self.people(1)[0].tab(self.ours.address) as tab:
            await tab.open(page, **query)
            return parts(tab.page(), key)


def parts(page: Mapping[tuple[int, ...], Delta], key: str) -> Parts:
    """The kinds outside of and inside the fragment of the widget whose key begins with `key`.

    A widget in no fragment counts together with everything in the same card: the container around its own.
    """
    places = [place for place, delta in page.items() if f"-{key}" in getattr(element(delta), "id", "")]
    widget, card = page[places[0]], places[0][:-2]
    outside: list[str] = []
    inside: list[str] = []
    for place, delta in page.items():
        within = delta.fragment_id == widget.fragment_id if widget.fragment_id else place[: len(card)] == card
        (inside if within else outside).append(kind(delta))
    return outside, inside
