"""Questionnaires: what there is, when each is asked, the latest answer and whether a change counts."""

import streamlit as st

from kapjournal.content import Measure
from kapjournal.journal.phases import Arc, guards
from kapjournal.journal.sessions import arc
from kapjournal.language import _
from kapjournal.measures.due import due
from kapjournal.measures.responses import draft, responses, scores
from pages.parts import fields, measure_words, nav, signed_in, words


def card(measure: Measure, place: int, here: Arc) -> None:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    answered = scores(work, by=by, content=signed_in.application().content, measure=measure.id)
    asks = due(measure, responses(work, by=by, measure=measure.id), here, now)
    with st.container(border=True, key=f"measure_{measure.id}"):
        st.header(measure.title, anchor=False)
        st.caption(measure.why)
        if answered:
            day = words.day(answered[-1].response.value.wall, today=now.day)
            st.write(f"{day}: {measure_words.result(measure, answered[-1])}")
            if changed := measure_words.compared(measure, answered, now.day):
                st.caption(changed)
        st.caption(measure_words.when(measure, asks, now.day))
        if asks.why == "session_day":
            return
        begun = draft(work, by=by, measure=measure) is not None
        label = _("Go on") if begun else _("Answer it") if asks.asks else _("Answer it anyway")
        nav.link("measure", label, icon=":material/checklist_rtl:", m=str(place))


def draw() -> None:
    here = arc(signed_in.work(), by=signed_in.by(), now=signed_in.now())
    fields.heading(_("Questionnaires"), _("Answer what you like. A number is not a diagnosis."))
    if guards(here).capture_only:
        st.write(_("There is nothing to answer today. Rest."))
        return
    for place, measure in enumerate(measure_words.newest()):
        card(measure, place, here)
    nav.link("progress", _("Back to progress"))


draw()
