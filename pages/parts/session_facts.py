"""What there is to say and to do about a session besides its story: plan, end, facts, side effects, deletion."""

import streamlit as st

from kapjournal.journal.phases import ended
from kapjournal.journal.sessions import (
    bring_back_session,
    delete_session,
    mark_done,
    mark_not_done,
)
from kapjournal.journal.values import Session
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import fields, nav, notices, signed_in

REPORT_SECONDS = 2 * 86_400


def draw(record: Record[Session], dose: str) -> None:
    """The facts in lines, and the ways to change them."""
    with st.container(gap="xsmall"):
        for label, text in _lines(record.value, dose):
            st.text(f"{label}: {text}")
    if record.value.cancelled_at:
        nav.link("plan", _("Plan it anew"), icon=":material/event:", session=record.id.hex())
        return
    _ending(record)
    id = record.id.hex()
    if record.value.ended_at:
        nav.link("facts", _("Record how it was"), icon=":material/edit_note:", session=id)
        if signed_in.now().at - ended(record.value) < REPORT_SECONDS:
            nav.link("side_effects", _("Note side effects"), icon=":material/healing:", session=id)
    else:
        nav.link("plan", _("Change the plan"), icon=":material/event:", session=id)


def remove_button(record: Record[Session]) -> None:
    """Take it back, or delete it for good."""
    if record.value.ended_at:
        _quiet(_("It did not take place after all"), "not_done", record.id)
    st.button(
        _("Delete this session"),
        type="tertiary",
        icon=":material/delete:",
        key="delete",
        on_click=_remove,
        args=(record.id,),
    )


def _lines(value: Session, dose: str) -> list[tuple[str, str]]:
    pressure = f"{value.systolic}/{value.diastolic} mmHg" if value.systolic and value.diastolic else ""
    minutes = _("{count} minutes").format(count=value.minutes) if value.minutes else ""
    named = [
        (_("Where"), value.place),
        (_("Takes me home"), value.escort),
        (_("To bring"), value.bring),
        (_("How long"), minutes),
        (_("Dose"), dose),
        (_("Blood pressure"), pressure),
        (_("Intensity"), _of_ten(value.intensity)),
        (_("How challenging"), _of_ten(value.challenge)),
        (_("Relief"), _of_ten(value.relief)),
    ]
    return [(label, text) for label, text in named if text]


def _of_ten(number: int | None) -> str:
    return "" if number is None else _("{number} of 10").format(number=number)


def _ending(record: Record[Session]) -> None:
    """Say when it ended, or that it did not take place."""
    if record.value.ended_at or record.value.at > signed_in.now().at:
        return
    with st.form("done", border=True):
        fields.when(_("It ended"), "ended", signed_in.now())
        st.form_submit_button(
            _("Mark as done"), type="primary", width="stretch", on_click=_done, args=(record.id,), key="done"
        )
    _quiet(_("It did not take place"), "not_done", record.id)


def _quiet(label: str, key: str, session: bytes) -> None:
    st.button(label, type="tertiary", key=key, on_click=_not_done, args=(session,))


def _done(id: bytes) -> None:
    with notices.telling():
        when = fields.chosen_moment("ended", signed_in.zone())
        mark_done(signed_in.work(), by=signed_in.by(), session=id, ended=when)
        notices.say(_("Marked as done."))


def _not_done(id: bytes) -> None:
    with notices.telling():
        mark_not_done(signed_in.work(), by=signed_in.by(), session=id)


def _remove(id: bytes) -> None:
    with notices.telling():
        delete_session(signed_in.work(), by=signed_in.by(), session=id)
        notices.offer_undo(_("The session is deleted. What you wrote stays."), bring_back_session, session=id)
        nav.leave_to("today")
