"""Steady yourself: slow breathing, five senses, the body. For everybody; nothing is kept."""

import streamlit as st

from kapjournal.content import Text
from kapjournal.language import _
from pages.parts import browser, fields, nav, signed_in

WAYS = ("breath", "senses", "body_scan")


def way_out(label: str) -> None:
    """The one filled button."""
    if st.button(label, type="primary", width="stretch", key="done"):
        nav.go("grounding")


def choices() -> None:
    texts = signed_in.content().texts
    text = texts["steady"]
    fields.heading(text.title, text.paragraphs[0])
    first, *others = WAYS
    if st.button(texts[first].title, type="primary", width="stretch", key=first):
        nav.go("grounding", way=first)
    for way in others:
        if st.button(texts[way].title, width="stretch", key=way):
            nav.go("grounding", way=way)
    for paragraph in text.paragraphs[1:]:
        st.write(paragraph)
    nav.link("help_now", _("Get help now"), icon=":material/support:")


def breath(text: Text) -> None:
    fields.heading(text.title, text.paragraphs[0])
    browser.breath("breath")
    way_out(_("That is enough for now"))
    for paragraph in text.paragraphs[1:]:
        st.caption(paragraph)


def senses(text: Text) -> None:
    """One step a screen."""
    steps = [str(n) for n in range(len(text.items))]
    asked = st.query_params.get("step")
    at = steps.index(asked) if asked in steps else 0
    st.caption(_("{at} of {count}").format(at=at + 1, count=len(text.items)))
    fields.heading(text.items[at], text.paragraphs[0])
    if at == len(text.items) - 1:
        way_out(_("Done"))
    elif st.button(_("Next"), type="primary", width="stretch", key="next"):
        nav.go("grounding", way="senses", step=str(at + 1))
    with st.container(key="quiet", horizontal=True, horizontal_alignment="center"):
        if at and st.button(_("Back"), type="tertiary", key="back"):
            nav.go("grounding", way="senses", step=str(at - 1))
        if st.button(_("Stop here for now"), type="tertiary", key="stop"):
            nav.go("grounding")


def body_scan(text: Text) -> None:
    fields.heading(text.title, text.paragraphs[0])
    st.markdown("\n".join(f"1. {item}" for item in text.items))
    way_out(_("Done"))


def draw() -> None:
    way = st.query_params.get("way")
    if way not in WAYS:
        choices()
        return
    {"breath": breath, "senses": senses, "body_scan": body_scan}[way](signed_in.content().texts[way])


draw()
