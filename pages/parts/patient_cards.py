"""Cards of the therapist's list: an offer to accept, a patient who shares, and those who do so no more."""

from collections.abc import Sequence

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.accepting import NAME_LENGTH, Listed, accept, decline
from pages.parts import nav, notices, patient_lines, signed_in, words


def offer(it: Listed, *, first: bool) -> None:
    """Somebody wants to share: compare, then accept or decline. Only the `first` offer has the filled button."""
    key = it.link.hex()
    with st.container(border=True, key=f"offer_{key}"):
        st.markdown(f"**{_('A patient wants to share with you')}**")
        if text := _said(it):
            st.text(text)
        st.write(
            _(
                "Compare these eight characters with the screen of your patient. Accept only if they are equal."
            )
        )
        with st.container(key=f"compare_{key}"):
            st.code(it.comparison, language=None)
        st.text_input(
            _("What you call this patient"),
            it.digest.my_name if it.digest else "",
            key=f"name_{key}",
            max_chars=NAME_LENGTH,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Accept"),
                type="primary" if first else "secondary",
                key=f"accept_{key}",
                on_click=_accept,
                args=(it.link,),
            )
            ending(
                it.link, _("Decline"), _("Nothing of it will be shared. Your patient sees it in their log.")
            )


def one(it: Listed) -> None:
    """A patient who shares. Few and light elements: there may be two hundred of them."""
    assert it.patient
    assert it.digest
    with st.container(border=True, gap=None, key=f"patient_{it.link.hex()}"):
        nav.link("summary", called(it), link=it.link.hex())
        if it.is_new:
            st.caption(_("New since you last looked"))
        if text := patient_lines.lines(it.digest):
            st.text(text)


def past(found: Sequence[Listed]) -> None:
    """Those who paused or ended it, quietly; what the therapist noted about them can still be read."""
    says = {
        "paused": _("Paused by the patient"),
        "over": _("No longer shared"),
        "refused": _("Nothing is shown: the keys are not those that you and your patient agreed on"),
    }
    with st.expander(_("Paused or no longer shared ({count})").format(count=len(found)), key="past"):
        for it in found:
            with st.container(key=f"past_{it.link.hex()}", gap=None):
                if it.patient:
                    nav.link("private_notes", called(it), icon=":material/edit_note:", link=it.link.hex())
                st.caption(says[it.state])


def _said(it: Listed) -> str:
    """What the patient says with an offer; their words stand at the end of their line."""
    if it.digest is None:
        return ""
    said = {_("Their name here"): it.digest.my_name, _("For"): it.digest.purpose}
    return "\n".join(f"{label}: {text}" for label, text in said.items() if text)


def called(it: Listed) -> str:
    """What a patient is called, as a label that says it letter for letter."""
    return words.plain(it.patient.value.name if it.patient else "") or _("A patient without a name")


def ending(link: bytes, label: str, warning: str) -> None:
    """A button that asks once more before a link is ended from the therapist's side."""
    with st.popover(label, type="tertiary"):
        st.write(warning)
        st.button(
            _("End it"), icon=":material/link_off:", key=f"end_{link.hex()}", on_click=_end, args=(link,)
        )


def _accept(link: bytes) -> None:
    with notices.telling():
        name = st.session_state.get(f"name_{link.hex()}", "")
        accept(signed_in.work(), by=signed_in.by(), link=link, name=name, now=signed_in.now())
        notices.say(_("Accepted. You can open it now."))


def _end(link: bytes) -> None:
    with notices.telling():
        decline(signed_in.work(), by=signed_in.by(), link=link)
        notices.say(_("This link has ended. You can open nothing of it here any more."))
        nav.leave_to("patients")
