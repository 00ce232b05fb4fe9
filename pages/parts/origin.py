"""Which prompt an entry answers, and where it comes from."""

import streamlit as st

from kapjournal.content import Prompt
from kapjournal.journal.prompts import named, own_prompts
from kapjournal.journal.values import Entry
from kapjournal.language import _
from pages.parts import signed_in


def asked(entry: Entry) -> Prompt | None:
    """The prompt that an entry answers; None for a blank page, or if the prompt is gone."""
    mine = own_prompts(signed_in.work(), by=signed_in.by())
    return named(entry.prompt, signed_in.application().content, mine)


def whose(prompt: Prompt | None) -> None:
    """Name the clinic that a prompt comes from; nothing for ours and for a person's own."""
    pack = signed_in.application().content.pack_of(prompt.id) if prompt else None
    if pack and pack.origin:
        st.caption(_("From {name}").format(name=pack.origin))
