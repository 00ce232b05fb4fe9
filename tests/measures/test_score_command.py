"""`python -m kapjournal score`: JSON and 0, or a clear sentence and 2."""

import json
from pathlib import Path

import pytest

from kapjournal.__main__ import main
from tests.content.own_measure import MEASURE

Heard = pytest.CaptureFixture[str]


def test_a_score_is_printed_as_json(capsys: Heard) -> None:
    assert main(["score", "PHQ9", *"122221111"]) == 0
    heard = capsys.readouterr()
    assert json.loads(heard.out) == {
        "measure": "phq-9",
        "version": 1,
        "total": 13,
        "subscores": {"phq-8": 12},
        "band": "moderate",
        "flags": ["item-9", "screen-positive"],
    }
    assert heard.err == ""


def test_the_difficulty_question_may_follow(capsys: Heard) -> None:
    assert main(["score", "phq-9", *"0000000002"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 0


def test_a_measure_without_bands_prints_null(capsys: Heard) -> None:
    assert main(["score", "pcl-5", *["2"] * 20]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["band"], found["subscores"]["D"]) == (40, None, 14)


@pytest.mark.parametrize("answers", [["no"], ["0"], ["No", *"11111"]])
def test_a_closed_gate_is_enough(capsys: Heard, answers: list[str]) -> None:
    assert main(["score", "pcptsd5", *answers]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            ["phq-9", *"12"],
            "phq-9: no answer to questions 3, 4, 5, 6, 7, 8, 9; no total is made from the rest",
        ),
        (["phq-2", "1", "4"], "phq-2: the answer to question 2 must be one of: 0, 1, 2, 3"),
        (["phq-2", "-1", "0"], "phq-2: the answer to question 1 must be one of: 0, 1, 2, 3"),
        (["phq-2", "nan", "0"], "phq-2: the answer to question 1 must be one of: 0, 1, 2, 3"),
        (
            ["phq-9", *"000000000", "none"],
            "phq-9: the answer to question difficulty must be one of: 0, 1, 2, 3",
        ),
        (["gad-2", *"000"], "gad-2: 3 answers were given; it has 2 questions"),
        (["gad-2"], "gad-2: no answer to questions 1, 2; no total is made from the rest"),
        (
            ["pc-ptsd-5", "yes"],
            "pc-ptsd-5: no answer to questions 1, 2, 3, 4, 5; no total is made from the rest",
        ),
        (["who-5", "1"], "There is no such measure. There is: gad-2, gad-7, pc-ptsd-5, pcl-5, phq-2, phq-9"),
    ],
)
def test_what_cannot_be_scored_is_said_in_one_sentence(
    capsys: Heard, given: list[str], sentence: str
) -> None:
    assert main(["score", *given]) == 2
    heard = capsys.readouterr()
    assert (heard.out, heard.err) == ("", sentence + "\n")


def test_a_clinics_own_measure_is_scored(
    tmp_path: Path, capsys: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en" / "measures").mkdir(parents=True)
    (tmp_path / "en" / "measures" / "rest.toml").write_text(MEASURE, encoding="utf-8")
    monkeypatch.setenv("KAPJOURNAL_CONTENT", str(tmp_path))
    assert main(["score", "northclinic-rest", "often", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "measure": "northclinic-rest",
        "version": 1,
        "total": 5,
        "subscores": {},
        "band": "much",
        "flags": [],
    }


def test_faulty_content_is_told(tmp_path: Path, capsys: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPJOURNAL_CONTENT", str(tmp_path / "gone"))
    assert main(["score", "phq-2", "0", "0"]) == 2
    assert capsys.readouterr().err.endswith("gone: no such folder\n")
