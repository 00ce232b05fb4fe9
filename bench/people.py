"""People with a course of one or ten years, signed in in browsers that do not exist yet.

A sign-in is bound to a browser's cross-site cookie, so each person brings a cookie; a tab that presents
it together with the token resumes the sign-in, as after a refresh.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from streamlit.web.server.starlette.starlette_app_utils import (
    decode_xsrf_token_string,
    generate_xsrf_token_string,
)

from bench.client import Tab
from kapjournal.application import Application, open_application
from kapjournal.clock import moment
from kapjournal.demo import add_course
from kapjournal.people.browsers import browser_mark
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import sign_up
from kapjournal.people.values import Role
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from kapjournal.vault import wraps

PASSPHRASE = "lantern orbit walnut tide"


class Person(NamedTuple):
    """Somebody signed in: what the browser holds, and what a verb takes."""

    cookie: str
    token: str
    by: SignedIn

    def tab(self, address: str) -> Tab:
        """A tab of this person's browser."""
        return Tab(address, cookie=self.cookie, token=self.token)


@contextmanager
def opened(data: Path, database_url: str = "") -> Iterator[Application]:
    """The application on a folder, or on PostgreSQL with the secret of that folder."""
    environ = {"KAPJOURNAL_DATA": str(data)}
    if database_url:
        environ |= {"DATABASE_URL": database_url, "KAPJOURNAL_SECRET": base64.b64encode(bytes(32)).decode()}
    application = open_application(read_settings(environ), environ={})
    try:
        yield application
    finally:
        application.close()


def add_people(application: Application, count: int, *, years: float, prefix: str) -> list[Person]:
    """Sign up `count` patients and give each a course of `years`."""
    return [_add_person(application, f"{prefix}-{number}", years, Random(number)) for number in range(count)]


def _add_person(application: Application, login: str, years: float, rng: Random) -> Person:
    it = arrive(application, login, "patient")
    now = moment(application.clock(), "Europe/Berlin")
    change_preferences(
        application.work(), by=it.by, now=now, extras=("sleep", "craving"), recovery_written_down=True
    )
    add_course(application, it.by, years=years, rng=rng)
    application.work().forget(it.by)
    return it


def arrive(application: Application, login: str, role: Role) -> Person:
    """Sign up somebody in a browser of their own."""
    cookie, mark = new_browser(application)
    with cheap_derivations():
        arrival = sign_up(
            application.work(), login=login, passphrase=PASSPHRASE, role=role, browser=mark, label=""
        )
    return as_person(cookie, arrival.signed_in)


def new_browser(application: Application) -> tuple[str, bytes]:
    """The cookie of a browser that was never there, and what binds a sign-in to it."""
    cookie = generate_xsrf_token_string()
    token, _made = decode_xsrf_token_string(cookie)
    assert token is not None
    return cookie, browser_mark(application.store, token)


def as_person(cookie: str, by: SignedIn) -> Person:
    """Somebody who has signed in in the browser with this cookie."""
    return Person(cookie, f"{by.account.hex()}.{base64.urlsafe_b64encode(by.token).decode()}", by)


@contextmanager
def cheap_derivations() -> Iterator[None]:
    """A hundred passphrases at their full price would take longer than what is to be measured."""
    price = wraps.MEMORY_KIB, wraps.PASSES
    wraps.MEMORY_KIB, wraps.PASSES = wraps.MEMORY_BOUNDS_KIB[0], wraps.PASSES_BOUNDS[0]
    try:
        yield
    finally:
        wraps.MEMORY_KIB, wraps.PASSES = price
