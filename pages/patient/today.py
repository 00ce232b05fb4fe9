"""What to do now: one main thing, never more than three."""

import streamlit as st

from kapjournal.clock import Moment
from kapjournal.journal.phases import Arc
from kapjournal.journal.prompts import sitting, used
from kapjournal.journal.reading import recent_entries
from kapjournal.journal.sessions import mark_done
from kapjournal.journal.values import Session
from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.today import Today, today
from pages.parts import check_in_form, fields, nav, notices, signed_in, words

FORM = "now"


def title(it: Today, now: Moment) -> str:
    match it.arc.phase:
        case "same_day" | "days_1_3" if it.arc.session:
            return words.days_after(it.arc.session.value, now)
        case "prep" if it.arc.session:
            return words.days_before(it.arc.session.value, now)
    return _("Today")


def below(it: Today, now: Moment) -> str:
    day = words.long_day(now.day)
    if it.arc.session is None:
        return day
    return f"{day} · {words.session_name(it.number)} · {words.routes()[it.arc.session.value.route]}"


def done(session: bytes) -> None:
    with notices.telling():
        mark_done(signed_in.work(), by=signed_in.by(), session=session, ended=signed_in.now())
        notices.say(_("Welcome back. There is nothing to work out today."))


def session_card(it: Arc, now: Moment) -> None:
    """What there is to say about the next or the last session."""
    asked: Record[Session] | None = it.unsure or (
        it.coming if it.coming and it.coming.value.at <= now.at else None
    )
    if asked is not None:
        with st.container(border=True):
            st.markdown(_("**Did your session take place?**"))
            st.caption(words.session_line(asked.value, today=now.day))
            st.button(_("It is over now"), key="done", on_click=done, args=(asked.id,), width="stretch")
            nav.link("session", _("It ended earlier, or it did not take place"), session=asked.id.hex())
    elif it.coming is not None:
        nav.link(
            "session",
            _("Next session: {when}").format(when=words.day_and_time(it.coming.value.wall, today=now.day)),
            icon=":material/event:",
            session=it.coming.id.hex(),
        )
    else:
        nav.link("plan", _("Plan a session"), icon=":material/event:")


def captured(it: Today) -> None:
    if it.captured is not None:
        with st.container(border=True):
            st.markdown(_("**From your session**"))
            st.text(f"“{' '.join(it.captured.value.text.split())[:200]}”")
            nav.link(
                "entry",
                _("Read what you captured"),
                icon=":material/arrow_forward:",
                entry=it.captured.id.hex(),
            )


def writing_card(it: Today) -> None:
    """The main thing: a draft to go on with, or one prompt."""
    content = signed_in.application().content
    with st.container(border=True):
        if it.draft is not None:
            prompt = content.prompt(it.draft.value.prompt)
            st.header(prompt.text if prompt else _("Blank page"), anchor=False)
            st.caption(_("You began this. It is kept as a draft."))
            if st.button(
                _("Go on writing"), icon=":material/edit:", type="primary", width="stretch", key="write"
            ):
                nav.go("entry", entry=it.draft.id.hex())
            return
        pack = content.prompts(it.arc.phase)
        places = sitting(pack, used(recent_entries(signed_in.work(), by=signed_in.by())))
        st.header(pack[places[0]].text if places else _("Blank page"), anchor=False)
        st.caption(_("One thing is enough. You can come back to it."))
        if st.button(_("Write"), icon=":material/edit:", type="primary", width="stretch", key="write"):
            start_writing()
        if st.button(_("Blank page"), type="tertiary", key="blank"):
            start_writing(blank="1")


def start_writing(**address: str) -> None:
    st.session_state.pop("kapjournal.sitting", None)
    nav.go("write", **address)


def rules() -> None:
    text = signed_in.application().content.texts["after_session"]
    with st.expander(text.title, icon=":material/bedtime:", expanded=True):
        for line in (*text.paragraphs, *(f"- {item}" for item in text.items)):
            st.markdown(line)
        nav.link("safety_card", _("My safety card"), icon=":material/health_and_safety:")


@st.fragment
def check_in_card() -> None:
    if notices.waiting():
        st.rerun()
    with st.container(border=True):
        st.markdown(_("**How are you right now?**"))
        chosen = check_in_form.names()
        check_in_form.rows(FORM, chosen)
        st.button(
            _("Save check-in"),
            width="stretch",
            key="check_in",
            on_click=check_in_form.save,
            args=(FORM, chosen),
        )
        nav.link("check_in", _("For an earlier day"))


def draw() -> None:
    now = signed_in.now()
    it = today(signed_in.work(), by=signed_in.by())
    fields.heading(title(it, now), below(it, now))
    captured(it)
    writing_card(it)
    if it.arc.phase == "same_day":
        rules()
        return
    session_card(it.arc, now)
    check_in_card()


draw()
