"""The first entry and the latest one, side by side: what it was like, and what it is like now."""

import streamlit as st

from kapjournal.journal.reading import entries
from kapjournal.journal.values import Entry
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.texts import excerpt
from pages.parts import fields, nav, origin, signed_in, words

EXCERPT = 1_200


def one(title: str, record: Record[Entry]) -> None:
    st.header(title, anchor=False)
    prompt = origin.asked(record.value)
    with st.container(border=True):
        st.caption(words.day_and_time(record.value.wall, today=signed_in.now().day))
        if prompt:
            st.markdown(f"**{words.question(prompt)}**")
        st.text(excerpt(record.value.text, EXCERPT))
        nav.link("entry", _("Read"), icon=":material/arrow_forward:", entry=record.id.hex())


def draw() -> None:
    fields.heading(_("First and latest"), _("Look, without having to explain it."))
    written = entries(signed_in.work(), by=signed_in.by())
    if len(written) < 2:
        st.write(_("Once you have written twice, your first and your latest entry stand here side by side."))
    else:
        first, latest = st.columns(2)
        with first:
            one(_("The first"), written[-1])
        with latest:
            one(_("The latest"), written[0])
    nav.link("journal", _("Back to the journal"))


draw()
