"""Read what is shared: the summary, entries, recordings; the same for the therapist and for the patient's preview.

A therapist's look is a line of the patient's log before anything is given out. Everything is opened from the grants:
there is no other way to a patient's words.
"""

from typing import Literal, NamedTuple

import msgspec

from kapjournal.clock import Moment
from kapjournal.content import Content
from kapjournal.errors import DamagedRecording, LinkOver, NotAllowed, SharingRefused
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.journal.voice import Sound
from kapjournal.people.second_factor import require_factor
from kapjournal.records import Connection, Record, SignedIn, Snapshot, Work, accounts, events, links
from kapjournal.records.events import Event
from kapjournal.records.files import part_ids
from kapjournal.records.links import LinkRow
from kapjournal.records.work import DAY
from kapjournal.sharing.accepting import head
from kapjournal.sharing.keeping import head_of, is_over
from kapjournal.sharing.scopes import SHAREABLE
from kapjournal.sharing.summary import summarise
from kapjournal.sharing.summary_entries import Asked, excerpts, recordings, shared_entries
from kapjournal.sharing.summary_values import Excerpt, Recording, Summary
from kapjournal.sharing.values import Digest, Link, Patient
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import keyed_hash
from kapjournal.vault.sealing import encode
from kapjournal.verbs import verb

QUARTER = 900
Page = Literal["summary", "entries", "entry", "recording", "pdf"]


class SharedNotes(NamedTuple):
    """What is shared one by one."""

    entries: tuple[Excerpt, ...]
    recordings: tuple[Recording, ...]


class _Shared(NamedTuple):
    """What is open to a link at this moment, for whoever holds its key."""

    row: LinkRow
    key: bytes
    digest: Digest
    opened: Snapshot


@verb
def summary(
    work: Work, *, by: SignedIn, link: bytes, content: Content, now: Moment, page: Page = "summary"
) -> Summary:
    """What a patient shares, on one page. `page` says in the log how it was looked at.

    Raises NotAllowed, SecondFactorMissing, SharingRefused, LinkOver.
    """
    shared = _look(work, by, link, page)
    _note_look(work, by, link, shared.digest)
    return summarise(shared.opened, shared.digest, content, now)


@verb
def preview(work: Work, *, by: SignedIn, link: bytes, content: Content, now: Moment) -> Summary:
    """What the therapist of a link sees at this moment. Raises NotAllowed, SharingRefused, LinkOver."""
    shared = _own(work, by, link)
    return summarise(shared.opened, shared.digest, content, now)


@verb
def shared_notes(work: Work, *, by: SignedIn, link: bytes, content: Content) -> SharedNotes:
    """The beginning of every shared entry, and every shared voice note, newest first, for the therapist.

    Raises NotAllowed, SecondFactorMissing, SharingRefused, LinkOver.
    """
    opened = _look(work, by, link, "entries").opened
    entries, asked = shared_entries(opened), Asked(content)
    return SharedNotes(
        excerpts(entries, asked, most=len(entries)),
        recordings(opened, asked, most=len(opened.all(VoiceNote))),
    )


@verb
def shared_entry(work: Work, *, by: SignedIn, link: bytes, entry: bytes) -> Record[Entry]:
    """One shared entry, for the therapist. Raises NotAllowed, SecondFactorMissing, SharingRefused, LinkOver."""
    found = _look(work, by, link, "entry", entry).opened.get(Entry, entry)
    if found is None:
        raise NotAllowed
    return found


@verb
def play_shared(work: Work, *, by: SignedIn, link: bytes, recording: bytes) -> Sound:
    """The sound of a shared recording, for the therapist. Raises NotAllowed, DamagedRecording, LinkOver, …"""
    shared = _look(work, by, link, "recording", recording)
    note = shared.opened.get(VoiceNote, recording)
    if note is None:
        raise NotAllowed
    with work.authorised(by) as (connection, _access):
        try:
            parts = [
                links.open_shared_bytes(connection, shared.row, shared.key, part)
                for part in part_ids(recording, note.value.size)
            ]
        except VaultError as error:
            raise DamagedRecording from error
    data = b"".join(it for it in parts if it is not None)
    if len(data) != note.value.size:
        raise DamagedRecording
    return Sound(note.value.media, data)


def _look(work: Work, by: SignedIn, link: bytes, page: Page, what: bytes = b"") -> _Shared:
    """What is open to a therapist; noted in the patient's log in the same transaction, with the id of `what`."""
    if work.role(by) != "therapist":
        raise NotAllowed
    require_factor(work, by=by)
    patient = work.own(by, Patient, link).value
    with work.authorised(by, writing=True) as (connection, access):
        row = links.to_therapist(connection, by.account, link)
        digest = None if row is None or row.owner != patient.owner else head(row, patient.key)
        if row is None or digest is None or _is_closed(work, connection, row, digest):
            work.reading(by).forget(link.hex())
            raise LinkOver
        opened = work.reading(by).remembered(
            link.hex(), row.epoch, lambda: links.open_shared(connection, row, patient.key, work.store.decoder)
        )
        events.note(
            connection,
            row.owner,
            patient.owner_key,
            Event(page, work.now, link, what.hex()),
            mark=_mark(work, access.stay.sign_in, link, page, what),
        )
    return _Shared(row, patient.key, digest, opened)


def _own(work: Work, by: SignedIn, link: bytes) -> _Shared:
    """What is open to the therapist of a patient's own link. A therapist who also writes to the database has the key
    of the link, and could put other words there: what is not the patient's own is refused.
    """
    with work.alone(by, writing=False) as (connection, _access):
        it, mine = work.newest(by, Link, link).value, work.complete(by)
        row = next((row for row in links.of_patient(connection, by.account) if row.id == link), None)
        if row is None or is_over(it, work.now):
            raise LinkOver
        digest = head(row, it.key)
        if not _says_the_same(digest, head_of(it)):
            raise SharingRefused
        if _is_closed(work, connection, row, digest):
            raise LinkOver
        opened = links.open_shared(connection, row, it.key, work.store.decoder)
        for cls in SHAREABLE:
            for id, theirs in opened.all(cls).items():
                own = mine.get(cls, id)
                if own is None or own.value != theirs.value:
                    raise SharingRefused
    return _Shared(row, it.key, digest, opened)


def _is_closed(work: Work, connection: Connection, row: LinkRow, digest: Digest) -> bool:
    today = max(work.now, accounts.latest(connection)) // DAY
    return digest.paused or today > min(row.ends, digest.ends)


def _says_the_same(digest: Digest, said: Digest) -> bool:
    """Whether two heads say the same before anything is counted."""
    names = ("my_name", "purpose", "attention", "scope", "ends", "shared_at", "zone", "language", "paused")
    return all(getattr(digest, name) == getattr(said, name) for name in names)


def _mark(work: Work, sign_in: bytes, link: bytes, page: str, what: bytes) -> bytes:
    """One look: of a sign-in, at one page, within a quarter of an hour."""
    look = encode(sign_in, link, page, what, work.now // QUARTER)
    return keyed_hash(work.store.secret, "look", look)[:16]


def _note_look(work: Work, by: SignedIn, link: bytes, digest: Digest) -> None:
    """Remember what was there when the therapist looked, so that the list can say what is new."""
    if work.own(by, Patient, link).value.looked == digest.mark:
        return
    with work.alone(by):
        # Another tab may look at the same moment.
        record = work.newest(by, Patient, link)
        seen = msgspec.structs.replace(record.value, looked_at=work.now, looked=digest.mark)
        work.restate(by, record, seen)
