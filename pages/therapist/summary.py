"""One patient's page: the summary of what is shared, the ways into it, and the therapist's own notes."""

import streamlit as st

from kapjournal.exports.summary import summary_pdf
from kapjournal.language import _
from kapjournal.sharing.accepting import NAME_LENGTH, call_patient, patient
from kapjournal.sharing.reading import summary
from kapjournal.sharing.summary_values import Summary
from pages.parts import (
    browser,
    fields,
    nav,
    notices,
    over,
    patient_cards,
    private_note_list,
    shared_voice,
    signed_in,
    summary_page,
    words,
)


def pdf(link: bytes) -> browser.File:
    """The page as it stands, on paper; that it was saved is noted in the patient's log."""
    work, by, content = signed_in.work(), signed_in.by(), signed_in.application().content
    made = summary_pdf(summary(work, by=by, link=link, content=content, now=signed_in.now(), page="pdf"))
    note = "" if made.complete else _("Some characters could not be printed in it.")
    return browser.File("summary.pdf", "application/pdf", made.content, note)


def call(link: bytes) -> None:
    with notices.telling():
        call_patient(signed_in.work(), by=signed_in.by(), link=link, name=st.session_state.get("called", ""))
        notices.say(_("The name is changed. Only you see it."))


def read(link: bytes, entry: str) -> None:
    nav.link("shared_entry", _("Read"), icon=":material/arrow_forward:", link=link.hex(), entry=entry)


def beside(link: bytes, name: str, it: Summary) -> None:
    """What is no part of the summary: how to go on from it, and what is the therapist's own."""
    left, right = st.columns(2, gap="medium")
    with left:
        private_note_list.draw(link)
    with right:
        if it.recordings:
            st.header(_("Listen"), anchor=False)
            shared_voice.players(link, it.recordings)
        with st.expander(_("Name, end this link")):
            with st.form("call", border=False):
                st.text_input(_("What you call this patient"), name, key="called", max_chars=NAME_LENGTH)
                st.form_submit_button(_("Change the name"), on_click=call, args=(link,), key="call")
            patient_cards.ending(
                link,
                _("End this link"),
                _(
                    "You can then open nothing of it any more. Your notes stay. Your patient sees it in their log."
                ),
            )


def draw(link: bytes) -> None:
    work, by, content = signed_in.work(), signed_in.by(), signed_in.application().content
    it = summary(work, by=by, link=link, content=content, now=signed_in.now())
    name = patient(work, by=by, link=link).value.name
    title, save = st.columns([3, 1], vertical_alignment="center")
    with title:
        fields.heading(words.plain(name) or _("A patient without a name"))
    with save:
        browser.download(key="pdf", label=_("Save as a PDF"), make=lambda: pdf(link))
    summary_page.draw(it, lambda entry: read(link, entry))
    with st.container(key="therapist_beside"):
        if it.quality.entries or it.recordings:
            nav.link("shared_entries", _("All shared entries"), icon=":material/menu_book:", link=link.hex())
        beside(link, name, it)
        nav.link("patients", _("Back to patients"))


over.unless_over(fields.given_id("link"), draw)
