"""What makes a pack fit in with the others: ids, whose it is, and that nobody is asked for meaning too early."""

from collections.abc import Iterator
from typing import Any

from kapjournal.content.tables import Fault, label
from kapjournal.content.values import Pack, Prompt

NO_MEANING = frozenset({"pre_session", "same_day", "hard"})
"""Phases in which no prompt may be interpretive."""


def ids(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The ids of a pack and its prompts with their keys, as written, so that a faulty prompt counts too."""
    rows = table.get("prompt")
    prompts = enumerate(rows if isinstance(rows, list) else [], start=1)
    for at, row in [("", table), *((f"prompt[{label(row, n)}].", row) for n, row in prompts)]:
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield f"{at}id", row["id"]


def pack_faults(pack: Pack, *, ours: bool) -> Iterator[Fault]:
    """What is wrong with a pack whose single fields are right."""
    if ours and pack.origin:
        yield Fault("origin", "only a clinic's own pack has one")
    if not ours and not pack.origin:
        yield Fault("origin", "missing; say whose pack this is, such as North Clinic")
    for prompt in pack.prompts:
        yield from (Fault(f"prompt[{prompt.id}].{key}", it) for key, it in _prompt_faults(pack, prompt, ours))


def _prompt_faults(pack: Pack, prompt: Prompt, ours: bool) -> Iterator[Fault]:
    phases = pack.phases_of(prompt)
    if ours and not prompt.id.startswith(f"{phases[0]}."):
        yield Fault("id", f"must start with the phase: {phases[0]}.")
    if prompt.interpretive:
        yield from (Fault("interpretive", f"{it} asks for no meaning") for it in phases if it in NO_MEANING)
