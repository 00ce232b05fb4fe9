"""The second step of signing in and of recovering, where a second factor is on."""

import streamlit as st

from kapjournal.errors import HalfEnded, LoginTaken, RecoveryRefused
from kapjournal.language import _
from kapjournal.people.signing_in import finish_sign_in
from kapjournal.people.values import Arrival, Half
from pages.parts import fields, notices, signed_in

HALF = "kapjournal.half"


def go_on(it: Arrival | Half) -> None:
    """In a callback: let somebody in, or ask for the second step next."""
    if isinstance(it, Half):
        st.session_state[HALF] = it
    else:
        signed_in.begin(it)


def waiting() -> bool:
    """Whether a code is all that is missing."""
    return HALF in st.session_state


def draw() -> None:
    """Ask for the code."""
    fields.heading(_("One more step"), _("Type the six digits that your authenticator app shows now."))
    with st.form("second_step", border=False):
        fields.code(_("Code"))
        st.caption(_("Phone not at hand? One of your backup codes works here too."))
        st.form_submit_button(_("Sign in"), type="primary", width="stretch", on_click=_finish, key="finish")
    st.button(_("Start over"), type="tertiary", key="start_over", on_click=_start_over)


def _finish() -> None:
    code = st.session_state.pop("code", "")
    with notices.telling():
        try:
            arrival = finish_sign_in(
                signed_in.work(),
                half=st.session_state[HALF],
                code=code,
                browser=signed_in.mark(),
                label=signed_in.label(),
            )
        except (HalfEnded, LoginTaken, RecoveryRefused):
            _start_over()
            raise
        _start_over()
        signed_in.begin(arrival)


def _start_over() -> None:
    del st.session_state[HALF]
