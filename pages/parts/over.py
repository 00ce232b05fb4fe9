"""What stands on a therapist's page once a link has ended or is paused: nothing of the patient."""

from collections.abc import Callable

import streamlit as st

from kapjournal.errors import LinkOver
from kapjournal.language import _
from pages.parts import fields, nav


def unless_over(link: bytes, draw: Callable[[bytes], None]) -> None:
    """Draw a page about what a link shares. Its first act is to ask for that: if it is over, nothing was drawn yet."""
    try:
        draw(link)
    except LinkOver:
        fields.heading(_("Not shared now"))
        st.write(
            _("Your patient has paused or ended this, or its time is over. Nothing of it can be opened.")
        )
        nav.link("private_notes", _("Your notes"), icon=":material/edit_note:", link=link.hex())
        nav.link("patients", _("Back to patients"))
