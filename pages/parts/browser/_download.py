"""A file for the person's own device. Its bytes are made when asked for, and have no address of their own.

The browser asks by naming a new request (`asked`) and says when it has the file (`got`). Between the two, every run
that draws the button carries the bytes: which of them reaches the browser is not known. They are made once, since a log
may say so, and forgotten with the first run that has no use for them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import streamlit as st

from kapjournal.language import _
from pages.parts.browser._registry import register

MADE = "kapjournal.file"
_LONGEST = 64

_mount = register("download")


class File(NamedTuple):
    """What is saved: a plain file name, its media type, its bytes, and what to say about it, if anything."""

    name: str
    type: str
    content: bytes
    note: str = ""


@dataclass
class _Made:
    """The file of a request. A run that was overtaken may still be making it while the next one begins."""

    request: str
    file: File | None = None
    is_drawn: bool = False
    making: Lock = field(default_factory=Lock)


def download(*, key: str, label: str, make: Callable[[], File]) -> None:
    """Draw a button that saves a file; `make` runs once after it was pressed, and may raise domain errors."""
    request = _open_request(key)
    header: dict[str, object] = {
        "label": label,
        "words": {"making": _("Making the file …"), "saved": _("The file is in your downloads.")},
        "file": None,
    }
    content = b""
    if request is not None:
        file = _made(request, make)
        header["file"] = {"request": request, "name": file.name, "type": file.type, "note": file.note}
        content = file.content
    # One line of JSON, then the bytes as they are: no base64.
    _mount(key=key, data=json.dumps(header).encode() + b"\n" + content)


def _made(request: str, make: Callable[[], File]) -> File:
    it: _Made | None = st.session_state.get(MADE)
    if it is None or it.request != request:
        it = st.session_state[MADE] = _Made(request)
    with it.making:
        it.is_drawn = True
        it.file = it.file or make()
        return it.file


def let_go() -> None:
    """Forget the file unless the page that was just drawn has given it. Not for a run that was overtaken."""
    it: _Made | None = st.session_state.get(MADE)
    if it is None:
        return
    if it.is_drawn:
        it.is_drawn = False
    else:
        st.session_state.pop(MADE)


def _open_request(key: str) -> str | None:
    state = st.session_state.get(key)
    if not isinstance(state, dict):
        return None
    asked = state.get("asked")
    is_open = isinstance(asked, str) and len(asked) <= _LONGEST and asked != state.get("got")
    return asked if is_open else None
