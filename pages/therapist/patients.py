"""The patients who share something with this therapist."""

import streamlit as st

from kapjournal.language import _
from pages.parts import fields


def draw() -> None:
    fields.heading(_("Patients"))
    st.write(
        _(
            "Nobody shares anything with you yet. A patient decides what you may read; nothing is shared by itself."
        )
    )


draw()
