"""One entry: read it, go on writing, set its day, see earlier versions, delete it."""

import streamlit as st

from kapjournal.journal.reading import earlier_versions, entry
from kapjournal.journal.values import Entry, Phase
from kapjournal.journal.writing import About, bring_back, delete_entry, finish, is_kept, move_entry
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import (
    fields,
    nav,
    notices,
    origin,
    quiet,
    share_rows,
    signed_in,
    style,
    words,
    writing_box,
)
from pages.parts.sittings import PHASES

EDITING = "kapjournal.editing"


def remove(id: bytes) -> None:
    with notices.telling():
        delete_entry(signed_in.work(), by=signed_in.by(), entry=id)
        notices.offer_undo(_("Deleted."), bring_back, entry=id)
        nav.leave_to("journal")


def redate(id: bytes) -> None:
    with notices.telling():
        when = fields.chosen_moment("about", signed_in.zone())
        move_entry(signed_in.work(), by=signed_in.by(), entry=id, when=when)
        notices.say(_("The date is set."))


def edit(id: bytes) -> None:
    st.session_state[EDITING] = id


def done(id: bytes, what: About) -> None:
    if not writing_box.all_saved(id, what):
        return
    with notices.telling():
        finish(signed_in.work(), by=signed_in.by(), entry=writing_box.record_of(id), now=signed_in.now())
        st.session_state.pop(EDITING, None)


def read(record: Record[Entry]) -> None:
    with st.container(key="words"):
        st.text(record.value.text)
    if is_kept(signed_in.work(), by=signed_in.by(), entry=record.value):
        st.caption(_("Kept as it was when the session began."))
    else:
        st.button(
            _("Go on writing"), type="primary", width="stretch", key="edit", on_click=edit, args=(record.id,)
        )
    share_rows.draw(record.id)
    with st.expander(_("Date, earlier versions, delete")):
        fields.when(_("When this was"), "about", signed_in.now(), value=record.value.wall)
        st.button(_("Set the date"), key="redate", on_click=redate, args=(record.id,))
        for past in earlier_versions(signed_in.work(), by=signed_in.by(), entry=record.id):
            st.caption(_("Version {number}").format(number=past.version))
            if isinstance(past.value, Entry):
                st.text(past.value.text)
        st.button(
            _("Delete this entry"), icon=":material/delete:", key="delete", on_click=remove, args=(record.id,)
        )


def turn_to(phase: Phase, id: bytes, what: About) -> None:
    """Leave for what is needed now; the words so far stay."""
    if writing_box.all_saved(id, what):
        st.session_state.pop(EDITING, None)
        nav.leave_to("write", p=str(PHASES.index(phase)))


def write_on(record: Record[Entry], title: str) -> None:
    value = record.value
    what = About(value.session, value.phase, value.prompt, value.prompt_version)
    writing_box.box(record.id, what, label=title)
    st.button(_("Done"), type="primary", width="stretch", key="done", on_click=done, args=(record.id, what))
    if value.finished:
        share_rows.draw(record.id)
    with st.container(key="branches", horizontal=True, horizontal_alignment="center"):
        for phase, label in words.branches().items():
            st.button(label, type="tertiary", key=phase, on_click=turn_to, args=(phase, record.id, what))


def draw() -> None:
    if quiet.capture_only():
        style.dim()
    record = entry(signed_in.work(), by=signed_in.by(), id=fields.given_id("entry"))
    value = record.value
    title = words.question(origin.asked(value))
    fields.heading(title, words.day_and_time(value.wall, today=signed_in.now().day))
    kept = is_kept(signed_in.work(), by=signed_in.by(), entry=value)
    if not kept and (st.session_state.get(EDITING) == record.id or not value.finished):
        write_on(record, title)
    else:
        read(record)
    nav.link("journal", _("Back to the journal"))


draw()
