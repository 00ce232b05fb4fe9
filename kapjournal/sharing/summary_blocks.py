"""What a part of the summary is made of. Page and PDF draw each kind of block in their own way, with the same texts."""

from typing import Literal, NamedTuple

from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.say import Table
from kapjournal.language import _
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import Category

Weight = Literal["plain", "strong", "urgent", "quiet"]


class Fact(NamedTuple):
    """Something with its name."""

    label: str
    text: str


class Words(NamedTuple):
    """What the patient wrote; `above` says when and to what, `id` (hexadecimal) is of the entry that it begins."""

    above: str
    text: str
    id: str = ""


class Note(NamedTuple):
    """A sentence of ours: plain, strong, one that must not be overlooked (urgent), or one to look up (quiet)."""

    text: str
    weight: Weight = "plain"


class Line(NamedTuple):
    """A rating over time, to be drawn, with what it says to somebody who does not see it."""

    series: MoodSeries
    alt: str


Block = Fact | Words | Note | Table | Line


class Part(NamedTuple):
    """A part of the page: a stable name, its title, and what stands in it."""

    name: str
    title: str
    blocks: tuple[Block, ...]


def texts(block: Block) -> tuple[str, ...]:
    """What a block says, in the order in which it is read; a line says nothing but the sentence below it."""
    match block:
        case Table(head, rows):
            return (*head, *(cell for row in rows for cell in row))
        case Fact(label, text):
            return (label, text)
        case Words(above, text):
            return tuple(it for it in (above, text) if it)
        case Note(text):
            return (text,)
        case _:
            return ()


def fact(label: str, text: str) -> tuple[Fact, ...]:
    """A fact, or nothing."""
    return (Fact(label, text),) if text else ()


def absent(it: Summary, category: Category, none_yet: str) -> Note:
    """What stands for nothing: there is nothing, or it is not shared."""
    return Note(none_yet if it.shares(category) else _("Not shared."))
