"""docs/asvs.md tells the truth about itself: its tests exist, its counts are right, its open list is whole."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

import pytest

from tests.modules import ROOT

DOCUMENT = ROOT / "docs" / "asvs.md"
STATES = ("met", "not applicable", "open")
# ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2.
IN_THE_STANDARD = {1: 70, 2: 183}
NUMBERS = r"(\d+\.\d+\.)(\d+)(?:–(\d+\.\d+\.)(\d+))?"
NO_SUCH_TEST = ("test_asvs.py::test_no_such", "no_such.py::test_x", "docs/no-such.md")


class Row(NamedTuple):
    """One line of a table."""

    numbers: tuple[str, ...]
    level: int
    state: str
    shown_by: tuple[str, ...]


@cache
def document() -> str:
    return DOCUMENT.read_text()


def expanded(written: str) -> Iterator[str]:
    """`16.2.1–16.2.3` as its three numbers."""
    for section, first, same, last in re.findall(NUMBERS, written):
        assert same in ("", section)
        yield from (f"{section}{n}" for n in range(int(first), int(last or first) + 1))


@cache
def rows() -> tuple[Row, ...]:
    lines = re.findall(r"^\| (\d+\.\d+\.\d\S*) \|(.*)\|$", document(), re.MULTILINE)
    return tuple(_row(numbers, rest) for numbers, rest in lines)


def _row(numbers: str, rest: str) -> Row:
    level, _asks, state, _how, shown_by = (cell.strip() for cell in rest.split("|"))
    return Row(tuple(expanded(numbers)), int(level), state, tuple(re.findall(r"`([^`]+)`", shown_by)))


@cache
def functions(path: str) -> frozenset[str]:
    file = ROOT / "tests" / path
    tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
    return frozenset(it.name for it in tree.body if isinstance(it, ast.FunctionDef))


def exists(shown_by: str) -> bool:
    """A test below `tests/`, or a file of the repository."""
    path, _colons, test = shown_by.partition("::")
    return test in functions(path) if test else (ROOT / path).is_file()


def test_every_requirement_of_levels_1_and_2_stands_there_once() -> None:
    assert [number for number, count in _all_numbers().items() if count > 1] == []
    found = Counter(row.level for row in rows() for _number in row.numbers)
    assert {level: found[level] for level in IN_THE_STANDARD} == IN_THE_STANDARD


def _all_numbers() -> Counter[str]:
    return Counter(number for row in rows() for number in row.numbers)


def test_every_row_has_a_state_and_what_is_met_is_shown() -> None:
    assert {row.state for row in rows()} == set(STATES)
    assert [row.numbers for row in rows() if row.state == "met" and not row.shown_by] == []


def test_what_shows_it_exists() -> None:
    assert [it for row in rows() for it in row.shown_by if not exists(it)] == []


@pytest.mark.parametrize("named", NO_SUCH_TEST)
def test_a_test_that_does_not_exist_would_be_noticed(named: str) -> None:
    assert not exists(named)


def test_the_counts_are_the_true_ones() -> None:
    told = re.findall(r"^\| ([123])\D*? \| (\d+) \| (\d+) \| (\d+) \|$", document(), re.MULTILINE)
    found = Counter((row.level, row.state) for row in rows() for _number in row.numbers)
    assert [[int(cell) for cell in line] for line in told] == [
        [level, *(found[level, state] for state in STATES)] for level in (1, 2, 3)
    ]


def test_the_open_list_names_everything_that_is_open_and_nothing_else() -> None:
    section = document().split("## What is open\n")[1].split("\n## ")[0]
    listed = [number for group in re.findall(r"\*\* \(([^)]+)\)", section) for number in expanded(group)]
    assert sorted(listed) == sorted(n for row in rows() if row.state == "open" for n in row.numbers)


LIMITS = re.findall(r"^\| .+ \| ([\d ]+) \| `([\w.]+)\.(\w+)(?:\[(\w+)\])?` \|$", document(), re.MULTILINE)


def test_there_are_limits() -> None:
    assert len(LIMITS) == document().split("| limit |")[1].split("\n\n")[0].count("\n") - 1


@pytest.mark.parametrize(("told", "module", "name", "key"), LIMITS)
def test_a_limit_is_the_one_in_the_source(told: str, module: str, name: str, key: str) -> None:
    value = getattr(import_module(f"kapjournal.{module}"), name)
    assert int(told.replace(" ", "")) == (value[key] if key else value)
