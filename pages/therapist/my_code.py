"""A therapist's code: to be shown, scanned, or handed out on a card."""

import streamlit as st

from kapjournal.exports.therapist_card import therapist_card_pdf
from kapjournal.language import _
from kapjournal.people.preferences import preferences
from kapjournal.sharing.codes import my_code
from pages.parts import browser, fields, nav, qr, sharing_code, signed_in


def card() -> browser.File:
    """Made when it is asked for, with the name as it then is."""
    work, by = signed_in.work(), signed_in.by()
    code = my_code(work, by=by)
    made = therapist_card_pdf(code, preferences(work, by=by).name, sharing_code.address(code))
    note = "" if made.complete else _("Some characters could not be printed in it.")
    return browser.File("therapist-card.pdf", "application/pdf", made.content, note)


def calls_themself(name: str) -> None:
    """What patients see beside the code."""
    if name:
        st.caption(_("Patients who type it see that you call yourself:"))
        st.text(name)
        nav.link("settings", _("Change this name"), icon=":material/edit:")
    else:
        st.caption(
            _("You have not said yet what you call yourself. Patients see it when they type your code.")
        )
        nav.link("settings", _("Say what you call yourself"), icon=":material/edit:")


def draw() -> None:
    work, by = signed_in.work(), signed_in.by()
    code = my_code(work, by=by)
    fields.heading(
        _("Your code"),
        _("A patient types or scans it under Share. It stays the same and opens nothing by itself."),
    )
    with st.container(key="my_code"):
        st.code(code, language=None, wrap_lines=True)
    address = sharing_code.address(code)
    if address:
        qr.draw(address, _("QR code that leads a patient to sharing with you"))
    browser.download(key="card", label=_("Save a card to print"), make=card)
    with st.container(key="calls", gap="xsmall"):
        calls_themself(preferences(work, by=by).name)
    nav.link("patients", _("Back to patients"))


draw()
