"""How a session was: only what the person wants to record."""

import streamlit as st

from kapjournal.journal.sessions import Facts, dose_of, record_facts, session
from kapjournal.language import _
from pages.parts import fields, nav, notices, signed_in


def save(id: bytes) -> None:
    state = st.session_state
    with notices.telling():
        facts = Facts(
            **{
                name: state.get(name)
                for name in ("minutes", "intensity", "challenge", "relief", "systolic", "diastolic")
            },
            dose=state.get("dose", ""),
        )
        record_facts(signed_in.work(), by=signed_in.by(), session=id, facts=facts, now=signed_in.now())
        notices.say(_("Recorded."))
        nav.leave_to("session", session=id.hex())


def draw() -> None:
    id = fields.given_id("session")
    work, by = signed_in.work(), signed_in.by()
    value = session(work, by=by, id=id).value
    dose = dose_of(work, by=by, session=id)
    fields.heading(_("How it was"), _("Leave out whatever you like."))
    with st.form("facts", border=False):
        fields.scale(_("Intensity"), _("nothing"), _("overwhelming"), "intensity", value=value.intensity)
        fields.scale(
            _("How challenging"), _("not at all"), _("extremely"), "challenge", value=value.challenge
        )
        fields.scale(_("Relief"), _("none"), _("complete"), "relief", value=value.relief)
        st.number_input(_("How long, in minutes"), 0, 600, value.minutes, 5, key="minutes")
        st.text_input(
            _("Dose, if you want to note it"), dose.value.amount if dose else "", key="dose", max_chars=200
        )
        with st.container(horizontal=True):
            st.number_input(_("Blood pressure, upper"), 30, 300, value.systolic, 1, key="systolic")
            st.number_input(_("lower"), 30, 300, value.diastolic, 1, key="diastolic")
        st.form_submit_button(
            _("Save"), type="primary", width="stretch", on_click=save, args=(id,), key="save"
        )
    nav.link("session", _("Back to the session"), session=id.hex())


draw()
