"""The patients who share something with this therapist: offers first, then those who share, then those who did."""

from collections.abc import Sequence

import streamlit as st

from kapjournal.language import _, ngettext
from kapjournal.sharing.accepting import Listed, patients
from pages.parts import fields, nav, patient_cards, signed_in

FEW = 8
SHOWN = 50
ALL = "kapjournal.all_patients"


def begin() -> None:
    """Nobody is here yet: the one step that begins it."""
    st.write(
        _(
            "Nobody shares anything with you yet. A patient decides what you may read; nothing is shared by itself. "
            "To begin, show a patient your code, on this screen or on paper."
        )
    )
    if st.button(_("Show my code"), type="primary", width="stretch", key="begin"):
        nav.go("my_code")


def sought(found: Sequence[Listed]) -> list[Listed]:
    """Those whose name has in it what is searched for."""
    if len(found) <= FEW:
        return list(found)
    typed = st.text_input(_("Search by name"), key="sought", icon=":material/search:", max_chars=100)
    part = typed.strip().casefold()
    matching = [it for it in found if it.patient and part in it.patient.value.name.casefold()]
    if not matching:
        st.write(_("No patient has this in their name."))
    return matching


def show_all() -> None:
    st.session_state[ALL] = True


def sharing(found: Sequence[Listed]) -> None:
    matching = sought(found)
    shown = matching if st.session_state.get(ALL) else matching[:SHOWN]
    if any(one.change is not None for it in shown if it.digest for one in it.digest.scores):
        st.caption(_("In brackets: how the score has changed since the first one that is shared."))
    for it in shown:
        patient_cards.one(it)
    rest = len(matching) - len(shown)
    if rest:
        label = ngettext("Show {count} more", "Show {count} more", rest).format(count=rest)
        st.button(label, type="tertiary", width="stretch", key="all", on_click=show_all)


def draw() -> None:
    found = patients(signed_in.work(), by=signed_in.by())
    fields.heading(_("Patients"))
    if not found:
        begin()
        return
    st.caption(_("Nobody is monitored in real time: you see what is shared when you look."))
    offers = [it for it in found if it.state == "offered"]
    for it in offers:
        patient_cards.offer(it, first=it is offers[0])
    sharing([it for it in found if it.state == "open"])
    others = [it for it in found if it.state in ("paused", "over", "refused")]
    if others:
        patient_cards.past(others)
    nav.link("my_code", _("Show my code to a patient"), icon=":material/qr_code:")


draw()
