"""Totals from what is shared: PHQ-9 with item 9, PHQ-8 without, and item 9 itself never to be found out."""

from itertools import product
from random import Random
from typing import Any

import msgspec
import pytest

from kapjournal.content import Content, load_content
from kapjournal.exports.summary import summary_pdf
from kapjournal.measures.scoring import Answer, asked, score
from kapjournal.measures.values import AnswerApart, Response
from kapjournal.records import Record
from kapjournal.sharing.scores import last_scores, score_lines, without_apart
from kapjournal.sharing.summary import digest_facts, summarise
from kapjournal.sharing.summary_values import ScoreLine
from kapjournal.sharing.summary_words import lines
from kapjournal.sharing.values import LastScore
from tests.cast import Cast
from tests.measures.forms import Sheet, shipped
from tests.sharing.shares import NOW, digest, everything, opened, phq, response

CODES = "0123"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def without_item_9(*found: Record[Any]) -> tuple[Record[Any], ...]:
    return tuple(it for it in found if not isinstance(it.value, AnswerApart))


def only(content: Content, *found: Record[Any]) -> ScoreLine:
    [line] = score_lines(opened(*found), content)
    return line


def test_with_item_9_it_is_the_phq_9_with_its_band_change_and_source(content: Content) -> None:
    line = only(content, *phq("22222222", "2", 30), *phq("11111111", "0", 2))
    assert (line.name, line.total, line.highest, line.band) == ("PHQ-9", 8, 27, "mild")
    assert (line.first, line.points, line.counts, line.words) == (18, -10, True, "a clear change")
    assert line.threshold == 5
    assert "Löwe 2004" in line.citation
    assert (line.first_day, line.day, line.without) == ("2026-10-21", "2026-11-18", "")
    assert line.apart == (("9", "Not at all"),)
    assert line.flags == ()


def test_without_item_9_it_is_the_phq_8_and_nothing_of_the_phq_9(content: Content) -> None:
    line = only(content, *without_item_9(*phq("22222222", "2", 30), *phq("11111111", "0", 2)))
    assert (line.name, line.total, line.highest, line.without) == ("PHQ-8", 8, 24, "PHQ-9")
    assert (line.first, line.points) == (16, -8)
    assert (line.band, line.counts, line.words, line.threshold, line.citation) == ("", False, "", 0, "")
    assert line.flags == line.cuts == line.apart == ()


def test_where_one_of_them_lacks_item_9_all_are_the_phq_8(content: Content) -> None:
    for place in range(3):
        answered = [phq("22222222", "2", 30), phq("22222221", "2", 16), phq("11111111", "1", 2)]
        found = [it for n, both in enumerate(answered) for it in (both[:1] if n == place else both)]
        line = only(content, *found)
        assert (line.name, line.first, line.total, line.band) == ("PHQ-8", 16, 8, "")


def test_a_shared_item_9_is_told_beside_a_phq_8(content: Content) -> None:
    """What the patient wants to be seen is not hidden because an earlier answer is not shared."""
    line = only(content, *phq("22222222", "2", 30)[:1], *phq("11111111", "1", 2))
    assert line.name == "PHQ-8"
    assert line.apart == (("9", "Several days"),)
    assert line.flags[0].startswith("Thoughts of being better off dead")


def test_item_9_above_0_asks_for_attention(content: Content) -> None:
    for code in CODES:
        line = only(content, *phq("00000000", code, 2))
        assert len(line.flags) == (code != "0")


def test_without_its_record_only_the_eight_other_answers_count(content: Content) -> None:
    """Whatever they are, and whatever item 9 was, first and last."""
    rng = Random(9)
    others = [
        *("".join(it) for it in product("03", repeat=8)),
        *("".join(rng.choices(CODES, k=8)) for _ in range(44)),
    ]
    assert len(others) == 300
    for eight in others:
        first, last = phq("11111111", rng.choice(CODES), 30), phq(eight, rng.choice(CODES), 2)
        line = only(content, *without_item_9(*first, *last))
        total = sum(map(int, eight))
        assert (line.name, line.total, line.first, line.points) == ("PHQ-8", total, 8, total - 8)
        assert (line.band, line.threshold, line.flags, line.cuts, line.apart) == ("", 0, (), (), ())


@pytest.mark.parametrize("eight", ["00000000", "00000001", "33333333", "01230123"])
def test_what_a_patient_answers_to_item_9_is_in_its_own_record_alone(
    cast: Cast, content: Content, eight: str
) -> None:
    """Everything that is asked is answered, as on the screen, also the question that is not scored."""
    told = {facts(content, answered(cast, content, eight + nine)) for nine in CODES}
    assert len(told) == 1


