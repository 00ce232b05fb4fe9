"""A summary on a page: the same on the patient's preview and on the therapist's screen."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from kapjournal.charts.frame import CONFIG
from kapjournal.charts.mood import mood_figure
from kapjournal.charts.palette import DARK, LIGHT
from kapjournal.insights import words as mood_words
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.say import Table
from kapjournal.language import _
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Part, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import parts
from pages.parts.words import LOCALE

SHEET = Path(__file__).with_name("summary.css").read_text()
LEFT = ("attention", "session", "thread", "mood")
Read = Callable[[str], None]


def draw(it: Summary, read: Read | None = None) -> None:
    """The whole page. `read` draws the way from an excerpt to its entry, given the entry's id in hexadecimal."""
    st.html(f"<style>{SHEET}</style>")
    head, *others = parts(it, LOCALE)
    with st.container(key="summary"):
        _part(head, read)
        left, right = st.columns(2, gap="large")
        for part in others:
            with left if part.name in LEFT else right:
                _part(part, read)


def _part(part: Part, read: Read | None) -> None:
    with st.container(key=f"summary_{part.name}", gap="small"):
        st.header(part.title, anchor=False)
        for block in part.blocks:
            _block(block, read)


def _block(block: Block, read: Read | None) -> None:
    match block:
        case Table(head, rows):
            columns = zip(*rows, strict=True)
            st.table({name: list(cells) for name, cells in zip(head, columns, strict=True)})
        case Fact(label, text):
            st.text(f"{label}: {text}")
        case Words(above, text, id):
            if above:
                st.caption(above)
            st.text(text)
            if read and id:
                read(id)
        case Note(text, strong):
            st.markdown(f"**{text}**" if strong else text)
        case Line(series, alt):
            _line(series, alt)


def _line(series: MoodSeries, alt: str) -> None:
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    st.plotly_chart(
        mood_figure(series, palette, LOCALE), config=CONFIG, key="summary_line", theme="streamlit", alt=alt
    )
    if st.checkbox(_("Table"), key="summary_mood_table"):
        rows = mood_words.table_rows(series)
        st.table({_("Day"): [row.date for row in rows], _("Mean"): [row.mean for row in rows]})
