"""`python -m kapjournal content check`: what there is, and what is wrong with it."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from kapjournal.__main__ import main
from kapjournal.content import Content, Pack
from kapjournal.content.check import check, faults
from kapjournal.content.values import Phase
from tests.content.clinic import PACK, write_pack

TODAY = date(2026, 11, 21)
HARD = "Which psychological interpretation characterizes your extraordinary neurobiological experience?"


def with_packs(content: Content, *packs: Pack) -> Content:
    return msgspec.structs.replace(content, packs=packs)


def cut(content: Content, phase: str, length: int) -> Content:
    """The content with only so many prompts for a phase."""
    packs = [
        msgspec.structs.replace(it, prompts=it.prompts[:length]) if it.phase == phase else it
        for it in content.packs
    ]
    return with_packs(content, *packs)


def test_nothing_is_wrong_with_what_we_ship(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["content", "check"]) == 0
    assert capsys.readouterr().out.endswith("\nNothing is wrong.\n")


def test_prompts_and_domains_are_counted_by_phase(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(None, today=TODAY) == 0
    told = capsys.readouterr().out.splitlines()[:10]
    assert [line.split()[0] for line in told] == list(get_args(Phase))
    assert [int(line.split()[1]) for line in told] == [len(content.prompts(it)) for it in get_args(Phase)]
    assert told[0].endswith("prompts  mind body spirit relationships lifestyle nature")
    assert told[3].endswith("prompts  mind body relationships lifestyle")


def test_every_prompt_is_told_with_its_grade(content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    check(None, today=TODAY)
    told = re.findall(r"^(?:grade -?(\d+\.\d)|few words) +(\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert [id for _grade, id in told] == [it.id for pack in content.packs for it in pack.prompts]
    assert all(0 <= float(grade) <= 8 for grade, _id in told if grade)


def test_every_measure_is_told_with_what_it_counts(capsys: pytest.CaptureFixture[str]) -> None:
    check(None, today=TODAY)
    told = capsys.readouterr().out
    bands = "minimal from 0, mild from 5, moderate from 10, severe from 15"
    assert f"\ngad-7 version 1: 7 questions, total up to 21; {bands}\n" in told
    assert "\npcl-5 version 1: 20 questions, total up to 80; no bands\n" in told
    assert told.count(" version 1: ") == 6


def test_every_crisis_line_is_told_with_its_age(content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    check(None, today=TODAY)
    told = capsys.readouterr().out
    assert "   1 days since verified  United Kingdom: Samaritans\n" in told
    lines = sum(len(country.lines) for country in (*content.countries, content.elsewhere))
    assert told.count("days since verified") == lines


def test_an_old_crisis_line_is_to_be_looked_at_again_and_is_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check(None, today=date(2027, 11, 20)) == 0
    assert " 365 days since verified, look again  United Kingdom: Samaritans\n" in capsys.readouterr().out


def test_a_clinics_prompts_are_checked_with_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pack(folder, PACK)
    assert main(["content", "check", "--folder", str(folder)]) == 0
    assert " northclinic.tea\n" in capsys.readouterr().out


def test_the_folder_of_the_settings_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(folder, PACK)
    monkeypatch.setenv("KAPJOURNAL_CONTENT", str(folder))
    assert main(["content", "check"]) == 0
    assert " northclinic.tea\n" in capsys.readouterr().out


def test_faulty_files_are_told_with_every_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pack(folder, PACK.replace('"body"', '"soul"').replace('origin = "North Clinic"', ""))
    write_pack(folder, "id = ", "torn.toml")
    assert main(["content", "check", "--folder", str(folder)]) == 1
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 3
    assert "own.toml: origin: missing" in told
    assert "own.toml: prompt[northclinic.tea].domain: 'soul' is not one of" in told
    assert "torn.toml: cannot be read as TOML" in told


def test_a_wrong_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["content", "check", "--folder", str(tmp_path / "gone")]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'gone'}: no such folder\n"


@pytest.mark.parametrize("place", ["text", "hint"])
def test_what_is_hard_to_read_is_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    hard = {"text": PACK.replace("Which tea would you like after?", HARD)}
    hard["hint"] = PACK.replace("domain", f'hint = "{HARD}"\ndomain')
    write_pack(folder, hard[place])
    assert main(["content", "check", "--folder", str(folder)]) == 1
    told = capsys.readouterr().out
    assert told.endswith(f"\nnorthclinic.tea: hard to read, above grade 8: {HARD}\n")
    assert "Nothing is wrong" not in told


def test_words_that_do_not_belong_into_a_phase_are_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = PACK.replace('phase = "prep"', 'phase = "same_day"')
    write_pack(folder, asking.replace("Which tea would you like after?", "What does it mean?"))
    assert main(["content", "check", "--folder", str(folder)]) == 1
    assert capsys.readouterr().out.endswith("\nnorthclinic.tea: no words for same_day: mean\n")


@pytest.mark.parametrize(("phase", "least"), [("prep", 10), ("hard", 10), ("flat", 8)])
def test_a_phase_that_lacks_prompts_is_a_fault(content: Content, phase: str, least: int) -> None:
    assert list(faults(cut(content, phase, least))) == []
    told = f"{phase}: {least - 1} prompts, at least {least} are needed"
    assert list(faults(cut(content, phase, least - 1))) == [told]


def test_first_days_and_first_week_that_lack_prompts_together_are_a_fault(content: Content) -> None:
    few = cut(cut(content, "days_1_3", 13), "week_1", 12)
    assert list(faults(few)) == ["days_1_3 and week_1: 25 prompts together, at least 26 are needed"]


def test_without_textstat_the_command_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("kapjournal.content.check", "kapjournal.content.reading"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "textstat", None)
    assert main(["content", "check"]) == 2
    assert capsys.readouterr().err.endswith("Install it with: pip install textstat\n")
