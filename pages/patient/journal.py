"""The journal: entries grouped by session, and search."""

import streamlit as st

from kapjournal.journal.reading import Chapter, chapters, drafts
from kapjournal.language import _, ngettext
from pages.parts import entry_list, fields, nav, quiet, signed_in, words

SHOWN = 30


def chapter(it: Chapter, limit: int) -> int:
    if it.session is None:
        after = (
            _("After session {number}").format(number=it.number)
            if it.number
            else _("Before your first session")
        )
        st.header(after, anchor=False)
    else:
        st.header(words.session_name(it.number), anchor=False)
        nav.link(
            "session",
            words.session_line(it.session.value, today=signed_in.now().day),
            session=it.session.id.hex(),
        )
    for record in it.entries[:limit]:
        entry_list.item(record)
    return limit - len(it.entries[:limit])


def tell_damaged(kinds: list[str]) -> None:
    """Nothing goes missing in silence. What kind a damaged record is of is only what the database claims."""
    entries = kinds.count("note")
    if entries:
        sentence = ngettext(
            "{count} entry is damaged and cannot be opened.",
            "{count} entries are damaged and cannot be opened.",
            entries,
        )
        st.warning(sentence.format(count=entries))
    if others := len(kinds) - entries:
        sentence = ngettext(
            "{count} other record is damaged and cannot be opened.",
            "{count} other records are damaged and cannot be opened.",
            others,
        )
        st.warning(sentence.format(count=others))


def draw() -> None:
    work, by = signed_in.work(), signed_in.by()
    fields.heading(_("Journal"))
    sought = st.text_input(
        _("Search"), key="search", placeholder=_("Words to look for"), icon=":material/search:", max_chars=200
    )
    found = chapters(work, by=by, words=sought or "")
    if sought.strip():
        count = sum(len(it.entries) for it in found)
        st.caption(ngettext("{count} entry", "{count} entries", count).format(count=count))
    elif open_drafts := drafts(work, by=by):
        st.header(_("Not finished"), anchor=False)
        for record in open_drafts:
            entry_list.item(record, " · " + _("draft"))
    if not found and not sought.strip():
        st.write(_("What you write will be here, grouped by session."))
        nav.link("write", _("Write something"), icon=":material/edit:")
    shown = limit = st.session_state.get("journal_limit", SHOWN)
    for it in found:
        if limit > 0:
            limit = chapter(it, limit)
    if sum(len(it.entries) for it in found) > shown:
        st.button(
            _("Show more"), key="more", on_click=lambda: st.session_state.update(journal_limit=shown + SHOWN)
        )
    tell_damaged([it.kind for it in work.complete(by).damaged.values()])
    if not quiet.capture_only():
        nav.link("plan", _("Plan a session"), icon=":material/event:")
    nav.link("side_by_side", _("First and latest side by side"), icon=":material/compare:")
    nav.link("deleted", _("Recently deleted"), icon=":material/delete:")


draw()
