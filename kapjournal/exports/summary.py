"""A summary as a PDF: the words of the page, and the mood line drawn from its numbers. Equal summaries, equal bytes."""

from kapjournal.charts.frame import BOTTOM, TOP, date_ticks
from kapjournal.exports.pdf import Pdf, soft, typeset
from kapjournal.insights import say
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.say import Table
from kapjournal.language import _
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import parts
from kapjournal.texts import excerpt

LOCALE = "en"
NAME = 40
"""How much of a name has room at the foot of a page."""
ROOM = 21
"""How many of the widest letters fit beside a label."""


def summary_pdf(it: Summary) -> Pdf:
    """The page for paper, or for a therapist without an account."""
    head, *others = parts(it, LOCALE)
    return typeset(
        "summary",
        {
            "language": LOCALE,
            "title": head.title,
            "name": soft(excerpt(it.name, NAME), ROOM),
            "foot": _foot(it),
            "page": _("page"),
            "head": [_block(block) for block in head.blocks],
            "parts": [
                {"title": part.title, "blocks": [_block(block) for block in part.blocks]} for part in others
            ],
            "missing": _("Some characters of this page could not be printed here."),
        },
    )


def _foot(it: Summary) -> str:
    """Whom the page is for, and until when."""
    if not it.ends_on:
        return _("For the therapist with whom this is shared.")
    text = _("For the therapist with whom this is shared, until {day}.")
    return text.format(day=say.local_day(it.ends_on, LOCALE))


def _block(block: Block) -> dict[str, object]:
    match block:
        case Fact(label, text):
            return {"kind": "fact", "label": label, "lines": _lines(text)}
        case Words(above, text):
            return {"kind": "words", "above": above, "lines": _lines(text)}
        case Note(text, weight):
            return {"kind": weight, "text": text}
        case Table(head, rows):
            return {"kind": "table", "head": head, "rows": rows}
        case Line(series, alt):
            return {"kind": "line", "alt": alt, **_drawn(series)}


def _lines(text: str) -> list[str]:
    return [soft(line, ROOM) for line in text.splitlines()]


def _drawn(series: MoodSeries) -> dict[str, object]:
    """Every place as a share of the width from the left, and of the height from the top."""
    width = series.last_day - series.first_day

    def across(day: float) -> float:
        return round((day - series.first_day) / width, 4)

    def down(value: float) -> float:
        return round((TOP - value) / (TOP - BOTTOM), 4)

    ticks = date_ticks(series.first_day, series.last_day, LOCALE)
    return {
        "dots": [(across(dot.day), down(dot.mean)) for dot in series.dots],
        "runs": [[(across(mean.day), down(mean.mean)) for mean in run] for run in series.segments],
        "sessions": [across(day) for day in series.sessions],
        "levels": [(down(value), str(value)) for value in (0, 5, 10)],
        "ticks": [(across(day), name.replace("<br>", " ")) for day, name in ticks],
    }
