"""The registry of verbs: what a person can do. The tests draw their person matrix from it."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])

REGISTRY: dict[str, Callable[..., object]] = {}
"""Every verb by its name, such as `journal.writing.write`."""


def verb(function: F) -> F:
    """Register a verb. It takes a unit of work, `by` (who acts) and its own keyword-only arguments."""
    name = f"{function.__module__.removeprefix('kapjournal.')}.{function.__name__}"
    REGISTRY[name] = function
    return function
