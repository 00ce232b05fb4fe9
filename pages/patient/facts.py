"""How a session was: only what the person wants to record."""

import streamlit as st

from kapjournal.journal.sessions import Facts, dose_of, record_facts, session
from kapjournal.journal.values import Session
from kapjournal.language import _
from pages.parts import browser, fields, nav, notices, quiet, signed_in


def rows(value: Session) -> list[browser.Row]:
    return [
        fields.scale("intensity", _("Intensity"), _("nothing"), _("overwhelming"), value.intensity),
        fields.scale("challenge", _("How challenging"), _("not at all"), _("extremely"), value.challenge),
        fields.scale("relief", _("Relief"), _("none"), _("complete"), value.relief),
    ]


def save(id: bytes, value: Session) -> None:
    state = st.session_state
    with notices.telling():
        facts = Facts(
            **browser.rated(rows(value), key="felt", form=id.hex()),
            **{name: state.get(name) for name in ("minutes", "systolic", "diastolic")},
            dose=state.get("dose", ""),
        )
        record_facts(signed_in.work(), by=signed_in.by(), session=id, facts=facts, now=signed_in.now())
        notices.say(_("Recorded."))
        nav.leave_to("session", session=id.hex())


@st.fragment
def felt(numbers: list[browser.Row], form: str) -> None:
    browser.ratings(numbers, key="felt", form=form)


def draw() -> None:
    id = fields.given_id("session")
    work, by = signed_in.work(), signed_in.by()
    value = session(work, by=by, id=id).value
    dose = dose_of(work, by=by, session=id)
    fields.heading(_("How it was"), _("Leave out whatever you like."))
    if not quiet.capture_only():
        felt(rows(value), id.hex())
    with st.form("facts", border=False):
        st.number_input(_("How long, in minutes"), 0, 600, value.minutes, 5, key="minutes")
        st.text_input(
            _("Dose, if you want to note it"), dose.value.amount if dose else "", key="dose", max_chars=200
        )
        with st.container(horizontal=True):
            st.number_input(_("Blood pressure, upper"), 30, 300, value.systolic, 1, key="systolic")
            st.number_input(_("lower"), 30, 300, value.diastolic, 1, key="diastolic")
        st.form_submit_button(
            _("Save"), type="primary", width="stretch", on_click=save, args=(id, value), key="save"
        )
    nav.link("session", _("Back to the session"), session=id.hex())


draw()
