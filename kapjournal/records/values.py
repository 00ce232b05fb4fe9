"""What a record is when it is open: a flat frozen value."""

from typing import ClassVar, Literal

import msgspec

Kind = Literal["note", "rating", "form", "session", "setting", "file"]


class Value(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True, tag_field="type"
):
    """The ancestor of everything a person owns.

    `at` is UTC seconds, `zone` an IANA name, `wall` the time the person saw (YYYY-MM-DDTHH:MM). `origin` is
    "here" or the importer's name and foreign id. `v` is the version of the value's own fields.
    """

    kind: ClassVar[Kind]

    at: int
    zone: str
    wall: str
    origin: str = "here"
    language: str = "en"
    v: int = 1
