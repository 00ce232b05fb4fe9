"""Two submissions at the same moment make one response, and two answers at once are both kept or one is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kapjournal.content import Content
from kapjournal.errors import ChangedElsewhere
from kapjournal.measures.responses import answer_item, answers, responses, submit
from kapjournal.measures.scoring import Answer
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Record, Store
from tests.cast import Cast
from tests.measures.forms import Sheet, shipped

AT_ONCE = 4
Act = Callable[[Store, int], Record[Response]]


def together(cast: Cast, act: Act) -> list[Record[Response] | None]:
    """What each of several servers gets when all act at once; None for one that is told of the other."""
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> Record[Response] | None:
        store = cast.new_store()
        cast.work(store).reading(cast.alice)
        barrier.wait()
        try:
            return act(store, number)
        except ChangedElsewhere:
            return None

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


@pytest.mark.parametrize("_round", range(3))
def test_one_draft_submitted_by_several_at_once_is_one_response(
    cast: Cast, content: Content, _round: int
) -> None:
    phq = shipped(content, "phq-9")
    sheet = Sheet(cast, cast.alice, phq)
    sheet.fill(*"111111111")

    def act(store: Store, _number: int) -> Record[Response]:
        return submit(cast.work(store), by=cast.alice, measure=phq, response=sheet.response, now=cast.now())

    got = [it for it in together(cast, act) if it is not None]
    [only] = responses(cast.work(cast.new_store()), by=cast.alice, measure="phq-9")
    assert got
    assert {(it.id, it.version, it.value.finished) for it in got} == {
        (only.id, only.version, only.value.finished)
    }
    assert len(cast.work(cast.new_store()).reading(cast.alice).all(AnswerApart)) == 1


@pytest.mark.parametrize("_round", range(3))
def test_answers_that_were_acknowledged_are_kept(cast: Cast, content: Content, _round: int) -> None:
    phq = shipped(content, "phq-9")
    sheet = Sheet(cast, cast.alice, phq)
    sheet.answer("9", "0")

    def act(store: Store, number: int) -> Record[Response]:
        answer = Answer(str(number + 1), "3")
        save_id = bytes([number + 1]) * 16
        return answer_item(
            cast.work(store),
            by=cast.alice,
            measure=phq,
            response=sheet.response,
            answer=answer,
            save_id=save_id,
            now=cast.now(),
        )

    got = together(cast, act)
    found = dict(answers(cast.work(cast.new_store()), by=cast.alice, measure=phq, response=sheet.response))
    assert any(got)
    for number, it in enumerate(got):
        assert (it is not None) == (found.get(str(number + 1)) == "3")
