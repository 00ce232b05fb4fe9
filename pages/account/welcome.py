"""What kapjournal is, what is promised about privacy, and the two ways in."""

import streamlit as st

from kapjournal.language import _
from pages.parts import fields, nav, signed_in


def draw() -> None:
    texts = signed_in.application().content.texts
    fields.heading(_("A quiet place for what your sessions bring up"))
    st.write(
        _(
            "Write before and after a ketamine session, notice how you are, and see what changes. On your phone, "
            "in your own words, for you."
        )
    )
    if st.button(_("Begin a journal"), type="primary", width="stretch"):
        nav.go("sign_up")
    if st.button(_("Sign in"), type="tertiary", width="stretch"):
        nav.go("sign_in")
    for name in ("privacy", "not_for"):
        text = texts[name]
        st.header(text.title, anchor=False)
        for paragraph in text.paragraphs:
            st.write(paragraph)


draw()
