"""A patient shares less, or more, and the server is killed at any statement of it.

The first transaction decides: a link opens what it opened before, or what it is to open, never anything between.
Whatever is left to do is done at the next run, and no word or earlier state of the patient's is lost.
"""

import os
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from random import Random
from typing import Any, Literal, NamedTuple

from pyotp import TOTP
from sqlalchemy import func, select

from kapjournal.application import Application, open_application
from kapjournal.clock import moment
from kapjournal.database.tables import rekeys
from kapjournal.journal.values import Entry
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.measures.check_ins import check_in
from kapjournal.measures.values import CheckIn
from kapjournal.people import confirming, second_factor
from kapjournal.people.signing_in import sign_up
from kapjournal.records import SignedIn, Work, links
from kapjournal.settings import read_settings
from kapjournal.sharing import codes, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.values import Scope
from tests.faults.oracle import FRESH
from tests.faults.outcome import Outcome
from tests.faults.stage import PASSPHRASE, ZONE, Database, Kind, Patient, Stage, new_cookie, new_patient
from tests.faults.worker import Fall, arm

CHECK_INS, ENTRIES, STATES = 60, 3, 4
MOST_STATEMENTS = {"revoked": 30, "keyed": 220, "granted": 40}
Way = Literal["stop", "pause", "keep", "less", "resume"]
LESS: tuple[Way, ...] = ("stop", "pause", "keep", "less")


class Shared(NamedTuple):
    """A link with what it opened before, and what belongs to it."""

    link: bytes
    key: bytes
    entries: tuple[bytes, ...]
    check_ins: tuple[bytes, ...]


