"""Somebody writes into the database past the program, or starts it with another server secret."""

import base64
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select, update
from sqlalchemy.engine import Row

from kapjournal.clock import moment
from kapjournal.database.tables import records
from kapjournal.errors import SettingsRefused
from kapjournal.journal.writing import About, Draft, finish, write
from tests.faults.oracle import Attempt, Log, digest, entries, found_afresh
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import ZONE, Database, Kind, Patient, Server, Stage, new_cookie, new_patient
from tests.faults.writer import tab

TEXTS = ("Blue light.", "A door I did not open.", "Warm hands.")
OTHER_SECRET = base64.b64encode(bytes(range(1, 33))).decode()
WHAT_TO_DO = "Set KAPJOURNAL_SECRET to the old one."
PAGE = 4096
AnyRow = Row[*tuple[Any, ...]]
Spoil = Callable[[AnyRow, AnyRow], dict[str, object]]

SPOILS: dict[str, Spoil] = {
    "a bit flipped": lambda it, _other: {"body": it.body[:60] + bytes([it.body[60] ^ 1]) + it.body[61:]},
    "cut short": lambda it, _other: {"body": it.body[:-1]},
    "emptied": lambda _it, _other: {"body": b""},
    "body of another": lambda _it, other: {"body": other.body},
    "body and key of another": lambda _it, other: {"body": other.body, "dek": other.dek},
    "an older version claimed": lambda it, _other: {"version": it.version + 1},
    "another kind claimed": lambda _it, _other: {"kind": "form"},
}
"""What is done to the row of one entry, given that of another."""


def row_corrupted(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """One row is changed by SQL: that entry alone is damaged, and it is said; the others open."""
    site = stage.site(kind)
    tally = Tally(site.database.folder)
    for number in range(max(rounds, len(SPOILS))):
        patient = site.patient()
        spoiled, *others = _written(site.database, patient, TEXTS, tally.log)
        _spoil(site.database, spoiled, others[0], tuple(SPOILS.values())[number % len(SPOILS)])
        found = found_afresh(site.database.environ, patient.by)
        assert found.damaged == 1
        assert {it.record for it in found.newest} == set(others)
        if number < rounds:
            with tab(site, tally.log, patient) as writer:
                _look(writer.page, site.server.address, spoiled)
    return tally.outcome("row_corrupted", kind, rounds, ways=len(SPOILS))


def _written(database: Database, patient: Patient, texts: Sequence[str], log: Log) -> list[bytes]:
    """Finished entries with these texts, in order."""
    written = []
    with database.opened() as application:
        now = moment(application.clock(), ZONE)
        for text in texts:
            draft = Draft(os.urandom(16), os.urandom(16), text)
            log.attempt(Attempt(draft.save_id, draft.id, 0, (), digest(text)))
            saved = write(application.work(), by=patient.by, draft=draft, about=About(), now=now)
            log.acknowledge(draft.save_id, saved.record.id, saved.record.version)
            finish(application.work(), by=patient.by, entry=draft.id, now=now)
            written.append(draft.id)
    return written


def _spoil(database: Database, spoiled: bytes, other: bytes, spoil: Spoil) -> None:
    with database.sql() as connection:
        rows = [
            connection.execute(select(records).where(records.c.id == it)).one() for it in (spoiled, other)
        ]
        connection.execute(update(records).where(records.c.id == spoiled).values(spoil(*rows)))


def _look(page: Page, address: str, spoiled: bytes) -> None:
    page.goto(f"{address}/journal")
    said = re.compile("1 (entry|other record) is damaged and cannot be opened.")
    expect(page.get_by_text(said)).to_be_visible(timeout=60_000)
    for text, count in zip(TEXTS, (0, 1, 1), strict=True):
        expect(page.get_by_text(text)).to_have_count(count)
    page.goto(f"{address}/entry?entry={spoiled.hex()}")
    expect(page.get_by_text("This entry is damaged and cannot be opened.")).to_be_visible(timeout=60_000)


def page_overwritten(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """A page of the database file is overwritten: the start is refused, or what does not open is named."""
    database, rng = stage.database(kind), Random(rounds)
    patient = new_patient(database, new_cookie())
    tally = Tally(database.folder)
    _written(
        database, patient, [f"{text} {n} {'word ' * 400}" for n in range(10) for text in TEXTS], tally.log
    )
    refused = 0
    for _round in range(rounds):
        spoiled = stage.database(kind)
        shutil.copy(database.file, spoiled.file)
        _overwrite(spoiled, rng)
        refused += _opens_or_refuses(spoiled, patient, tally)
    return tally.outcome("page_overwritten", kind, rounds, refused=refused)


def _overwrite(database: Database, rng: Random) -> None:
    page = rng.randrange(database.file.stat().st_size // PAGE)
    with database.file.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(rng.randbytes(PAGE))


def _opens_or_refuses(database: Database, patient: Patient, tally: Tally) -> bool:
    """Whether it refuses to start; if it does not, nothing may be missing in silence."""
    try:
        with database.opened() as application:
            found = entries(application, patient.by)
    except SettingsRefused as error:
        assert "put the latest backup in its place" in str(error)
        return True
    missing = len(tally.log.acknowledged) - len(found.newest)
    assert missing == found.damaged
    return False


def another_secret(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """With another server secret nobody is let in, and the operator is told what to do."""
    database, ended = stage.database(kind), 0
    tally, patient = Tally(database.folder), new_patient(database, new_cookie())
    _written(database, patient, TEXTS, tally.log)
    for _round in range(rounds):
        server = Server(database, KAPJOURNAL_SECRET=OTHER_SECRET)
        server.start()
        try:
            ended += _refuses(stage, server)
        finally:
            server.kill()
        tally.check(found_afresh(database.environ, patient.by))
    return tally.outcome("another_secret", kind, rounds, ended=ended)


def _refuses(stage: Stage, server: Server) -> bool:
    """Whether it ended by itself, with what to do; otherwise every page says it."""
    while not server.answers():
        if server.code is not None:
            assert server.code == 2
            assert WHAT_TO_DO in server.log.read_text()
            return True
        time.sleep(0.1)
    page = stage.chromium.new_page()
    page.goto(server.address)
    expect(page.get_by_text(WHAT_TO_DO)).to_be_visible(timeout=60_000)
    page.close()
    return False
