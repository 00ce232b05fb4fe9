"""Come back with the recovery code."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.signing_in import recover
from pages.parts import fields, nav, notices, second_step, signed_in


def come_back() -> None:
    passphrase = st.session_state.pop("passphrase", "")
    code = st.session_state.pop("code", "")
    with notices.telling():
        found = recover(
            signed_in.work(),
            code=code,
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
    fields.heading(
        _("Come back with your recovery code"),
        _("You wrote it down when you began. Without it, nobody can open your journal."),
    )
    with st.form("recover", border=False):
        st.text_input(_("Recovery code"), key="code", autocomplete="off", max_chars=100)
        st.text_input(_("Login name or e-mail"), key="login", autocomplete="username", max_chars=200)
        st.text_input(
            _("New passphrase"),
            key="passphrase",
            type="password",
            autocomplete="new-password",
            max_chars=1024,
        )
        st.form_submit_button(
            _("Open my journal"), type="primary", width="stretch", on_click=come_back, key="come_back"
        )
    nav.link("sign_in", _("Back to sign in"))


draw()
