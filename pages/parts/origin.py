"""Where a prompt comes from."""

import streamlit as st

from kapjournal.content import Prompt
from kapjournal.language import _
from pages.parts import signed_in


def whose(prompt: Prompt | None) -> None:
    """Name the clinic that a prompt comes from; nothing for ours and for a person's own."""
    pack = signed_in.application().content.pack_of(prompt.id) if prompt else None
    if pack and pack.origin:
        st.caption(_("From {name}").format(name=pack.origin))
