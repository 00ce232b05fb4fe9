"""A code for a camera, drawn in the page itself: it has no address, and nothing is left of it in a cache."""

from html import escape

import segno
import streamlit as st


def draw(text: str, label: str) -> None:
    """`text` as a QR code, dark on light in both themes, as cameras want it; `label` says what it is for."""
    svg = segno.make(text, micro=False).svg_inline(
        omitsize=True, border=4, dark="black", light="white", svgclass=None, lineclass=None
    )
    with st.container(key="qr", horizontal_alignment="center"):
        st.html(f'<div role="img" aria-label="{escape(label)}">{svg}</div>', width="content")
