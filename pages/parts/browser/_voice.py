"""The button that records. A finished recording stays in the tab, part by part on its way, until it is `Kept`.

The browser sends the part whose number the last `Heard` named, 0 at first, and the last one again until it is answered.
A server that has been started anew has heard nothing and gets all parts once more; the recording keeps its id.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated

import msgspec
import streamlit as st

from kapjournal.language import _
from pages.parts.browser._registry import register

PART_BYTES = 128 * 1024  # as in recording.js
MOST_PARTS = 1_000
ABOUT_LENGTH = 1_000

_mount = register("voice", parts=("sound", "sealed_tab", "recording"))


class Part(msgspec.Struct, frozen=True):
    """A part of a recording as the browser pushed it, not trusted: `recording` is an id of 16 bytes.

    `about` is what the box was given when the recording began.
    """

    recording: bytes
    number: int
    count: int
    seconds: int
    about: str
    data: bytes


class Heard(msgspec.Struct, frozen=True):
    """So many parts of this recording have arrived; nothing is saved yet."""

    recording: bytes
    parts: int


class Kept(msgspec.Struct, frozen=True):
    """This recording is committed; `saved_at` is the person's wall time, "14:02"."""

    recording: bytes
    saved_at: str


class NotKept(msgspec.Struct, frozen=True):
    """This recording is not kept, and why, in words."""

    recording: bytes
    message: str


Answer = Heard | Kept | NotKept


class _Pushed(msgspec.Struct, forbid_unknown_fields=True):
    """What the browser sends; `n` tells two pushes of the same part apart."""

    recording: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    number: Annotated[int, msgspec.Meta(ge=0, lt=MOST_PARTS)]
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_PARTS)]
    seconds: Annotated[int, msgspec.Meta(ge=0)]
    about: Annotated[str, msgspec.Meta(max_length=ABOUT_LENGTH)]
    data: Annotated[str, msgspec.Meta(max_length=PART_BYTES * 4 // 3 + 4)]
    n: int


def voice(
    *,
    key: str,
    account: str,
    about: str,
    answer: Answer | None,
    on_part: Callable[[], None],
    label: str,
    most_bytes: int,
    most_seconds: int,
) -> None:
    """Draw the button. `on_part` runs at every push; read it with `part`, keep the answer for the next drawing.

    `account` keeps the unsaved recordings of different people apart; `about` comes back with each part.
    """
    _mount(
        key=key,
        on_part_change=on_part,
        data={
            "account": account,
            "about": about,
            "answer": answer and _on_the_wire(answer),
            "heard": _heard(key),
            "label": label,
            "limits": {"bytes": most_bytes, "seconds": most_seconds},
            "words": _words(),
        },
    )


def part(key: str) -> Part | None:
    """The latest push of this button; None if there is none, or if it is not what our own script sends."""
    try:
        it = msgspec.convert(_raw(key), _Pushed)
        data = base64.b64decode(it.data, validate=True)
    except (msgspec.ValidationError, binascii.Error, ValueError):
        return None
    return Part(bytes.fromhex(it.recording), it.number, it.count, it.seconds, it.about, data)


def _raw(key: str) -> object:
    state = st.session_state.get(key)
    return state.get("part") if isinstance(state, dict) else None


def _heard(key: str) -> object:
    """Which push this session has heard last: tells the box that somebody listens, even before an answer."""
    raw = _raw(key)
    return raw.get("n") if isinstance(raw, dict) else None


def _on_the_wire(answer: Answer) -> dict[str, object]:
    fields = msgspec.structs.asdict(answer)
    return {name: it.hex() if isinstance(it, bytes) else it for name, it in fields.items()}


def _words() -> dict[str, str]:
    return {
        "stop": _("Stop"),
        "asking": _("Your browser may ask whether this page may use the microphone."),
        "recording": _("Recording. Take your time."),
        "unsaved": _("Not saved yet"),
        "saved": _("Saved {time}"),
        "kept": _("Not saved yet. Your recording is kept in this tab."),
        "only_here": _("Not saved yet. Please keep this page open."),
        "longest": _("This is as long as one recording can be. You can make another one."),
        "discard": _("Throw this recording away"),
        "refused": _(
            "This page may not use the microphone. You can write instead, or allow it in your browser."
        ),
        "missing": _("No microphone was found. You can write instead."),
        "silent": _("Nothing was recorded. You can try again, or write instead."),
    }
