"""The one stylesheet: what theme options and native layout cannot say, on our own `st-key-…` classes."""

from pathlib import Path

import streamlit as st

_SHEET = Path(__file__).with_name("style.css").read_text()
_ALONE = ".st-key-tabs { display: none; }"
_DIM = Path(__file__).with_name("dim.css").read_text()


def apply() -> None:
    """Put the stylesheet on the page."""
    st.html(f"<style>{_SHEET}</style>")


def dim(*, alone: bool = False) -> None:
    """Make this page dark and its words large, whatever the device prefers: for eyes that light hurts today.

    `alone`: without the tabs, for a moment with nothing to do.
    """
    st.html(f"<style>{_DIM}{_ALONE if alone else ''}</style>")
