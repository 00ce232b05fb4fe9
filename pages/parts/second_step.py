"""The second step of signing in and of recovering, where a second factor is on."""

import streamlit as st

from kapjournal.people.values import Arrival, Half
from pages.parts import signed_in

HALF = "kapjournal.half"


def go_on(it: Arrival | Half) -> None:
    """Let somebody in, or ask for the second step next."""
    if isinstance(it, Half):
        st.session_state[HALF] = it
    else:
        signed_in.begin(it)
