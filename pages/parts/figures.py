"""How a picture stands on a page: the picture or what is missing to see it, its sentence, a table, how it is made."""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from kapjournal.charts.frame import CONFIG
from kapjournal.charts.palette import DARK, LIGHT, Palette
from kapjournal.insights.say import Table
from kapjournal.language import _


class Picture(NamedTuple):
    """Everything of one picture; `figure` is made only where there is `enough` to see."""

    enough: bool
    figure: Callable[[Palette], Any]
    alt: str
    sentence: str
    table: Table
    how: str


def draw(it: Picture, key: str) -> None:
    """The picture with what belongs to it."""
    if it.enough:
        palette = DARK if st.context.theme.type == "dark" else LIGHT
        st.plotly_chart(
            it.figure(palette), config=CONFIG, key=f"picture_{key}", theme="streamlit", alt=it.alt
        )
    st.write(it.sentence)
    if it.table.rows and st.checkbox(_("Table"), key=f"table_{key}"):
        columns = zip(*it.table.rows, strict=True)
        st.table({head: list(cells) for head, cells in zip(it.table.head, columns, strict=True)})
    with st.expander(_("How this is worked out")):
        st.write(it.how)
