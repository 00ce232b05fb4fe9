"""FORMAT.md lists every key, keyed hash and purpose that the source uses, and no other."""

import ast
import re
from pathlib import Path

import pytest

import kapjournal

PACKAGE = Path(kapjournal.__file__).parent
TABLES = {"derived key": "derive", "keyed hash under S": "keyed_hash", "purpose of a blob": "seal"}
LABEL_AT = {"derive": 1, "keyed_hash": 1, "seal": 2}


def documented(heading: str) -> set[str]:
    text = (PACKAGE / "vault" / "FORMAT.md").read_text()
    table = text[text.index(f"| {heading} |") :].split("\n\n")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))


def used(function: str) -> set[str]:
    calls = (
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    )
    return {call.args[LABEL_AT[function]].value for call in calls}


@pytest.mark.parametrize("heading", TABLES)
def test_the_key_inventory_is_complete(heading: str) -> None:
    assert documented(heading) == used(TABLES[heading])
