"""Side effects on the day of a session or on the next: what, how strongly, how long. Red flags say whom to call."""

from typing import cast

import streamlit as st

from kapjournal.journal.sessions import session
from kapjournal.language import _
from kapjournal.measures import side_effect_words
from kapjournal.measures.side_effects import report_side_effects, side_effects, urge_after, whom_to_call
from kapjournal.measures.values import Effect, EffectName, Lasted, RedFlag, ReportDay, SideEffects
from pages.parts import fields, nav, notices, quiet, signed_in, style, urgent, words

CALL = "kapjournal.call"


def way_back(session: bytes) -> tuple[str, dict[str, str]]:
    """On the day of a session everything leads back to the one dark screen."""
    return ("today", {}) if quiet.capture_only() else ("session", {"session": session.hex()})


def day() -> ReportDay:
    return "same_day" if st.query_params.get("day") == "1" else "next_day"


def given() -> list[Effect]:
    """What stands in the rows; a row without a strength is not noticed."""
    state = st.session_state
    return [
        Effect(name, int(strength), cast(Lasted, state.get(f"lasted_{name}") or ""))
        for name in side_effect_words.effects()
        if (strength := state.get(f"strength_{name}"))
    ]


def save(session: bytes) -> None:
    state = st.session_state
    flags: list[RedFlag] = [it for it in side_effect_words.flags() if state.get(f"flag_{it}")]
    with notices.telling():
        record = report_side_effects(
            signed_in.work(),
            by=signed_in.by(),
            session=session,
            when=day(),
            effects=given(),
            flags=flags,
            urge=state.get("urge"),
            now=signed_in.now(),
        )
        if whom_to_call(record.value):
            state[CALL] = whom_to_call(record.value)
            return
        notices.say(_("Noted. Tell your team about anything that worries you."))
        where, ids = way_back(session)
        nav.leave_to(where, **ids)


def row(name: EffectName, label: str, known: Effect | None) -> None:
    strengths = side_effect_words.strengths()
    st.segmented_control(
        label,
        list(strengths),
        format_func=strengths.__getitem__,
        default=known.strength if known else None,
        key=f"strength_{name}",
        width="stretch",
    )
    if st.session_state.get(f"strength_{name}"):
        st.segmented_control(
            _("How long {effect} lasted").format(effect=label.lower()),
            list(side_effect_words.lasted()),
            format_func=side_effect_words.lasted().__getitem__,
            default=(known.lasted or None) if known else None,
            key=f"lasted_{name}",
            width="stretch",
        )


@st.fragment
def effects(known: SideEffects | None) -> None:
    noted = {it.name: it for it in known.effects} if known else {}
    for name, label in side_effect_words.effects().items():
        row(name, label, noted.get(name))


def draw() -> None:
    work, by, id = signed_in.work(), signed_in.by(), fields.given_id("session")
    where, ids = way_back(id)
    if quiet.capture_only():
        style.dim()
    line = words.session_line(session(work, by=by, id=id).value, today=signed_in.now().day)
    found = side_effects(work, by=by, session=id, when=day())
    known = found.value if found else None
    if call := st.session_state.pop(CALL, None):
        urgent.draw(call)
        nav.link(where, _("Go on"), **ids)
        return
    title = _("Your body today") if day() == "same_day" else _("Your body the day after")
    fields.heading(title, line)
    st.write(_("Tap only what you notice. Nothing tapped means nothing noticed."))
    st.markdown(_("**Any of these? Call for help first.**"))
    for flag, label in side_effect_words.flags().items():
        if st.checkbox(label, bool(known and flag in known.flags), key=f"flag_{flag}"):
            urgent.short(flag)
    effects(known)
    urge = urge_after(work, by=by, session=id, when=day())
    answers = side_effect_words.answers()
    st.segmented_control(
        _("A wish for more of it, or for something else"),
        list(answers),
        format_func=answers.__getitem__,
        default=urge.value.strength if urge else None,
        key="urge",
        width="stretch",
    )
    st.button(_("Save"), type="primary", width="stretch", key="save", on_click=save, args=(id,))
    nav.link(where, _("Back to Today") if quiet.capture_only() else _("Back to the session"), **ids)


draw()
