"""What to do at once: the emergency number of the person's country, or a call to the prescriber today."""

from typing import Literal

import streamlit as st

from kapjournal.language import _
from kapjournal.measures.side_effects import EMERGENCY
from kapjournal.measures.values import RedFlag
from pages.parts import crisis, fields, nav

Call = Literal["emergency", "prescriber"]


def draw(call: Call) -> None:
    """A whole screen with one thing to do."""
    if call == "emergency":
        fields.heading(_("Call for help now"), _("What you noted can be dangerous. Please do not wait."))
        numbers()
    else:
        fields.heading(_("Call your prescriber today"), _("What you noted needs a doctor's eyes today."))
        st.write(_("If you cannot reach them and it gets worse, call the emergency number."))
        numbers()
    st.write(_("Nobody reads this app in real time. What you noted is kept."))


def short(flag: RedFlag) -> None:
    """The same in one line, beside what was tapped."""
    if flag in EMERGENCY:
        st.error(_("Please call the emergency number now."), icon=":material/emergency:")
        numbers()
    else:
        st.warning(_("Please call your prescriber today."), icon=":material/call:")


def numbers() -> None:
    """The emergency numbers, one tap each."""
    found = crisis.here().emergency
    for it in found:
        label = _("{who}: {number}").format(who=it.label, number=it.number)
        st.link_button(
            label, f"tel:{it.number}", icon=":material/emergency:", type="primary", width="stretch"
        )
    if not found:
        st.write(_("Call the emergency number of the place where you are."))
    nav.link("help_now", _("Help now"), icon=":material/support:")
