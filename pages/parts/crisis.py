"""Crisis lines and emergency numbers, one tap each. Their texts are ours, from the content files."""

from contextlib import suppress

import streamlit as st

from kapjournal.content import Country, Line, country_of_zone
from kapjournal.errors import KapjournalError
from kapjournal.language import _
from kapjournal.people.preferences import preferences
from kapjournal.people.safety_card import safety_card
from kapjournal.people.values import Contact
from pages.parts import contacts, signed_in, words

CHOSEN = "kapjournal.country"


def here() -> Country:
    """The country of the person: chosen in this tab, else in the settings, else guessed from the time zone."""
    chosen: str = st.session_state.get(CHOSEN, "")
    with suppress(KapjournalError):
        chosen = chosen or preferences(signed_in.work(), by=signed_in.by()).country
    return signed_in.content().crisis(chosen or country_of_zone(st.context.timezone))


def own_people() -> tuple[Contact, ...] | None:
    """Whom the patient tells, then professionals; None for somebody who has no safety card, or none to be read."""
    with suppress(KapjournalError):
        work, by = signed_in.work(), signed_in.by()
        card = safety_card(work, by=by)
        if card is not None:
            return card.value.tell + card.value.professionals
        return () if work.role(by) == "patient" else None
    return None


def nearest_people() -> tuple[Contact, ...]:
    """Two whom the patient tells, and one professional: as many as a screen has room for."""
    with suppress(KapjournalError):
        card = safety_card(signed_in.work(), by=signed_in.by())
        if card is not None:
            return card.value.tell[:2] + card.value.professionals[:1]
    return ()


def line(it: Line, *, main: bool) -> None:
    """A crisis line with its hours and the day it was looked up; the call is the filled button if `main`."""
    with st.container(border=True):
        st.subheader(it.name, anchor=False)
        st.caption(it.hours)
        if it.phone:
            label = _("Call {number}").format(number=it.phone_display or it.phone)
            contacts.call(label, it.phone, main=main)
        if it.sms:
            text = _("Text {number}") if not it.sms_text else _("Text {word} to {number}")
            contacts.message(text.format(word=it.sms_text, number=it.sms), it.sms)
        if it.chat:
            st.link_button(_("Chat"), it.chat, icon=":material/chat:", width="stretch")
        if it.web:
            label = _("Open {name}").format(name=it.name)
            st.link_button(label, it.web, icon=":material/open_in_new:", width="stretch")
        checked = words.day(it.last_verified.isoformat())
        st.caption(_("Checked on {day}. Hours may have changed.").format(day=checked))


def danger(country: Country) -> None:
    """The first thing on the screen: the emergency number, or how to find it."""
    if not country.emergency:
        st.write(_("Somebody is in danger right now? Call the emergency number of the place where you are."))
        return
    number = country.emergency[0].number
    label = _("Somebody is in danger right now: {number}").format(number=number)
    st.link_button(label, f"tel:{number}", icon=":material/emergency:", width="stretch")


def emergency(country: Country) -> None:
    """Every emergency number."""
    if country.emergency:
        st.header(_("Emergency numbers"), anchor=False)
    for it in country.emergency:
        label = _("{who}: {number}").format(who=it.label, number=it.number)
        st.link_button(label, f"tel:{it.number}", icon=":material/emergency:", width="stretch")
