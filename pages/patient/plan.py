"""Plan a session, or change the plan."""

from datetime import timedelta

import streamlit as st

from kapjournal.errors import NotAllowed
from kapjournal.journal.phases import planned_end
from kapjournal.journal.sessions import plan_session, session, sessions
from kapjournal.journal.values import Session
from kapjournal.journal.words import routes
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import fields, nav, notices, signed_in

FORM = "plan"


def known() -> Record[Session] | None:
    id = fields.given_id("session")
    return session(signed_in.work(), by=signed_in.by(), id=id) if id else None


def save() -> None:
    state = st.session_state
    with notices.telling():
        record = plan_session(
            signed_in.work(),
            by=signed_in.by(),
            starts=fields.chosen_moment(FORM, signed_in.zone()),
            route=state.get("route") or "other",
            place=state.get("place", ""),
            escort=state.get("escort", ""),
            bring=state.get("bring", ""),
            planned_minutes=state.get("planned_minutes") or 90,
            session=known(),
            save_id=fields.save_id(FORM),
        )
        fields.new_form(FORM)
        notices.say(planned(record))
        nav.leave_to("today")


def planned(record: Record[Session]) -> str:
    """What is said of the plan, with a word about one at the same time: most often that is the same one twice."""
    others = [it for it in sessions(signed_in.work(), by=signed_in.by()) if it.id != record.id]
    if any(
        it.value.at < planned_end(record.value) and record.value.at < planned_end(it.value) for it in others
    ):
        return _("Your session is planned. Another one is at the same time; you can delete one on its page.")
    return _("Your session is planned.")


def tomorrow() -> str:
    """Where a plan begins: not now, or a plan saved in haste would begin a session."""
    return f"{signed_in.now().day + timedelta(1)}T10:00"


def draw() -> None:
    record = known()
    value = record.value if record else None
    fields.heading(_("Plan a session") if record is None else _("Change the plan"))
    with st.form(FORM, border=False):
        fields.when(_("Day"), FORM, signed_in.now(), value=value.wall if value else tomorrow())
        st.selectbox(
            _("How is it given?"),
            list(routes()),
            index=list(routes()).index(value.route if value else "iv"),
            format_func=routes().__getitem__,
            key="route",
            filter_mode=None,
        )
        st.number_input(
            _("How long, in minutes"),
            5,
            600,
            value.planned_minutes if value else 60,
            5,
            key="planned_minutes",
        )
        st.text_input(_("Where"), value.place if value else "", key="place", max_chars=200)
        st.text_input(_("Who takes me home"), value.escort if value else "", key="escort", max_chars=200)
        st.text_area(_("What to bring"), value.bring if value else "", key="bring", max_chars=2000)
        st.form_submit_button(_("Save the plan"), type="primary", width="stretch", on_click=save, key="save")
    text = signed_in.application().content.texts["prepare"]
    with st.expander(text.title, icon=":material/checklist:"):
        for line in (*text.paragraphs, *(f"- {item}" for item in text.items)):
            st.markdown(line)


try:
    draw()
except NotAllowed:
    nav.go("today")
