"""What was deleted in the last seven days, to be brought back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from kapjournal.journal.reading import deleted_entries
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.journal.voice import bring_back_recording, deleted_recordings
from kapjournal.journal.writing import bring_back
from kapjournal.language import _
from kapjournal.records.work import Earlier
from pages.parts import fields, nav, notices, signed_in, voice_box, words


def undo(verb: Callable[..., Any], **what: bytes) -> None:
    with notices.telling():
        verb(signed_in.work(), by=signed_in.by(), **what)
        notices.say(_("It is back in your journal."))


def item(it: Earlier, verb: Callable[..., Any], **what: bytes) -> None:
    with st.container(border=True):
        st.caption(words.day_and_time(it.value.wall, today=signed_in.now().day))
        if isinstance(it.value, Entry):
            st.text(it.value.text)
        if isinstance(it.value, VoiceNote):
            st.write(_("A recording, {length}").format(length=voice_box.length(it.value.seconds)))
        st.button(_("Bring it back"), key=it.id.hex(), on_click=undo, args=(verb,), kwargs=what)


def draw() -> None:
    fields.heading(_("Recently deleted"), _("Kept for seven days, then gone for good."))
    written = deleted_entries(signed_in.work(), by=signed_in.by())
    spoken = deleted_recordings(signed_in.work(), by=signed_in.by())
    if not written and not spoken:
        st.write(_("Nothing was deleted in the last seven days."))
    for it in spoken:
        item(it, bring_back_recording, recording=it.id)
    for it in written:
        item(it, bring_back, entry=it.id)
    nav.link("journal", _("Back to the journal"))


draw()
