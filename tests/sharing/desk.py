"""Helpers for tests about sharing: a therapist with a second factor, a link that is accepted, everything caught up."""

import os
from typing import Any

from pyotp import TOTP

from kapjournal.people import second_factor
from kapjournal.records import Record, SignedIn
from kapjournal.sharing import accepting, codes, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.reading import preview, summary
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import Category, Link, Scope
from tests.cast import Cast, content


def with_factor(cast: Cast, by: SignedIn) -> SignedIn:
    """The same therapist, who may now look at what is shared."""
    if not second_factor.is_on(cast.work(), by=by):
        offer = second_factor.begin(cast.work(), by=by)
        second_factor.turn_on(cast.work(), by=by, secret=offer.secret, code=TOTP(offer.secret).at(cast.at))
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
