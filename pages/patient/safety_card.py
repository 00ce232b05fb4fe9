"""The safety card, to be read in a hard hour, and to be taken along as a PDF."""

import streamlit as st

from kapjournal.content import country_of_zone
from kapjournal.exports.safety_card import safety_card_pdf
from kapjournal.language import _
from kapjournal.people.preferences import preferences
from kapjournal.people.safety_card import EMPTY, PARTS, Part, part_words, safety_card
from kapjournal.people.values import Contact
from pages.parts import browser, contacts, fields, nav, signed_in


def pdf() -> browser.File:
    """Made when it is asked for, from the card as it then is."""
    work, by = signed_in.work(), signed_in.by()
    record = safety_card(work, by=by)
    chosen = preferences(work, by=by).country or country_of_zone(signed_in.zone())
    country = signed_in.content().crisis(chosen)
    made = safety_card_pdf(record.value if record else EMPTY, country, made=signed_in.now().day)
    note = "" if made.complete else _("Some characters could not be printed in it.")
    return browser.File("safety-card.pdf", "application/pdf", made.content, note)


def section(part: Part, given: tuple[str | Contact, ...]) -> None:
    """One part with its own way to change it."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(part_words()[part][0], anchor=False, width="content")
        nav.link("safety_card_part", _("Change"), icon=":material/edit:", part=part)
    with st.container(gap="xsmall"):
        for it in given:
            if isinstance(it, Contact):
                contacts.person(it)
            else:
                st.text(it)


def go_on(label: str, part: Part) -> None:
    if st.button(label, type="primary", width="stretch", key="fill"):
        nav.go("safety_card_part", part=part, fill="1")


def draw() -> None:
    text = signed_in.content().texts["safety_card"]
    record = safety_card(signed_in.work(), by=signed_in.by())
    fields.heading(text.title, text.paragraphs[0])
    if record is None:
        for paragraph in text.paragraphs[1:]:
            st.write(paragraph)
        go_on(_("Fill in my card"), PARTS[0])
        return
    empty = [part for part in PARTS if not getattr(record.value, part)]
    for part in PARTS:
        if part not in empty:
            section(part, getattr(record.value, part))
    if empty:
        go_on(_("Go on filling it in"), empty[0])
    browser.download(key="card_pdf", label=_("Save as a PDF"), make=pdf)
    for paragraph in text.paragraphs[1:]:
        st.caption(paragraph)


draw()
