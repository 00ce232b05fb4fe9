"""One session, told as a story: intention, getting ready, capture, the first days, steps, what changed."""

from collections.abc import Sequence

import streamlit as st

from kapjournal.clock import Moment
from kapjournal.journal.phases import ended
from kapjournal.journal.reading import session_entries
from kapjournal.journal.sessions import dose_of, get_ready, number_of, session, sessions
from kapjournal.journal.steps import steps
from kapjournal.journal.values import INTENTION, Entry, Phase, Ready, Session
from kapjournal.journal.voice import session_recordings
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import (
    entry_list,
    fields,
    nav,
    notices,
    session_facts,
    signed_in,
    today_cards,
    voice_box,
    words,
)
from pages.parts.sittings import PHASES

BEFORE: tuple[Phase, ...] = ("pre_course", "prep", "pre_session")
LATER: tuple[Phase, ...] = ("week_1", "month_1", "between", "flat")
HALF_A_DAY, FIRST_DAYS_END, TEN_DAYS = 43_200, 3 * 86_400, 10 * 86_400


def part(title: str, entries: Sequence[Record[Entry]]) -> None:
    """A part of the story that has something in it."""
    if entries:
        st.header(title, anchor=False)
        for it in entries:
            entry_list.item(it)


def captured(entries: Sequence[Record[Entry]], record: Record[Session]) -> None:
    """What was written and said on the day."""
    said = session_recordings(signed_in.work(), by=signed_in.by(), session=record.id)
    if not entries and (said or record.value.ended_at):
        st.header(_("Captured that day"), anchor=False)
    part(_("Captured that day"), entries)
    for it in said:
        voice_box.player(it)
    if not entries and not said and record.value.ended_at:
        st.write(_("Nothing was kept that day. That is fine. A word or two can still go here."))
        offer("same_day", record)


def first_days(entries: Sequence[Record[Entry]], record: Record[Session], now: Moment) -> None:
    title = _("The first days")
    part(title, entries)
    since = now.at - ended(record.value)
    if not entries and record.value.ended_at and HALF_A_DAY <= since < TEN_DAYS:
        st.header(title, anchor=False)
        st.write(_("Nothing here yet, and nothing has to be."))
        offer("days_1_3", record)


def offer(phase: Phase, record: Record[Session]) -> None:
    """A way to write to a part of the story that is still empty."""
    ids = {"p": str(PHASES.index(phase)), "session": record.id.hex()}
    nav.link("write", _("Write about it"), icon=":material/edit:", **ids)


def intention(record: Record[Session], written: Sequence[Record[Entry]], now: Moment) -> None:
    st.header(_("Intention"), anchor=False)
    mine = [it for it in written if it.value.prompt == INTENTION]
    for it in mine:
        entry_list.item(it)
    begun = record.value.at <= now.at
    if mine and begun:
        st.caption(_("Kept as it was when the session began."))
    elif not mine and begun:
        st.write(_("You went in without one. That is fine."))
    elif not mine:
        st.write(_("None yet. One is plenty, and none is fine."))
        today_cards.intention_link(record)


def ready(record: Record[Session]) -> None:
    """The practical list."""
    st.header(_("Getting ready"), anchor=False)
    st.caption(_("Follow what your clinic told you. This list is only a reminder."))
    for name, label in words.ready().items():
        key = f"ready_{name}"
        st.checkbox(label, name in record.value.ready, key=key, on_change=tick, args=(record, name, key))


def tick(record: Record[Session], name: Ready, key: str) -> None:
    rest = [it for it in record.value.ready if it != name]
    items = [*rest, name] if st.session_state[key] else rest
    with notices.telling():
        get_ready(signed_in.work(), by=signed_in.by(), session=record.id, items=items)


def chosen_steps(record: Record[Session], now: Moment) -> None:
    found = steps(signed_in.work(), by=signed_in.by(), session=record.id)
    is_time = record.value.ended_at and now.at - record.value.ended_at >= FIRST_DAYS_END
    if not found and not is_time:
        return
    st.header(_("Steps"), anchor=False)
    for it in found:
        with st.container(border=True):
            today_cards.one_step(it)
            nav.link("step", _("Change it"), session=record.id.hex(), step=it.id.hex())
    if is_time:
        label = _("Choose another small step") if found else _("Choose one small step")
        nav.link("step", label, icon=":material/footprint:", session=record.id.hex())


def story(record: Record[Session], now: Moment) -> None:
    written = session_entries(signed_in.work(), by=signed_in.by(), session=record.id)
    intention(record, written, now)
    part(_("Before"), [it for it in written if it.value.phase in BEFORE and it.value.prompt != INTENTION])
    if not record.value.ended_at and record.value.at > now.at:
        ready(record)
    captured([it for it in written if it.value.phase in ("in_session", "same_day")], record)
    first_days([it for it in written if it.value.phase == "days_1_3"], record, now)
    part(_("When it was hard"), [it for it in written if it.value.phase == "hard"])
    chosen_steps(record, now)
    later = [it for it in written if it.value.phase in LATER]
    part(_("What changed"), later)
    if not later and record.value.ended_at and now.at - record.value.ended_at >= TEN_DAYS:
        st.header(_("What changed"), anchor=False)
        st.write(_("Nothing here yet. What you notice in daily life can go here, also if it faded."))
        nav.link("write", _("Write about it"), icon=":material/edit:", session=record.id.hex())


def draw() -> None:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    record = session(work, by=by, id=fields.given_id("session"))
    course = sessions(work, by=by)
    name = (
        words.session_name(number_of(record, course))
        if record in course
        else _("A session that did not happen")
    )
    fields.heading(name, words.session_line(record.value, today=now.day))
    dose = dose_of(work, by=by, session=record.id)
    session_facts.draw(record, dose.value.amount if dose else "")
    story(record, now)
    session_facts.remove_button(record)


draw()
