"""Which pages there are, who sees which, the top line and the bottom bar."""

from functools import cache
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kapjournal.language import _
from pages.parts import signed_in

Who = Literal["nobody", "patient", "therapist"]

ACCOUNT = (
    "welcome",
    "sign_up",
    "sign_in",
    "recover",
    "recovery_code",
    "help_now",
    "grounding",
    "settings",
    "devices",
    "passphrase",
    "second_factor",
)
PATIENT = (
    "today",
    "plan",
    "session",
    "facts",
    "side_effects",
    "monthly",
    "step",
    "questions",
    "write",
    "entry",
    "journal",
    "deleted",
    "side_by_side",
    "check_in",
    "measures",
    "measure",
    "not_alone",
    "progress",
    "pictures",
    "safety_card",
    "safety_card_part",
    "share",
    "share_add",
    "share_link",
    "share_scope",
    "share_notes",
    "share_preview",
    "share_log",
    "share_paper",
)
THERAPIST = ("patients", "my_code", "summary", "shared_entries", "shared_entry", "private_notes")
OPEN_TO_ALL = frozenset({"welcome", "sign_up", "sign_in", "recover", "help_now", "grounding"})
ALWAYS_OPEN = frozenset({"help_now", "grounding"})
WAYS_IN = frozenset({"welcome", "sign_up", "sign_in", "recover"})
HOME: dict[Who, str] = {"nobody": "welcome", "patient": "today", "therapist": "patients"}
WANTED = "kapjournal.wanted"
LEAVE = "kapjournal.leave"
WITHOUT_TABS = frozenset(
    {
        "write",
        "measure",
        "not_alone",
        "recovery_code",
        "second_factor",
        "safety_card_part",
        "share_add",
        "share_scope",
        "share_notes",
    }
)
SHARING = frozenset(it for it in PATIENT if it.startswith("share"))


@cache
def pages() -> dict[str, StreamlitPage]:
    """Every page by name, the same for everybody; its address is its name, and Today is at /.

    The page has to be known to the browser before it is known who is here: otherwise a refresh would lead home.
    """
    titles = _titles()
    return {
        name: st.Page(
            f"pages/{folder}/{name}.py",
            title=f"{titles.get(name, name)} · kapjournal",
            default=name == HOME["patient"],
        )
        for folder, names in (("account", ACCOUNT), ("patient", PATIENT), ("therapist", THERAPIST))
        for name in names
    }


def own(page: StreamlitPage) -> StreamlitPage:
    """This page for one run, which notes on it that it was drawn: runs of other people have the same pages."""
    copied = StreamlitPage.__new__(StreamlitPage)
    vars(copied).update(vars(page))
    return copied


def _titles() -> dict[str, str]:
    return {
        "welcome": _("Welcome"),
        "sign_up": _("Begin a journal"),
        "sign_in": _("Sign in"),
        "recover": _("Recover"),
        "recovery_code": _("Recovery code"),
        "help_now": _("Help now"),
        "grounding": _("Steady yourself"),
        "settings": _("Settings"),
        "devices": _("Devices"),
        "passphrase": _("Passphrase"),
        "second_factor": _("Second factor"),
        "today": _("Today"),
        "plan": _("Plan a session"),
        "session": _("Session"),
        "facts": _("How it was"),
        "side_effects": _("How my body is"),
        "monthly": _("Once a month"),
        "step": _("One small step"),
        "questions": _("Questions"),
        "write": _("Write"),
        "entry": _("Entry"),
        "journal": _("Journal"),
        "deleted": _("Deleted"),
        "side_by_side": _("First and latest"),
        "check_in": _("Check in"),
        "measures": _("Questionnaires"),
        "measure": _("Questionnaire"),
        "not_alone": _("You are not alone"),
        "progress": _("Progress"),
        "pictures": _("More pictures"),
        "safety_card": _("Safety card"),
        "safety_card_part": _("Safety card"),
        "share": _("Share"),
        "share_add": _("Add a therapist"),
        "share_link": _("Sharing"),
        "share_scope": _("What is shared"),
        "share_notes": _("Entries and recordings"),
        "share_preview": _("What they see"),
        "share_log": _("Who looked"),
        "share_paper": _("On paper"),
        "patients": _("Patients"),
        "my_code": _("Your code"),
        "summary": _("Summary"),
        "shared_entries": _("Shared entries"),
        "shared_entry": _("Shared entry"),
        "private_notes": _("Your notes"),
    }


