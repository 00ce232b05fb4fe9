"""The measures we ship ask and count what their forms do, letter for letter."""

from pathlib import Path

import pytest

from kapjournal.content import Content, Measure
from tests.measures import verbatim
from tests.measures.verbatim import FORMS

NOTICE = " ".join((Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8").split())


@pytest.fixture(params=FORMS)
def measure(request: pytest.FixtureRequest, content: Content) -> Measure:
    found = content.measure(request.param)
    assert found is not None
    return found


def test_these_measures_are_shipped_and_no_others(content: Content) -> None:
    assert sorted(it.id for it in content.measures) == sorted(FORMS)


def test_stem_items_and_options_are_those_of_the_form(measure: Measure) -> None:
    form = FORMS[measure.id]
    assert [measure.stem_of(it) for it in measure.scored] == [form.stem] * len(form.items)
    assert tuple(it.text for it in measure.scored) == form.items
    for item in measure.scored:
        assert tuple((it.text, it.score) for it in measure.options_of(item)) == form.options


def test_codes_are_those_of_loinc(measure: Measure) -> None:
    form = FORMS[measure.id]
    assert (measure.loinc_panel, measure.loinc_total) == (form.panel, form.total)
    assert tuple(it.loinc for it in measure.scored) == form.item_codes
    assert tuple(it.loinc for it in measure.options) == form.option_codes


def test_bands_and_the_highest_total_are_the_published_ones(measure: Measure) -> None:
    form = FORMS[measure.id]
    assert tuple((it.least, it.most, it.words) for it in measure.bands) == form.bands
    assert measure.highest == form.highest


def test_items_are_numbered_in_the_order_of_the_form(measure: Measure) -> None:
    assert [it.id for it in measure.scored] == [str(n) for n in range(1, len(measure.scored) + 1)]


def test_everything_counted_has_its_citation(measure: Measure) -> None:
    counted = [*measure.flags, *measure.thresholds, *measure.outcomes]
    assert measure.source
    assert all(it.citation for it in counted)


def test_the_difficulty_question_is_there_and_not_scored(content: Content) -> None:
    phq = content.measure("phq-9")
    assert phq is not None
    last = phq.items[-1]
    assert (last.role, last.text, last.loinc) == (
        "unscored",
        verbatim.DIFFICULTY,
        verbatim.DIFFICULTY_CODE,
    )
    assert tuple((it.text, it.loinc) for it in last.options) == verbatim.DIFFICULTY_OPTIONS
    assert phq.stem_of(last) is None


def test_only_item_9_of_the_phq_9_is_kept_apart(content: Content) -> None:
    apart = [(measure.id, it.id) for measure in content.measures for it in measure.items if it.apart]
    assert apart == [("phq-9", "9")]


def test_the_gate_of_the_pc_ptsd_5_comes_first(content: Content) -> None:
    screen = content.measure("pc-ptsd-5")
    assert screen is not None
    gate = screen.items[0]
    assert (gate.role, gate.text, gate.examples) == ("gate", verbatim.GATE, verbatim.GATE_EXAMPLES)
    assert screen.stem_of(gate) == verbatim.GATE_STEM
    assert [(it.text, it.score) for it in screen.options_of(gate)] == [("Yes", 1), ("No", 0)]


def test_the_pcl_5_has_its_instruction_and_no_bands(content: Content) -> None:
    pcl = content.measure("pcl-5")
    assert pcl is not None
    assert pcl.instruction == verbatim.PCL_INSTRUCTION
    assert pcl.bands == ()
    assert {it.id: it.items for it in pcl.subscores} == {
        name: tuple(map(str, numbers)) for name, numbers in verbatim.PCL_CLUSTERS.items()
    }


def test_licences_are_in_the_files_and_in_the_notice(measure: Measure) -> None:
    licences = {"pcl-5": verbatim.PCL_LICENCE, "pc-ptsd-5": verbatim.PC_PTSD_LICENCE}
    assert measure.licence == licences.get(measure.id, verbatim.PHQ_GAD_LICENCE)
    assert measure.licence in NOTICE


def test_the_notice_that_loinc_asks_for_is_there() -> None:
    assert verbatim.LOINC_NOTICE in NOTICE


@pytest.mark.parametrize(
    ("id", "shown"), [("PHQ9", "phq-9"), ("phq_9", "phq-9"), ("Pc Ptsd 5", "pc-ptsd-5"), ("PCL-5", "pcl-5")]
)
def test_an_id_is_known_however_it_is_written(content: Content, id: str, shown: str) -> None:
    found = content.measure(id)
    assert found is not None
    assert found.id == shown


@pytest.mark.parametrize("id", ["", "phq", "phq-99", "who-5", "phq-9\0"])
def test_another_id_is_not_known(content: Content, id: str) -> None:
    assert content.measure(id) is None
