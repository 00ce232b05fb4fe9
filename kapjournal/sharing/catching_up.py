"""What takes longer than a click: first grants, other keys after something was closed, links whose time is over.

Done in small steps inside the patient's own runs, each a transaction; whatever is interrupted goes on at the next one.
What is to be open follows from the links as the patient's vault holds them, never from the rows of the grants.
"""

from collections.abc import Iterable
from typing import cast

import msgspec

from kapjournal.errors import NotAllowed
from kapjournal.records import Connection, Record, SignedIn, Snapshot, Work, links
from kapjournal.records.signed_in import Access
from kapjournal.sharing.keeping import Keeper, is_over
from kapjournal.sharing.linking import my_links, stop
from kapjournal.sharing.scopes import unwanted, wanted
from kapjournal.sharing.values import Link
from kapjournal.verbs import verb

KEYS_A_STEP = 40
GRANTS_A_STEP = 200


@verb
def is_behind(work: Work, *, by: SignedIn) -> bool:
    """Whether there is anything to catch up with; looks at nothing that is not opened already.

    That a therapist has ended a link is noticed by `catch_up` itself, and when the patient writes.
    """
    return any(_is_behind(it.value, work.now) for it in my_links(work, by=by))


@verb
def catch_up(work: Work, *, by: SignedIn) -> int:
    """One step of at most about 50 milliseconds; how many records are still to be done. Raises NotAllowed."""
    if work.role(by) != "patient":
        raise NotAllowed
    work.complete(by)  # takes long the first time, when nobody needs to wait for it
    with work.alone(by) as (connection, access):
        snapshot = work.complete(by)
        standing = links.ids_of(connection, by.account)
        for it in snapshot.all(Link).values():
            if not it.value.ended_at and (is_over(it.value, work.now) or it.id not in standing):
                stop(work, by=by, link=it.id)
        mine = [work.newest(by, Link, id) for id in snapshot.all(Link)]
        _close_the_rest(connection, access, snapshot, mine)
        keyed = _other_keys(connection, access, snapshot, mine)
        left = links.waiting(connection, by.account)
        for link in (it for it in mine if it.value.catching_up):
            missing = _missing(connection, access, snapshot, link)
            left += len(missing)
            if missing and not keyed:
                left -= _grant_some(connection, access, link, missing)
                cast(Keeper, work.store.keeper).renew_digest(connection, by.account, snapshot, link)
        if left == 0:
            for link in (it for it in mine if it.value.catching_up):
                work.restate(by, link, msgspec.structs.replace(link.value, catching_up=False))
    return left


def _close_the_rest(
    connection: Connection, access: Access, snapshot: Snapshot, mine: Iterable[Record[Link]]
) -> None:
    """Close what a link does not cover. Nothing is open that should not be, unless somebody has put rows there."""
    for link in mine:
        opened = links.granted(connection, access.account, link.id)
        links.take_back(connection, access.account, link.id, unwanted(link.value, snapshot, opened))


def _other_keys(
    connection: Connection, access: Access, snapshot: Snapshot, mine: Iterable[Record[Link]]
) -> bool:
    """Give some records another key, and open them again to the links that go on; whether there were any."""
    keyed = links.rekey_some(connection, access.keys, KEYS_A_STEP)
    for link in mine if keyed else ():
        covered = _covered(link, snapshot)
        again = links.granted_among(connection, access.account, link.id, keyed) & covered.keys()
        meant = {id: covered[id] for id in again}
        links.grant(connection, access.keys, link.id, link.value.key, meant)
    return bool(keyed)


def _missing(
    connection: Connection, access: Access, snapshot: Snapshot, link: Record[Link]
) -> dict[bytes, int]:
    """What a link covers and does not open: ids in order, and the versions that are meant."""
    opened = links.granted(connection, access.account, link.id)
    return {id: version for id, version in sorted(_covered(link, snapshot).items()) if id not in opened}


def _grant_some(connection: Connection, access: Access, link: Record[Link], missing: dict[bytes, int]) -> int:
    """Open some of what is missing; how much is done with.

    What does not stand in the database as it was read, and so cannot be opened, is done with as well.
    """
    for start in range(0, len(missing), GRANTS_A_STEP):
        step = dict(list(missing.items())[start : start + GRANTS_A_STEP])
        links.grant(connection, access.keys, link.id, link.value.key, step)
        if links.granted_among(connection, access.account, link.id, step):
            return start + len(step)
    return len(missing)


def _covered(link: Record[Link], snapshot: Snapshot) -> dict[bytes, int]:
    return {} if link.value.ended_at or link.value.paused_at else wanted(link.value, snapshot)


def _is_behind(link: Link, now: int) -> bool:
    return link.catching_up or (is_over(link, now) and not link.ended_at)
