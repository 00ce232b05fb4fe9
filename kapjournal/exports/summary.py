"""A summary as a PDF: the words of the page, the mood line drawn from its numbers, who it is for and until when."""

from kapjournal.charts.frame import BOTTOM, TOP, date_ticks
from kapjournal.exports.pdf import Pdf, soft, typeset
from kapjournal.insights.mood import MoodSeries
from kapjournal.insights.say import Table
from kapjournal.language import _
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import parts

LOCALE = "en"


def summary_pdf(it: Summary) -> Pdf:
    """Equal summaries give equal bytes."""
    head, *others = parts(it, LOCALE)
    return typeset(
        "summary",
        {
            "language": LOCALE,
            "title": _("Summary"),
            "head": [_block(block) for block in head.blocks],
            "parts": [
                {"title": part.title, "blocks": [_block(block) for block in part.blocks]} for part in others
            ],
            "missing": _("Some characters of this page could not be printed here."),
        },
    )


def _block(block: Block) -> dict[str, object]:
    match block:
        case Table(head, rows):
            return {"kind": "table", "head": head, "rows": rows}
        case Fact(label, text):
            return {"kind": "fact", "label": label, "text": soft(text)}
        case Words(above, text):
            return {"kind": "words", "above": above, "text": soft(text)}
        case Note(text, strong):
            return {"kind": "note", "text": text, "strong": strong}
        case Line(series, alt):
            return {"kind": "line", "alt": alt, **_drawn(series)}


def _drawn(mood: MoodSeries) -> dict[str, object]:
    """Every place as a share of the width from the left, and of the height from the foot."""
    width = max(1, mood.last_day - mood.first_day)

    def place(day: float, value: float) -> tuple[float, float]:
        return round((day - mood.first_day) / width, 4), round((value - BOTTOM) / (TOP - BOTTOM), 4)

    return {
        "dots": [place(dot.day, dot.mean) for dot in mood.dots],
        "runs": [[place(mean.day, mean.mean) for mean in run] for run in mood.segments],
        "sessions": [place(day, BOTTOM)[0] for day in mood.sessions],
        "levels": [(place(mood.first_day, value)[1], str(value)) for value in (0, 5, 10)],
        "ticks": [
            (place(day, BOTTOM)[0], name.replace("<br>", " "))
            for day, name in date_ticks(mood.first_day, mood.last_day, LOCALE)
        ],
    }
