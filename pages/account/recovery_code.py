"""The recovery code: shown once, confirmed by typing its last group."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import is_last_group, new_code
from pages.parts import fields, leaving, nav, notices, signed_in


def make() -> None:
    passphrase = st.session_state.pop("present", "")
    with notices.telling():
        st.session_state[signed_in.CODE] = new_code(
            signed_in.work(), by=signed_in.by(), passphrase=passphrase
        )


def confirm() -> None:
    if not is_last_group(st.session_state.get("last_group", ""), st.session_state[signed_in.CODE]):
        st.session_state[notices.NOTICE] = (
            "error",
            _("These are not the last five characters. Look at what you wrote down."),
        )
        return
    with notices.telling():
        change_preferences(
            signed_in.work(), by=signed_in.by(), now=signed_in.now(), recovery_written_down=True
        )
        st.session_state.pop(signed_in.CODE, None)
        role = signed_in.work().role(signed_in.by())
        nav.leave_to(nav.HOME["therapist" if role == "therapist" else "patient"])


def show() -> None:
    fields.heading(_("Your recovery code"))
    code = st.session_state.get(signed_in.CODE)
    if code is None:
        st.write(_("Make a new recovery code and write it down. An earlier one then no longer works."))
        with st.form("again", border=False):
            fields.present_passphrase()
            st.form_submit_button(
                _("Make a recovery code"), type="primary", width="stretch", on_click=make, key="make"
            )
        return
    st.write(
        _(
            "If you lose your passphrase, only this code opens your journal again. Write it on paper and keep it "
            "where you keep papers that matter. It is shown only now."
        )
    )
    st.code(code, language=None, wrap_lines=True)
    with st.form("written", border=False):
        st.text_input(_("Type its last five characters"), key="last_group", autocomplete="off", max_chars=20)
        st.form_submit_button(_("I have written it down"), type="primary", width="stretch", on_click=confirm)


def draw() -> None:
    show()
    st.button(_("Sign out"), type="tertiary", key="sign_out", on_click=leaving.sign_out_here)


draw()
