"""Filling in measures in tests."""

import os
from collections.abc import Sequence

from kapjournal.content import Content, Measure
from kapjournal.measures.responses import answer_item, submit
from kapjournal.measures.scoring import Answer, Score, score
from kapjournal.measures.values import Response
from kapjournal.records import Record, SignedIn
from tests.cast import Cast


def shipped(content: Content, id: str) -> Measure:
    found = content.measure(id)
    assert found is not None
    return found


def given(measure: Measure, scores: Sequence[int]) -> list[Answer]:
    """Answers to the scored items that have these scores."""
    return [
        Answer(item.id, next(it.code for it in measure.options_of(item) if it.score == points))
        for item, points in zip(measure.scored, scores, strict=True)
    ]


def spread(measure: Measure, total: int) -> list[int]:
    """Scores that add up to a total, high ones first."""
    scores = []
    for item in measure.scored:
        scores.append(min(total, max(it.score or 0 for it in measure.options_of(item))))
        total -= scores[-1]
    assert total == 0
    return scores


def at_total(measure: Measure, total: int) -> Score:
    """The score of answers that add up to a total; a gate is open."""
    gate = [Answer(it.id, "yes") for it in measure.items if it.role == "gate"]
    return score(measure, [*gate, *given(measure, spread(measure, total))])


def comes_back(cast: Cast, seconds: int) -> SignedIn:
    """Alice, signed in again after so long."""
    assert cast.alice
    cast.later(seconds)
    return cast.enter("alice")


class Sheet:
    """One tab with a measure open: a random response, and save_ids of one writer."""

    def __init__(self, cast: Cast, by: SignedIn, measure: Measure, response: bytes | None = None) -> None:
        self.cast, self.by, self.measure = cast, by, measure
        self.response = response or os.urandom(16)
        self.writer, self.counter = os.urandom(8), 0

    def answer(self, item: str, code: str, session: bytes = b"") -> Record[Response]:
        self.counter += 1
        return self.again(item, code, session)

    def again(self, item: str, code: str, session: bytes = b"") -> Record[Response]:
        """Save under the last save_id once more."""
        return answer_item(
            self.cast.work(),
            by=self.by,
            measure=self.measure,
            response=self.response,
            answer=Answer(item, code),
            session=session,
            save_id=self.writer + self.counter.to_bytes(8),
            now=self.cast.now(),
        )

    def fill(self, *codes: str) -> None:
        """Answer the items in their order."""
        for item, code in zip(self.measure.items, codes, strict=False):
            self.answer(item.id, code)

    def submit(self) -> Record[Response]:
        return submit(
            self.cast.work(), by=self.by, measure=self.measure, response=self.response, now=self.cast.now()
        )


def responded(cast: Cast, by: SignedIn, measure: Measure, *codes: str) -> Record[Response]:
    """A finished response."""
    sheet = Sheet(cast, by, measure)
    sheet.fill(*codes)
    return sheet.submit()
