"""Help now: own people, crisis lines, the emergency number. For everybody, and also without the storage."""

from contextlib import suppress

import streamlit as st

from kapjournal.content import Country
from kapjournal.errors import KapjournalError
from kapjournal.language import _
from kapjournal.people.preferences import change_preferences
from kapjournal.people.values import Contact
from pages.parts import contacts, crisis, fields, nav, signed_in


def choose() -> None:
    """Remember the country in the settings of whoever is signed in; where that is not possible, in this tab."""
    st.session_state[crisis.CHOSEN] = country = st.session_state["help_country"]
    with suppress(KapjournalError):
        change_preferences(signed_in.work(), by=signed_in.by(), now=signed_in.now(), country=country)
        del st.session_state[crisis.CHOSEN]


def people(found: tuple[Contact, ...]) -> bool:
    """Draw the patient's own people; whether one of them has the filled button."""
    st.header(_("Your people"), anchor=False)
    has_main = False
    for it in found:
        has_main = contacts.person(it, main=not has_main) or has_main
    if not found:
        nav.link("safety_card", _("Add people you trust"), icon=":material/person_add:")
    return has_main


def lines(country: Country, *, has_main: bool) -> None:
    st.header(_("Crisis lines"), anchor=False)
    names = fields.countries()
    st.session_state.setdefault("help_country", country.country)
    st.selectbox(
        _("Country"), list(names), format_func=names.__getitem__, key="help_country", on_change=choose
    )
    for it in country.lines:
        is_main = bool(it.phone) and not has_main
        crisis.line(it, main=is_main)
        has_main = has_main or is_main


def draw() -> None:
    text = signed_in.content().texts["help_now"]
    country = crisis.here()
    found = crisis.own_people()
    fields.heading(text.title, text.paragraphs[0])
    crisis.danger(country)
    has_main = people(found) if found is not None else False
    lines(country, has_main=has_main)
    crisis.emergency(country)
    nav.link("grounding", signed_in.content().texts["steady"].title, icon=":material/air:")
    if found is not None:
        nav.link("safety_card", _("My safety card"), icon=":material/health_and_safety:")
    for paragraph in text.paragraphs[1:]:
        st.write(paragraph)


draw()
