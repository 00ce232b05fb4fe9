"""Answers that are kept in a record of their own beside their response, and all answers put together again.

The id of such a record follows from that of the response and the place of the item. It differs in the first byte, so
that the two are never taken for saves of the same box.
"""

from kapjournal.clock import Moment
from kapjournal.content import Measure
from kapjournal.errors import NotAllowed
from kapjournal.measures.scoring import Answer
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Put, Record, Snapshot


def beside(id: bytes, place: int) -> bytes:
    """The id of what is kept beside `id` for the item at `place`, counted from 0."""
    return bytes([id[0] ^ (place + 1), *id[1:]])


def kept_apart(snapshot: Snapshot, response: Record[Response]) -> tuple[Record[AnswerApart], ...]:
    """The answers of a response that have a record of their own."""
    places = range(len(response.value.answers))
    found = (snapshot.get(AnswerApart, beside(response.id, place)) for place in places)
    return tuple(it for it in found if it is not None)


def put_apart(
    snapshot: Snapshot, measure: Measure, response: bytes, answer: Answer, *, save_id: bytes, now: Moment
) -> Put:
    """What to save for an answer that is kept apart."""
    place = measure.place(answer.item)
    id = beside(response, place)
    known = snapshot.get(AnswerApart, id)
    value = AnswerApart(
        **now._asdict(),
        response=response,
        measure=measure.id,
        version=measure.version,
        item=answer.item,
        code=answer.code,
    )
    return Put(value, id, beside(save_id, place), 0 if known is None else known.version)


def is_of(measure: Measure, response: Response) -> bool:
    """Whether a response is one to exactly this measure."""
    asked = (response.measure, response.version, len(response.answers))
    return asked == (measure.id, measure.version, len(measure.items))


def all_answers(snapshot: Snapshot, measure: Measure, response: Record[Response]) -> tuple[Answer, ...]:
    """Everything that was answered, in the order of the items. Raises NotAllowed for another version of the measure."""
    if not is_of(measure, response.value):
        raise NotAllowed
    codes = dict(zip((it.id for it in measure.items), response.value.answers, strict=True))
    codes |= {it.value.item: it.value.code for it in kept_apart(snapshot, response)}
    return tuple(Answer(item, code) for item, code in codes.items() if code)
