"""Who looked, at what, when; and everything else that happened about sharing and signing in."""

from itertools import groupby

import streamlit as st

from kapjournal.clock import moment
from kapjournal.language import _
from kapjournal.records.events import Logged
from kapjournal.sharing.linking import my_links
from kapjournal.sharing.log import MOST, access_log
from pages.parts import fields, log_words, nav, signed_in, words


def wall(it: Logged) -> str:
    return moment(it.event.at, signed_in.zone()).wall if it.event else ""


def line(it: Logged, names: dict[bytes, str]) -> None:
    clock = words.clock_time(wall(it)) if it.event else "–"
    with st.container(key=f"line_{it.n}", horizontal=True, gap="small"):
        st.text(clock, width="content")
        with st.container(gap=None, width="stretch"):
            st.text(log_words.sentence(it, names))
            if it.event and it.event.what == "entry" and it.event.detail:
                nav.link("entry", _("Which one"), entry=it.event.detail)


def draw() -> None:
    work, by, today = signed_in.work(), signed_in.by(), signed_in.now().day
    known, link = my_links(work, by=by), fields.given_id("link")
    shown = st.session_state.get("log_lines", MOST)
    names, log = log_words.names(known), access_log(work, by=by, most=shown)
    only = names.get(link, "")
    lines = [it for it in log.lines if not only or (it.event and it.event.link == link)]
    if only:
        text = _("Every look of {name}, and every change.")
        fields.heading(_("Who looked"), text.format(name=words.plain(only)))
    else:
        fields.heading(_("Everything that happened"))
    if not log.whole:
        text = _(
            "A line of this log was changed or taken out, and not by you. Tell whoever runs this kapjournal."
        )
        st.warning(text, icon=":material/warning:")
    if only and not any(it.event and it.event.what in log_words.LOOKS for it in lines):
        st.write(_("They have not looked."))
    for day, found in groupby(lines, lambda it: wall(it)[:10]):
        st.header(words.day(day, today=today) if day else _("Unknown day"), anchor=False)
        for it in found:
            line(it, names)
    if len(log.lines) == shown:
        more = shown + MOST
        st.button(_("Show earlier"), key="more", on_click=lambda: st.session_state.update(log_lines=more))
    nav.link("share", _("Back to sharing"))


draw()
