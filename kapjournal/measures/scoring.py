"""What answers add up to, and whether two totals differ by more than chance: pure functions.

A total is made of every scored item or not at all: nothing is prorated. Cut points, bands and thresholds are those of
the measure's file, each with its citation. Nothing here is a diagnosis.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kapjournal.content import Item, Measure, Option
from kapjournal.errors import AnswersRefused, OutOfRange

NO_CLEAR_CHANGE = "no clear change"


class Answer(NamedTuple):
    """The code of the option that was chosen for an item."""

    item: str
    code: str


class Score(NamedTuple):
    """What one set of answers adds up to. `band` is None where a measure has no bands; flags and subscores by id."""

    measure: str
    version: int
    total: int
    subscores: Mapping[str, int]
    band: str | None
    flags: tuple[str, ...]


class Change(NamedTuple):
    """The difference between a baseline and a later total, `points` below 0 for a fall.

    `threshold` is the published number of points that it reaches, else the smallest one, which it does not reach.
    It `counts` from the smallest one on. `outcomes` are published names for a fall that counts, by id.
    """

    points: int
    counts: bool
    words: str
    threshold: int
    citation: str
    outcomes: tuple[str, ...]


def score(measure: Measure, answers: Iterable[Answer]) -> Score:
    """Score a complete set of answers; unscored items may be left out. Raises AnswersRefused."""
    chosen = _chosen(measure, answers)
    missing = [it.id for it in _missing(measure, chosen)]
    if missing:
        raise AnswersRefused(f"{measure.id}: no answer to {_named(missing)}; no total is made from the rest")
    closed = _is_closed(measure, chosen)
    scores = {it.id: 0 if closed else chosen[it.id].score or 0 for it in measure.scored}
    total = sum(scores.values())
    return Score(
        measure.id,
        measure.version,
        total,
        {it.id: sum(scores[item] for item in it.items) for it in measure.subscores},
        next((it.words for it in measure.bands if it.least <= total <= it.most), None),
        tuple(it.id for it in measure.flags if (scores[it.item] if it.item else total) >= it.at_least),
    )


def change(measure: Measure, baseline: Score, later: Score) -> Change | None:
    """How much a total has changed, in the words of the measure; None where no number of points is published.

    Raises OutOfRange for scores of another measure, or of another version of it: they cannot be compared.
    """
    if any((it.measure, it.version) != (measure.id, measure.version) for it in (baseline, later)):
        raise OutOfRange("version")
    if not measure.thresholds:
        return None
    points = later.total - baseline.total
    reached = [it for it in measure.thresholds if abs(points) >= it.at_least]
    threshold = (reached or measure.thresholds[:1])[-1]
    return Change(
        points,
        bool(reached),
        threshold.words if reached else NO_CLEAR_CHANGE,
        threshold.at_least,
        threshold.citation,
        _outcomes(measure, baseline.total, later.total) if reached and points < 0 else (),
    )


def asked(measure: Measure, answers: Iterable[Answer]) -> tuple[Item, ...]:
    """The items to ask in their order, as far as the answers so far tell.

    Behind a gate that is closed nothing is asked, and an unscored item only once a problem was named. A problem that
    is kept apart does not count for that: an answer to the unscored item would tell of it wherever the rest is shared.
    """
    chosen = _chosen(measure, answers)
    if _is_closed(measure, chosen):
        return measure.items[:1]
    named = any(chosen[it.id].score for it in measure.scored if it.id in chosen and not it.apart)
    return tuple(it for it in measure.items if it.role != "unscored" or named)


def in_order(measure: Measure, given: Sequence[str]) -> tuple[Answer, ...]:
    """Answers as they are typed in the order of the items: codes in any case, or scores. Raises AnswersRefused."""
    if len(given) > len(measure.items):
        raise AnswersRefused(
            f"{measure.id}: {len(given)} answers were given; it has {len(measure.items)} questions"
        )
    return tuple(
        Answer(item.id, _typed(measure.options_of(item), text))
        for item, text in zip(measure.items, given, strict=False)
    )


def unanswered(measure: Measure, answers: Iterable[Answer]) -> tuple[Item, ...]:
    """The items that a total still waits for. Raises AnswersRefused."""
    return _missing(measure, _chosen(measure, answers))


def _missing(measure: Measure, chosen: Mapping[str, Option]) -> tuple[Item, ...]:
    if _is_closed(measure, chosen):
        return ()
    return tuple(it for it in measure.items if it.role != "unscored" and it.id not in chosen)


def _is_closed(measure: Measure, chosen: Mapping[str, Option]) -> bool:
    """Whether a gate was answered so that nothing else is asked."""
    gate = measure.items[0]
    return gate.role == "gate" and gate.id in chosen and not chosen[gate.id].score


def _chosen(measure: Measure, answers: Iterable[Answer]) -> dict[str, Option]:
    """The chosen options by item. Raises AnswersRefused for what is no item, no option, or there twice."""
    given = tuple(answers)
    times = Counter(it.item for it in given)
    twice = [id for id, count in times.items() if count > 1]
    if twice:
        raise AnswersRefused(f"{measure.id}: more than one answer to {_named(twice)}")
    items = {it.id: it for it in measure.items}
    unknown = [id for id in times if id not in items]
    if unknown:
        raise AnswersRefused(f"{measure.id}: it has no such question; it has {_named(items)}")
    return {it.item: _option(measure, items[it.item], it.code) for it in given}


def _option(measure: Measure, item: Item, code: str) -> Option:
    options = measure.options_of(item)
    for it in options:
        if it.code == code:
            return it
    allowed = ", ".join(it.code for it in options)
    raise AnswersRefused(f"{measure.id}: the answer to question {item.id} must be one of: {allowed}")


def _typed(options: Iterable[Option], text: str) -> str:
    """The code that is meant by what was typed, else the text itself."""
    plain = text.strip().lower()
    by_code = {it.code.lower(): it.code for it in options}
    by_score = {str(it.score): it.code for it in options if it.score is not None}
    return by_code.get(plain) or by_score.get(plain) or text


def _outcomes(measure: Measure, baseline: int, later: int) -> tuple[str, ...]:
    return tuple(
        it.id
        for it in measure.outcomes
        if (it.fall is not None and (baseline - later) * 100 >= it.fall * baseline)
        or (it.below is not None and later < it.below <= baseline)
    )


def _named(ids: Iterable[str]) -> str:
    """The ids as a list: `question 4` or `questions 4, 9`."""
    known = tuple(ids)
    return f"question{'s' if len(known) > 1 else ''} {', '.join(known)}"
