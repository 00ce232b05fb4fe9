"""Setting up a second factor: a code for the camera, the first six digits, backup codes shown once."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.second_factor import Offer, begin, new_backup_codes, turn_on
from pages.parts import fields, nav, notices, qr, signed_in

GROUP = 4


def offer() -> None:
    """In a callback: begin to set up a second factor."""
    with notices.telling():
        offered()


def offered() -> Offer:
    """The second factor that is being set up in this tab. Its secret stays here until it is on."""
    if not is_offered():
        st.session_state[signed_in.OFFER] = begin(signed_in.work(), by=signed_in.by())
    found: Offer = st.session_state[signed_in.OFFER]
    return found


def is_offered() -> bool:
    """Whether a second factor is being set up in this tab."""
    return signed_in.OFFER in st.session_state


def withdraw() -> None:
    """In a callback: forget the second factor that was to be set up."""
    del st.session_state[signed_in.OFFER]


def steps(it: Offer) -> None:
    """What to do with an authenticator app, and the field for its first code."""
    st.write(_("Open an authenticator app on your phone and let it read this:"))
    qr.draw(it.uri, _("QR code for your authenticator app"))
    st.link_button(_("Open the app on this device"), it.uri, type="tertiary", width="stretch")
    st.write(_("Or type this key into the app:"))
    groups = (it.secret[start : start + GROUP] for start in range(0, len(it.secret), GROUP))
    st.code(" ".join(groups), language=None, wrap_lines=True)
    with st.form("turn_on", border=False):
        fields.code(_("The six digits that it shows"))
        st.form_submit_button(_("Turn it on"), type="primary", width="stretch", on_click=_take, key="take")


def renew() -> None:
    """In a callback: make new backup codes and show them next."""
    with notices.telling():
        st.session_state[signed_in.BACKUP_CODES] = new_backup_codes(signed_in.work(), by=signed_in.by())


def backup_codes() -> None:
    """The backup codes that were just made, if any were."""
    st.subheader(_("Your backup codes"), anchor=False)
    st.write(
        _(
            "If you lose your phone, one of these lets you in instead. Each works once. Write them down and keep "
            "them apart from your phone. They are shown only now."
        )
    )
    st.code("\n".join(st.session_state[signed_in.BACKUP_CODES]), language=None, wrap_lines=True)
    st.button(_("I have written them down"), type="primary", width="stretch", key="kept", on_click=_put_away)


def _take() -> None:
    code = st.session_state.pop("code", "")
    with notices.telling():
        it = st.session_state[signed_in.OFFER]
        st.session_state[signed_in.BACKUP_CODES] = turn_on(
            signed_in.work(), by=signed_in.by(), secret=it.secret, code=code
        )
        del st.session_state[signed_in.OFFER]
        notices.say(_("Your second factor is on. Other devices are signed out."))


def _put_away() -> None:
    del st.session_state[signed_in.BACKUP_CODES]
    with notices.telling():
        role = signed_in.work().role(signed_in.by())
        nav.leave_to("settings" if role == "patient" else nav.HOME["therapist"])
