"""Four people who do anything at any time, on two servers with tabs left behind; after each step `Judge` looks.

Alice and Dora are patients, Bob and Charlie therapists. A walk is a number of lives; the choices of each follow from
its seed and from ids that are random.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

from sqlalchemy import delete, update

from kapjournal.database.tables import accounts, factors, facts
from kapjournal.errors import (
    ChangedElsewhere,
    LinkOver,
    NotAllowed,
    NotToday,
    OutOfRange,
    SignedOut,
    TooLateToUndo,
)
from kapjournal.records import Record, SignedIn, Snapshot, Store, Value, Work
from tests.cast import Cast
from tests.sharing.oracle import DAY, Agreement

PATIENTS = {"alice": "patient", "dora": "patient"}
THERAPISTS = {"bob@example.org": "therapist", "charlie": "therapist"}
MAY_HAPPEN = (NotAllowed, ChangedElsewhere, LinkOver, NotToday, OutOfRange, TooLateToUndo)
Act = Callable[["Life"], object]


class Life:
    """One beginning with four new accounts, and what has become of it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.rng, self.seed = cast, Random(seed), seed
        with cast.engine.begin() as connection:
            connection.execute(delete(accounts))
            connection.execute(delete(facts))
        cast.at += 1000 * DAY
        cast.secrets.clear()
        self.stores = [cast.new_store(), cast.new_store()]
        self.plain = Store(cast.engine, cast.store.secret, cast.store.decoder, lineage=bytes(16))
        self.by: dict[str, SignedIn] = {}
        for name, role in (PATIENTS | THERAPISTS).items():
            self.by[name] = cast.arrive(name, role).signed_in  # type: ignore[arg-type]
        for name in THERAPISTS:
            cast.turn_on_factor(self.by[name])
        self.parked: dict[str, Work] = {}
        self.agreements: list[Agreement] = []
        self.words: dict[str, dict[bytes, str]] = {name: {} for name in PATIENTS}
        self.noted = 0
        self.story: list[str] = []
        self.tally: Counter[str] = Counter()

    # Who acts, and through which tab

    def person(self) -> str:
        return self.rng.choice(["alice", "alice", "dora"])

    def work(self, name: str) -> Work:
        """A new unit of work on one of the servers, or one that has read long ago."""
        if name in self.parked and self.rng.random() < 0.5:
            left_behind = self.parked.pop(name)
            left_behind.now = self.cast.at
            return left_behind
        return self.cast.work(self.rng.choice(self.stores))

    def signed_in(self, name: str, *, anew: bool = False) -> SignedIn:
        with suppress(SignedOut):
            if not anew:
                work = self.cast.work(self.stores[0])
                work.reading(self.by[name])
                work.touch(self.by[name])
                return self.by[name]
        self.parked.pop(name, None)
        with self.cast.engine.begin() as connection:
            # A clock that was set back would have used up all codes.
            connection.execute(update(factors).values(used=0))
        self.by[name] = self.cast.enter(name, store=self.rng.choice(self.stores))
        return self.by[name]

    def view(self, name: str) -> Snapshot:
        """What somebody has, read past everything that sharing adds."""
        return Work(self.plain, self.cast.at).complete(self.signed_in(name))

    def some(self, name: str, cls: type[Value]) -> Record[Any] | None:
        found = sorted(self.view(name).all(cls).values(), key=lambda it: it.id)
        return self.rng.choice(found) if found else None

    def gone(self, name: str, cls: type[Value]) -> bytes:
        work = Work(self.plain, self.cast.at)
        found = sorted(it.id for it in work.deleted(self.signed_in(name)) if isinstance(it.value, cls))
        return self.rng.choice(found) if found else os.urandom(16)

    def agreement(self, name: str = "") -> Agreement | None:
        found = [it for it in self.agreements if not name or it.patient == name]
        going = [it for it in found if not it.ended] or found
        return self.rng.choice(going) if going else None

    # One step

    def step(self, acts: dict[Act, int]) -> None:
        act = self.rng.choices(list(acts), list(acts.values()))[0]
        self.tally["steps"] += 1
        try:
            act(self)
        except MAY_HAPPEN as error:
            self.story.append(f"{act.__name__} {type(error).__name__}")
            self.tally["refused"] += 1
        else:
            self.story.append(act.__name__)
            self.tally[act.__name__] += 1

    @property
    def today(self) -> int:
        return max(self.cast.at, self.noted)
