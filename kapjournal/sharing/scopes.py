"""Which records a link covers: pure functions of the link and of what its owner has.

Invariants: a draft is covered by nothing; a part that is shared apart (item 9, dose) is covered only together with what
it belongs to; without `goes_on`, nothing is covered that came after the scope was chosen.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from kapjournal.records.files import PART_VERSION, PREFIX, part_ids
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


def covered(scope: Scope, snapshot: Snapshot, once: Sequence[bytes] | None = None) -> Snapshot:
    """Everything that a scope covers at this moment; with `once`, of its categories only what has these ids."""
    values = {cls: found for cls in SHAREABLE if (found := _of(cls, scope, snapshot, once))}
    return Snapshot(
        snapshot.account, snapshot.role, snapshot.seq, complete=True, values=values, damaged={}, size=0
    )


def visible(link: Link, snapshot: Snapshot) -> Snapshot:
    """Everything a link covers of what is opened."""
    return covered(link.scope, snapshot, _once(link))


def there(scope: Scope, snapshot: Snapshot) -> tuple[bytes, ...]:
    """What the categories of a scope that does not go on cover at this moment: `Link.once`."""
    if scope.goes_on:
        return ()
    return tuple(sorted(id for cls in CATEGORY_OF for id in _of(cls, scope, snapshot, None)))


def wanted(link: Link, snapshot: Snapshot) -> dict[bytes, int]:
    """What should be open to a link of what is opened, with the parts of recordings: ids, and versions."""
    seen = visible(link, snapshot)
    return {id: it.version for cls in SHAREABLE for id, it in seen.all(cls).items()} | _parts(seen)


def wanted_among(link: Link, snapshot: Snapshot, ids: Iterable[bytes]) -> dict[bytes, int]:
    """Like `wanted`, but only those of `ids`."""
    seen = visible(link, snapshot)
    parts = _parts(seen)
    found = ((id, it) for id in ids for cls in SHAREABLE if (it := seen.get(cls, id)) is not None)
    return {id: parts[id] for id in ids if id in parts} | {id: it.version for id, it in found}


def unwanted(link: Link, snapshot: Snapshot, opened: Collection[bytes]) -> set[bytes]:
    """Those of the opened rows that should not be open (any more).

    Chosen notes are told by their ids: older ones are not among what is opened at a sign-in.
    """
    files = {id[:PREFIX] for id in link.scope.recordings}
    drafts = {id for id in link.scope.entries if (it := snapshot.get(Entry, id)) and not it.value.finished}
    entries = {*link.scope.entries} - drafts
    rest = {id for id in opened if id not in entries and id[:PREFIX] not in files}
    return rest - wanted_among(link, snapshot, rest).keys()


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


def _parts(seen: Snapshot) -> dict[bytes, int]:
    recordings = seen.all(VoiceNote).values()
    return {part: PART_VERSION for it in recordings for part in part_ids(it.id, it.value.size)}


def _once(link: Link) -> Sequence[bytes] | None:
    return None if link.scope.goes_on else link.once


def _of(cls: type[Value], scope: Scope, snapshot: Snapshot, once: Sequence[bytes] | None) -> Found:
    if cls is Entry or cls is VoiceNote:
        chosen = scope.entries if cls is Entry else scope.recordings
        notes = {id: it for id in chosen if (it := snapshot.get(cls, id)) is not None}
        return {id: it for id, it in notes.items() if getattr(it.value, "finished", 1)}
    if CATEGORY_OF[cls] not in scope.categories:
        return {}
    found = _in_category(cls, scope, snapshot)
    return found if once is None else {id: found[id] for id in once if id in found}


def _in_category(cls: type[Value], scope: Scope, snapshot: Snapshot) -> Found:
    if cls in BELONGS_TO:
        owner, field = BELONGS_TO[cls]
        behind = _of(owner, scope, snapshot, None)
        return {id: it for id, it in snapshot.all(cls).items() if getattr(it.value, field) in behind}
    keeps: Callable[[Found], Found] = partial(_since, scope.since)
    # Kept until one of them changes: a check-in does not look at ten years of other things again.
    return snapshot.derived(f"in scope since {scope.since} {cls.__name__}", cls, keeps)


def _since(day: str, found: Found) -> Found:
    return {id: it for id, it in found.items() if it.value.wall[:10] >= day and _is_final(it.value)}


def _is_final(value: Value) -> bool:
    """Whether this is no draft, and has taken place or may still do so."""
    if isinstance(value, Response):
        return bool(value.finished)
    return not (isinstance(value, Session) and value.cancelled_at)
