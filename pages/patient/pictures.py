"""More pictures: one at a time, each with its sentence, its table and how it is worked out."""

import streamlit as st

from kapjournal.language import _
from pages.parts import fields, figures, measure_words, nav, pictures, quiet


def draw() -> None:
    fields.heading(_("More pictures"))
    if quiet.capture_only():
        st.write(_("There is nothing to look at today. Rest. The pictures will be here tomorrow."))
        return
    measures = {it.id: it for it in measure_words.newest() if it.thresholds}
    names = pictures.kinds() | {id: it.title for id, it in measures.items()}
    kind = st.selectbox(
        _("Picture"), list(names), format_func=names.__getitem__, key="kind", filter_mode=None
    )
    st.header(names[kind], anchor=False)
    shown = pictures.of_measure(measures[kind]) if kind in measures else pictures.of(kind)
    if shown is not None:
        figures.draw(shown, kind)
    nav.link("progress", _("Back to progress"))


draw()
