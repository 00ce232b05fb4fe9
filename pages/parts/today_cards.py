"""The cards of Today. Each function says what a card would draw, or None where it has nothing to say."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kapjournal.clock import moment
from kapjournal.journal.phases import ended
from kapjournal.journal.sessions import mark_done, mark_not_done, say_slept
from kapjournal.journal.steps import say_step
from kapjournal.journal.values import INTENTION, Entry, Outcome, Session, Step
from kapjournal.journal.words import outcomes
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.texts import excerpt
from kapjournal.today import Today
from pages.parts import check_in_form, measure_words, nav, notices, origin, signed_in, words
from pages.parts.sittings import PHASES, address_of

FORM = "now"
Card = Callable[[], None]


def writing(it: Today) -> Card | None:
    """The main thing: a draft to go on with, or one prompt."""
    return partial(_writing, it)


def _writing(it: Today) -> None:
    with st.container(border=True):
        if it.captured is not None:
            captured(it)
        if it.draft is not None:
            st.header(words.question(origin.asked(it.draft.value)), anchor=False)
            st.caption(_("You began this. It is kept as a draft."))
            if _filled(_("Go on writing"), "write"):
                go_on(it.draft)
            return
        st.header(words.question(it.offered[0] if it.offered else None), anchor=False)
        origin.whose(it.offered[0] if it.offered else None)
        st.caption(_("One thing is enough. You can come back to it."))
        if _filled(_("Write"), "write"):
            nav.go("write")
        if st.button(_("Blank page"), type="tertiary", key="blank"):
            nav.go("write", blank="1")


def captured(it: Today) -> None:
    """The beginning of what was captured, to be read again first."""
    assert it.captured is not None
    st.markdown(_("**From your session**"))
    st.text(f"“{excerpt(it.captured.value.text, 160)}”")
    nav.link(
        "session",
        _("Read what you captured"),
        icon=":material/arrow_forward:",
        session=it.captured.value.session.hex(),
    )


def capture(it: Today) -> None:
    """The one filled button of the day of a session."""
    if _filled(_("Go on writing") if it.draft else _("Capture what is there"), "write"):
        if it.draft:
            go_on(it.draft)
        nav.go("write")


def go_on(draft: Record[Entry]) -> None:
    """Lead to a draft where it was begun."""
    ids = address_of(draft.value, draft.id)
    if ids is None:
        nav.go("entry", entry=draft.id.hex())
    else:
        nav.go("write", **ids)


def ready(it: Today) -> Card | None:
    """The intention and the practical list, before a session."""
    return partial(_ready, it) if it.arc.session else None


def _ready(it: Today) -> None:
    assert it.arc.session is not None
    session = it.arc.session
    with st.container(border=True):
        st.markdown(_("**Your intention**"))
        if it.intention is not None and it.intention.value.text.strip():
            st.text(excerpt(it.intention.value.text, 300))
        else:
            st.write(_("None yet. One is plenty, and none is fine."))
            intention_link(session)
        left = len(words.ready()) - len(session.value.ready)
        label = _("Getting ready: {left} to go").format(left=left) if left else _("You are ready")
        nav.link("session", label, icon=":material/checklist:", session=session.id.hex())


def intention_link(session: Record[Session]) -> None:
    """The way to write the intention of a session."""
    prompts = signed_in.application().content.prompts("prep")
    place = next((n for n, prompt in enumerate(prompts) if prompt.id == INTENTION), 0)
    phase = str(PHASES.index("prep"))
    ids = {"p": phase, "n": str(place), "one": "1", "session": session.id.hex()}
    nav.link("write", _("Write an intention"), icon=":material/edit:", **ids)


def asked(it: Today) -> Card | None:
    """Whether a session took place that nobody has marked."""
    return partial(_asked, it.arc.unsure) if it.arc.unsure else None


def _asked(session: Record[Session]) -> None:
    with st.container(border=True):
        st.markdown(_("**Did your session take place?**"))
        st.caption(words.session_line(session.value, today=signed_in.now().day))
        with st.container(horizontal=True):
            st.button(_("Yes"), key="took_place", on_click=_took_place, args=(session,))
            st.button(_("No"), key="not_taken", on_click=_not_taken, args=(session,))
        nav.link("session", _("Yes, but it ended at another time"), session=session.id.hex())


def over_now(session: Record[Session]) -> None:
    """The one button during a session."""
    st.button(_("It is over now"), key="done", on_click=_over, args=(session.id,), width="stretch")


def slept(it: Today) -> None:
    """The way out of the rules."""
    if it.arc.session is not None and not it.arc.session.value.slept_at:
        st.button(
            _("I have slept"),
            icon=":material/bedtime:",
            type="tertiary",
            key="slept",
            on_click=_slept,
            args=(it.arc.session.id,),
        )


def rules(*, expanded: bool) -> None:
    """What to leave alone until tomorrow."""
    text = signed_in.application().content.texts["after_session"]
    with st.expander(text.title, icon=":material/bedtime:", expanded=expanded):
        for line in (*text.paragraphs, *(f"- {item}" for item in text.items)):
            st.markdown(line)
        nav.link("safety_card", _("My safety card"), icon=":material/health_and_safety:")


def report(it: Today) -> Card | None:
    """The side-effect report that is still to be made."""
    if it.report is None or it.arc.session is None:
        return None
    ids = {"session": it.arc.session.id.hex(), "day": "1" if it.report == "same_day" else "2"}
    label = _("Anything unpleasant? Note it here")
    return lambda: nav.link("side_effects", label, icon=":material/healing:", **ids)


def month(it: Today) -> Card | None:
    """The monthly check, when it is due."""
    label = _("Once a month: bladder, memory, craving")
    return (lambda: nav.link("monthly", label, icon=":material/event_repeat:")) if it.month else None


def measures(it: Today) -> Card | None:
    """A questionnaire before the course as a starting point, later one that can be answered again."""
    if it.baseline:
        label = _("A questionnaire now, to compare with later")
        return lambda: nav.link("measures", label, icon=":material/checklist_rtl:")
    if not it.again:
        return None
    label = _("{title} can be answered again").format(title=it.again[0].title)
    place = str([measure.id for measure in measure_words.newest()].index(it.again[0].id))
    return lambda: nav.link("measure", label, icon=":material/checklist_rtl:", m=place)


def step(it: Today) -> Card | None:
    """The step that was chosen, or the offer to choose one."""
    if it.arc.session is None:
        return None
    return partial(_step, it.step, it.arc.session)


def _step(chosen: Record[Step] | None, session: Record[Session]) -> None:
    if chosen is None:
        nav.link("step", _("Choose one small step"), icon=":material/footprint:", session=session.id.hex())
        return
    with st.container(border=True):
        one_step(chosen)


def one_step(chosen: Record[Step]) -> None:
    """A step with what can be said of it."""
    value = chosen.value
    st.markdown(_("**Your step**"))
    st.text(value.action)
    st.caption(" · ".join(it for it in (value.cue, value.clock) if it))
    key = f"outcome_{chosen.id.hex()}"
    st.segmented_control(
        _("How is it going?"),
        list(outcomes()),
        format_func=outcomes().__getitem__,
        default=value.outcome or None,
        key=key,
        on_change=_said,
        args=(chosen.id, key),
        label_visibility="collapsed",
        width="stretch",
    )


def session(it: Today) -> Card | None:
    """What there is to say about the next session."""
    return partial(_session, it.arc.coming)


def _session(coming: Record[Session] | None) -> None:
    if coming is None:
        nav.link("plan", _("Plan a session"), icon=":material/event:")
        return
    when = words.day_and_time(coming.value.wall, today=signed_in.now().day)
    label = _("Next session: {when}").format(when=when)
    nav.link("session", label, icon=":material/event:", session=coming.id.hex())


def check_in(_it: Today) -> Card | None:
    """The check-in."""
    return partial(_check_in, check_in_form.names())


@st.fragment
def _check_in(chosen: tuple[str, ...]) -> None:
    if notices.waiting():
        st.rerun()
    with st.container(border=True):
        st.markdown(_("**How are you right now?**"))
        check_in_form.draw(FORM, chosen)
        st.button(
            _("Save check-in"),
            width="stretch",
            key="check_in",
            on_click=check_in_form.save,
            args=(FORM, chosen),
        )
        nav.link("check_in", _("For an earlier day"))


def _filled(label: str, key: str) -> bool:
    return st.button(label, icon=":material/edit:", type="primary", width="stretch", key=key)


def _over(session: bytes) -> None:
    with notices.telling():
        mark_done(signed_in.work(), by=signed_in.by(), session=session, ended=signed_in.now())
        notices.say(_("Welcome back. There is nothing to work out today."))


def _took_place(session: Record[Session]) -> None:
    end = moment(ended(session.value), signed_in.zone())
    with notices.telling():
        mark_done(signed_in.work(), by=signed_in.by(), session=session.id, ended=end)
        notices.say(_("Noted."))


def _not_taken(session: Record[Session]) -> None:
    with notices.telling():
        mark_not_done(signed_in.work(), by=signed_in.by(), session=session.id)
        notices.say(_("Noted. You can plan another one when you like."))


def _slept(session: bytes) -> None:
    with notices.telling():
        say_slept(signed_in.work(), by=signed_in.by(), session=session)
        notices.say(_("Good. Take the day slowly."))


def _said(step: bytes, key: str) -> None:
    outcome: Outcome = st.session_state.get(key) or ""
    with notices.telling():
        say_step(signed_in.work(), by=signed_in.by(), step=step, outcome=outcome)
