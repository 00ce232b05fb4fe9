"""From a parsed TOML table to a strict value, naming every fault in it and not only the first.

msgspec stops at the first fault; somebody who writes a pack wants the whole list at once. So each
field is converted by itself. Every string that people may see passes `text_faults`.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

import msgspec

LONGEST = 2_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"<[a-z/!?]|\]\(", re.IGNORECASE)

S = TypeVar("S", bound=msgspec.Struct)


class Fault(NamedTuple):
    """What is wrong, and under which key, such as `prompt[prep.hope].domain`."""

    key: str
    message: str


def read_table(kind: type[S], table: object, faults: list[Fault], at: str = "") -> S | None:
    """Build a `kind` from `table`; on any fault add to `faults` and give None.

    `at` is the key of the table itself, empty for a whole file.
    """
    if not isinstance(table, dict):
        faults.append(Fault(at, "must be a table"))
        return None
    before = len(faults)
    dot = f"{at}." if at else ""
    fields = _fields(kind)
    faults.extend(Fault(f"{dot}{key}", "unknown key") for key in table if key not in fields)
    values = {}
    for key, field in fields.items():
        if key in table:
            values[field.name] = _read_value(field.type, table[key], faults, f"{dot}{key}")
        elif field.required:
            faults.append(Fault(f"{dot}{key}", "missing"))
    return kind(**values) if len(faults) == before else None


def label(row: object, position: int) -> str:
    """How a fault names one of several tables: by id or name, else by position from 1."""
    names = [row.get("id"), row.get("name")] if isinstance(row, dict) else []
    return next((name for name in names if isinstance(name, str)), f"#{position}")


def text_faults(text: str) -> Iterator[str]:
    """What keeps a string from being shown to people."""
    if not text.strip():
        yield "empty"
    if len(text) > LONGEST:
        yield f"longer than {LONGEST} characters"
    if _CONTROL.search(text):
        yield "has control characters"
    if _MARKUP.search(text):
        yield "has markup; texts are plain"


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def _read_value(kind: Any, value: object, faults: list[Fault], at: str) -> object:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return read_table(kind, value, faults, at)
    row_kind = _struct_of_rows(kind)
    if row_kind is not None and isinstance(value, list):
        rows = enumerate(value, start=1)
        return tuple(read_table(row_kind, row, faults, f"{at}[{label(row, n)}]") for n, row in rows)
    try:
        converted = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        faults.append(Fault(at, _explain(kind, value, error)))
        converted = None
    faults.extend(Fault(at, message) for text in _strings(value) for message in text_faults(text))
    return converted


def _explain(kind: Any, value: object, error: msgspec.ValidationError) -> str:
    """Our words where a type has them or lists what may stand there, else msgspec's own."""
    for part in (kind, *get_args(kind)):
        for meta in getattr(part, "__metadata__", ()):
            if meta.description:
                return str(meta.description)
    allowed = tuple(dict.fromkeys(_words(kind)))
    given = value if isinstance(value, list) else [value]
    wrong = [word for word in given if isinstance(word, str) and word not in allowed]
    return f"{wrong[0][:40]!r} is not one of: {', '.join(allowed)}" if allowed and wrong else str(error)


def _words(kind: Any) -> Iterator[str]:
    """The words of every `Literal` in a type, such as the phases in `Phase | tuple[Phase, ...]`."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for inner in get_args(kind):
            yield from _words(inner)


@cache
def _struct_of_rows(kind: Any) -> type[msgspec.Struct] | None:
    """`Prompt` for `tuple[Prompt, ...]`; None for anything else."""
    first = next(iter(get_args(kind)), None)
    return first if isinstance(first, type) and issubclass(first, msgspec.Struct) else None


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
