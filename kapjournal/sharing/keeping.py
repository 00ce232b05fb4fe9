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
    ) -> list[tuple[Record[Link], Link]]:
        """Follow changes that are in `snapshot` already, under the lock of the person's account.

        Returns the links that have something to catch up with now.
        """
        deleted = [it for it in changes if isinstance(it, bytes)]
        touched = {link for it in deleted for link in links.close(connection, access.account, it)}
        saved = [it for it in changes if isinstance(it, Record)]
        behind = [
            link
            for link in saved
            if isinstance(link.value, Link) and self._settle(connection, access, snapshot, link)
        ]
        rest = [it for it in saved if not isinstance(it.value, Link)]
        if rest or deleted:
            standing = links.ids_of(connection, access.account)
            behind += [
                link
                for link in _open(snapshot).values()
                if link.id not in standing
                or self._follow(connection, access, snapshot, link, rest, touched=link.id in touched)
            ]
        return [
            (it, msgspec.structs.replace(it.value, catching_up=True))
            for it in behind
            if not it.value.catching_up
        ]

    def renew_digest(
        self, connection: Connection, owner: bytes, snapshot: Snapshot, link: Record[Link]
    ) -> None:
        """Make the head of what is shared anew; the epoch goes up."""
        data = self._digest(connection, owner, snapshot, link)
        sealed = seal_digest(link.value.key, owner, link.id, _encode(data))
        links.set_digest(connection, owner, link.id, sealed, ends=link.value.ends)

    def _digest(self, connection: Connection, owner: bytes, snapshot: Snapshot, link: Record[Link]) -> Digest:
        """The head of what is shared, from what is open to the link at this moment."""
        said, scope = head_of(link.value), link.value.scope
        if said.paused:
            return said
        facts = digest_facts(visible(link.value, snapshot), self._content)
        # Older notes are not among what is opened at a sign-in; that they are open to the link can be told without.
        opened = links.granted_among(connection, owner, link.id, {*scope.entries, *scope.recordings})
        counts = {
            "entries": len(opened.intersection(scope.entries)),
            "recordings": len(opened.intersection(scope.recordings)),
        }
        return msgspec.structs.replace(said, **(facts | counts))

    def _settle(self, connection: Connection, access: Access, snapshot: Snapshot, link: Record[Link]) -> bool:
        """After a link itself was changed, close what it does not cover any more; whether there was anything."""
        if link.value.ended_at:
            links.remove(connection, access.account, link.id)
            return False
        opened = links.granted(connection, access.account, link.id)
        closed = opened if link.value.paused_at else unwanted(link.value, snapshot, opened)
        links.take_back(connection, access.account, link.id, closed)
        self.renew_digest(connection, access.account, snapshot, link)
        return bool(closed)

    def _follow(
        self,
        connection: Connection,
        access: Access,
        snapshot: Snapshot,
        link: Record[Link],
        saved: Sequence[Record[Any]],
        *,
        touched: bool,
    ) -> bool:
        """Grant and close what has changed; whether anything was closed. `touched`: something was, before."""
        ids = [id for it in saved for id in with_dependents(it, snapshot)]
        if link.value.paused_at or is_over(link.value, access.now):
            return touched
        opened = links.granted_among(connection, access.account, link.id, ids)
        meant = wanted_among(link.value, snapshot, ids)
        links.take_back(connection, access.account, link.id, opened - meant.keys())
        links.grant(connection, access.keys, link.id, link.value.key, meant)
        if opened or meant or touched:
            self.renew_digest(connection, access.account, snapshot, link)
        return touched or bool(opened - meant.keys())


def head_of(link: Link) -> Digest:
    """What the head of a link says before anything is counted."""
    return Digest(
        my_name=link.my_name,
        purpose=link.purpose,
        attention="" if link.paused_at else link.attention,
        scope=msgspec.structs.replace(link.scope, entries=(), recordings=()),
        ends=link.ends,
        shared_at=link.chosen_at or link.at,
        zone=link.zone,
        language=link.language,
        paused=bool(link.paused_at),
    )


def is_over(link: Link, now: int) -> bool:
    """Whether a link has ended, or its last UTC day has passed."""
    return bool(link.ended_at) or now // DAY > link.ends


def _open(snapshot: Snapshot) -> dict[bytes, Record[Link]]:
    return snapshot.derived(
        "open links", Link, lambda found: {k: v for k, v in found.items() if not v.value.ended_at}
    )


def _is_link(change: Change) -> bool:
    return isinstance(change, Record) and isinstance(change.value, Link)
