"""A small app around the two components, shaped as app.py and the pages are. Its database is a SQLite file."""

import os
import time

import streamlit as st

from pages.parts.browser import Ack, editor, pushed, resume, resumed
from tests.browser.components.shelf import Shelf

shelf = Shelf()
STYLE = "<style>.st-key-resume { position: absolute; }</style>"


def who() -> str | None:
    """The account; holds the run until the tab has answered, so that the page before stays as it is."""
    for _step in range(60):
        token = st.session_state.get("token")
        if token is None and (tab := resumed()):
            token = tab.token or ""
        if token is not None:
            return shelf.account(token)
        time.sleep(0.05)
    return None


def begin(account: str) -> None:
    st.session_state["token"] = shelf.sign_in(account)
    st.session_state.pop("erase", None)


def end() -> None:
    shelf.sign_out(st.session_state.get("token") or resumed().token)
    st.session_state.clear()
    st.session_state["token"] = ""
    st.session_state["erase"] = True


def save() -> None:
    it = pushed("words")
    if it is None:
        return
    answer = shelf.save(who(), it)
    st.session_state["answer"] = answer
    if isinstance(answer, Ack) and answer.copied and it.record.hex() == st.query_params["record"]:
        st.query_params["record"] = answer.record.hex()


@st.fragment
def box() -> None:
    record = bytes.fromhex(st.query_params["record"])
    row = shelf.row(record)
    editor(
        key="words",
        account=who(),
        record=record,
        text=row.text,
        version=row.version,
        saved_as=row.save_id,
        answer=st.session_state.get("answer"),
        on_save=save,
        label="Your words",
        placeholder="…",
        max_length=2_000,
    )


def write() -> None:
    st.subheader("Write")
    if "blinking" not in st.query_params or st.session_state["runs"] % 2 == 0:
        box()
    st.button("Done", on_click=done)
    st.button("Next", on_click=go_on)
    st.text(f"Done: {st.session_state.get('done')}")


def done() -> None:
    save()  # the click may have come in one message with the last words; then its callback is the first to run
    st.session_state["done"] = shelf.row(bytes.fromhex(st.query_params["record"])).text


def go_on() -> None:
    st.query_params["record"] = os.urandom(16).hex()


def home() -> None:
    st.subheader("Home")


def welcome() -> None:
    for account in ("alice", "dora"):
        st.button(f"Sign in as {account}", on_click=begin, args=[account])


# Before `resume`: the tab answers at once, and its answer would ask for the default page instead of this one.
pages = [
    st.Page(home, title="Home", url_path="home", default=True),
    st.Page(write, title="Write", url_path="write"),
]
current = st.navigation(pages, position="hidden")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
resume(write=st.session_state.get("token") or None, erase=bool(st.session_state.get("erase")))
st.html(STYLE)
with st.container(horizontal=True):
    st.page_link(pages[0])
    st.page_link("https://example.org", label="Help now")
account = who()
if account is None:
    welcome()
else:
    st.text(f"Signed in as {account}, run {st.session_state['runs']}")
    st.button("Sign out", on_click=end)
    current.run()
