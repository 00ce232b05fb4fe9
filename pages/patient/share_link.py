"""One link: how it stands, what it shares, and the way to each part that can be changed."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.linking import my_link, standing
from kapjournal.sharing.values import Link, Scope
from pages.parts import fields, links, nav, signed_in, words


def notes_line(scope: Scope) -> str:
    chosen = len(scope.entries) + len(scope.recordings)
    return _("{count} chosen one by one").format(count=chosen) if chosen else _("None")


def part(title: str, name: str, link: str, *texts: str) -> None:
    """One part as it is, with its own way to change it."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(title, anchor=False, width="content")
        label = _("Change")
        if name == "notes":
            nav.link("share_notes", label, icon=":material/edit:", link=link)
        else:
            nav.link("share_scope", label, icon=":material/edit:", link=link, part=name)
    with st.container(gap="xsmall"):
        for text in filter(None, texts):
            st.text(text)


def parts(value: Link, id: str) -> None:
    scope = value.scope
    whole = Scope(categories=scope.categories)
    part(_("What"), "what", id, links.what(whole))
    part(_("Entries and recordings"), "notes", id, notes_line(scope))
    part(_("From when"), "since", id, links.period_line(scope))
    part(_("Until when"), "end", id, links.last_day(value.ends))
    part(_("What you say with it"), "said", id, value.purpose or _("Nothing"), value.attention)
    part(_("Names"), "names", id, value.name, value.my_name)


def draw() -> None:
    links.dim_today()
    work, by = signed_in.work(), signed_in.by()
    it = my_link(work, by=by, link=fields.given_id("link"))
    found = standing(work, by=by)
    here, id = links.state(it, found), it.id.hex()
    fields.heading(words.plain(it.value.name) or _("A therapist"))
    st.write(links.in_words(it.value, here))
    if here == "waiting":
        links.compare(it.value, found[it.id].comparison)
    with st.container(horizontal=True, gap="small"):
        if here in ("open", "waiting"):
            nav.link("share_preview", _("See what they see"), icon=":material/visibility:", link=id)
        nav.link("share_log", _("Who looked"), icon=":material/history:", link=id)
    if here in ("open", "waiting", "paused"):
        parts(it.value, id)
    if here != "ended":
        links.buttons(it, here)
    nav.link("share", _("Back to sharing"))


draw()
