"""A therapist's private notes about one patient: a box to write in, and the earlier ones."""

import streamlit as st

from kapjournal.errors import NotAllowed
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.records.work import new_id
from kapjournal.sharing.notes import bring_back_note, delete_note, note, notes
from kapjournal.sharing.values import PrivateNote
from pages.parts import fields, notices, signed_in, words, writing_box

NOTE = "note"


def draw(link: bytes) -> None:
    """The box, whose note stands in the address so that a refresh finds it again, and below it the earlier notes."""
    st.header(_("Your notes"), anchor=False)
    st.caption(_("Only you can open these. They are saved as you type. Your patient never sees them."))
    present = _present(link)
    st.query_params[NOTE] = present.hex()
    about = writing_box.OfPatient(link)
    writing_box.box(present, about, label=_("Your note"))
    found = notes(signed_in.work(), by=signed_in.by(), link=link)
    here = writing_box.record_of(present)
    if any(it.id == here for it in found):
        st.button(_("Begin another note"), type="tertiary", key="another", on_click=_open, args=(link, b""))
    for it in found:
        if it.id != here:
            _one(it)


def _one(it: Record[PrivateNote]) -> None:
    with st.container(border=True, gap="xsmall", key=f"note_{it.id.hex()}"):
        st.caption(words.day_and_time(it.value.wall, today=signed_in.now().day))
        st.text(it.value.text)
        with st.container(horizontal=True):
            key, args = it.id.hex(), (it.value.link, it.id)
            st.button(_("Change"), type="tertiary", key=f"change_{key}", on_click=_open, args=args)
            st.button(_("Delete"), type="tertiary", key=f"delete_{key}", on_click=_delete, args=(it.id,))


def _present(link: bytes) -> bytes:
    """The note that the address names, if it is about this patient; else a new one."""
    given = fields.given_id(NOTE)
    try:
        about = note(signed_in.work(), by=signed_in.by(), id=given).value.link
    except NotAllowed:
        about = link
    return given if len(given) == len(link) and about == link else new_id()


def _open(link: bytes, id: bytes) -> None:
    """In a callback: go on in another note, once this one is saved."""
    if writing_box.all_saved(fields.given_id(NOTE), writing_box.OfPatient(link)):
        st.query_params[NOTE] = (id or new_id()).hex()


def _delete(id: bytes) -> None:
    with notices.telling():
        delete_note(signed_in.work(), by=signed_in.by(), note=id)
        notices.offer_undo(_("Deleted."), bring_back_note, note=id)
