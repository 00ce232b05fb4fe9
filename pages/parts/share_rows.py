"""Below an entry or recording: to whom it is open, and one tap to open or close it."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing import linking
from pages.parts import links, notices, signed_in, words


def draw(note: bytes) -> None:
    """One row for each link that is open now; nothing if there is none."""
    found = links.live()
    may = bool(found) and links.may_share_today()
    for it in found:
        label, key = words.plain(it.value.name), f"{note.hex()}_{it.id.hex()}"
        if note in (*it.value.scope.entries, *it.value.scope.recordings):
            with st.container(key=f"shared_{key}", horizontal=True, vertical_alignment="center"):
                st.markdown(_("Shared with {name}.").format(name=label), width="content")
                st.button(
                    _("Stop sharing"), key=f"close_{key}", icon=":material/block:",
                    on_click=close, args=(it.id, note, label),
                )  # fmt: skip
        elif may:
            st.button(
                _("Share this with {name}").format(name=label), key=f"share_{key}", type="tertiary",
                icon=":material/handshake:", on_click=share, args=(it.id, note, label),
            )  # fmt: skip


def share(link: bytes, note: bytes, label: str) -> None:
    with notices.telling():
        linking.share_note(signed_in.work(), by=signed_in.by(), link=link, note=note, now=signed_in.now())
        notices.say(_("Shared with {name}. You can stop at any time.").format(name=label))


def close(link: bytes, note: bytes, label: str) -> None:
    with notices.telling():
        linking.keep_note(signed_in.work(), by=signed_in.by(), link=link, note=note)
        notices.say(links.closed(label))
