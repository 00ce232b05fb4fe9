"""What counts as lost: the log of a client outside the server, against what a fresh process finds.

A save is *acknowledged* when its answer has reached the client. Each acknowledged text must then be found, opened,
with the same SHA-256, as the newest or an earlier state, unless a later save of the same box has taken its place.
Every state that is found must be one that was sent, whole; no text stands twice.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from kapjournal.application import Application, open_application
from kapjournal.journal.values import Entry
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings

WRITER = 8
FRESH = get_context("forkserver")
FRESH.set_forkserver_preload(["tests.faults.worker"])


class Attempt(NamedTuple):
    """A save as it was sent for the first time; ids as in `records.Put`."""

    save_id: bytes
    record: bytes
    base_version: int
    after: tuple[bytes, ...]
    digest: str


class Acknowledged(NamedTuple):
    """A save that the server has answered for."""

    attempt: Attempt
    record: bytes
    version: int


class State(NamedTuple):
    """An opened state of an entry; `save_id` is empty for an earlier one."""

    record: bytes
    version: int
    save_id: bytes
    digest: str
    finished: bool


class Found(NamedTuple):
    """All of a patient's entries."""

    newest: tuple[State, ...]
    earlier: tuple[State, ...]
    damaged: int


class Verdict(NamedTuple):
    """How many saves were acknowledged; which of them are lost; which states were never sent; which stand twice."""

    acknowledged: int
    lost: tuple[bytes, ...]
    torn: tuple[bytes, ...]
    doubled: tuple[bytes, ...]

    @property
    def ok(self) -> bool:
        return not (self.lost or self.torn or self.doubled)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Log:
    """The client's log. What is acknowledged is appended to a file and synced before anything else happens."""

    def __init__(self, path: Path) -> None:
        self.attempts: dict[bytes, Attempt] = {}
        self.acknowledged: dict[bytes, Acknowledged] = {}
        self.finished: set[bytes] = set()
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def attempt(self, attempt: Attempt) -> None:
        known = self.attempts.setdefault(attempt.save_id, attempt)
        assert known.digest == attempt.digest, "a save_id names one text"

    def acknowledge(self, save_id: bytes, record: bytes, version: int) -> None:
        if save_id in self.acknowledged:
            return
        attempt = self.attempts[save_id]
        self.acknowledged[save_id] = Acknowledged(attempt, record, version)
        self._keep(save_id=save_id.hex(), record=record.hex(), version=version, digest=attempt.digest)

    def finish(self, record: bytes) -> None:
        """An entry is acknowledged as finished."""
        self.finished.add(record)
        self._keep(finished=record.hex())

    def _keep(self, **line: str | int) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")
        os.fsync(self._file)


def entries(application: Application, by: SignedIn) -> Found:
    """What this process finds."""
    work = application.work()
    snapshot = work.complete(by)
    newest = [
        State(it.id, it.version, it.save_id, digest(it.value.text), bool(it.value.finished))
        for it in snapshot.all(Entry).values()
    ]
    earlier = [
        State(past.id, past.version, b"", digest(past.value.text), bool(past.value.finished))
        for state in newest
        for past in work.history(by, state.record)
        if isinstance(past.value, Entry)
    ]
    return Found(tuple(newest), tuple(earlier), len(snapshot.damaged))


def found_afresh(environ: Mapping[str, str], by: SignedIn) -> Found:
    """What a process that was not there finds."""
    with ProcessPoolExecutor(1, mp_context=FRESH) as pool:
        return pool.submit(_open_and_find, dict(environ), by).result()


def _open_and_find(environ: dict[str, str], by: SignedIn) -> Found:
    application = open_application(read_settings(environ), environ=environ)
    try:
        return entries(application, by)
    finally:
        application.close()


def judge(log: Log, found: Found) -> Verdict:
    """The log against what was found."""
    there = {(it.record, it.digest) for it in (*found.newest, *found.earlier)}
    newest = {it.record: it for it in found.newest}
    lost = [
        it.attempt.save_id
        for it in log.acknowledged.values()
        if (it.record, it.attempt.digest) not in there and not _superseded(it, newest.get(it.record), log)
    ]
    lost += [it for it in log.finished if it not in newest or not newest[it].finished]
    return Verdict(len(log.acknowledged), tuple(lost), _torn(log, found), _doubled(log, found))


def _superseded(it: Acknowledged, newest: State | None, log: Log) -> bool:
    """Whether what stands there now went on from this save."""
    later = log.attempts.get(newest.save_id) if newest else None
    if later is None:
        return False
    own = it.attempt.save_id
    same_box = any(own[:WRITER] == past[:WRITER] and own < past for past in (later.save_id, *later.after))
    return same_box or own in later.after or later.base_version >= it.version


def _torn(log: Log, found: Found) -> tuple[bytes, ...]:
    sent = {it.digest for it in log.attempts.values()}
    torn = [it.record for it in found.earlier if it.digest not in sent]
    for it in found.newest:
        attempt = log.attempts.get(it.save_id)
        if attempt is None or attempt.digest != it.digest:
            torn.append(it.record)
    return (*torn, *([b"damaged"] * found.damaged))


def _doubled(log: Log, found: Found) -> tuple[bytes, ...]:
    meant = {it.record for it in log.attempts.values()} | {it.record for it in log.acknowledged.values()}
    doubled = [it.record for it in found.newest if it.record not in meant]
    seen: set[str] = set()
    for it in found.newest:
        if it.digest in seen:
            doubled.append(it.record)
        seen.add(it.digest)
    return tuple(doubled)