def allowed(name: str, who: Who) -> bool:
    """Whether this page is for this person. Verbs decide for themselves; this only spares empty screens."""
    if who == "nobody":
        return name in OPEN_TO_ALL
    return name in ACCOUNT or name in (PATIENT if who == "patient" else THERAPIST)


def send_on(name: str, who: Who, *, first: str = "") -> None:
    """Go on from a page that is not for this person now to one that is; nobody's wish is remembered.

    `first` is the page that has to come before every other one, if there is one.
    """
    if who == "nobody":
        if name == HOME["patient"]:
            go(HOME["nobody"])
        if name not in OPEN_TO_ALL and signed_in.has_left():
            go(HOME["nobody"])
        if name not in OPEN_TO_ALL:
            st.session_state[WANTED] = (name, dict(st.query_params))
            go("sign_in")
    elif first:
        if name != first and name not in ALWAYS_OPEN:
            go(first)
    elif name in WAYS_IN or not allowed(name, who):
        # Remembered until the person goes elsewhere: a run that the sign-in page asked for may come late.
        wanted, ids = st.session_state.get(WANTED, (HOME[who], {}))
        go(wanted if allowed(wanted, who) else HOME[who], **ids)
    elif name != st.session_state.get(WANTED, (name,))[0]:
        del st.session_state[WANTED]


def name_of(page: StreamlitPage) -> str:
    """The name of a page."""
    return page.url_path or HOME["patient"]


def go(name: str, **ids: str) -> None:
    """Draw another page instead; `ids` are random record ids, for the address."""
    st.switch_page(pages()[name], query_params=ids)


def leave_to(name: str, **ids: str) -> None:
    """In a callback: draw another page next, with the notice that is waiting."""
    st.session_state[LEAVE] = (name, ids)


def leave() -> None:
    """Go where a callback wants to."""
    name, ids = st.session_state.pop(LEAVE, (None, {}))
    if name is not None:
        go(name, **ids)


def link(name: str, label: str, *, icon: str | None = None, key: str | None = None, **ids: str) -> None:
    """A quiet link to another page."""
    st.page_link(pages()[name], label=label, icon=icon, query_params=ids or None)


def top_line(who: Who, *, sharing: bool = False) -> None:
    """The name, the way to what is shared right now if anything is, to the account, and to help."""
    with st.container(
        key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        link(HOME[who], "kapjournal")
        with st.container(
            key="top_right", horizontal=True, horizontal_alignment="right", width="content", gap="small"
        ):
            if sharing:
                with st.container(key="sharing", width="content"):
                    link("share", _("Sharing"), icon=":material/handshake:")
            if who != "nobody":
                link("settings", _("Settings"), icon=":material/account_circle:")
            link("help_now", _("Help now"), icon=":material/support:")


def bottom_bar(name: str, who: Who) -> None:
    """The tabs, except where there is one thing to do."""
    if name in WITHOUT_TABS:
        return
    tabs = {
        "patient": (
            ("today", _("Today"), ":material/wb_twilight:"),
            ("journal", _("Journal"), ":material/menu_book:"),
            ("progress", _("Progress"), ":material/show_chart:"),
            ("share", _("Share"), ":material/handshake:"),
        ),
        "therapist": (
            ("patients", _("Patients"), ":material/group:"),
            ("settings", _("Account"), ":material/account_circle:"),
        ),
    }.get(who, ())
    if tabs:
        with st.bottom, st.container(key="tabs", horizontal=True, horizontal_alignment="distribute"):
            for tab, label, icon in tabs:
                link(tab, label, icon=icon)
