"""The passphrase, asked for once more before what is grave."""

import streamlit as st

from kapjournal.errors import ConfirmFirst
from kapjournal.language import _
from kapjournal.people.confirming import confirm, require_confirmed
from pages.parts import fields, notices, signed_in


def confirmed() -> bool:
    """Whether to go on: the passphrase was proven in the last ten minutes. If not, this draws the field for it."""
    try:
        require_confirmed(signed_in.work(), by=signed_in.by())
    except ConfirmFirst:
        _ask()
        return False
    return True


def _ask() -> None:
    st.write(_("Type your passphrase once more, to show that it is you."))
    with st.form("confirm", border=False):
        fields.present_passphrase()
        st.form_submit_button(_("Go on"), type="primary", width="stretch", on_click=_confirm, key="go_on")


def _confirm() -> None:
    passphrase = st.session_state.pop("present", "")
    with notices.telling():
        confirm(signed_in.work(), by=signed_in.by(), passphrase=passphrase)