def answered(cast: Cast, content: Content, codes: str) -> Record[Response]:
    """A response as it is kept, with the answer 1 to whatever else is asked."""
    sheet = Sheet(cast, cast.alice, shipped(content, "phq-9"))
    sheet.fill(*codes)
    given = [Answer(str(number), code) for number, code in enumerate(codes, 1)]
    for item in asked(sheet.measure, given)[len(codes) :]:
        sheet.answer(item.id, "1")
    return sheet.submit()


def facts(content: Content, given: Record[Response]) -> bytes:
    """Everything that can be made of a response alone."""
    shares = opened(given)
    summary = summarise(shares, digest("measures"), content, NOW)
    return msgspec.json.encode(
        [given.value, given.version, summary, lines(summary), digest_facts(shares, content)]
    )


@pytest.mark.parametrize("last", CODES)
@pytest.mark.parametrize("first", CODES)
def test_the_same_holds_for_page_and_paper_beside_everything_else(
    content: Content, first: str, last: str
) -> None:
    assert pages(content, first, last) == pages(content, "0", "0")


def pages(content: Content, first: str, last: str) -> tuple[bytes, tuple[str, ...], bytes]:
    others = [it for it in everything() if getattr(it.value, "measure", "") != "phq-9"]
    shares = opened(*others, *without_item_9(*phq("00000000", first, 30), *phq("00000000", last, 2)))
    summary = summarise(shares, digest("measures"), content, NOW)
    return msgspec.json.encode(summary), lines(summary), summary_pdf(summary).content


def test_an_answer_to_the_unscored_question_tells_nothing_of_item_9(content: Content) -> None:
    """It is asked once a problem was named; were item 9 alone such a problem, the answer would give it away."""
    measure = content.measure("phq-9")
    assert measure is not None
    for code in CODES:
        given = [*(Answer(str(n), "0") for n in range(1, 9)), Answer("9", code)]
        assert "difficulty" not in {it.id for it in asked(measure, given)}


def test_only_the_same_version_is_compared(content: Content) -> None:
    line = only(content, response("gad-7", "3333333", 30, version=7), response("gad-7", "1111111", 2))
    assert (line.total, line.first, line.points) == (7, None, None)


def test_a_measure_that_is_no_longer_shipped_has_no_line(content: Content) -> None:
    shares = opened(response("old-form", "111", 2), response("gad-7", "1111111", 2, version=7))
    assert score_lines(shares, content) == last_scores(shares, content) == ()


def test_a_draft_counts_for_nothing(content: Content) -> None:
    given = response("gad-7", "1111111", 2)
    draft = msgspec.structs.replace(given, value=msgspec.structs.replace(given.value, finished=0))
    assert score_lines(opened(draft), content) == ()


def test_cut_points_stand_where_there_are_no_bands(content: Content) -> None:
    line = only(content, response("pcl-5", "2" * 20, 2))
    assert line.band == ""
    assert [words for words, _source in line.cuts] == ["31 or more; published cut points lie from 31 to 33."]
    assert only(content, response("gad-7", "2222222", 2)).cuts == ()


def test_a_measure_without_its_items_apart_has_no_published_number(content: Content) -> None:
    measure = content.measure("phq-9")
    assert measure is not None
    eight = without_apart(measure)
    assert (eight.title, eight.highest, len(eight.scored)) == ("PHQ-8", 24, 8)
    assert (eight.bands, eight.thresholds, eight.flags, eight.outcomes) == ((), (), (), ())
    assert eight.loinc_total is eight.loinc_panel is None
    assert score(eight, [Answer(str(n), "3") for n in range(1, 9)]).band is None


def test_a_measure_without_a_name_for_the_rest_says_what_is_missing(content: Content) -> None:
    measure = content.measure("phq-9")
    assert measure is not None
    other = msgspec.structs.replace(measure, title="North Clinic 9", subscores=())
    assert without_apart(other).title == "North Clinic 9 without question 9"


def test_the_digest_has_the_last_score_of_each_measure(content: Content) -> None:
    found = without_item_9(*phq("22222222", "2", 30), *phq("11111111", "1", 2))
    shares = opened(*found, response("gad-7", "1111111", 4))
    assert last_scores(shares, content) == (
        LastScore("GAD-7", 7, 21, "2026-11-16", None),
        LastScore("PHQ-8", 8, 24, "2026-11-18", -8),
    )
