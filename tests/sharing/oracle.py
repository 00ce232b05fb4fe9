"""What may be open to whom: written from the design, a plain model beside the program, which it never asks.

A link opens what its patient has, is no draft, was not called off, falls into what was chosen and was there when it was
chosen ("this once") or not ("from now on"). Item 9 and a dose open only beside what they belong to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kapjournal.records import Snapshot, Value

DAY = 86_400
CATEGORY = {
    "check-in": "check_ins",
    "response": "measures",
    "answer-apart": "item_9",
    "session": "sessions",
    "dose": "dose",
    "side-effects": "side_effects",
    "monthly-check": "side_effects",
    "craving": "substances",
    "urge": "substances",
    "substances": "substances",
    "step": "steps",
}
BESIDE = {"answer-apart": "response", "dose": "session"}
CHOSEN_ONE_BY_ONE = {"entry": "entries", "voice": "recordings"}
COUNTED = {
    "check-in": "check_ins",
    "response": "responses",
    "session": "sessions",
    "entry": "entries",
    "voice": "recordings",
    "side-effects": "side_effects",
    "monthly-check": "side_effects",
    "craving": "substances",
    "urge": "substances",
    "substances": "substances",
    "step": "steps",
}


@dataclass(frozen=True)
class Wish:
    """What a patient wants to share."""

    categories: frozenset[str] = frozenset()
    entries: frozenset[bytes] = frozenset()
    recordings: frozenset[bytes] = frozenset()
    since: str = ""
    goes_on: bool = True

    def is_less(self, than: "Wish") -> bool:
        parts = ("categories", "entries", "recordings")
        within = all(getattr(self, it) <= getattr(than, it) for it in parts)
        return within and self.since >= than.since and (than.goes_on or not self.goes_on)


@dataclass
class Agreement:
    """A link as both people know it. `over_at` is the last UTC day; `once` what was there when it was chosen."""

    patient: str
    therapist: str
    id: bytes
    key: bytes
    wish: Wish
    last_day: int
    once: frozenset[bytes] = frozenset()
    accepted: bool = False
    paused: bool = False
    ended: bool = False
    open_before: frozenset[bytes] = field(default=frozenset())

    def choose(self, wish: Wish, view: Snapshot) -> None:
        """Choose anew; less of what was chosen once is still what was there then."""
        keeps = wish.is_less(self.wish) and not self.wish.goes_on
        self.wish = wish
        if not keeps:
            self.once = frozenset(fits(wish, view))

    def is_over(self, now: int) -> bool:
        return self.ended or now // DAY > self.last_day

    def opens(self, view: Snapshot) -> set[bytes]:
        """What may be open, apart from dates and pauses."""
        found = fits(self.wish, view)
        if self.wish.goes_on:
            return found
        one_by_one = self.wish.entries | self.wish.recordings
        return {id for id in found if id in one_by_one or id in self.once}


def everything(view: Snapshot) -> Iterator[tuple[bytes, Value]]:
    return ((id, it.value) for found in view._values.values() for id, it in found.items())


def kind(value: Value) -> str:
    return str(value.__struct_config__.tag)


def fits(wish: Wish, view: Snapshot) -> set[bytes]:
    """What a wish means of everything that somebody has at this moment."""
    found = dict(everything(view))
    alone = {id for id, it in found.items() if kind(it) not in BESIDE and _fits_alone(wish, id, it)}
    beside = {
        id
        for id, it in found.items()
        if (parent := BESIDE.get(kind(it))) is not None
        and CATEGORY[kind(it)] in wish.categories
        and getattr(it, parent) in alone
    }
    return alone | beside


def _fits_alone(wish: Wish, id: bytes, it: Any) -> bool:
    name = kind(it)
    if name in CHOSEN_ONE_BY_ONE:
        return id in getattr(wish, CHOSEN_ONE_BY_ONE[name]) and bool(getattr(it, "finished", True))
    is_draft = name == "response" and not it.finished
    called_off = name == "session" and bool(it.cancelled_at)
    return (
        CATEGORY.get(name) in wish.categories and it.wall[:10] >= wish.since and not (is_draft or called_off)
    )


def counts(values: Iterable[Value]) -> dict[str, int]:
    """How much there is of each sort, as the therapist's list says it."""
    told = dict.fromkeys(COUNTED.values(), 0)
    for it in values:
        if kind(it) in COUNTED:
            told[COUNTED[kind(it)]] += 1
    return told
