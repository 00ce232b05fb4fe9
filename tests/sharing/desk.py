"""Helpers for tests about sharing: a therapist with a second factor, a link that is accepted, everything caught up."""

import os
from typing import Any

from kapjournal.people import second_factor
from kapjournal.records import Record, SignedIn, Snapshot, links
from kapjournal.sharing import accepting, codes, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.reading import preview, summary
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import Category, Link, Scope
from tests.cast import Cast, content


def with_factor(cast: Cast, by: SignedIn) -> SignedIn:
    """The same therapist, who may now look at what is shared."""
    if not second_factor.is_on(cast.work(), by=by):
        cast.turn_on_factor(by)
    return by


def code_of(cast: Cast, therapist: SignedIn) -> str:
    return codes.my_code(cast.work(), by=with_factor(cast, therapist))


def offered(
    cast: Cast,
    *categories: Category,
    to: SignedIn | None = None,
    by: SignedIn | None = None,
    days: int = linking.DAYS,
    words: dict[str, str] | None = None,
    **scope: Any,
) -> Record[Link]:
    """A link of Alice to Bob that he has not accepted; `scope` are further fields of a Scope."""
    return linking.add_link(
        cast.work(),
        by=by or cast.alice,
        code=code_of(cast, to or cast.bob),
        scope=Scope(categories=categories, **scope),
        days=days,
        save_id=os.urandom(16),
        now=cast.now(),
        **({"name": "Dr. Bob", "my_name": "A."} | (words or {})),
    )


def linked(cast: Cast, *categories: Category, to: SignedIn | None = None, **more: Any) -> bytes:
    """The id of a link that is accepted and caught up with."""
    link = offered(cast, *categories, to=to, **more).id
    accepting.accept(cast.work(), by=to or cast.bob, link=link, now=cast.now())
    settle(cast, more.get("by"))
    return link


def settle(cast: Cast, by: SignedIn | None = None) -> None:
    """Catch up until nothing is left."""
    for _step in range(100):
        if catch_up(cast.work(), by=by or cast.alice) == 0:
            return
    raise AssertionError("it does not end")


def seen(cast: Cast, link: bytes, by: SignedIn | None = None) -> Summary:
    """What the therapist sees."""
    return summary(cast.work(), by=by or cast.bob, link=link, content=content(), now=cast.now())


def previewed(cast: Cast, link: bytes) -> Summary:
    """What Alice sees of it."""
    return preview(cast.work(), by=cast.alice, link=link, content=content(), now=cast.now())


def opened(cast: Cast, link: bytes) -> Snapshot:
    """Everything that the grants of a link open, whether or not its therapist may look now."""
    it = linking.my_link(cast.work(), by=cast.alice, link=link).value
    with cast.work().authorised(cast.alice) as (connection, _access):
        [row] = [row for row in links.of_patient(connection, cast.alice.account) if row.id == link]
        return links.open_shared(connection, row, it.key, cast.store.decoder)
