"""What is said of measures: when they are asked again, what a total is often called, whether a change counts."""

from datetime import date

from kapjournal.content import Measure
from kapjournal.language import _
from kapjournal.measures.due import Due
from kapjournal.measures.responses import Scored
from kapjournal.measures.scoring import change
from pages.parts import signed_in, words


def newest() -> list[Measure]:
    """Every measure once, in its newest version; those that can show a change come first."""
    content = signed_in.application().content
    found = (content.measure(id) for id in dict.fromkeys(it.id for it in content.measures))
    return sorted(
        (it for it in found if it is not None), key=lambda measure: (not measure.thresholds, measure.title)
    )


def when(measure: Measure, due: Due, today: date) -> str:
    """Why it is asked now, or from when on. A screen is for one time: nothing is compared with it."""
    day = words.day(due.on.isoformat(), today=today)
    return {
        "baseline": _("Before your first session: what later answers are compared with.")
        if measure.thresholds
        else _("Not answered yet."),
        "first": _("Not answered yet."),
        "again": _("It can be answered again."),
        "too_soon": _("It asks about a longer time. Again from {day}.").format(day=day),
        "session_day": _("Not on the day of a session."),
    }[due.why]


def result(measure: Measure, found: Scored) -> str:
    """A total with what it is often called. Never a diagnosis."""
    if found.score is None:
        return _("This cannot be added up any more: the questions have changed since.")
    total = _("{total} of {most}").format(total=found.score.total, most=most(measure))
    if found.score.band is None:
        return total
    return _("{total}, in the range often called {band}").format(total=total, band=found.score.band)


def most(measure: Measure) -> int:
    """The highest possible total."""
    return sum(max(it.score or 0 for it in measure.options_of(item)) for item in measure.scored)


def compared(measure: Measure, scored: tuple[Scored, ...], today: date) -> str:
    """The difference from the first answers to the same version; "" where there is nothing to compare."""
    same = [it for it in scored if it.score is not None and it.score.version == measure.version]
    if len(same) < 2 or same[0].score is None or same[-1].score is None:
        return ""
    found = change(measure, same[0].score, same[-1].score)
    if found is None:
        return ""
    day = words.day(same[0].response.value.wall, today=today)
    sentence = _(
        "Since {day} ({first}): {points}, {words}. From {threshold} points on it counts: {citation}."
    )
    return sentence.format(
        day=day,
        first=same[0].score.total,
        points=f"{found.points:+d}".replace("-", "\u2212") if found.points else "0",
        words=found.words,
        threshold=found.threshold,
        citation=found.citation.partition(",")[0],
    )
