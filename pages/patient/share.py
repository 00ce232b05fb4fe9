"""Share: with whom, how it stands, what, and the buttons that close it at once."""

from collections.abc import Mapping

import streamlit as st

from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.sharing.linking import Standing, my_links, standing
from kapjournal.sharing.values import Link
from pages.parts import fields, links, nav, signed_in, words


def begin() -> None:
    """What sharing is, for somebody who shares nothing."""
    text = signed_in.content().texts["sharing"]
    for paragraph in text.paragraphs:
        st.write(paragraph)
    if st.button(_("Add a therapist"), type="primary", width="stretch", key="add"):
        nav.go("share_add")


def card(it: Record[Link], found: Mapping[bytes, Standing]) -> None:
    """One link that has not ended."""
    id, here = it.id.hex(), links.state(it, found)
    with st.container(border=True, key=f"link_{id}", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(words.plain(it.value.name) or _("A therapist"), anchor=False, width="content")
            if here in ("open", "waiting", "paused"):
                nav.link("share_link", _("Change"), icon=":material/edit:", link=id)
        st.write(links.in_words(it.value, here))
        if here == "waiting":
            links.compare(it.value, found[it.id].comparison)
        if here in ("open", "waiting", "paused"):
            st.text(links.what(it.value.scope))
        with st.container(key=f"ways_{id}", horizontal=True, gap="small"):
            if here in ("open", "waiting"):
                nav.link("share_preview", _("See what they see"), icon=":material/visibility:", link=id)
            nav.link("share_log", _("Who looked"), icon=":material/history:", link=id)
        links.buttons(it, here)


def past(found: list[Record[Link]]) -> None:
    """Links that have ended."""
    st.header(_("Ended"), anchor=False)
    for it in found:
        with st.container(key=f"ended_{it.id.hex()}", gap=None):
            st.write(links.in_words(it.value, "ended"))
            nav.link("share_log", _("Who looked"), icon=":material/history:", link=it.id.hex())


def draw() -> None:
    links.dim_today()
    work, by = signed_in.work(), signed_in.by()
    known = my_links(work, by=by)
    found = standing(work, by=by) if known else {}
    ended = [it for it in known if links.state(it, found) == "ended"]
    going_on = [it for it in known if it not in ended]
    fields.heading(_("Share"))
    for it in going_on:
        card(it, found)
    if going_on:
        nav.link("share_add", _("Add another therapist"), icon=":material/person_add:")
    else:
        begin()
    nav.link("share_paper", _("Take it along on paper"), icon=":material/print:")
    nav.link("share_log", _("Everything that happened"), icon=":material/history:")
    if ended:
        past(ended)


draw()
