"""A therapist who acts beside the server on its database, and a patient of the demo who shares with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyotp import TOTP

from kapjournal.application import Application, open_application
from kapjournal.journal.reading import entries
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.measures.check_ins import check_in
from kapjournal.people import second_factor
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import sign_in, sign_up
from kapjournal.people.values import Arrival
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from kapjournal.sharing import accepting, codes
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.linking import add_link
from kapjournal.sharing.reading import shared_entry, summary
from kapjournal.sharing.values import CATEGORIES, Scope

BROWSER = b"t" * 32


PATIENT = {"login": "nell", "passphrase": "copper meadow nine sparrows"}


def begin_a_journal(application: Application) -> SignedIn:
    """Sign up the patient of `PATIENT`, who has written one entry and checked in once."""
    by = sign_up(
        application.work(), **PATIENT, role="patient", browser=BROWSER, label="Firefox on Windows"
    ).signed_in
    now, draft = application.now("UTC"), Draft(os.urandom(16), os.urandom(16), "A door I did not open.")
    change_preferences(application.work(), by=by, now=now, name="Nell", recovery_written_down=True)
    write(application.work(), by=by, draft=draft, about=About(), now=now)
    finish(application.work(), by=by, entry=draft.id, now=now)
    check_in(application.work(), by=by, ratings={"mood": 6}, when=now, save_id=os.urandom(16))
    return by


class Therapist:
    """Dr. Sam, who has just begun, with a second factor; `code` is theirs."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.by = sign_up(
            application.work(),
            login="sam",
            passphrase="quiet harbour seven lanterns",
            role="therapist",
            browser=BROWSER,
            label="Firefox on Windows",
        ).signed_in
        work = application.work()
        change_preferences(work, by=self.by, now=application.now("UTC"), name="Dr. Sam")
        secret = second_factor.begin(work, by=self.by).secret
        second_factor.turn_on(work, by=self.by, secret=secret, code=TOTP(secret).at(work.now))
        self.code = codes.my_code(application.work(), by=self.by)

    def accept(self) -> list[str]:
        """Accept everything that is offered; the eight characters of each."""
        found = accepting.patients(self.application.work(), by=self.by)
        offers = [it for it in found if it.state == "offered"]
        for it in offers:
            now = self.application.now("UTC")
            accepting.accept(self.application.work(), by=self.by, link=it.link, now=now)
        return [it.comparison for it in offers]


@contextmanager
def therapist(data: Path) -> Iterator[Therapist]:
    """Dr. Sam on the database in this folder."""
    application = open_application(read_settings({"KAPJOURNAL_DATA": str(data)}))
    try:
        yield Therapist(application)
    finally:
        application.close()


def share_everything(it: Therapist, *, login: str, passphrase: str) -> str:
    """Let a patient share every category and three entries; Dr. Sam looks once. The link in hexadecimal."""
    app = it.application
    arrival = sign_in(
        app.work(), login=login, passphrase=passphrase, browser=BROWSER, label="Firefox on Windows"
    )
    assert isinstance(arrival, Arrival)
    by, now = arrival.signed_in, app.now("Europe/Berlin")
    chosen = tuple(entry.id for entry in entries(app.work(), by=by)[:3])
    link = add_link(
        app.work(),
        by=by,
        code=it.code,
        scope=Scope(categories=CATEGORIES, entries=chosen),
        save_id=os.urandom(16),
        now=now,
        my_name="Maya",
        purpose="For our next meeting",
        attention="The dream about the sea.",
    ).id
    while catch_up(app.work(), by=by):
        pass
    it.accept()
    summary(app.work(), by=it.by, link=link, content=app.content, now=now)
    shared_entry(app.work(), by=it.by, link=link, entry=chosen[0])
    return link.hex()
