"""Who is here: the one owner of identity in `st.session_state`.

A tab holds a sign-in token; the browser is told from others by its cross-site cookie. Both together are
a `SignedIn`, made anew whenever a verb needs one, and every verb checks it.
"""

import base64
import binascii
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Literal

import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from kapjournal.application import Application
from kapjournal.application import application as open_application
from kapjournal.clock import Moment
from kapjournal.content import Content, load_content
from kapjournal.errors import SignedOut, StorageUnavailable
from kapjournal.people.browsers import browser_label, browser_mark
from kapjournal.people.preferences import preferences
from kapjournal.people.values import Arrival
from kapjournal.records import SignedIn, Work
from pages.parts import browser

COOKIE = "_streamlit_xsrf"
TOKEN = "kapjournal.token"
ERASE = "kapjournal.erase"
CODE = "kapjournal.recovery_code"
OFFER = "kapjournal.second_factor"
BACKUP_CODES = "kapjournal.backup_codes"
NONE_YET = "none yet"
"""In the place of a token: the tab said that it holds none. After a restart of the server that may be out of date."""
SHOWN_ONCE = (CODE, OFFER, BACKUP_CODES, browser.MADE)
WAIT_STEPS = 60
WAIT_SECONDS = 0.05

_present: ContextVar[Work | None] = ContextVar("present", default=None)
_known: ContextVar[SignedIn | None] = ContextVar("known", default=None)
_without: ContextVar[Content | None] = ContextVar("without_storage", default=None)


def application() -> Application:
    """The application of this process, with Streamlit's secrets below the environment."""
    return open_application(_secrets)


@contextmanager
def without_storage() -> Iterator[None]:
    """While the storage does not answer: nobody is here, and nothing waits for it a second time."""
    try:
        known = application().content
    except StorageUnavailable:
        known = load_content()
    reset = _without.set(known)
    try:
        yield
    finally:
        _without.reset(reset)


def content() -> Content:
    """What everybody may read, also while the storage does not answer."""
    return _without.get() or application().content


def _secrets() -> Mapping[str, Any]:
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:
        return {}


@contextmanager
def unit_of_work() -> Iterator[Work]:
    """One unit of work for a script run, or for a callback or fragment that is not part of one.

    Who acts is looked up once in it. Verbs check it nevertheless.
    """
    found = find()
    reset, reset_known = _present.set(work()), _known.set(None if found == "unknown" else found)
    try:
        yield work()
    finally:
        _known.reset(reset_known)
        _present.reset(reset)


def work() -> Work:
    """The unit of work of this script run; callbacks and fragments get one of their own."""
    return _present.get() or application().work()


def mark() -> bytes:
    """What binds a sign-in to this browser. Raises SignedOut without its cross-site cookie."""
    return _mark_of(st.context.cookies.get(COOKIE, ""))


@lru_cache(maxsize=1000)
def _mark_of(cookie: str) -> bytes:
    # The text of the cookie changes at every refresh; what it decodes to stays the same in one browser.
    token = decode_xsrf_token_string(cookie)[0] if cookie else None
    if not token:
        if not application().settings.cloud:
            raise SignedOut
        token = b"cloud"
    return browser_mark(application().store, token)


def label() -> str:
    """This browser in words."""
    return browser_label(st.context.headers.get("User-Agent", ""))


def find() -> SignedIn | Literal["unknown"] | None:
    """Who shows this tab's token; "unknown" until the tab has said whether it holds one."""
    if _without.get() is not None:
        return None
    known = _known.get()
    if known is not None:
        return known
    token = st.session_state.get(TOKEN)
    if token in (None, NONE_YET):
        resumed = browser.resumed()
        if resumed is None:
            return "unknown" if token is None else None
        # Streamlit forgets what the tab said when a script switches pages.
        token = st.session_state[TOKEN] = resumed.token or NONE_YET
    return None if token in ("", NONE_YET) else _read_token(token)


def wait() -> SignedIn | None:
    """Like `find`, holding the run until the tab has answered, three seconds at most.

    A run that is held leaves the old page standing, so that a text box keeps words, caret and keyboard.
    """
    for _step in range(WAIT_STEPS):
        found = find()
        if found != "unknown":
            return found
        time.sleep(WAIT_SECONDS)
    return None


def by() -> SignedIn:
    """Who acts. Raises SignedOut."""
    found = find()
    if found is None or found == "unknown":
        raise SignedOut
    return found


def begin(arrival: Arrival) -> None:
    """Somebody has signed in in this tab."""
    _known.set(None)
    signed_in = arrival.signed_in
    st.session_state[TOKEN] = (
        f"{signed_in.account.hex()}.{base64.urlsafe_b64encode(signed_in.token).decode()}"
    )
    st.session_state.pop(ERASE, None)
    _put_away()
    if arrival.recovery_code:
        st.session_state[CODE] = arrival.recovery_code


def lapse() -> None:
    """The sign-in has ended by itself. Words that are not saved yet stay in the tab for the next sign-in."""
    _known.set(None)
    st.session_state[TOKEN] = ""
    _put_away()


def end() -> None:
    """The person signed out: forget everything, in the tab too."""
    _known.set(None)
    st.session_state.clear()
    st.session_state[TOKEN] = ""
    st.session_state[ERASE] = True


def has_left() -> bool:
    """Whether the person signed out in this tab, and nobody signed in since."""
    return bool(st.session_state.get(ERASE))


def resume_tab() -> None:
    """Draw the invisible part that keeps the token in the tab. The first element in every state."""
    token = st.session_state.get(TOKEN)
    browser.resume(write=None if token in ("", NONE_YET) else token, erase=bool(st.session_state.get(ERASE)))


def account() -> str:
    """Under which name this tab keeps words that are not saved yet."""
    return by().account.hex()


def zone() -> str:
    """The zone the person chose, or the phone's."""
    chosen = preferences(work(), by=by()).fixed_zone
    return chosen or st.context.timezone or "UTC"


def now() -> Moment:
    """This moment, as the person sees it."""
    return application().now(zone())


def _put_away() -> None:
    """What is shown once is for nobody who comes later."""
    for name in SHOWN_ONCE:
        st.session_state.pop(name, None)


def _read_token(text: str) -> SignedIn | None:
    account, _dot, token = text.partition(".")
    try:
        return SignedIn(bytes.fromhex(account), base64.urlsafe_b64decode(token), mark())
    except (ValueError, binascii.Error, SignedOut):
        return None
