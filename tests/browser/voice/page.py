"""A page with the button that records and a player for each recording, shaped as app.py and the pages are."""

import secrets

import streamlit as st

from kapjournal.errors import SignedOut
from kapjournal.journal.voice import recordings
from kapjournal.journal.writing import About
from kapjournal.people.signing_in import sign_out, sign_up
from kapjournal.records import Record
from pages.parts import notices, signed_in, style, voice_box


def begin() -> None:
    login = secrets.token_hex(8)
    arrival = sign_up(
        signed_in.work(),
        login=login,
        passphrase="lantern orbit walnut velvet tide",
        role="patient",
        browser=signed_in.mark(),
        label="",
    )
    signed_in.begin(arrival)


def leave() -> None:
    sign_out(signed_in.work(), by=signed_in.by())
    signed_in.end()


def speak() -> None:
    notices.show()
    st.title("The day of your session")
    if "blinking" not in st.query_params or st.session_state["runs"] % 2:
        voice_box.box(About(phase="same_day", prompt="same_day.still", prompt_version=1))
    st.text_area("Or write")
    st.button("Draw again")
    st.button("Sign out", on_click=leave)


def listen() -> None:
    notices.show()
    st.title("Recordings")
    for record in kept():
        voice_box.player(record)
    st.text(f"{len(kept())} recordings")


def kept() -> tuple[Record, ...]:
    return recordings(signed_in.work(), by=signed_in.by())


pages = [
    st.Page(speak, title="Speak", url_path="speak", default=True),
    st.Page(listen, title="Listen", url_path="listen"),
]
current = st.navigation(pages, position="hidden")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
style.apply()
signed_in.resume_tab()
signed_in.wait()
with signed_in.unit_of_work():
    try:
        signed_in.work().role(signed_in.by())
        with st.container(horizontal=True):
            for page in pages:
                st.page_link(page)
        current.run()
    except SignedOut:
        st.title("Welcome")
        st.button("Begin", on_click=begin)
