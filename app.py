"""Entry script: open the application, find out who is signed in, draw navigation and the page.

The order of elements before the page is the same in every state, and nothing is drawn that would take
the old page away before the tab has said who is here: a text box keeps its words, caret and keyboard.
"""

from contextlib import suppress

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kapjournal.errors import KapjournalError, SettingsRefused, SignedOut, StorageUnavailable
from kapjournal.language import _
from kapjournal.people.preferences import preferences
from kapjournal.people.second_factor import is_on
from pages.parts import browser, catching_up, links, nav, notices, signed_in, style


def main() -> None:
    """One run of the script."""
    style.apply()
    try:
        with suppress(StorageUnavailable):  # told below, where there is a page to tell it on
            signed_in.application()
    except SettingsRefused as error:
        st.error(_("kapjournal cannot start. Its operator has to do this:"))
        st.text(str(error))
        return
    page = nav.own(st.navigation(list(nav.pages().values()), position="hidden"))
    name = nav.name_of(page)
    signed_in.resume_tab()
    try:
        signed_in.wait()
        with signed_in.unit_of_work():
            _draw(page, name)
    except StorageUnavailable as error:
        _draw_without_storage(page, name, error)


def _draw(page: StreamlitPage, name: str) -> None:
    who, first = _who()
    nav.leave()
    nav.top_line(who, sharing=who == "patient" and links.is_sharing())
    notices.show()
    if signed_in.application().settings.disappears:
        st.warning(_("This is a demonstration. Everything here disappears when the server sleeps."))
    nav.send_on(name, who, first=first)
    left = who == "patient" and catching_up.step()
    try:
        page.run()
    except SignedOut:
        signed_in.lapse()
        st.rerun()
    except KapjournalError as error:
        notices.trouble(error)
    browser.let_go()
    if left:
        catching_up.go_on(tell=name in nav.SHARING)
    nav.bottom_bar(name, who)


def _draw_without_storage(page: StreamlitPage, name: str, error: StorageUnavailable) -> None:
    """What needs no journal stands nevertheless: crisis lines above all."""
    nav.top_line("nobody")
    if name not in nav.ALWAYS_OPEN:
        notices.trouble(error)
        return
    with signed_in.without_storage():
        page.run()


def _who() -> tuple[nav.Who, str]:
    """Who is here, and the page that has to come first, if there is one."""
    try:
        work, by = signed_in.work(), signed_in.by()
        role = work.role(by)
        work.touch(by)
        written = preferences(work, by=by).recovery_written_down
        factor = is_on(work, by=by)
    except SignedOut:
        return "nobody", ""
    who: nav.Who = "therapist" if role == "therapist" else "patient"
    if not written or signed_in.CODE in st.session_state:
        return who, "recovery_code"
    if (who == "therapist" and not factor) or signed_in.BACKUP_CODES in st.session_state:
        return who, "second_factor"
    return who, ""


main()
