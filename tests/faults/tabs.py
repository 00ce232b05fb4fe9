"""Tabs that are refreshed, closed, or open twice."""

import random

from playwright.sync_api import expect

from kapjournal.people.signing_in import sign_out
from tests.faults.oracle import digest
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import Kind, Stage
from tests.faults.writer import tab, writing


def refreshed(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The page is loaded again in the middle of a word."""
    site = stage.site(kind)
    tally = Tally(site.database.folder)
    with writing(site, tally.log) as writer:
        writer.open()
        writer.type("Before it. ")
        writer.is_saved()
        for _round in range(rounds):
            writer.type_for(random.uniform(0.2, 2))
            writer.reload()
            writer.is_safe()
            tally.check(writer.found())
    return tally.outcome("refreshed", kind, rounds)


def tab_closed(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The tab goes in the middle of a word, and comes back with what it had stored."""
    site = stage.site(kind)
    tally, patient = Tally(site.database.folder), site.patient()
    storage, text, record = "", "", None
    for _round in range(rounds + 1):
        with tab(site, tally.log, patient, storage=storage) as writer:
            writer.open(record, text)
            if storage:
                writer.is_safe()
                tally.check(writer.found())
            writer.type("Before it. ")
            writer.is_saved()
            writer.type_for(random.uniform(0.2, 2))
            storage = writer.stored()
            text, record = writer.text, writer.record
    return tally.outcome("tab_closed", kind, rounds)


def two_tabs(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """One entry is open in two tabs, and changed in both: both texts are kept, and it is said."""
    site = stage.site(kind)
    tally, patient = Tally(site.database.folder), site.patient()
    with tab(site, tally.log, patient) as here, tab(site, tally.log, patient) as there:
        for number in range(rounds):
            here.open()
            here.type(f"{number} from the first tab.")
            here.is_saved()
            there.open(here.record, here.text)
            there.type(" From the second tab.")
            there.is_saved()
            here.type(" And again from the first.")
            here.is_saved()
            expect(here.page.locator(".copied")).to_contain_text("Both texts are kept")
            found = here.found()
            assert {digest(here.text), digest(there.text)} <= {it.digest for it in found.newest}
            tally.check(found)
    return tally.outcome("two_tabs", kind, rounds, said=True)


def sign_in_ended(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The sign-in is ended from elsewhere in the middle of a word: after signing in again, all words are there."""
    site = stage.site(kind)
    tally = Tally(site.database.folder)
    for _round in range(rounds):
        tally.next_person()
        patient = site.patient()
        with tab(site, tally.log, patient) as writer:
            writer.open()
            writer.type("Before it. ")
            writer.is_saved()
            with site.database.opened() as application:
                sign_out(application.work(), by=patient.by)
            writer.type("After it.")
            writer.is_told("You are signed out.")
            writer.sign_in_again()
            writer.is_safe()
            tally.check(writer.found())
    return tally.outcome("sign_in_ended", kind, rounds)
