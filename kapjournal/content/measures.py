"""Measures as data: the questions of a validated questionnaire, what answers count, what the total means.

A measure is one TOML file. Lists of tables have a singular name there (`[[item]]`, `[[option]]`, `[[band]]`). What a
single field may hold is said by its type; what fields have to do with each other is checked by `measure_faults`.
"""

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

MeasureId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="must be of small letters and digits with hyphens between, such as phq-9",
    ),
]
PartId = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
        description="must be of letters and digits with hyphens between, such as item-9",
    ),
]
"""The id of an item, option, subscore, flag or outcome."""
Loinc = Annotated[
    str, Meta(pattern=r"^[0-9]{1,7}-[0-9]$", description="must be a LOINC code, such as 44249-1")
]
LoincAnswer = Annotated[
    str, Meta(pattern=r"^LA[0-9]{1,7}-[0-9]$", description="must be a LOINC answer code, such as LA6568-5")
]
Version = Annotated[int, Meta(ge=1)]
Days = Annotated[int, Meta(ge=1, le=366)]
Points = Annotated[int, Meta(ge=0, le=1000)]
Percent = Annotated[int, Meta(ge=1, le=100)]
Role = Literal["scored", "gate", "unscored"]


class Option(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer to choose. Records keep its code; `score` may be missing only where nothing is scored."""

    code: PartId
    text: str
    score: Points | None = None
    loinc: LoincAnswer | None = None


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question.

    A `gate` comes first; an answer to it that scores 0 makes the total 0 and ends the questions. An `unscored` item
    may be left out. An item that is `apart` is kept in a record of its own: it is shared, or not, apart.
    """

    id: PartId
    text: str
    role: Role = "scored"
    stem: str | None = None
    """What stands above a gate or an unscored item; scored items have the stem of the measure."""
    examples: tuple[str, ...] = ()
    """A list between `stem` and `text`."""
    apart: bool = False
    options: tuple[Option, ...] = field(name="option", default=())
    """Its own options, where they are not those of the measure."""
    loinc: Loinc | None = None


class Subscore(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sum of some scored items."""

    id: PartId
    title: str
    items: tuple[str, ...]


class Band(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Totals from `least` to `most`, both included, and what they are often called."""

    words: str
    least: Points
    most: Points


class Flag(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something to look at: the total, or one item, is at least so high."""

    id: PartId
    at_least: Points
    item: str | None = None
    words: str
    citation: str


class Threshold(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From how many points of difference a change has a name. Below the first one there is no clear change."""

    at_least: Annotated[int, Meta(ge=1)]
    words: str
    citation: str


class Outcome(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published name for a clear fall: by so many per cent of the baseline, or to below so many points."""

    id: PartId
    fall: Percent | None = None
    below: Points | None = None
    citation: str


class Measure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One validated questionnaire, verbatim. The total is the sum of its scored items."""

    id: MeasureId
    version: Version
    title: str
    why: str
    """One line that says what it asks about; our words."""
    source: str
    licence: str
    recall: str
    """The time it asks about, in words."""
    again_after_days: Days
    """How many days after an answer it is not offered again."""
    instruction: str | None = None
    stem: str
    scoring: Literal["sum"]
    loinc_panel: Loinc | None = None
    loinc_total: Loinc | None = None
    options: tuple[Option, ...] = field(name="option", default=())
    items: tuple[Item, ...] = field(name="item")
    subscores: tuple[Subscore, ...] = field(name="subscore", default=())
    bands: tuple[Band, ...] = field(name="band", default=())
    flags: tuple[Flag, ...] = field(name="flag", default=())
    thresholds: tuple[Threshold, ...] = field(name="change", default=())
    outcomes: tuple[Outcome, ...] = field(name="outcome", default=())

    def item(self, id: str) -> Item | None:
        """The item with this id."""
        return next((it for it in self.items if it.id == id), None)

    def place(self, id: str) -> int:
        """Where the item with this id stands, counted from 0. Raises ValueError if there is none."""
        return [it.id for it in self.items].index(id)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """What can be answered to an item, in the order in which it is shown."""
        return item.options or self.options

    def stem_of(self, item: Item) -> str | None:
        """What stands above the text of an item."""
        return self.stem if item.role == "scored" else item.stem

    @property
    def highest(self) -> int:
        """The highest total there can be."""
        return sum(max(option.score or 0 for option in self.options_of(it)) for it in self.scored)

    @property
    def scored(self) -> tuple[Item, ...]:
        """The items that make the total."""
        return tuple(it for it in self.items if it.role == "scored")


def plain_id(id: str) -> str:
    """One form of an id for every way people write it: `PHQ9` and `phq-9` are the same."""
    return re.sub(r"[\s_-]", "", id).lower()
