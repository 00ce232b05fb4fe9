"""Read: entries grouped by session, search, drafts, history, what was deleted."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kapjournal.journal.sessions import sessions
from kapjournal.journal.values import Entry, Session
from kapjournal.records import Record, SignedIn, Work
from kapjournal.records.work import Earlier
from kapjournal.verbs import verb


class Chapter(NamedTuple):
    """The entries of one session, newest first; without one, those written after session `number` (0: before any)."""

    session: Record[Session] | None
    number: int
    entries: tuple[Record[Entry], ...]


@verb
def entry(work: Work, *, by: SignedIn, id: bytes) -> Record[Entry]:
    """One entry or draft. Raises NotAllowed, DamagedRecord."""
    return work.own(by, Entry, id)


@verb
def entries(work: Work, *, by: SignedIn) -> tuple[Record[Entry], ...]:
    """All finished entries, newest first."""
    return work.complete(by).derived("entries", Entry, _finished)


@verb
def drafts(work: Work, *, by: SignedIn) -> tuple[Record[Entry], ...]:
    """Drafts with words in them among the newest notes, newest first."""
    return work.reading(by).derived("drafts", Entry, _unfinished)


@verb
def session_entries(work: Work, *, by: SignedIn, session: bytes) -> tuple[Record[Entry], ...]:
    """The finished entries of one session, oldest first."""
    return tuple(reversed([it for it in entries(work, by=by) if it.value.session == session]))


@verb
def recent_entries(work: Work, *, by: SignedIn) -> tuple[Record[Entry], ...]:
    """The finished entries among the newest notes, newest first, without opening the whole journal."""
    return work.reading(by).derived("recent entries", Entry, _finished)


@verb
def chapters(work: Work, *, by: SignedIn, words: str = "") -> tuple[Chapter, ...]:
    """The journal in chapters, latest first; with `words`, only entries that contain each of them."""
    course = sessions(work, by=by)
    starts = [it.value.at for it in course]
    numbers = {it.id: number for number, it in enumerate(course, 1)}
    groups: dict[tuple[bool, int], list[Record[Entry]]] = {}
    for it in search(work, by=by, words=words) if words.strip() else entries(work, by=by):
        number = numbers.get(it.value.session)
        key = (True, number) if number else (False, bisect_right(starts, it.value.at))
        groups.setdefault(key, []).append(it)
    found = [
        Chapter(course[number - 1] if of_session else None, number, tuple(group))
        for (of_session, number), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda it: it.entries[0].value.at, reverse=True))


@verb
def search(work: Work, *, by: SignedIn, words: str) -> tuple[Record[Entry], ...]:
    """Finished entries that contain every one of `words`, whatever their case, newest first."""
    wanted = _fold(words).split()
    folded = work.complete(by).derived("folded entries", Entry, _folded)
    return tuple(it for it, text in folded if all(word in text for word in wanted))


@verb
def earlier_versions(work: Work, *, by: SignedIn, entry: bytes) -> tuple[Earlier, ...]:
    """Earlier states of an entry, newest first."""
    work.own(by, Entry, entry)
    return work.history(by, entry)


@verb
def deleted_entries(work: Work, *, by: SignedIn) -> tuple[Earlier, ...]:
    """Entries deleted in the last seven days, latest first."""
    return tuple(it for it in work.deleted(by) if isinstance(it.value, Entry) and it.value.text.strip())


def _finished(found: Mapping[bytes, Record[Entry]]) -> tuple[Record[Entry], ...]:
    return _newest_first(it for it in found.values() if it.value.finished)


def _unfinished(found: Mapping[bytes, Record[Entry]]) -> tuple[Record[Entry], ...]:
    return _newest_first(it for it in found.values() if not it.value.finished and it.value.text.strip())


def _newest_first(found: Iterable[Record[Entry]]) -> tuple[Record[Entry], ...]:
    return tuple(sorted(found, key=lambda it: (it.value.at, it.seq), reverse=True))


def _folded(found: Mapping[bytes, Record[Entry]]) -> tuple[tuple[Record[Entry], str], ...]:
    return tuple((it, _fold(it.value.text)) for it in _finished(found))


def _fold(text: str) -> str:
    """One form for every spelling of the same letters: composed or not, large or small."""
    return unicodedata.normalize("NFC", text).casefold()
