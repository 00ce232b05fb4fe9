"""What was deleted in the last seven days, to be brought back."""

import streamlit as st

from kapjournal.journal.reading import deleted_entries
from kapjournal.journal.values import Entry
from kapjournal.journal.writing import bring_back
from kapjournal.language import _
from pages.parts import fields, nav, notices, signed_in, words


def undo(id: bytes) -> None:
    with notices.telling():
        bring_back(signed_in.work(), by=signed_in.by(), entry=id)
        notices.say(_("It is back in your journal."))


def draw() -> None:
    fields.heading(_("Recently deleted"), _("Kept for seven days, then gone for good."))
    found = deleted_entries(signed_in.work(), by=signed_in.by())
    if not found:
        st.write(_("Nothing was deleted in the last seven days."))
    for it in found:
        if isinstance(it.value, Entry):
            with st.container(border=True):
                st.caption(words.day_and_time(it.value.wall, today=signed_in.now().day))
                st.text(it.value.text)
                st.button(_("Bring it back"), key=it.id.hex(), on_click=undo, args=(it.id,))
    nav.link("journal", _("Back to the journal"))


draw()
