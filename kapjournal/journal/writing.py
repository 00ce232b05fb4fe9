"""Write: autosave a draft, finish it, set its date, delete it and bring it back."""

from typing import NamedTuple

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import IntentionKept, NotAllowed, OutOfRange
from kapjournal.journal.values import INTENTION, Entry, Phase, Session
from kapjournal.records import Put, Record, Saved, SignedIn, Work
from kapjournal.texts import checked_text
from kapjournal.verbs import verb

CUT_SECONDS = 600


class Draft(NamedTuple):
    """One push of the editor; ids and versions as in `records.Put`."""

    id: bytes
    save_id: bytes
    text: str
    base_version: int = 0
    after: tuple[bytes, ...] = ()


class About(NamedTuple):
    """What a new entry is about: session id (b"" for none), phase, and the prompt's id and version."""

    session: bytes = b""
    phase: Phase = "between"
    prompt: str = ""
    prompt_version: int = 0


@verb
def write(work: Work, *, by: SignedIn, draft: Draft, about: About, now: Moment) -> Saved:
    """Save what stands in the box. A text that was changed elsewhere is kept beside the other one.

    Raises NotAllowed, TooLong, UnsuitableText, IntentionKept, StorageUnavailable; nothing is then saved.
    """
    text = checked_text(draft.text)
    with work.writing(by):
        known = _known(work, by, draft.id)
        if known is None:
            entry, keep = _new_entry(work, by, text, about, now), False
        else:
            keep = now.at - known.cut_at >= CUT_SECONDS
            entry = msgspec.structs.replace(known, text=text, cut_at=now.at if keep else known.cut_at)
        if (known is None or text != known.text) and is_kept(work, by=by, entry=entry):
            raise IntentionKept
        put = Put(
            entry, draft.id, draft.save_id, draft.base_version, draft.after, keep=keep, copy_if_stale=True
        )
        return work.save(by, put)[0]


@verb
def is_kept(work: Work, *, by: SignedIn, entry: Entry) -> bool:
    """Whether an entry is the intention of a session that has begun: it can be read, and not changed."""
    session = work.reading(by).get(Session, entry.session) if entry.prompt == INTENTION else None
    return session is not None and session.value.at <= work.now and not session.value.cancelled_at


@verb
def finish(work: Work, *, by: SignedIn, entry: bytes, now: Moment) -> Record[Entry] | None:
    """Make a draft an entry; an empty one is dropped (None). Raises NotAllowed, ChangedElsewhere."""
    record = work.own(by, Entry, entry)
    if record.value.finished:
        return record
    if not record.value.text.strip():
        work.delete(by, entry)
        return None
    return work.restate(by, record, msgspec.structs.replace(record.value, finished=now.at, cut_at=0))


@verb
def move_entry(work: Work, *, by: SignedIn, entry: bytes, when: Moment) -> Record[Entry]:
    """Set when an entry is about, not later than now. Raises NotAllowed, OutOfRange."""
    record = work.own(by, Entry, entry)
    if when.at > work.now + 60:
        raise OutOfRange("date")
    moved = msgspec.structs.replace(record.value, at=when.at, zone=when.zone, wall=when.wall)
    return work.restate(by, record, moved)


@verb
def delete_entry(work: Work, *, by: SignedIn, entry: bytes) -> None:
    """Delete an entry; it can be brought back for seven days. Raises NotAllowed."""
    work.own(by, Entry, entry)
    work.delete(by, entry)


@verb
def bring_back(work: Work, *, by: SignedIn, entry: bytes) -> None:
    """Undo `delete_entry`. Raises NotAllowed, TooLateToUndo, DamagedRecord."""
    work.undelete(by, entry)


def _known(work: Work, by: SignedIn, entry: bytes) -> Entry | None:
    try:
        return work.own(by, Entry, entry).value
    except NotAllowed:
        return None


def _new_entry(work: Work, by: SignedIn, text: str, about: About, now: Moment) -> Entry:
    snapshot = work.reading(by)
    if snapshot.role != "patient" or (about.session and snapshot.get(Session, about.session) is None):
        raise NotAllowed
    return Entry(at=now.at, zone=now.zone, wall=now.wall, text=text, cut_at=now.at, **about._asdict())
