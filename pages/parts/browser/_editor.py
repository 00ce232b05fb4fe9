"""The text box of the journal. What is typed is kept in the tab at once and dropped there only after an `Ack`.

A `save_id` is a random *writer* (8 bytes, new whenever a text is opened) and a counter (8 bytes, big-endian). The same
text pushed again repeats its save_id; new text gets the next one. A save goes on from the row it finds if the row's
version is `base_version`, or the row was last saved by this writer or by one named in `after`, with a counter that
is not larger; otherwise the text was changed elsewhere and belongs into a copy.
"""

from collections.abc import Callable
from typing import Annotated

import msgspec
import streamlit as st

from kapjournal.language import _
from pages.parts.browser._registry import register

MAX_LENGTH = 100_000
MAX_AFTER = 32

_mount = register("editor", parts=("draft",))


class Save(msgspec.Struct, frozen=True):
    """A text as the browser pushed it, not trusted: ids of 16 bytes, `base_version` 0 for a new record.

    `typed` says that somebody has typed since the last push; a retry is not a sign of life.
    """

    save_id: bytes
    after: tuple[bytes, ...]
    base_version: int
    text: str
    typed: bool
    record: bytes


class Ack(msgspec.Struct, frozen=True):
    """This save is committed, as this version of this record; `saved_at` is the person's wall time, "14:02"."""

    save_id: bytes
    version: int
    record: bytes
    saved_at: str
    copied: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """This save is not kept, and why, in words."""

    save_id: bytes
    message: str


_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]


class _Pushed(msgspec.Struct, forbid_unknown_fields=True):
    """What the browser sends; `n` tells two pushes of the same save apart."""

    save_id: _Id
    after: Annotated[list[_Id], msgspec.Meta(max_length=MAX_AFTER)]
    base_version: Annotated[int, msgspec.Meta(ge=0)]
    text: str
    typed: bool
    record: _Id
    n: int


def editor(
    *,
    key: str,
    account: str,
    record: bytes,
    text: str,
    version: int,
    saved_as: bytes | None,
    answer: Ack | Refusal | None,
    on_save: Callable[[], None],
    label: str,
    placeholder: str = "",
    max_length: int = MAX_LENGTH,
    tall: bool = False,
    large: bool = False,
) -> None:
    """Draw the text box. `on_save` runs at every push; read it with `pushed`, keep the answer for the next drawing.

    `record` (16 bytes) is at `version` (0 if there is none yet), last saved under `saved_as`, and holds `text`: the
    newest state that is known, although the box takes it only when it opens a record. `key` names the place on the
    screen and stays the same when the record changes; after an Ack with `copied`, pass the copy's record. `account`
    keeps the unsaved words of different people apart. `max_length` counts characters. `tall` fills most of the
    screen, `large` has larger type.
    """
    _mount(
        key=key,
        on_save_change=on_save,
        data={
            "account": account,
            "record": record.hex(),
            "text": text,
            "version": version,
            "saved_as": saved_as and saved_as.hex(),
            "answer": answer and _on_the_wire(answer),
            "heard": _heard(key),
            "label": label,
            "placeholder": placeholder,
            "max_length": max_length,
            "tall": tall,
            "large": large,
            "words": _words(),
        },
    )


def pushed(key: str) -> Save | None:
    """The latest push of this editor; None if there is none, or if it is not what our own script sends."""
    try:
        it = msgspec.convert(_raw(key), _Pushed)
        it.text.encode()
    except (msgspec.ValidationError, UnicodeEncodeError):
        return None
    if "\0" in it.text:
        return None
    return Save(
        save_id=bytes.fromhex(it.save_id),
        after=tuple(map(bytes.fromhex, it.after)),
        base_version=it.base_version,
        text=it.text,
        typed=it.typed,
        record=bytes.fromhex(it.record),
    )


def _raw(key: str) -> object:
    state = st.session_state.get(key)
    return state.get("save") if isinstance(state, dict) else None


def _heard(key: str) -> object:
    """Which push this session has heard last: tells the box that somebody listens, even before an answer."""
    raw = _raw(key)
    return raw.get("n") if isinstance(raw, dict) else None


def _on_the_wire(answer: Ack | Refusal) -> dict[str, object]:
    """The answer as JSON, ids as hex."""
    fields = msgspec.structs.asdict(answer)
    return {name: it.hex() if isinstance(it, bytes) else it for name, it in fields.items()}


def _words() -> dict[str, str]:
    return {
        "unsaved": _("Not saved yet"),
        "saved": _("Saved {time}"),
        "kept": _("Not saved yet. Your words are kept in this tab."),
        "only_here": _("Not saved yet. Please keep this page open."),
        "count": _("{count} of {limit} characters"),
        "too_long": _(
            "Too long to save: {count} of {limit} characters. Your words are kept in this tab; please shorten them."
        ),
        "copied": _("This was changed somewhere else too. Both texts are kept; you go on in a copy."),
    }
