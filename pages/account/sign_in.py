"""Sign in."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.signing_in import sign_in
from pages.parts import fields, nav, notices, second_step, signed_in


def enter() -> None:
    passphrase = st.session_state.pop("passphrase", "")
    with notices.telling():
        found = sign_in(
            signed_in.work(),
            login=st.session_state.get("login", ""),
            passphrase=passphrase,
            browser=signed_in.mark(),
            label=signed_in.label(),
        )
        second_step.go_on(found)


def draw() -> None:
    if second_step.waiting():
        second_step.draw()
        return
    fields.heading(_("Sign in"))
    with st.form("sign_in", border=False):
        st.text_input(_("Login name or e-mail"), key="login", autocomplete="username", max_chars=200)
        st.text_input(
            _("Passphrase"),
            key="passphrase",
            type="password",
            autocomplete="current-password",
            max_chars=1024,
        )
        st.form_submit_button(_("Sign in"), type="primary", width="stretch", on_click=enter, key="enter")
    with st.container(key="ways"):
        nav.link("recover", _("I have lost my passphrase"))
        nav.link("sign_up", _("Begin a journal"))


draw()
