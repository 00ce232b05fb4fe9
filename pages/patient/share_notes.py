"""Choose entries and recordings for a link, one by one."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.linking import keep_note, my_link, share_note
from pages.parts import fields, links, nav, note_list, notices, signed_in, words


def save(link: bytes, drawn: tuple[bytes, ...], label: str) -> None:
    """Share what is newly ticked, close what is no longer; what was not drawn stays as it is."""
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    with notices.telling():
        scope = my_link(work, by=by, link=link).value.scope
        before, now_ticked = {*scope.entries, *scope.recordings}, note_list.ticked(drawn)
        closed = [id for id in now_ticked.no if id in before]
        for id in closed:
            keep_note(work, by=by, link=link, note=id)
        for id in now_ticked.yes:
            if id not in before:
                share_note(work, by=by, link=link, note=id, now=now)
        notices.say(links.closed(label) if closed else _("Kept. This is how it is from now on."))
        nav.leave_to("share_link", link=link.hex())


def draw() -> None:
    links.dim_today()
    record = my_link(signed_in.work(), by=signed_in.by(), link=fields.given_id("link"))
    label, scope = words.plain(record.value.name), record.value.scope
    fields.heading(_("Entries and recordings for {name}").format(name=label))
    if not links.may_share_today():
        st.write(_("On the day of a session you can share less, not more, until you have slept."))
    drawn = note_list.draw({*scope.entries, *scope.recordings})
    if drawn:
        with st.bottom:  # within reach, however long the list is
            st.button(
                _("Share what is ticked"), type="primary", width="stretch", key="keep",
                on_click=save, args=(record.id, drawn, label),
            )  # fmt: skip
    nav.link("share_link", _("Back without a change"), link=record.id.hex())


draw()
