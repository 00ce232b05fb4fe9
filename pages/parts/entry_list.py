"""An entry in a list: when, the prompt, how it begins, a link to the whole."""

import streamlit as st

from kapjournal.journal.values import Entry
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.texts import excerpt
from pages.parts import nav, origin, signed_in, words


def item(record: Record[Entry], more: str = "") -> None:
    """One entry."""
    value = record.value
    prompt = origin.asked(value)
    with st.container(border=True):
        st.caption(words.day_and_time(value.wall, today=signed_in.now().day) + more)
        if prompt:
            st.markdown(f"**{words.question(prompt)}**")
        st.text(excerpt(value.text))
        nav.link("entry", _("Read"), icon=":material/arrow_forward:", entry=record.id.hex())
