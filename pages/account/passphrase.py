"""A new passphrase."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.signing_in import change_passphrase
from pages.parts import fields, nav, notices, signed_in


def change() -> None:
    present, new = st.session_state.pop("present", ""), st.session_state.pop("new", "")
    with notices.telling():
        change_passphrase(
            signed_in.work(),
            by=signed_in.by(),
            present=present,
            new=new,
        )
        notices.say(_("Your new passphrase is set. Other devices are signed out."))


def draw() -> None:
    fields.heading(_("Change passphrase"), _("Every other device is signed out."))
    with st.form("passphrase", border=False):
        fields.present_passphrase()
        st.text_input(
            _("New passphrase"), key="new", type="password", autocomplete="new-password", max_chars=1024
        )
        st.form_submit_button(_("Change passphrase"), type="primary", width="stretch", on_click=change)
    nav.link("settings", _("Back to settings"))


draw()
