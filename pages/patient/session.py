"""One session: the plan, whether it took place, how it was, and what was written about it."""

import streamlit as st

from kapjournal.journal.reading import session_entries
from kapjournal.journal.sessions import (
    bring_back_session,
    delete_session,
    dose_of,
    mark_done,
    mark_not_done,
    number_of,
    session,
    sessions,
)
from kapjournal.journal.values import Session
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import entry_list, fields, nav, notices, signed_in, words


def done(id: bytes) -> None:
    with notices.telling():
        mark_done(
            signed_in.work(),
            by=signed_in.by(),
            session=id,
            ended=fields.chosen_moment("ended", signed_in.zone()),
        )
        notices.say(_("Marked as done."))


def not_done(id: bytes) -> None:
    with notices.telling():
        mark_not_done(signed_in.work(), by=signed_in.by(), session=id)


def remove(id: bytes) -> None:
    with notices.telling():
        delete_session(signed_in.work(), by=signed_in.by(), session=id)
        notices.offer_undo(_("The session is deleted. What you wrote stays."), bring_back_session, session=id)
        nav.leave_to("today")


def lines(value: Session, dose: str) -> list[tuple[str, str]]:
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


def ending(record: Record[Session]) -> None:
    """Mark it done, or take that back."""
    if record.value.ended_at:
        st.button(
            _("It did not take place after all"),
            type="tertiary",
            key="not_done",
            on_click=not_done,
            args=(record.id,),
        )
        return
    if record.value.at > signed_in.now().at:
        return
    with st.form("done", border=True):
        fields.when(_("It ended"), "ended", signed_in.now())
        st.form_submit_button(
            _("Mark as done"), type="primary", width="stretch", on_click=done, args=(record.id,), key="done"
        )


def draw() -> None:
    work, by = signed_in.work(), signed_in.by()
    record = session(work, by=by, id=fields.given_id("session"))
    number = number_of(record, sessions(work, by=by))
    fields.heading(words.session_name(number), words.session_line(record.value, today=signed_in.now().day))
    dose = dose_of(work, by=by, session=record.id)
    with st.container(gap="xsmall"):
        for label, text in lines(record.value, dose.value.amount if dose else ""):
            st.text(f"{label}: {text}")
    ending(record)
    if record.value.ended_at:
        nav.link("facts", _("Record how it was"), icon=":material/edit_note:", session=record.id.hex())
    nav.link("plan", _("Change the plan"), icon=":material/event:", session=record.id.hex())
    st.header(_("What you wrote"), anchor=False)
    written = session_entries(work, by=by, session=record.id)
    for it in written:
        entry_list.item(it)
    if not written:
        st.write(_("What you write before and after this session will be here."))
    st.button(
        _("Delete this session"),
        type="tertiary",
        icon=":material/delete:",
        key="delete",
        on_click=remove,
        args=(record.id,),
    )


draw()
