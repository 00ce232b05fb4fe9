"""Totals of measures from what is shared of them.

Invariant: without the record that holds item 9 nothing here depends on item 9. The total is then of the other eight
items and named PHQ-8: it has no band and no threshold, since those of the PHQ-9 are not its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kapjournal.content import Content, Item, Measure, Option
from kapjournal.errors import AnswersRefused
from kapjournal.language import _
from kapjournal.measures.apart import all_answers, beside, is_of, kept_apart
from kapjournal.measures.scoring import Answer, Change, Score, change, score
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Record, Snapshot
from kapjournal.sharing.summary_values import ScoreLine
from kapjournal.sharing.values import LastScore


class Shared(NamedTuple):
    """The totals of one measure: `first` and `last` answers of the newest version there is.

    They are added up by `measure`, which is the `full` one, or that one without what is not shared.
    """

    measure: Measure
    full: Measure
    first: Record[Response]
    last: Record[Response]
    first_score: Score
    last_score: Score

    @property
    def change(self) -> Change | None:
        """From the first to the last, where a number of points is published."""
        return change(self.measure, self.first_score, self.last_score) if self.compared else None

    @property
    def reduced(self) -> bool:
        """Whether something of the measure is not shared."""
        return self.measure is not self.full

    @property
    def compared(self) -> bool:
        """Whether there are two answers."""
        return self.first.id != self.last.id


def without_apart(measure: Measure) -> Measure:
    """A measure without the items that are kept apart, under a name of its own and without published numbers."""
    items = tuple(it for it in measure.items if not it.apart)
    return msgspec.structs.replace(
        measure,
        title=_name_without_apart(measure),
        items=items,
        subscores=(),
        bands=(),
        flags=(),
        thresholds=(),
        outcomes=(),
        loinc_panel=None,
        loinc_total=None,
    )


def shared_scores(opened: Snapshot, content: Content) -> tuple[Shared, ...]:
    """The totals of every measure that is shared, in the order of the measures' titles."""
    found = (_of_measure(opened, content, group) for group in _by_measure(opened).values())
    return tuple(sorted((it for it in found if it is not None), key=lambda it: it.measure.title))


def last_scores(opened: Snapshot, content: Content) -> tuple[LastScore, ...]:
    """The last total of every measure that is shared."""
    return tuple(
        LastScore(
            it.measure.title,
            it.last_score.total,
            it.measure.highest,
            it.last.value.wall[:10],
            it.last_score.total - it.first_score.total if it.compared else None,
        )
        for it in shared_scores(opened, content)
    )


def score_lines(opened: Snapshot, content: Content) -> tuple[ScoreLine, ...]:
    """What the summary says of every measure that is shared."""
    return tuple(_line(opened, it) for it in shared_scores(opened, content))


def _line(opened: Snapshot, it: Shared) -> ScoreLine:
    found, apart = it.change, _apart(opened, it)
    return ScoreLine(
        measure=it.measure.id,
        name=it.measure.title,
        without=it.full.title if it.reduced else "",
        highest=it.measure.highest,
        total=it.last_score.total,
        day=it.last.value.wall[:10],
        band=it.last_score.band or "",
        flags=_flags(it, apart),
        cuts=_cuts(it),
        apart=tuple((item.id, option.text) for item, option in apart),
        first=it.first_score.total if it.compared else None,
        first_day=it.first.value.wall[:10] if it.compared else "",
        points=it.last_score.total - it.first_score.total if it.compared else None,
        counts=found is not None and found.counts,
        words=found.words if found else "",
        threshold=found.threshold if found else 0,
        citation=found.citation if found else "",
    )


def _flags(it: Shared, apart: Sequence[tuple[Item, Option]]) -> tuple[str, ...]:
    """Single items to look at."""
    points = {item.id: option.score or 0 for item, option in apart}
    return tuple(
        flag.words
        for flag in it.full.flags
        if flag.item and (flag.id in it.last_score.flags or points.get(flag.item, -1) >= flag.at_least)
    )


def _cuts(it: Shared) -> tuple[tuple[str, str], ...]:
    """Published cut points that the total reaches, with their sources, of a measure that has no bands."""
    if it.measure.bands:
        return ()
    found = (flag for flag in it.measure.flags if not flag.item and flag.id in it.last_score.flags)
    return tuple((flag.words, flag.citation) for flag in found)


def _apart(opened: Snapshot, it: Shared) -> tuple[tuple[Item, Option], ...]:
    """The last answers to items that are kept apart, as far as they are shared."""
    codes = {answer.value.item: answer.value.code for answer in kept_apart(opened, it.last)}
    return tuple(
        (item, option)
        for item in it.full.items
        for option in it.full.options_of(item)
        if codes.get(item.id) == option.code
    )


def _by_measure(opened: Snapshot) -> Mapping[str, list[Record[Response]]]:
    return opened.derived("shared responses", Response, _grouped)


def _grouped(found: Mapping[bytes, Record[Response]]) -> dict[str, list[Record[Response]]]:
    grouped: dict[str, list[Record[Response]]] = {}
    for it in sorted(found.values(), key=lambda it: (it.value.at, it.id)):
        if it.value.finished:
            grouped.setdefault(it.value.measure, []).append(it)
    return grouped


def _of_measure(opened: Snapshot, content: Content, group: list[Record[Response]]) -> Shared | None:
    """None for a measure that is no longer shipped, or whose answers do not add up."""
    last = group[-1]
    measure = content.measure(last.value.measure, last.value.version)
    if measure is None:
        return None
    same = [it for it in group if is_of(measure, it.value)]
    if not same:
        return None
    reduced = not _all_have_what_is_apart(opened, measure, same)
    shown = without_apart(measure) if reduced else measure
    try:
        ends = [score(shown, _answers(opened, measure, it, reduced=reduced)) for it in (same[0], same[-1])]
    except AnswersRefused:
        return None
    return Shared(shown, measure, same[0], same[-1], ends[0], ends[1])


def _all_have_what_is_apart(
    opened: Snapshot, measure: Measure, responses: Iterable[Record[Response]]
) -> bool:
    """Whether every response can be added up in full: a total of nine beside one of eight would be no change."""
    places = [place for place, it in enumerate(measure.items) if it.apart and it.role == "scored"]
    apart = opened.all(AnswerApart)
    return all(beside(it.id, place) in apart for it in responses for place in places)


def _answers(
    opened: Snapshot, measure: Measure, response: Record[Response], *, reduced: bool
) -> tuple[Answer, ...]:
    if not reduced:
        return all_answers(opened, measure, response)
    codes = zip(measure.items, response.value.answers, strict=True)
    return tuple(Answer(item.id, code) for item, code in codes if code and not item.apart)


def _name_without_apart(measure: Measure) -> str:
    """The short title of the subscore that is made of just the other items, else one that says what is missing."""
    rest = {it.id for it in measure.scored if not it.apart}
    known = next((it.title for it in measure.subscores if set(it.items) == rest), None)
    if known is not None:
        return known.split(",")[0]
    missing = ", ".join(it.id for it in measure.scored if it.apart)
    return _("{measure} without question {items}").format(measure=measure.title, items=missing)
