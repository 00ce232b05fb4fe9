"""Somebody from the safety card: as the patient typed it, one tap away."""

import streamlit as st

from kapjournal.language import _
from kapjournal.people.phones import dialled
from kapjournal.people.values import Contact


def person(contact: Contact, *, main: bool = False) -> bool:
    """Draw a person with ways to call and to text, filled if `main`; whether there is a number to call."""
    number = dialled(contact.phone)
    with st.container(border=True):
        with st.container(gap=None):
            for line in filter(None, (contact.name, contact.phone)):
                st.text(line)
        if number:
            with st.container(horizontal=True):
                call(_("Call"), number, main=main)
                message(_("Text"), number)
    return bool(number)


def call(label: str, number: str, *, main: bool = False) -> None:
    """A button that calls; `number` has only digits and perhaps a +."""
    st.link_button(
        label,
        f"tel:{number}",
        icon=":material/call:",
        type="primary" if main else "secondary",
        width="stretch",
    )


def message(label: str, number: str) -> None:
    """A button that begins a text message; `number` has only digits and perhaps a +."""
    st.link_button(label, f"sms:{number}", icon=":material/sms:", width="stretch")
