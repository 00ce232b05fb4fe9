"""Answer a measure item by item, submit it, read and score what was answered, delete it and bring it back.

Every answer is saved as it is given, into a draft. An item that its measure keeps apart goes into a record of its own
beside the response. Scores are computed, never stored.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from kapjournal.clock import Moment
from kapjournal.content import Content, Measure
from kapjournal.errors import AnswersRefused, ChangedElsewhere, NotAllowed
from kapjournal.journal.values import Session
from kapjournal.measures.apart import all_answers, is_of, kept_apart, put_apart
from kapjournal.measures.scoring import Answer, Score, asked, score
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Put, Record, SignedIn, Snapshot, Work
from kapjournal.verbs import verb

DRAFT_SECONDS = 2 * 86_400


class Scored(NamedTuple):
    """A response with what it adds up to; None if its measure is no longer shipped, or an answer is missing."""

    response: Record[Response]
    score: Score | None


@verb
def answer_item(
    work: Work,
    *,
    by: SignedIn,
    measure: Measure,
    response: bytes,
    answer: Answer,
    session: bytes = b"",
    save_id: bytes,
    now: Moment,
) -> Record[Response]:
    """Save one answer into the draft `response` (a random id for a new one). Repeating a `save_id` changes nothing.

    Raises NotAllowed, AnswersRefused, ChangedElsewhere (also if it was submitted meanwhile), StorageUnavailable.
    """
    asked(measure, [answer])
    with work.writing(by):
        known = work.reading(by).get(Response, response)
        if known is not None and _is_repeat(known, save_id):
            return known
        value = _new(work, by, measure, session, now) if known is None else known.value
        if value.finished or not is_of(measure, value):
            raise ChangedElsewhere
        puts = []
        place = measure.place(answer.item)
        if measure.items[place].apart:
            puts = [put_apart(work.reading(by), measure, response, answer, save_id=save_id, now=now)]
        else:
            codes = (*value.answers[:place], answer.code, *value.answers[place + 1 :])
            value = msgspec.structs.replace(value, answers=codes)
        put = Put(value, response, save_id, 0 if known is None else known.version)
        return work.save(by, put, *puts)[0].record


@verb
def submit(work: Work, *, by: SignedIn, measure: Measure, response: bytes, now: Moment) -> Record[Response]:
    """Make a draft a response; submitted again, it stays as it is. Other drafts of the measure go.

    Answers to items that are not asked, such as those behind a gate, go as well. Raises NotAllowed, AnswersRefused
    while an answer is missing, ChangedElsewhere.
    """
    with work.writing(by):
        record = work.own(by, Response, response)
        if record.value.finished:
            return record
        given = all_answers(work.reading(by), measure, record)
        score(measure, given)
        wanted = {it.id for it in asked(measure, given)}
        kept = tuple(
            code if item.id in wanted else ""
            for item, code in zip(measure.items, record.value.answers, strict=True)
        )
        finished = msgspec.structs.replace(record.value, **now._asdict(), answers=kept, finished=now.at)
        saved = work.restate(by, record, finished)
        for other in _drafts(work, by, measure.id):
            if other.id != response:
                _delete(work, by, other)
        return saved


@verb
def draft(work: Work, *, by: SignedIn, measure: Measure) -> Record[Response] | None:
    """The newest draft of this version of a measure, for two days; then its answers are about another time."""
    found = [
        it
        for it in _drafts(work, by, measure.id)
        if it.value.version == measure.version and work.now - it.value.at < DRAFT_SECONDS
    ]
    return found[-1] if found else None


@verb
def answers(work: Work, *, by: SignedIn, measure: Measure, response: bytes) -> tuple[Answer, ...]:
    """What was answered so far, with what is kept apart, in the order of the items.

    Raises NotAllowed, also for a response to another version of the measure.
    """
    record = work.own(by, Response, response)
    return all_answers(work.reading(by), measure, record)


@verb
def responses(work: Work, *, by: SignedIn, measure: str) -> tuple[Record[Response], ...]:
    """The finished responses to a measure (by id) in all its versions, oldest first."""
    return work.reading(by).derived("responses", Response, _finished).get(measure, ())


@verb
def latest(work: Work, *, by: SignedIn, measure: str) -> Record[Response] | None:
    """The last finished response to a measure."""
    found = responses(work, by=by, measure=measure)
    return found[-1] if found else None


@verb
def scores(work: Work, *, by: SignedIn, content: Content, measure: str) -> tuple[Scored, ...]:
    """The finished responses to a measure with their scores, oldest first, each by its own version."""
    snapshot = work.reading(by)
    return tuple(
        Scored(it, _score(snapshot, content.measure(measure, it.value.version), it))
        for it in responses(work, by=by, measure=measure)
    )


@verb
def delete_response(work: Work, *, by: SignedIn, response: bytes) -> None:
    """Delete a response or a draft with what is kept apart; undo for seven days. Raises NotAllowed."""
    with work.writing(by):
        _delete(work, by, work.own(by, Response, response))


@verb
def bring_back_response(work: Work, *, by: SignedIn, response: bytes) -> None:
    """Undo `delete_response`. Raises NotAllowed, TooLateToUndo, DamagedRecord."""
    with work.writing(by):
        for it in work.deleted(by):
            if isinstance(it.value, AnswerApart) and it.value.response == response:
                work.undelete(by, it.id)
        if not isinstance(work.undelete(by, response).value, Response):
            raise NotAllowed


def _is_repeat(known: Record[Response], save_id: bytes) -> bool:
    """Whether the same page has saved this answer, or a newer one, before."""
    return known.save_id[:8] == save_id[:8] and known.save_id >= save_id


def _new(work: Work, by: SignedIn, measure: Measure, session: bytes, now: Moment) -> Response:
    snapshot = work.reading(by)
    if snapshot.role != "patient" or (session and snapshot.get(Session, session) is None):
        raise NotAllowed
    return Response(
        **now._asdict(),
        measure=measure.id,
        version=measure.version,
        answers=("",) * len(measure.items),
        session=session,
    )


def _score(snapshot: Snapshot, measure: Measure | None, record: Record[Response]) -> Score | None:
    if measure is None:
        return None
    try:
        return score(measure, all_answers(snapshot, measure, record))
    except (AnswersRefused, NotAllowed):
        return None


def _delete(work: Work, by: SignedIn, response: Record[Response]) -> None:
    for it in kept_apart(work.reading(by), response):
        work.delete(by, it.id)
    work.delete(by, response.id)


def _drafts(work: Work, by: SignedIn, measure: str) -> list[Record[Response]]:
    """The drafts of a measure, oldest first."""
    found = work.reading(by).all(Response).values()
    drafts = (it for it in found if it.value.measure == measure and not it.value.finished)
    return sorted(drafts, key=lambda it: (it.value.at, it.seq))


def _finished(found: Mapping[bytes, Record[Response]]) -> dict[str, tuple[Record[Response], ...]]:
    grouped: dict[str, list[Record[Response]]] = {}
    for it in sorted(found.values(), key=lambda it: (it.value.at, it.seq)):
        if it.value.finished:
            grouped.setdefault(it.value.measure, []).append(it)
    return {measure: tuple(group) for measure, group in grouped.items()}
