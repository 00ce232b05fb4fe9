"""A summary on a page: the same on the patient's preview and on the therapist's screen."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from kapjournal.charts.frame import CONFIG
from kapjournal.charts.mood import mood_figure
from kapjournal.charts.palette import DARK, LIGHT
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.say import Table, local_day, tenths
from kapjournal.insights.words import table_rows
from kapjournal.language import _
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Part, Weight, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import parts
from pages.parts.words import LOCALE

SHEET = Path(__file__).with_name("summary.css").read_text()
ROWS = (
    (("attention", "session", "coming", "thread", "mood"), ("scores", "sides", "effects", "substances")),
    (("domains", "steps", "wanted"), ("entries", "quality")),
)
"""The parts in rows of two columns; read column by column, row by row, they are in their order."""
Read = Callable[[str], None]


def draw(it: Summary, read: Read | None = None) -> None:
    """The whole page. `read` draws the way from an excerpt to its entry, given the entry's id in hexadecimal."""
    st.html(f"<style>{SHEET}</style>")
    found = {part.name: part for part in parts(it, LOCALE)}
    with st.container(key="summary"):
        _part(found["head"], read)
        for row in ROWS:
            for column, names in zip(st.columns(2, gap="medium"), row, strict=True):
                with column:
                    for name in names:
                        if name in found:
                            _part(found[name], read)


def _part(part: Part, read: Read | None) -> None:
    with st.container(key=f"summary_{part.name}", gap="xsmall"):
        st.header(part.title, anchor=False)
        for number, block in enumerate(part.blocks):
            _block(block, f"{part.name}_{number}", read)


def _block(block: Block, place: str, read: Read | None) -> None:
    match block:
        case Fact(label, text):
            with st.container(key=f"fact_{place}", horizontal=True, gap="small"):
                st.text(label)
                st.text(text)
        case Words(above, text, id):
            with st.container(key=f"words_{place}", gap=None):
                if above:
                    with st.container(key=f"above_{place}", horizontal=True, vertical_alignment="center"):
                        st.caption(above)
                        if read and id:
                            read(id)
                st.text(text)
        case Note(text, weight):
            _note(text, weight, place)
        case Table(head, rows):
            columns = zip(*rows, strict=True)
            st.table({name: list(cells) for name, cells in zip(head, columns, strict=True)})
        case Line(series, alt):
            _line(series, alt)


def _note(text: str, weight: Weight, place: str) -> None:
    if weight == "urgent":
        with st.container(key=f"urgent_{place}"):
            st.markdown(f":material/error: **{text}**")
    elif weight == "strong":
        st.markdown(f"**{text}**")
    elif weight == "quiet":
        st.caption(text)
    else:
        st.write(text)


def _line(series: MoodSeries, alt: str) -> None:
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    figure = mood_figure(series, palette, LOCALE)
    st.plotly_chart(figure, config=CONFIG, key="summary_line", theme="streamlit", alt=alt)
    if st.checkbox(_("Table"), key="summary_table"):
        rows = table_rows(series)
        st.table(
            {
                _("Day"): [local_day(row.date, LOCALE) for row in rows],
                _("Mean"): [tenths(row.mean, LOCALE) for row in rows],
                _("Ratings"): [row.ratings for row in rows],
            }
        )
