"""What makes a pack fit in with the others: ids, whose it is, and that nobody is asked for meaning too early.

All of it looks at the table as written, so that a pack with a faulty field is still checked for the rest.
"""

from collections.abc import Iterator
from typing import Any

from kapjournal.content.tables import Fault, label

NO_MEANING = frozenset({"pre_session", "same_day", "hard"})
"""Phases in which no prompt may be interpretive."""


def ids(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The ids of a pack and its prompts with their keys."""
    for at, row in [("", table), *_rows(table)]:
        if isinstance(row.get("id"), str):
            yield f"{at}id", row["id"]


def pack_faults(table: dict[str, Any], *, ours: bool) -> Iterator[Fault]:
    """What is wrong with a pack beyond its single fields; `ours` is False for a clinic's own."""
    if ours and "origin" in table:
        yield Fault("origin", "only a clinic's own pack has one")
    if not ours and "origin" not in table:
        yield Fault("origin", "missing; say whose pack this is, such as North Clinic")
    for at, row in _rows(table):
        phases = _phases(table, row)
        if ours and phases and not str(row.get("id")).startswith(f"{phases[0]}."):
            yield Fault(f"{at}id", f"must start with the phase: {phases[0]}.")
        if row.get("interpretive") is True:
            yield from (
                Fault(f"{at}interpretive", f"{it} asks for no meaning") for it in phases if it in NO_MEANING
            )


def _rows(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The prompts of a pack with the beginning of their keys, such as `prompt[prep.hope].`."""
    rows = table.get("prompt")
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        if isinstance(row, dict):
            yield f"prompt[{label(row, number)}].", row


def _phases(table: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """The phases of a prompt: its own, else the pack's; none where they are not even text."""
    given = row.get("phase", table.get("phase"))
    return [it for it in (given if isinstance(given, list) else [given]) if isinstance(it, str)]
