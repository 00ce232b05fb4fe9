"""One shared entry in full, as the patient wrote it."""

import streamlit as st

from kapjournal.journal.prompts import named
from kapjournal.journal.values import Entry
from kapjournal.language import _
from kapjournal.sharing.reading import shared_entry
from pages.parts import fields, nav, over, signed_in, words


def title(it: Entry) -> str:
    """What was asked; a question of the patient's own is not shared with its answer."""
    prompt = named(it.prompt, signed_in.application().content, ())
    return words.question(prompt) if prompt or not it.prompt else _("A question of their own")


def draw(link: bytes) -> None:
    entry = fields.given_id("entry")
    record = shared_entry(signed_in.work(), by=signed_in.by(), link=link, entry=entry)
    fields.heading(title(record.value), words.day_and_time(record.value.wall))
    with st.container(key="words"):
        st.text(record.value.text)
    nav.link("shared_entries", _("All shared entries"), link=link.hex())
    nav.link("summary", _("Back to the summary"), link=link.hex())


over.unless_over(fields.given_id("link"), draw)
