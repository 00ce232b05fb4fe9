"""One small step: what, what it starts with, when, and what to do if something comes up."""

from datetime import datetime, time

import streamlit as st

from kapjournal.journal.steps import Plan, bring_back_step, delete_step, plan_step, step
from kapjournal.journal.values import Step
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import fields, nav, notices, quiet, signed_in

FORM = "step"


def known() -> Record[Step] | None:
    id = fields.given_id("step")
    return step(signed_in.work(), by=signed_in.by(), id=id) if id else None


def save(session: bytes) -> None:
    state = st.session_state
    at = state.get("clock")
    with notices.telling():
        plan_step(
            signed_in.work(),
            by=signed_in.by(),
            session=session,
            plan=Plan(
                action=state.get("action", ""),
                cue=state.get("cue", ""),
                clock=at.strftime("%H:%M") if isinstance(at, time) else "",
                obstacle=state.get("obstacle", ""),
            ),
            now=signed_in.now(),
            step=known(),
            save_id=fields.save_id(FORM),
        )
        fields.new_form(FORM)
        notices.say(_("Your step is kept. You can change it or let it go at any time."))
        nav.leave_to("session", session=session.hex())


def remove(id: bytes, session: bytes) -> None:
    with notices.telling():
        delete_step(signed_in.work(), by=signed_in.by(), step=id)
        notices.offer_undo(_("Deleted."), bring_back_step, step=id)
        nav.leave_to("session", session=session.hex())


def draw() -> None:
    if quiet.capture_only():
        nav.go("today")
    session = fields.given_id("session")
    record = known()
    value = record.value if record else None
    fields.heading(_("One small step"), _("So small that you could do it on a bad day."))
    with st.form(FORM, border=False):
        st.text_input(
            _("What I will do"), value.action if value else "", key="action", max_chars=200,
            placeholder=_("Sit by the window for two minutes"),
        )  # fmt: skip
        st.text_input(
            _("After what"), value.cue if value else "", key="cue", max_chars=200,
            placeholder=_("After my first coffee"),
        )  # fmt: skip
        clock = datetime.strptime(value.clock, "%H:%M").time() if value and value.clock else None  # noqa: DTZ007  # a time of day has no zone
        st.time_input(_("At about, if you like"), clock, key="clock")
        st.text_input(
            _("If something comes up"), value.obstacle if value else "", key="obstacle", max_chars=200,
            placeholder=_("Then I open the window and breathe out once"),
        )  # fmt: skip
        st.form_submit_button(
            _("Keep this step"), type="primary", width="stretch", on_click=save, args=(session,), key="save"
        )
    if record:
        st.button(
            _("Delete this step"), type="tertiary", icon=":material/delete:", key="delete",
            on_click=remove, args=(record.id, session),
        )  # fmt: skip
    nav.link("session", _("Back to the session"), session=session.hex())


draw()
