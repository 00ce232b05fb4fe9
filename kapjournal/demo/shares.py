"""The invented patients share with the invented therapist: linked, accepted, and caught up with."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from pyotp import TOTP

from kapjournal.application import Application
from kapjournal.demo.course import ZONE
from kapjournal.journal.reading import entries
from kapjournal.journal.sessions import sessions
from kapjournal.journal.values import Entry
from kapjournal.people import second_factor
from kapjournal.records import Record, SignedIn, factors
from kapjournal.sharing import accepting, codes, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.values import Category, Scope

CATEGORIES: tuple[Category, ...] = ("check_ins", "measures", "sessions", "side_effects", "steps")
"""Not the answers and facts that stand apart: item 9, dose, substances."""
ENTRIES = 6


class Said(NamedTuple):
    """What a patient says with a link: names in their words, what it is for, what they want to talk about."""

    name: str
    my_name: str
    purpose: str
    attention: str


@contextmanager
def able_to_look(application: Application, therapist: SignedIn) -> Iterator[str]:
    """The code of a therapist, who has a second factor for as long as this lasts; theirs is for them to set up."""
    work = application.work()
    secret = second_factor.begin(work, by=therapist).secret
    second_factor.turn_on(work, by=therapist, secret=secret, code=TOTP(secret).at(work.now))
    yield codes.my_code(work, by=therapist)
    with application.work().authorised(therapist, writing=True) as (connection, access):
        factors.set_lock(connection, access.account, application.store.secret, on=False)
        factors.remove(connection, access.account)


def offer(application: Application, patient: SignedIn, code: str, said: Said) -> bytes:
    """A link from now on, with six entries about the latest session; its id."""
    work, now = application.work(), application.now(ZONE)
    chosen = tuple(it.id for it in _worth_sharing(application, patient))
    link = linking.add_link(
        work,
        by=patient,
        code=code,
        scope=Scope(categories=CATEGORIES, entries=chosen),
        save_id=os.urandom(16),
        now=now,
        **said._asdict(),
    )
    while catch_up(application.work(), by=patient):
        pass
    return link.id


def share(application: Application, patient: SignedIn, therapist: SignedIn, code: str, said: Said) -> bytes:
    """The same, accepted."""
    link = offer(application, patient, code, said)
    accepting.accept(application.work(), by=therapist, link=link, now=application.now(ZONE))
    return link


def _worth_sharing(application: Application, patient: SignedIn) -> Sequence[Record[Entry]]:
    """The first entries about the latest session that is done, its intention too; or else the newest others."""
    work = application.work()
    done = [it.id for it in sessions(work, by=patient) if it.value.ended_at]
    newest_first = entries(work, by=patient)
    about = [it for it in reversed(newest_first) if done and it.value.session == done[-1]]
    others = [it for it in newest_first if it not in about]
    return [*about, *others][:ENTRIES]
