"""Keep every link in step with what its owner writes, in the transaction of the write.

A record that is granted gets its grants anew, one that falls into a scope is granted, one that is deleted or falls out
is closed at once and waits for another key. What takes long (first grants, other keys) is left to `catching_up`.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from kapjournal.content import Content
from kapjournal.records import Connection, Record, Snapshot, links
from kapjournal.records.signed_in import Access
from kapjournal.records.snapshots import Change
from kapjournal.records.work import DAY
from kapjournal.sharing.scopes import unwanted, visible, wanted_among, with_dependents
from kapjournal.sharing.summary import digest_facts
from kapjournal.sharing.values import Digest, Link
from kapjournal.vault.links import seal_digest

_encode = msgspec.json.Encoder().encode


class Keeper:
    """What a store asks at every write; `content` names the measures in the digest."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def concerns(self, snapshot: Snapshot, changes: Sequence[Change]) -> bool:
        """Whether this person has a link, or has just changed one."""
        return bool(_open(snapshot)) or any(_is_link(it) for it in changes)

    def keep(
        self, connection: Connection, access: Access, snapshot: Snapshot, changes: Sequence[Change]
    ) -> None:
        """Follow changes that are in `snapshot` already, under the lock of the person's account."""
        deleted = [it for it in changes if isinstance(it, bytes)]
        touched = {link for it in deleted for link in links.close(connection, access.account, it)}
        saved = [it for it in changes if isinstance(it, Record)]
        for link in (it for it in saved if isinstance(it.value, Link)):
            self._settle(connection, access, snapshot, link)
        rest = [it for it in saved if not isinstance(it.value, Link)]
        for link in _open(snapshot).values():
            if _follow(connection, access, snapshot, link, rest) or link.id in touched:
                self.renew_digest(connection, access.account, snapshot, link)

    def renew_digest(
        self, connection: Connection, owner: bytes, snapshot: Snapshot, link: Record[Link]
    ) -> None:
        """Make the head of what is shared anew; the epoch goes up."""
        data = self.digest(connection, owner, snapshot, link)
        sealed = seal_digest(link.value.key, owner, link.id, _encode(data))
        links.set_digest(connection, owner, link.id, sealed, ends=link.value.ends)

    def digest(self, connection: Connection, owner: bytes, snapshot: Snapshot, link: Record[Link]) -> Digest:
        """The head of what is shared, from what is open to the link at this moment."""
        value = link.value
        head = Digest(
            my_name=value.my_name,
            purpose=value.purpose,
            attention="" if value.paused_at else value.attention,
            scope=value.scope,
            ends=value.ends,
            shared_at=value.at,
            zone=value.zone,
            language=value.language,
            paused=bool(value.paused_at),
        )
        if head.paused:
            return head
        scope = value.scope
        # Single notes need not be among what is opened; with "this once" everything has to be looked up.
        notes = links.granted_among(connection, owner, link.id, {*scope.entries, *scope.recordings})
        opened = notes if scope.goes_on else links.granted(connection, owner, link.id)
        facts = digest_facts(visible(link, snapshot, opened), self._content)
        counts = {
            "entries": len(notes.intersection(scope.entries)),
            "recordings": len(notes.intersection(scope.recordings)),
        }
        return msgspec.structs.replace(head, **(facts | counts))

    def _settle(self, connection: Connection, access: Access, snapshot: Snapshot, link: Record[Link]) -> None:
        """After a link itself was changed: what it does not cover any more is closed at once."""
        if link.value.ended_at:
            links.remove(connection, access.account, link.id)
            return
        opened = links.granted(connection, access.account, link.id)
        closed = opened if link.value.paused_at else unwanted(link, snapshot, opened)
        links.take_back(connection, access.account, link.id, closed)
        self.renew_digest(connection, access.account, snapshot, link)


def _follow(
    connection: Connection,
    access: Access,
    snapshot: Snapshot,
    link: Record[Link],
    saved: Sequence[Record[Any]],
) -> bool:
    """Grant and close what has changed; whether the link shows anything else now."""
    ids = [id for it in saved for id in with_dependents(it, snapshot)]
    if not ids or link.value.paused_at:
        return False
    opened = links.granted_among(connection, access.account, link.id, ids)
    covered = wanted_among(link, snapshot, ids, opened)
    links.take_back(connection, access.account, link.id, opened - covered)
    links.grant(connection, access.keys, link.id, link.value.key, covered)
    return bool(opened or covered)


def is_over(link: Link, now: int) -> bool:
    """Whether a link has ended, or its last UTC day has passed."""
    return bool(link.ended_at) or now // DAY > link.ends


def _open(snapshot: Snapshot) -> dict[bytes, Record[Link]]:
    return snapshot.derived(
        "open links", Link, lambda found: {k: v for k, v in found.items() if not v.value.ended_at}
    )


def _is_link(change: Change) -> bool:
    return isinstance(change, Record) and isinstance(change.value, Link)
