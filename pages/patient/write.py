"""Guided writing: one prompt a screen, with skip, back and a blank page. The address says which."""

from typing import NamedTuple

import streamlit as st

from kapjournal.content import Prompt
from kapjournal.errors import NotAllowed
from kapjournal.journal.phases import Arc
from kapjournal.journal.prompts import sitting, used
from kapjournal.journal.reading import recent_entries
from kapjournal.journal.sessions import arc
from kapjournal.journal.writing import About, finish
from kapjournal.language import _
from kapjournal.records.work import new_id
from pages.parts import fields, nav, notices, signed_in, writing_box

SITTING = "kapjournal.sitting"


class Step(NamedTuple):
    """One screen: a place in the pack (None is the blank page) and the entry written there."""

    place: int | None
    entry: bytes


def begin(now: Arc, pack: tuple[Prompt, ...]) -> list[Step]:
    """The screens of a sitting, starting with the one that the address names."""
    asked = st.query_params.get("n", "")
    first = int(asked) if asked.isdecimal() and int(asked) < len(pack) else None
    entry = fields.given_id("entry") or new_id()
    if "blank" in st.query_params or (first is None and (fields.given_id("entry") or not pack)):
        return [Step(None, entry)]
    places = sitting(pack, used(recent_entries(signed_in.work(), by=signed_in.by())))
    ordered = places if first is None else (first, *(it for it in places if it != first))
    return [
        Step(place, entry if number == 0 else new_id()) for number, place in enumerate(ordered[: len(places)])
    ]


def show(step: Step, now: Arc) -> None:
    """Say in the address where the person is."""
    st.query_params.from_dict(
        {
            "entry": writing_box.record_of(step.entry).hex(),
            **({} if step.place is None else {"n": str(step.place)}),
        }
    )


def about(step: Step, now: Arc, pack: tuple[Prompt, ...]) -> About:
    session = now.session.id if now.session else b""
    if step.place is None:
        return About(session, now.phase)
    return About(session, now.phase, pack[step.place].id, pack[step.place].version)


def move(by: int, step: Step, what: About, *, keep: bool) -> None:
    if not writing_box.all_saved(step.entry, what):
        return
    with notices.telling():
        kept = keep and keep_entry(step.entry)
        state = st.session_state[SITTING]
        state["at"] += by
        if not 0 <= state["at"] < len(state["steps"]):
            del st.session_state[SITTING]
            if kept or state.get("kept"):
                notices.say(_("Kept in your journal."))
            nav.leave_to("today")
            return
        state["kept"] = state.get("kept", False) or kept


def keep_entry(first: bytes) -> bool:
    entry = writing_box.record_of(first)
    try:
        return finish(signed_in.work(), by=signed_in.by(), entry=entry, now=signed_in.now()) is not None
    except NotAllowed:
        return False


def blank(step: Step, what: About) -> None:
    if writing_box.all_saved(step.entry, what):
        state = st.session_state[SITTING]
        state["steps"].insert(state["at"] + 1, Step(None, new_id()))
        state["at"] += 1


def say_whose(prompt: Prompt) -> None:
    """Name the clinic that a prompt comes from; nothing for ours."""
    pack = signed_in.application().content.pack_of(prompt.id)
    if pack and pack.origin:
        st.caption(_("From {name}").format(name=pack.origin))


def draw() -> None:
    now = arc(signed_in.work(), by=signed_in.by())
    pack = signed_in.application().content.prompts(now.phase)
    state = st.session_state.setdefault(SITTING, {"steps": begin(now, pack), "at": 0, "phase": now.phase})
    step, last = state["steps"][state["at"]], state["at"] == len(state["steps"]) - 1
    if state["phase"] != now.phase or (step.place is not None and step.place >= len(pack)):
        del st.session_state[SITTING]
        st.rerun()
    show(step, now)
    what = about(step, now, pack)
    prompt = pack[step.place] if step.place is not None else None
    if len(state["steps"]) > 1:
        st.caption(_("{at} of {count}").format(at=state["at"] + 1, count=len(state["steps"])))
    title = prompt.text if prompt else _("Blank page")
    fields.heading(title, (prompt.hint or "") if prompt else _("Anything at all. Single words are fine."))
    if prompt:
        say_whose(prompt)
    writing_box.box(step.entry, what, label=title, large=now.phase == "same_day")
    finished = _("Done") if last else _("Next")
    st.button(
        finished,
        type="primary",
        width="stretch",
        key="next",
        on_click=move,
        args=(1, step, what),
        kwargs={"keep": True},
    )
    with st.container(key="quiet", horizontal=True, horizontal_alignment="center"):
        if state["at"] > 0:
            st.button(
                _("Back"),
                type="tertiary",
                key="back",
                on_click=move,
                args=(-1, step, what),
                kwargs={"keep": False},
            )
        if not last:
            st.button(
                _("Skip"),
                type="tertiary",
                key="skip",
                on_click=move,
                args=(1, step, what),
                kwargs={"keep": False},
            )
        if prompt:
            st.button(_("Blank page"), type="tertiary", key="blank", on_click=blank, args=(step, what))
        st.button(
            _("Stop here for now"),
            type="tertiary",
            key="stop",
            on_click=move,
            args=(len(state["steps"]), step, what),
            kwargs={"keep": False},
        )


draw()
