"""Every entry and voice note that a patient shares, newest first."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.reading import shared_notes
from kapjournal.sharing.summary_values import Excerpt
from kapjournal.sharing.summary_words import asked_words
from pages.parts import fields, nav, over, shared_voice, signed_in, words


def item(link: bytes, it: Excerpt) -> None:
    with st.container(border=True, gap="xsmall", key=f"entry_{it.id}"):
        st.caption(words.day(it.day))
        st.markdown(f"**{words.plain(asked_words(it))}**")
        st.text(it.text)
        nav.link("shared_entry", _("Read"), icon=":material/arrow_forward:", link=link.hex(), entry=it.id)


def draw(link: bytes) -> None:
    content = signed_in.application().content
    found = shared_notes(signed_in.work(), by=signed_in.by(), link=link, content=content)
    fields.heading(_("Shared entries"), _("Everything that your patient chose for you, newest first."))
    if not (found.entries or found.recordings):
        st.write(_("No entry is shared now."))
    for it in found.entries:
        item(link, it)
    if found.recordings:
        st.header(_("Voice notes"), anchor=False)
        shared_voice.players(link, found.recordings)
    nav.link("summary", _("Back to the summary"), link=link.hex())


over.unless_over(fields.given_id("link"), draw)
