"""What takes longer than a click: first grants, other keys after something was closed, links whose time is over.

Done in small steps inside the patient's own runs, each a transaction; whatever is interrupted goes on at the next one.
"""

from typing import cast

import msgspec

from kapjournal.errors import NotAllowed
from kapjournal.records import Record, SignedIn, Snapshot, Work, links
from kapjournal.sharing.keeping import Keeper, is_over
from kapjournal.sharing.linking import my_links, stop
from kapjournal.sharing.scopes import wanted
from kapjournal.sharing.values import Link
from kapjournal.verbs import verb

KEYS_A_STEP = 40
GRANTS_A_STEP = 200


@verb
def is_behind(work: Work, *, by: SignedIn) -> bool:
    """Whether there is anything to catch up with; looks at nothing that is not opened already."""
    return any(_is_behind(it.value, work.now) for it in my_links(work, by=by))


@verb
def catch_up(work: Work, *, by: SignedIn) -> int:
    """One step of at most about 50 milliseconds; how many records are still to be done. Raises NotAllowed."""
    if work.role(by) != "patient":
        raise NotAllowed
    behind = [it for it in my_links(work, by=by) if _is_behind(it.value, work.now)]
    for it in behind:
        if is_over(it.value, work.now) and not it.value.ended_at:
            stop(work, by=by, link=it.id)
    if not behind:
        return 0
    snapshot = work.complete(by)
    with work.authorised(by, writing=True) as (connection, access):
        links.lock(connection, by.account)
        newest = [work.newest(by, Link, it.id) for it in my_links(work, by=by)]
        open_to = {it.id: it.value.key for it in newest if not it.value.ended_at}
        keyed = links.rekey_some(connection, access.keys, KEYS_A_STEP, open_to)
        left = links.waiting(connection, by.account)
        for link in (it for it in newest if it.value.catching_up):
            opened = links.granted(connection, by.account, link.id)
            missing = _missing(link, snapshot, opened)
            step = missing[: GRANTS_A_STEP if keyed == 0 else 0]
            links.grant(connection, access.keys, link.id, link.value.key, step)
            if step and not links.granted_among(connection, by.account, link.id, step):
                continue  # what is left is damaged or deleted: it stays closed
            left += len(missing) - len(step)
            if step:
                cast(Keeper, work.store.keeper).renew_digest(connection, by.account, snapshot, link)
        if left == 0:
            for link in (it for it in newest if it.value.catching_up):
                work.restate(by, link, msgspec.structs.replace(link.value, catching_up=False))
    return left


def _missing(link: Record[Link], snapshot: Snapshot, opened: set[bytes]) -> list[bytes]:
    if link.value.ended_at or link.value.paused_at:
        return []
    return sorted(wanted(link, snapshot, opened) - opened)


def _is_behind(link: Link, now: int) -> bool:
    return link.catching_up or (is_over(link, now) and not link.ended_at)
