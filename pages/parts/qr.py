"""A code for a camera, drawn in the page itself: it has no address, and nothing is left of it in a cache."""

from html import escape

import segno
import streamlit as st

QUIET = 4  # modules of white around it, as cameras want them (ISO/IEC 18004)


def draw(text: str, label: str) -> None:
    """`text` as a QR code, dark on light in both themes; `label` says what it is for."""
    # Streamlit lets pictures in an address through, and takes <svg> out of what it is given.
    picture = segno.make(text, micro=False).svg_data_uri(border=QUIET, dark="black", light="white")
    with st.container(key="qr", horizontal_alignment="center"):
        st.html(f'<img alt="{escape(label)}" src="{escape(picture)}">', width="content")
