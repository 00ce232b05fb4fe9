"""Begin a journal: who, a login name, a passphrase."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.passphrases import generate_passphrase
from kapjournal.people.signing_in import sign_up
from pages.parts import fields, nav, notices, signed_in

OFFERED = "kapjournal.offered"


def offer() -> None:
    st.session_state[OFFERED] = generate_passphrase()


def take() -> None:
    st.session_state["passphrase"] = st.session_state[OFFERED]


def create() -> None:
    passphrase = st.session_state.pop("passphrase", "")
    with notices.telling():
        if not st.session_state.get("adult"):
            st.session_state[notices.NOTICE] = ("error", _("Please confirm that you are 18 or older."))
            return
        arrival = sign_up(
            signed_in.work(),
            login=st.session_state.get("login", ""),
            passphrase=passphrase,
            role=st.session_state.get("role") or "patient",
            browser=signed_in.mark(),
            label=signed_in.label(),
        )
        st.session_state.pop(OFFERED, None)
        signed_in.begin(arrival)


def draw() -> None:
    if OFFERED not in st.session_state:
        offer()
    fields.heading(_("Begin a journal"))
    with st.form("sign_up", border=False, enter_to_submit=True):
        fields.choice(
            {"patient": _("I am a patient"), "therapist": _("I am a therapist")},
            _("Who are you?"),
            "role",
            "patient",
        )
        st.text_input(_("Login name or e-mail"), key="login", autocomplete="username", max_chars=200)
        st.caption(_("Anything you will remember. Nobody else sees it."))
        st.text_input(
            _("Passphrase"), key="passphrase", type="password", autocomplete="new-password", max_chars=1024
        )
        st.caption(_("At least 12 characters. A few words are easiest. You can take these five:"))
        with st.container(key="offered", horizontal=True, vertical_alignment="center"):
            st.code(st.session_state[OFFERED], language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.form_submit_button(_("Take these words"), on_click=take, key="take", type="tertiary")
            st.form_submit_button(_("Other words"), on_click=offer, key="other", type="tertiary")
        st.checkbox(
            _("I am 18 or older. I know that kapjournal is not medical care and that nobody reads along."),
            key="adult",
        )
        st.form_submit_button(
            _("Create my journal"), type="primary", width="stretch", on_click=create, key="create"
        )
    nav.link("sign_in", _("I have a journal already"))


draw()
