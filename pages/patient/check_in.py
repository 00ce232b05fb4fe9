"""A check-in for now or for a day that has passed, and the latest ones."""

from datetime import date

import streamlit as st

from kapjournal.language import _
from kapjournal.measures.check_ins import bring_back_check_in, check_ins, delete_check_in
from kapjournal.measures.rating_words import ratings
from kapjournal.measures.values import CheckIn
from kapjournal.records import Record
from pages.parts import check_in_form, fields, nav, notices, quiet, signed_in, words

FORM = "dated"
SHOWN = 10


def remove(id: bytes) -> None:
    with notices.telling():
        delete_check_in(signed_in.work(), by=signed_in.by(), check_in=id)
        notices.offer_undo(_("Deleted."), bring_back_check_in, check_in=id)


def row(record: Record[CheckIn], today: date) -> None:
    given = [
        f"{label} {rating}"
        for name, (label, _low, _high) in ratings().items()
        if (rating := getattr(record.value, name, None)) is not None
    ]
    with st.container(border=True):
        st.caption(words.day_and_time(record.value.wall, today=today))
        st.text(" · ".join(given) or _("Craving only"))
        st.button(
            _("Delete"),
            icon=":material/delete:",
            type="tertiary",
            key=record.id.hex(),
            on_click=remove,
            args=(record.id,),
        )


@st.fragment
def numbers(chosen: tuple[str, ...]) -> None:
    check_in_form.draw(FORM, chosen)


def draw() -> None:
    if quiet.capture_only():
        nav.go("today")
    now = signed_in.now()
    fields.heading(_("Check in"), _("For now, or for a day that has passed. Rate only what you want to."))
    chosen = check_in_form.names()
    numbers(chosen)
    fields.when(_("When"), FORM, now)
    st.button(
        _("Save check-in"),
        type="primary",
        width="stretch",
        key="save",
        on_click=check_in_form.save,
        args=(FORM, chosen),
        kwargs={"dated": True},
    )
    latest = check_ins(signed_in.work(), by=signed_in.by())[-SHOWN:]
    if latest:
        st.header(_("Latest"), anchor=False)
    for record in reversed(latest):
        row(record, now.day)
    nav.link("today", _("Back to Today"))


draw()
