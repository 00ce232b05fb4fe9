"""The questionnaires that the invented patient answered: regularly, never on the day of a session. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from random import Random

from kapjournal.clock import Moment, moment
from kapjournal.content import Content, Item, Measure
from kapjournal.journal.phases import DAY, HOUR
from kapjournal.journal.values import Session
from kapjournal.measures.apart import beside
from kapjournal.measures.values import AnswerApart, CheckIn, Response
from kapjournal.records import Put, Record

EVERY: dict[str, int] = {"phq-9": 14, "gad-7": 14, "pcl-5": 30}
"""Days between two answers."""
ASKS_ABOUT = 14 * DAY
HEAVY = 0.55


def responses(
    ratings: Sequence[CheckIn],
    sessions: Sequence[Record[Session]],
    content: Content,
    now: Moment,
    rng: Random,
) -> list[Response]:
    """Finished responses whose totals follow the moods rated before; items that are kept apart are left out."""
    measures = [it for id in EVERY if (it := content.measure(id)) is not None]
    taken = {it.value.wall[:10] for it in sessions}
    made = [
        _response(measure, at, _weight(ratings, at), rng)
        for measure in measures
        for at in _moments(ratings, EVERY[measure.id], taken, now)
    ]
    return sorted(made, key=lambda it: it.at)


def kept_apart(known: Sequence[Record[Response]], content: Content, rng: Random) -> list[Put]:
    """Answers beside their responses, most of them the lightest there is."""
    return [
        _beside(record, measure, place, item, rng)
        for record in known
        if (measure := content.measure(record.value.measure)) is not None
        for place, item in enumerate(measure.items)
        if item.apart
    ]


def _moments(ratings: Sequence[CheckIn], every: int, taken: set[str], now: Moment) -> Iterator[Moment]:
    """The first two days after the first check-in, then regularly; a day later where a session is."""
    begin = ratings[0].at + 2 * DAY if ratings else now.at
    for start in range(begin, now.at, every * DAY):
        when = moment(start, now.zone)
        while when.wall[:10] in taken:
            when = moment(when.at + DAY, now.zone)
        if when.at < now.at - HOUR:
            yield when


def _weight(ratings: Sequence[CheckIn], when: Moment) -> float:
    """How heavy the last two weeks were by their moods, from 0 to 1."""
    first, last = (bisect_left(ratings, at, key=lambda it: it.at) for at in (when.at - ASKS_ABOUT, when.at))
    moods = [it.mood for it in ratings[first:last] if it.mood is not None]
    return 1 - sum(moods) / len(moods) / 10 if moods else HEAVY


def _response(measure: Measure, when: Moment, weight: float, rng: Random) -> Response:
    answers = tuple("" if it.apart else _code(measure, it, weight, rng) for it in measure.items)
    return Response(
        **when._asdict(), measure=measure.id, version=measure.version, answers=answers, finished=when.at
    )


def _code(measure: Measure, item: Item, weight: float, rng: Random) -> str:
    options = measure.options_of(item)
    place = round(weight * len(options) * 0.8 + rng.gauss(0, 0.6) - 0.2)
    return options[min(len(options) - 1, max(0, place))].code


def _beside(record: Record[Response], measure: Measure, place: int, item: Item, rng: Random) -> Put:
    lightest, next_one, *_others = measure.options_of(item)
    value = AnswerApart(
        at=record.value.at,
        zone=record.value.zone,
        wall=record.value.wall,
        response=record.id,
        measure=measure.id,
        version=measure.version,
        item=item.id,
        code=next_one.code if rng.random() < 0.15 else lightest.code,
    )
    return Put(value, beside(record.id, place), beside(record.save_id, place))
