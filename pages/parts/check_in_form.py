"""The check-in: a few rows of numbers to tap, on Today and on its own page."""

import streamlit as st

from kapjournal.language import _
from kapjournal.measures.check_ins import ALWAYS, check_in
from kapjournal.people.preferences import preferences
from pages.parts import fields, notices, signed_in


def names() -> tuple[str, ...]:
    """What this person rates."""
    return (*ALWAYS, *preferences(signed_in.work(), by=signed_in.by()).extras)


def rows(form: str, chosen: tuple[str, ...]) -> None:
    """One row of numbers for each rating."""
    for name in chosen:
        fields.rating(name, f"{form}_{name}")


def save(form: str, chosen: tuple[str, ...], *, dated: bool = False) -> None:
    """Save what was tapped, and clear the rows for the next time."""
    with notices.telling():
        check_in(
            signed_in.work(),
            by=signed_in.by(),
            ratings={name: st.session_state.get(f"{form}_{name}") for name in chosen},
            when=fields.chosen_moment(form, signed_in.zone()) if dated else signed_in.now(),
            save_id=fields.save_id(form),
        )
        fields.new_form(form)
        for name in chosen:
            st.session_state[f"{form}_{name}"] = None
        notices.say(_("Your check-in is saved."))
