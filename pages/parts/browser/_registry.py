"""Registers a component from the files beside this one. Nothing is packaged or served as a file."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent


def register(name: str) -> ComponentRenderer:
    """The component made of `<name>.html`, `<name>.css` and `<name>.js`; its styles stay inside it."""
    html, css, js = (
        (_FOLDER / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component(f"kapjournal_{name}", html=html, css=css, js=js, isolate_styles=True)
