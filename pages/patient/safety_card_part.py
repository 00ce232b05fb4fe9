"""One part of the safety card, to be filled in or changed. The address says which."""

import streamlit as st

from kapjournal.errors import ChangedElsewhere
from kapjournal.language import _
from kapjournal.people.safety_card import PARTS, Part, change_safety_card, part_words
from kapjournal.people.values import Contact
from pages.parts import card_fields, fields, nav, notices, signed_in


def save(it: card_fields.Start, following: Part | None) -> None:
    with notices.telling():
        try:
            change_safety_card(
                signed_in.work(),
                by=signed_in.by(),
                part=it.part,
                given=card_fields.typed(it),
                base_version=it.version,
                now=signed_in.now(),
            )
        except ChangedElsewhere:
            card_fields.overtake(it)
            told = _("The card was changed in another tab. Both are here: save what you want to keep.")
            st.session_state[notices.NOTICE] = ("error", told)
            return
        notices.say(_("Saved on your card."))
        if following is None:
            nav.leave_to("safety_card")
        else:
            nav.leave_to("safety_card_part", part=following, fill="1")


def elsewhere(part: Part) -> None:
    """What another tab has saved meanwhile."""
    with st.container(border=True):
        st.caption(_("Saved in another tab"))
        for it in card_fields.newest(part)[1]:
            st.text(f"{it.name} {it.phone}".strip() if isinstance(it, Contact) else it)


def draw() -> None:
    part: Part = next((it for it in PARTS if it == st.query_params.get("part")), PARTS[0])
    at = PARTS.index(part)
    following = PARTS[at + 1] if "fill" in st.query_params and at + 1 < len(PARTS) else None
    it = card_fields.start(part)
    if "fill" in st.query_params:
        st.caption(_("{at} of {count}").format(at=at + 1, count=len(PARTS)))
    fields.heading(*part_words()[part])
    if it.overtaken:
        elsewhere(part)
    with st.form("part", border=False):
        card_fields.draw(it)
        label = _("Save") if following is None else _("Save and go on")
        st.form_submit_button(
            label, type="primary", width="stretch", key="save", on_click=save, args=(it, following)
        )
    with st.container(key="quiet", horizontal=True, horizontal_alignment="center"):
        if following is not None and st.button(_("Skip"), type="tertiary", key="skip"):
            nav.go("safety_card_part", part=following, fill="1")
        if st.button(_("Back to the card"), type="tertiary", key="back"):
            nav.go("safety_card")


draw()
