"""The harness measures what it says: a tab acts like a browser, and a missed bar is an error."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import servers
from bench.bare import bare_page
from bench.client import RunFailed, Tab
from bench.editor import Editor
from bench.people import PASSPHRASE, Person, add_people, opened
from bench.practice import make_practice
from bench.rows import Row, p95
from bench.stage import CHECK_IN, Parts, Stage, parts
from kapjournal.sharing.accepting import patients

pytestmark = pytest.mark.xdist_group("bench")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "data"


@pytest.fixture(scope="module")
def person(data: Path) -> Person:
    with opened(data) as application:
        return add_people(application, 1, years=0.1, prefix="bench")[0]


@pytest.fixture(scope="module")
def address(data: Path, person: Person) -> Iterator[str]:
    with servers.kapjournal(data) as server:
        yield server.address


def test_a_tab_with_a_token_is_signed_in(address: str, person: Person) -> None:
    async def today() -> int:
        async with person.tab(address) as tab:
            await tab.open()
            return len(tab.page())

    assert asyncio.run(today()) > 20


def test_a_tab_signs_in_through_the_form_and_keeps_its_token(address: str) -> None:
    async def token() -> str | None:
        async with Tab(address) as tab:
            await tab.sign_in("bench-0", PASSPHRASE)
            tab.find(CHECK_IN)
            return tab.token

    assert asyncio.run(token())


def test_a_refused_sign_in_is_an_error(address: str) -> None:
    async def sign_in() -> None:
        async with Tab(address) as tab:
            await tab.sign_in("nobody", "not a passphrase of anybody")

    with pytest.raises(RunFailed):
        asyncio.run(sign_in())


def test_what_the_editor_pushed_is_acknowledged_and_there_after_a_reload(
    address: str, person: Person
) -> None:
    async def write() -> str:
        async with person.tab(address) as tab:
            await tab.open("write", blank="1")
            await Editor(tab).write("The first words")
            await Editor(tab).write("The first words and more")
        async with person.tab(address) as tab:
            await tab.open("journal")
            return " ".join(it.body for it in tab.elements("text"))

    assert "The first words and more" in asyncio.run(write())


def test_a_practice_is_open_to_each_sign_in_of_its_therapist(tmp_path: Path) -> None:
    with opened(tmp_path / "practice") as application:
        practice = make_practice(application, 2)
        for person in practice.sign_ins:
            found = patients(application.work(), by=person.by)
            assert {it.link.hex() for it in found if it.state == "open"} == set(practice.links)
            assert all(it.digest and it.digest.check_ins > 300 for it in found)
            assert len({it.patient.value.owner for it in found if it.patient}) == 2


@pytest.mark.parametrize(("page", "key"), [("", CHECK_IN), ("write", "box-")])
def test_a_bare_page_has_as_many_elements_as_the_page_it_stands_for(
    *, page: str, key: str, address: str, person: Person, tmp_path: Path
) -> None:
    async def shape(tab: Tab, page: str = "") -> Parts:
        async with tab:
            await tab.open(page, blank="1")
            return parts(tab.page(), key)

    ours = asyncio.run(shape(person.tab(address), page))
    with servers.stock(tmp_path / "stock", bare_page(*ours, acted_on="bidi_component", key=key)) as server:
        bare = asyncio.run(shape(Tab(server.address)))
    assert [len(it) for it in bare] == [len(it) for it in ours]


def test_p95_is_a_value_that_was_measured() -> None:
    assert p95([float(it) for it in range(1, 101)]) == 95
    assert p95([3.0]) == 3


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_a_row_is_one_line_and_a_missed_bar_is_the_exit_code(
    ok: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def row(_stage: Stage) -> Row:
        return Row("row", 1.0, "<= 2", ok, {"ours": 1, "other": None})

    monkeypatch.setattr(command, "ROWS", {"row": row})
    assert command.main(["row"]) == code
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"name", "value", "bar", "ok", "detail"}
