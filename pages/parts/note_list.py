"""Entries and recordings to tick, the newest first, by session."""

from collections.abc import Collection
from typing import NamedTuple

import streamlit as st

from kapjournal.journal.reading import entries
from kapjournal.journal.sessions import number_of, sessions
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.journal.voice import recordings
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.texts import excerpt
from pages.parts import origin, signed_in, voice_box, words

SHOWN = 30

Note = Record[Entry] | Record[VoiceNote]


class Ticked(NamedTuple):
    """Of the notes that were drawn, those that are ticked and those that are not."""

    yes: tuple[bytes, ...]
    no: tuple[bytes, ...]


def draw(chosen: Collection[bytes], *, spoken: bool = True) -> tuple[bytes, ...]:
    """The list, with what is `chosen` ticked, and the recordings if `spoken`; the ids of what was drawn."""
    work, by = signed_in.work(), signed_in.by()
    found: list[Note] = [*entries(work, by=by), *(recordings(work, by=by) if spoken else ())]
    if not found:
        st.write(_("What you write and say will be here, to be chosen one by one."))
    found.sort(key=lambda it: (it.value.at, it.seq), reverse=True)
    shown = found[: st.session_state.get("notes_shown", SHOWN)]
    groups: dict[str, list[Note]] = {}
    course = sessions(work, by=by)
    names = {it.id: words.session_name(number_of(it, course)) for it in course}
    for it in shown:
        groups.setdefault(names.get(it.value.session, _("Between sessions")), []).append(it)
    for name, notes in groups.items():
        st.header(name, anchor=False)
        for it in notes:
            _note(it, it.id in chosen)
    if len(shown) < len(found):
        st.button(
            _("Show more"),
            key="more",
            on_click=lambda: st.session_state.update(notes_shown=len(shown) + SHOWN),
        )
    return tuple(it.id for it in shown)


def ticked(drawn: tuple[bytes, ...]) -> Ticked:
    """In a callback: what is ticked of what was drawn."""
    yes = tuple(id for id in drawn if st.session_state.get(f"note_{id.hex()}"))
    return Ticked(yes, tuple(id for id in drawn if id not in yes))


def _note(it: Note, is_chosen: bool) -> None:
    when = words.day_and_time(it.value.wall, today=signed_in.now().day)
    with st.container(border=True, key=f"tick_{it.id.hex()}", gap="xxsmall"):
        if isinstance(it.value, VoiceNote):
            label = _("{when}, recording of {length}")
            length = voice_box.length(it.value.seconds)
            st.checkbox(label.format(when=when, length=length), is_chosen, key=f"note_{it.id.hex()}")
            return
        st.checkbox(when, is_chosen, key=f"note_{it.id.hex()}")
        prompt = origin.asked(it.value)
        if prompt:
            st.markdown(f"**{words.question(prompt)}**")
        st.text(excerpt(it.value.text))
