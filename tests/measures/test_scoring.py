"""What answers add up to: every band edge, clusters, flags, the gate, and what is refused."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kapjournal.content import Content, load_content
from kapjournal.errors import AnswersRefused
from kapjournal.measures.scoring import Answer, asked, in_order, score, unanswered
from tests.measures.forms import at_total, given, shipped, spread
from tests.measures.verbatim import FORMS, PCL_CLUSTERS

EDGES = [(id, edge, words) for id, form in FORMS.items() for *edges, words in form.bands for edge in edges]
CONTENT = load_content()


@pytest.mark.parametrize(("id", "total", "band"), EDGES)
def test_both_edges_of_every_band(content: Content, id: str, total: int, band: str) -> None:
    found = at_total(shipped(content, id), total)
    assert (found.total, found.band) == (total, band)


@pytest.mark.parametrize("id", ["pcl-5", "pc-ptsd-5", "phq-2", "gad-2"])
def test_measures_without_published_bands_name_none(content: Content, id: str) -> None:
    measure = shipped(content, id)
    assert {at_total(measure, total).band for total in range(measure.highest + 1)} == {None}


@pytest.mark.parametrize(
    ("id", "flag", "cut"),
    [
        ("phq-9", "screen-positive", 10),
        ("phq-2", "screen-positive", 3),
        ("gad-7", "screen-positive", 10),
        ("gad-2", "screen-positive", 3),
        ("pcl-5", "screen-positive", 31),
        ("pc-ptsd-5", "screen-positive", 3),
        ("pc-ptsd-5", "screen-positive-4", 4),
    ],
)
def test_a_cut_point_is_reached_exactly_there(content: Content, id: str, flag: str, cut: int) -> None:
    measure = shipped(content, id)
    reached = [total for total in range(measure.highest + 1) if flag in at_total(measure, total).flags]
    assert reached == [*range(cut, measure.highest + 1)]


@pytest.mark.parametrize("points", [0, 1, 2, 3])
def test_item_9_is_flagged_from_1_on_whatever_the_total(content: Content, points: int) -> None:
    phq = shipped(content, "phq-9")
    found = score(phq, given(phq, [0] * 8 + [points]))
    assert found.flags == (("item-9",) if points else ())
    assert found.total == points


def test_a_high_total_without_item_9_is_not_flagged_for_it(content: Content) -> None:
    phq = shipped(content, "phq-9")
    assert score(phq, given(phq, [3] * 8 + [0])).flags == ("screen-positive",)


def test_the_phq_8_stands_beside_the_phq_9(content: Content) -> None:
    phq = shipped(content, "phq-9")
    found = score(phq, given(phq, [1, 2, 3, 0, 1, 2, 3, 0, 3]))
    assert (found.total, found.subscores) == (15, {"phq-8": 12})


@pytest.mark.parametrize("number", range(1, 21))
def test_every_item_of_the_pcl_5_counts_in_its_own_cluster(content: Content, number: int) -> None:
    pcl = shipped(content, "pcl-5")
    found = score(pcl, given(pcl, [4 if n == number else 0 for n in range(1, 21)]))
    assert found.total == 4
    assert found.subscores == {name: 4 if number in items else 0 for name, items in PCL_CLUSTERS.items()}


def test_the_clusters_of_the_pcl_5_have_their_ranges(content: Content) -> None:
    assert at_total(shipped(content, "pcl-5"), 80).subscores == {"B": 20, "C": 8, "D": 28, "E": 24}


@drawn(st.sampled_from(sorted(FORMS)), st.data())
def test_a_total_is_the_sum_of_the_answers(id: str, data: st.DataObject) -> None:
    measure = shipped(CONTENT, id)
    top = len(measure.options) - 1
    scores = data.draw(
        st.lists(st.integers(0, top), min_size=len(measure.scored), max_size=len(measure.scored))
    )
    gate = [Answer("gate", "yes")] if measure.items[0].role == "gate" else []
    answers = data.draw(st.permutations([*gate, *given(measure, scores)]))
    assert score(measure, answers).total == sum(scores)


@pytest.mark.parametrize("code", ["0", "1", "2", "3"])
def test_the_difficulty_question_adds_nothing(content: Content, code: str) -> None:
    phq = shipped(content, "phq-9")
    answers = given(phq, spread(phq, 14))
    assert score(phq, [*answers, Answer("difficulty", code)]) == score(phq, answers)


@pytest.mark.parametrize("id", FORMS)
def test_nothing_is_prorated(content: Content, id: str) -> None:
    measure = shipped(content, id)
    answers = [Answer(it.id, measure.options[0].code) for it in measure.items if it.role != "unscored"]
    for missing in range(len(answers)):
        with pytest.raises(AnswersRefused, match=f"no answer to question {answers[missing].item};"):
            score(measure, answers[:missing] + answers[missing + 1 :])


def test_all_that_is_missing_is_named(content: Content) -> None:
    phq = shipped(content, "phq-9")
    answers = given(phq, [0] * 9)[1:7]
    with pytest.raises(AnswersRefused, match="no answer to questions 1, 8, 9; no total"):
        score(phq, answers)
    assert [it.id for it in unanswered(phq, answers)] == ["1", "8", "9"]


def test_two_answers_to_one_item_are_refused_also_if_they_agree(content: Content) -> None:
    phq = shipped(content, "phq-2")
    with pytest.raises(AnswersRefused, match="phq-2: more than one answer to question 2"):
        score(phq, [*given(phq, [1, 1]), Answer("2", "1")])


@pytest.mark.parametrize("code", ["4", "-1", "1.0", "nan", "", " 1", "１", "Several days", "yes", "0\0"])
def test_an_answer_that_is_no_option_is_refused_and_not_repeated(content: Content, code: str) -> None:
    phq = shipped(content, "phq-2")
    with pytest.raises(AnswersRefused) as refusal:
        score(phq, [Answer("1", "0"), Answer("2", code)])
    assert str(refusal.value) == "phq-2: the answer to question 2 must be one of: 0, 1, 2, 3"


@pytest.mark.parametrize("item", ["10", "", "difficulty", "gate"])
def test_an_answer_to_no_item_is_refused(content: Content, item: str) -> None:
    phq = shipped(content, "phq-2")
    with pytest.raises(AnswersRefused, match="it has no such question"):
        score(phq, [*given(phq, [0, 0]), Answer(item, "0")])


def test_a_closed_gate_makes_the_total_0(content: Content) -> None:
    screen = shipped(content, "pc-ptsd-5")
    no = Answer("gate", "no")
    for answers in ([no], [no, *given(screen, [1] * 5)]):
        found = score(screen, answers)
        assert (found.total, found.flags) == (0, ())
        assert [it.id for it in asked(screen, answers)] == ["gate"]
        assert unanswered(screen, answers) == ()


def test_a_gate_that_was_not_answered_is_missing(content: Content) -> None:
    screen = shipped(content, "pc-ptsd-5")
    with pytest.raises(AnswersRefused, match="question gate"):
        score(screen, given(screen, [0] * 5))


def test_an_open_gate_adds_nothing(content: Content) -> None:
    screen = shipped(content, "pc-ptsd-5")
    assert score(screen, [Answer("gate", "yes"), *given(screen, [0] * 5)]).total == 0


def test_the_difficulty_question_is_asked_once_a_problem_was_named(content: Content) -> None:
    phq = shipped(content, "phq-9")
    numbered = [str(n) for n in range(1, 10)]
    assert [it.id for it in asked(phq, [])] == numbered
    assert [it.id for it in asked(phq, given(phq, [0] * 9))] == numbered
    assert [it.id for it in asked(phq, [Answer("4", "1")])] == [*numbered, "difficulty"]


def test_what_is_typed_may_be_a_code_in_any_case_or_a_score(content: Content) -> None:
    screen = shipped(content, "pc-ptsd-5")
    typed = ["Yes", "1", "0", " no ", "YES", "1"]
    assert [it.code for it in in_order(screen, typed)] == ["yes", "yes", "no", "no", "yes", "yes"]
