"""After an answer about thoughts of dying: a calm screen with people, a line and the safety card, one tap each."""

import streamlit as st

from kapjournal.language import _
from pages.parts import contacts, crisis, fields, nav, signed_in


def draw() -> None:
    text = signed_in.content().texts["not_alone"]
    fields.heading(text.title)
    for paragraph in text.paragraphs:
        st.write(paragraph)
    if st.button(_("I need help now"), type="primary", width="stretch", key="help"):
        nav.go("help_now")
    for it in crisis.nearest_people():
        contacts.person(it)
    lines = crisis.here().lines
    if lines:
        st.header(_("A line you can call"), anchor=False)
        crisis.line(lines[0], main=False)
    nav.link("safety_card", _("My safety card"), icon=":material/health_and_safety:")
    if st.button(_("I am safe for now"), width="stretch", key="safe"):
        ids = {name: st.query_params[name] for name in ("m", "q") if name in st.query_params}
        nav.go("measure" if ids else "measures", **ids)


draw()
