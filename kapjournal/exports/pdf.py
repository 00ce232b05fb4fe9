"""PDF from a typst template and data. What a person wrote enters as data and never as markup."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import typst

HERE = Path(__file__).parent
ROOM = 24
"""How many of the widest letters fit on a line of a safety card."""
_NO_GLYPH = "PDF/UA-1"


class Pdf(NamedTuple):
    """A PDF; `complete` unless it has a character that no font can show. Then it is not PDF/UA either, and says so."""

    content: bytes
    complete: bool = True


def typeset(template: str, data: dict[str, object]) -> Pdf:
    """Make an accessible PDF (PDF/UA-1) from `template`.typ, which reads `data` and the flag `incomplete`."""
    try:
        return Pdf(_compiled(template, data | {"incomplete": False}, accessible=True))
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        return Pdf(_compiled(template, data | {"incomplete": True}, accessible=False), complete=False)


def soft(text: str, room: int = ROOM) -> str:
    """`text` with places where a word of more than `room` letters may be broken."""
    return re.sub(rf"(\S{{{room}}})(?=\S)", "\\1\u200b", text)


def _compiled(template: str, data: dict[str, object], *, accessible: bool) -> bytes:
    inputs = {"data": json.dumps(data)}
    file = HERE / f"{template}.typ"
    return typst.compile(str(file), sys_inputs=inputs, pdf_standards="ua-1" if accessible else None)
