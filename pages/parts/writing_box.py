"""The box that somebody writes in: the editor component, and what is saved when it pushes.

A patient writes entries there, about what `About` says; a therapist private notes, about a patient (`OfPatient`).
"""

from contextvars import ContextVar
from typing import NamedTuple

import streamlit as st

from kapjournal.errors import KapjournalError, NotAllowed, SignedOut, StorageUnavailable
from kapjournal.journal.reading import entry as find_entry
from kapjournal.journal.writing import About, Draft, write
from kapjournal.records import Saved
from kapjournal.sharing.notes import note as find_note
from kapjournal.sharing.notes import write_note
from pages.parts import browser, notices, signed_in

RECORDS = "kapjournal.box_records"

_heard: ContextVar[str] = ContextVar("heard", default="")
"""The box that has pushed in this run, until it is drawn."""


class Shown(NamedTuple):
    """What a box is told of its record: the text, its version and under which save_id it was saved."""

    text: str
    version: int
    saved_as: bytes | None


NOTHING_YET = Shown("", 0, None)


class OfPatient(NamedTuple):
    """What a private note is about: the patient of a link."""

    link: bytes


def box(first: bytes, about: About | OfPatient, *, label: str, large: bool = False) -> None:
    """Draw the box for an entry or a draft to be. A push reruns only the box."""
    _box(first, about, label, large)


@st.fragment
def _box(first: bytes, about: About | OfPatient, label: str, large: bool) -> None:
    with signed_in.unit_of_work():
        _draw(first, about, label, large)


def _draw(first: bytes, about: About | OfPatient, label: str, large: bool) -> None:
    key = _key(first)
    record = record_of(first)
    shown = _just_saved(key, record) or _stored(record, about, stands=key in st.session_state)
    browser.editor(
        key=key,
        account=signed_in.account(),
        record=record,
        text=shown.text,
        version=shown.version,
        saved_as=shown.saved_as,
        answer=st.session_state.get(f"{key}.answer"),
        on_save=lambda: save(first, about),
        label=label,
        placeholder="…",
        tall=not isinstance(about, OfPatient),
        large=large,
    )


def record_of(first: bytes) -> bytes:
    """The record this box writes to: another one once a copy had to be made."""
    copies: dict[bytes, bytes] = st.session_state.get(RECORDS, {})
    return copies.get(first, first)


def save(first: bytes, about: About | OfPatient) -> None:
    """Save what the box pushed last, if that has not been done."""
    key = _key(first)
    push = browser.pushed(key)
    answer = st.session_state.get(f"{key}.answer")
    _heard.set(key)
    if push is None or (isinstance(answer, browser.Ack) and answer.save_id == push.save_id):
        return
    with signed_in.unit_of_work():
        st.session_state[f"{key}.answer"] = _answer(first, push, about)


def all_saved(first: bytes, about: About | OfPatient) -> bool:
    """Whether everything the box pushed is saved; tells the person if it is not."""
    save(first, about)
    answer = st.session_state.get(f"{_key(first)}.answer")
    if isinstance(answer, browser.Refusal):
        st.session_state[notices.NOTICE] = ("error", answer.message)
        return False
    return True


def _answer(first: bytes, push: browser.Save, about: About | OfPatient) -> browser.Ack | browser.Refusal:
    try:
        work, by = signed_in.work(), signed_in.by()
        draft = Draft(push.record, push.save_id, push.text, push.base_version, push.after)
        with work.writing(by):  # the zone is read where the words are written: who acts is asked for once
            now = signed_in.now()
            saved = _write(draft, about)
        if push.typed:
            work.touch(by)
    except KapjournalError as error:
        return browser.Refusal(push.save_id, notices.words(error))
    if saved.record.id != first:
        st.session_state.setdefault(RECORDS, {})[first] = saved.record.id
    return browser.Ack(push.save_id, saved.record.version, saved.record.id, now.time, saved.copied)


def _write(draft: Draft, about: About | OfPatient) -> Saved:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    if isinstance(about, OfPatient):
        return write_note(work, by=by, link=about.link, draft=draft, now=now)
    return write(work, by=by, draft=draft, about=about, now=now)


def _just_saved(key: str, record: bytes) -> Shown | None:
    """What the box has pushed in this run, if that is saved: the database need not be asked for it again."""
    heard = _heard.get() == key
    _heard.set("")
    push, answer = browser.pushed(key), st.session_state.get(f"{key}.answer")
    if not heard or push is None or not isinstance(answer, browser.Ack):
        return None
    if (answer.save_id, answer.record) != (push.save_id, record):
        return None
    return Shown(push.text, answer.version, answer.save_id)


def _stored(id: bytes, about: About | OfPatient, *, stands: bool) -> Shown:
    find = find_note if isinstance(about, OfPatient) else find_entry
    try:
        known = find(signed_in.work(), by=signed_in.by(), id=id)
    except NotAllowed:
        return NOTHING_YET
    except (StorageUnavailable, SignedOut):
        # A box that stands keeps its words whatever it is given here; an error would take it away with the keyboard.
        if not stands:
            raise
        return NOTHING_YET
    return Shown(known.value.text, known.version, known.save_id)


def _key(first: bytes) -> str:
    return f"box-{first.hex()}"
