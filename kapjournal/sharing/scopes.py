"""Which records a link covers: pure functions of the link and of what its owner has.

Invariants: a draft is covered by nothing; a part that is shared apart (item 9, dose) is covered only together with what
it belongs to; without `goes_on`, nothing is covered that came after the scope was chosen.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from kapjournal.journal.values import Dose, Entry, Session, Step, VoiceNote
from kapjournal.measures.values import (
    AnswerApart,
    CheckIn,
    Craving,
    MonthlyCheck,
    Response,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Record, Snapshot, Value
from kapjournal.records.files import PREFIX, part_ids
from kapjournal.sharing.values import Category, Link, Scope

Found = Mapping[bytes, Record[Any]]

CATEGORY_OF: dict[type[Value], Category] = {
    CheckIn: "check_ins",
    Response: "measures",
    AnswerApart: "item_9",
    Session: "sessions",
    Dose: "dose",
    SideEffects: "side_effects",
    MonthlyCheck: "side_effects",
    Craving: "substances",
    Urge: "substances",
    Substances: "substances",
    Step: "steps",
}
BELONGS_TO: dict[type[Value], tuple[type[Value], str]] = {
    AnswerApart: (Response, "response"),
    Dose: (Session, "session"),
}
"""What is covered only together with another record, and the field that names that one."""
SHAREABLE: tuple[type[Value], ...] = (*CATEGORY_OF, Entry, VoiceNote)


def visible(link: Record[Link], snapshot: Snapshot, opened: Collection[bytes] = ()) -> Snapshot:
    """Everything a link covers. `opened` are records that were open to it before, which stay so when they change."""
    values = {cls: found for cls in SHAREABLE if (found := _of(cls, link, snapshot, opened))}
    return Snapshot(
        snapshot.account, snapshot.role, snapshot.seq, complete=True, values=values, damaged={}, size=0
    )


def wanted(link: Record[Link], snapshot: Snapshot, opened: Collection[bytes] = ()) -> set[bytes]:
    """The ids of all rows that should be open to a link, with the parts of those recordings that `snapshot` holds."""
    whole = (id for found in _whole(link, snapshot, opened) for id in found)
    return {*whole, *_notes(link.value.scope, snapshot)}


def wanted_among(
    link: Record[Link], snapshot: Snapshot, ids: Collection[bytes], opened: Collection[bytes]
) -> set[bytes]:
    """Those of `ids` that should be open to a link."""
    whole, notes = _whole(link, snapshot, opened), _notes(link.value.scope, snapshot)
    return {id for id in ids if id in notes or any(id in found for found in whole)}


def unwanted(link: Record[Link], snapshot: Snapshot, opened: Collection[bytes]) -> set[bytes]:
    """Those of the opened rows that should not be open (any more)."""
    scope = link.value.scope
    files = {id[:PREFIX] for id in scope.recordings}
    rest = set(opened) - wanted_among(link, snapshot, opened, opened) - {*scope.entries}
    return {id for id in rest if id[:PREFIX] not in files}


def _whole(link: Record[Link], snapshot: Snapshot, opened: Collection[bytes]) -> tuple[Found, ...]:
    """What whole categories cover, a mapping for each class."""
    return tuple(_of(cls, link, snapshot, opened) for cls in CATEGORY_OF)


def _notes(scope: Scope, snapshot: Snapshot) -> set[bytes]:
    """Single notes are meant by their ids, also those that are not among what is opened."""
    drafts = {id for id in scope.entries if (it := snapshot.get(Entry, id)) and not it.value.finished}
    known = (snapshot.get(VoiceNote, id) for id in scope.recordings)
    parts = {part for it in known if it for part in part_ids(it.id, it.value.size)}
    return ({*scope.entries} - drafts) | {*scope.recordings} | parts


def with_dependents(changed: Record[Any], snapshot: Snapshot) -> list[bytes]:
    """The id of a record and those of what is open only together with it."""
    if isinstance(changed.value, VoiceNote):
        return [changed.id, *part_ids(changed.id, changed.value.size)]
    behind = [
        id
        for cls, (owner, field) in BELONGS_TO.items()
        if isinstance(changed.value, owner)
        for id, it in snapshot.all(cls).items()
        if getattr(it.value, field) == changed.id
    ]
    return [changed.id, *behind]


def _of(cls: type[Value], link: Record[Link], snapshot: Snapshot, opened: Collection[bytes]) -> Found:
    scope = link.value.scope
    if cls is Entry or cls is VoiceNote:
        chosen = scope.entries if cls is Entry else scope.recordings
        notes = {id: it for id in chosen if (it := snapshot.get(cls, id)) is not None}
        return {id: it for id, it in notes.items() if getattr(it.value, "finished", 1)}
    if CATEGORY_OF[cls] not in scope.categories:
        return {}
    if cls in BELONGS_TO:
        owner, field = BELONGS_TO[cls]
        behind = _of(owner, link, snapshot, opened)
        return {id: it for id, it in snapshot.all(cls).items() if getattr(it.value, field) in behind}
    keeps: Callable[[Found], Found] = partial(_in_scope, scope)
    # Kept until one of them changes: a check-in does not look at ten years of other things again.
    found: Found = snapshot.derived(f"in scope {link.id.hex()} {link.version} {cls.__name__}", cls, keeps)
    if scope.goes_on:
        return found
    return {id: it for id, it in found.items() if it.seq <= link.value.last_seq or id in opened}


def _in_scope(scope: Scope, found: Found) -> Found:
    return {id: it for id, it in found.items() if it.value.wall[:10] >= scope.since and _is_final(it.value)}


def _is_final(value: Value) -> bool:
    """Whether this is no draft, and has taken place or may still do so."""
    if isinstance(value, Response):
        return bool(value.finished)
    return not (isinstance(value, Session) and value.cancelled_at)