def revoked_interrupted(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Killed while something is taken back: it is open as before, or closed; once answered, closed."""
    return _interrupted("revoked_interrupted", stage, kind, rounds, LESS, "revoked")


def keys_interrupted(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Killed while what was closed gets other keys, after it was closed."""
    return _interrupted("keys_interrupted", stage, kind, rounds, LESS, "keyed")


def granting_interrupted(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Killed while a link is opened again, which takes several steps."""
    return _interrupted("granting_interrupted", stage, kind, rounds, ("resume",), "granted")


def _interrupted(
    fault: str, stage: Stage, kind: Kind, rounds: int, ways: tuple[Way, ...], when: str
) -> Outcome:
    database, rng = stage.database(kind), Random(rounds)
    patient = new_patient(database, new_cookie())
    acknowledged = killed = lost = 0
    with database.opened() as application:
        code = _therapist(application)
        texts = _journal(application, patient.by)
        for number in range(rounds):
            way = ways[number % len(ways)]
            shared = _share(application, patient, code, way)
            before = _open(application, patient.by, shared)
            nth = rng.randint(1, MOST_STATEMENTS[when])
            told = _told_by_child(database, patient, shared, way, nth, late=when == "keyed")
            application.store.snapshots.clear()
            killed += "done" not in told
            acknowledged += "changed" in told
            found = _open(application, patient.by, shared)
            closed = _wanted(before, shared, way)
            if way == "resume":
                assert found <= closed, (way, nth)
            else:
                assert found == closed or ("changed" not in told and found == before), (way, nth, told)
            lost += _words(application, patient.by) != texts
            act(application.work(), patient.by, shared, way, application.clock())
            _settle(application, patient.by)
            assert _open(application, patient.by, shared) == closed, (way, nth)
            assert _waiting(application) == 0
            application.store.snapshots.clear()
            lost += _words(application, patient.by) != texts
    more: dict[str, object] = {"killed": killed}
    return Outcome(fault, kind, rounds, acknowledged, lost, lost == 0, more)


def act(work: Work, by: SignedIn, shared: Shared, way: Way, at: float) -> None:
    """What the patient does; done again, it changes nothing."""
    link, now = shared.link, moment(at, ZONE)
    if way == "stop":
        linking.stop(work, by=by, link=link)
    elif way == "pause":
        linking.pause(work, by=by, link=link)
    elif way == "keep":
        linking.keep_note(work, by=by, link=link, note=shared.entries[0])
    elif way == "less":
        linking.change_scope(work, by=by, link=link, scope=Scope(entries=shared.entries), now=now)
    else:
        linking.resume(work, by=by, link=link, now=now)


def serve(
    pipe: Pipe, environ: dict[str, str], by: SignedIn, shared: Shared, way: Way, nth: int, late: bool
) -> None:
    """Do it, catch up, and say so; die at the `nth` statement, or with `late` that of what comes afterwards."""
    application = open_application(read_settings(environ), environ=environ)
    application.work().complete(by)
    if not late:
        arm(application.store.engine, Fall("any statement", nth))
    act(application.work(), by, shared, way, application.clock())
    pipe.send("changed")
    if late:
        arm(application.store.engine, Fall("any statement", nth))
    _settle(application, by)
    pipe.send("done")
    application.close()


def _told_by_child(
    database: Database, patient: Patient, shared: Shared, way: Way, nth: int, *, late: bool
) -> list[str]:
    pipe, theirs = FRESH.Pipe()
    arguments = (theirs, database.environ, patient.by, shared, way, nth, late)
    process = FRESH.Process(target=serve, args=arguments, daemon=True)
    process.start()
    theirs.close()
    told: list[str] = []
    try:
        while "done" not in told:
            told.append(pipe.recv())
    except (EOFError, OSError):
        pass
    process.join()
    pipe.close()
    process.close()
    return told


def _therapist(application: Application) -> str:
    by = sign_up(
        application.work(), login="bob", passphrase=PASSPHRASE, role="therapist", browser=b"b" * 32, label=""
    ).signed_in
    secret = second_factor.begin(application.work(), by=by).secret
    work = application.work()
    second_factor.turn_on(work, by=by, secret=secret, code=TOTP(secret).at(work.now))
    return codes.my_code(application.work(), by=by)


def _journal(application: Application, by: SignedIn) -> dict[bytes, tuple[str, ...]]:
    """Entries with a history, and check-ins; the words of everything."""
    at = application.clock()
    for _entry in range(ENTRIES):
        id, version = os.urandom(16), 0
        for state in range(STATES):
            draft = Draft(id, os.urandom(16), f"{id.hex()} {state}", version)
            now = moment(at + 700 * state - 7000, ZONE)
            version = write(application.work(), by=by, draft=draft, about=About(), now=now).record.version
            if state == 0:
                version = _version(finish(application.work(), by=by, entry=id, now=now))
    for number in range(CHECK_INS):
        ratings = {"mood": number % 11}
        now = moment(at, ZONE)
        check_in(application.work(), by=by, ratings=ratings, when=now, save_id=os.urandom(16))
    return _words(application, by)


def _version(record: Any) -> int:
    assert record is not None
    return int(record.version)


def _words(application: Application, by: SignedIn) -> dict[bytes, tuple[str, ...]]:
    """Every text in all its states, and every mood."""
    work = application.work()
    found = work.complete(by)
    assert not found.damaged
    texts = {id: (it.value.text, *_past(work, by, id)) for id, it in found.all(Entry).items()}
    return texts | {id: (str(it.value.mood),) for id, it in found.all(CheckIn).items()}


def _past(work: Work, by: SignedIn, id: bytes) -> list[str]:
    return [it.value.text for it in work.history(by, id) if isinstance(it.value, Entry)]


def _share(application: Application, patient: Patient, code: str, way: Way) -> Shared:
    """A link that opens everything, all of it granted; for `resume` it is paused then."""
    by, now = patient.by, moment(application.clock(), ZONE)
    confirming.confirm(application.work(), by=by, passphrase=PASSPHRASE)
    entries = tuple(sorted(application.work().complete(by).all(Entry)))
    scope = Scope(categories=("check_ins",), entries=entries)
    it = linking.add_link(
        application.work(), by=by, code=code, scope=scope, save_id=os.urandom(16), now=now, name="Bob"
    )
    _settle(application, by)
    if way == "resume":
        linking.pause(application.work(), by=by, link=it.id)
        _settle(application, by)
    return Shared(it.id, it.value.key, entries, tuple(application.work().reading(by).all(CheckIn)))


def _settle(application: Application, by: SignedIn) -> None:
    for _step in range(100):
        if catch_up(application.work(), by=by) == 0:
            return
    raise AssertionError("it does not end")


def _open(application: Application, by: SignedIn, shared: Shared) -> set[bytes]:
    """What whoever holds the key of the link can open."""
    with application.store.engine.connect() as connection:
        rows = [row for row in links.of_patient(connection, by.account) if row.id == shared.link]
        if not rows:
            return set()
        opened = links.open_shared(connection, rows[0], shared.key, application.store.decoder)
    assert not opened.damaged
    return {*opened.all(Entry), *opened.all(CheckIn)}


def _wanted(before: set[bytes], shared: Shared, way: Way) -> set[bytes]:
    after: dict[Way, Callable[[], set[bytes]]] = {
        "stop": set,
        "pause": set,
        "keep": lambda: before - {shared.entries[0]},
        "less": lambda: {*shared.entries},
        "resume": lambda: {*shared.entries, *shared.check_ins},
    }
    return after[way]()


def _waiting(application: Application) -> int:
    with application.store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(rekeys)) or 0
