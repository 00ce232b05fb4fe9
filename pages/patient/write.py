"""Guided writing: one prompt a screen, with skip, back and a blank page; on the day of a session in the dark."""

from collections.abc import Callable

import streamlit as st

from kapjournal.errors import NotAllowed
from kapjournal.journal.phases import guards
from kapjournal.journal.prompts import go_on
from kapjournal.journal.sessions import arc
from kapjournal.journal.values import Phase
from kapjournal.journal.writing import finish
from kapjournal.language import _
from kapjournal.records.work import new_id
from pages.parts import (
    fields,
    nav,
    notices,
    origin,
    signed_in,
    sittings,
    style,
    voice_box,
    words,
    writing_box,
)
from pages.parts.sittings import ANY_TIME, PHASES, Sitting, Step

SPOKEN: tuple[Phase, ...] = ("same_day", *ANY_TIME)


def move(by: int, it: Sitting, *, keep: bool) -> None:
    if not writing_box.all_saved(it.step.entry, it.about):
        return
    with notices.telling():
        it.kept = (keep and keep_entry(it.step.entry)) or it.kept
        if by > 0 and it.step.prompt is not None:
            go_on(signed_in.work(), by=signed_in.by(), prompt=it.step.prompt, now=signed_in.now())
        it.at += by
        if not 0 <= it.at < len(it.steps):
            sittings.end()
            if it.kept:
                notices.say(_("Kept in your journal."))
            nav.leave_to("today")


def keep_entry(first: bytes) -> bool:
    entry = writing_box.record_of(first)
    try:
        return finish(signed_in.work(), by=signed_in.by(), entry=entry, now=signed_in.now()) is not None
    except NotAllowed:
        return False


def blank(it: Sitting) -> None:
    if writing_box.all_saved(it.step.entry, it.about):
        it.steps.insert(it.at + 1, Step(None, new_id()))
        it.at += 1


def turn_to(phase: Phase, it: Sitting) -> None:
    """Leave what was asked for what is needed now; the words so far stay as a draft."""
    if writing_box.all_saved(it.step.entry, it.about):
        sittings.end()
        nav.leave_to("write", p=str(PHASES.index(phase)))


def quiet(label: str, key: str, act: Callable[..., None], *args: object, **more: object) -> None:
    st.button(label, type="tertiary", key=key, on_click=act, args=args, kwargs=more)


def ways(it: Sitting, *, capture_only: bool) -> None:
    """What else a person may do here."""
    with st.container(key="quiet", horizontal=True, horizontal_alignment="center"):
        if it.phase != "same_day":
            if it.at > 0:
                quiet(_("Back"), "back", move, -1, it, keep=False)
            if not it.is_last:
                quiet(_("Skip"), "skip", move, 1, it, keep=False)
            if it.step.prompt:
                quiet(_("Blank page"), "blank", blank, it)
        quiet(_("Stop here for now"), "stop", move, len(it.steps), it, keep=False)
    with st.container(
        key="branches", horizontal=True, horizontal_alignment="center", vertical_alignment="center"
    ):
        for phase in ANY_TIME:
            if phase != it.phase:
                quiet(words.branches()[phase], phase, turn_to, phase, it)
        if it.phase == "hard":
            nav.link("grounding", _("Steady yourself"))
        if not capture_only:
            nav.link("questions", _("Other questions"))


def draw() -> None:
    here = arc(signed_in.work(), by=signed_in.by(), now=signed_in.now())
    if guards(here).nothing:
        nav.go("today")
    it = sittings.present(here)
    if guards(here).capture_only:
        style.dim()
    sittings.show(it)
    prompt = it.step.prompt
    with st.container(key="asked"):
        if len(it.steps) > 1:
            st.caption(_("{at} of {count}").format(at=it.at + 1, count=len(it.steps)))
        fields.heading(
            words.question(prompt),
            (prompt.hint or "") if prompt else _("Anything at all. Single words are fine."),
        )
    origin.whose(prompt)
    writing_box.box(
        it.step.entry,
        it.about,
        label=prompt.text if prompt else _("Blank page"),
        large=it.phase == "same_day",
    )
    label = _("Done") if it.is_last else _("Next")
    st.button(
        label, type="primary", width="stretch", key="next", on_click=move, args=(1, it), kwargs={"keep": True}
    )
    if it.phase in SPOKEN:
        voice_box.box(it.about)
    ways(it, capture_only=guards(here).capture_only)


draw()
