"""Once a month: bladder, memory, craving, other substances. Blood in the urine says whom to call."""

import streamlit as st

from kapjournal.language import _
from kapjournal.measures import side_effect_words
from kapjournal.measures.side_effects import check_month, monthly_checks, whom_to_call
from pages.parts import fields, nav, notices, signed_in, urgent, words

FORM = "monthly"
CALL = "kapjournal.call"


def questions() -> dict[str, str]:
    return {
        "urinary_pain": _("Pain or burning when passing water"),
        "urinary_frequency": _("Having to go more often, or in a hurry"),
        "memory": _("Trouble with memory"),
        "craving": _("Craving ketamine or something else"),
        "others": _("Alcohol or other drugs, more than you want"),
    }


def save() -> None:
    state = st.session_state
    check = {name: state.get(f"month_{name}") for name in questions()}
    blood = state.get("month_blood")
    with notices.telling():
        record = check_month(
            signed_in.work(),
            by=signed_in.by(),
            check={**check, "blood_in_urine": None if blood is None else blood == 1},
            now=signed_in.now(),
            save_id=fields.save_id(FORM),
        )
        fields.new_form(FORM)
        if call := whom_to_call(record.value):
            state[CALL] = call
            return
        notices.say(_("Noted."))
        nav.leave_to("today")


def draw() -> None:
    if call := st.session_state.pop(CALL, None):
        urgent.draw(call)
        nav.link("today", _("Go on"))
        return
    fields.heading(_("Once a month"), _("Thinking of the last month. Leave out whatever you like."))
    latest = monthly_checks(signed_in.work(), by=signed_in.by())
    if latest:
        day = words.day(latest[-1].value.wall, today=signed_in.now().day)
        st.caption(_("Last time: {day}").format(day=day))
    answers = side_effect_words.answers()
    for name, label in questions().items():
        st.segmented_control(
            label, list(answers), format_func=answers.__getitem__, key=f"month_{name}", width="stretch"
        )
    yes_no = {0: _("No"), 1: _("Yes")}
    st.segmented_control(
        _("Blood in the urine"),
        list(yes_no),
        format_func=yes_no.__getitem__,
        key="month_blood",
        width="stretch",
    )
    st.caption(
        _(
            "Ketamine can trouble the bladder: rarely at treatment doses, more often with frequent use. "
            "It is worth telling your prescriber early."
        )
    )
    st.button(_("Save"), type="primary", width="stretch", key="save", on_click=save)
    nav.link("today", _("Back to Today"))


draw()
