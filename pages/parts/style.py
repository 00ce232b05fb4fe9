"""The one stylesheet: what theme options and native layout cannot say, on our own `st-key-…` classes."""

from pathlib import Path

import streamlit as st


class _Sheet:
    """A stylesheet as Streamlit takes it without going over its lines again in every run."""

    def __init__(self, css: str) -> None:
        self._html = f"<style>{' '.join(css.split())}</style>"

    def _repr_html_(self) -> str:
        return self._html


def _read(name: str) -> str:
    return Path(__file__).with_name(f"{name}.css").read_text()


_SHEET = _Sheet(_read("style"))
_DIM = _Sheet(_read("dim"))
_DIM_ALONE = _Sheet(_read("dim") + ".st-key-tabs { display: none; }")


def apply() -> None:
    """Put the stylesheet on the page."""
    st.html(_SHEET)


def dim(*, alone: bool = False) -> None:
    """Make this page dark and its words large, whatever the device prefers: for eyes that light hurts today.

    `alone`: without the tabs, for a moment with nothing to do.
    """
    st.html(_DIM_ALONE if alone else _DIM)
