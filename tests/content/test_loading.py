"""A content file is right, or it is refused with every fault named by file and key."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kapjournal.content import Content, ContentError, load_content, loading
from kapjournal.content.values import Country, Emergency, Line, Pack, Prompt, Text, Texts

PACK = """
id = "clinic.prep"
title = "From your clinic"
version = 1
phase = "prep"

[[prompt]]
id = "prep.clinic-tea"
version = 1
text = "Which tea would you like after?"
domain = "body"
process = "present"
source = "The clinic's own."
"""

COUNTRY = """
country = "KE"
name = "Kenya"

[[emergency]]
number = "999"
label = "Emergency"

[[line]]
name = "A line"
phone = "1199"
phone_display = "11 99"
hours = "24 h"
confidence = "high"
source = "Made up for a test."
last_verified = 2026-11-20
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic's own folder, still empty."""
    (tmp_path / "en" / "prompts").mkdir(parents=True)
    (tmp_path / "crisis").mkdir()
    return tmp_path


def write_pack(folder: Path, text: str, name: str = "own.toml") -> None:
    (folder / "en" / "prompts" / name).write_text(text, encoding="utf-8")


def write_country(folder: Path, text: str, name: str = "ke.toml") -> None:
    (folder / "crisis" / name).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[tuple[str, str]]:
    """Key and message of every problem, without the file."""
    with pytest.raises(ContentError) as caught:
        load_content(extra=folder)
    return [(problem.key, problem.message) for problem in caught.value.problems]


def test_a_clinic_adds_a_pack_after_ours(folder: Path, content: Content) -> None:
    write_pack(folder, PACK)
    prompts = load_content(extra=folder).prompts("prep")
    assert [prompt.id for prompt in prompts] == [p.id for p in content.prompts("prep")] + ["prep.clinic-tea"]


def test_a_clinic_adds_a_country(folder: Path) -> None:
    write_country(folder, COUNTRY)
    assert load_content(extra=folder).crisis("KE").lines[0].phone == "1199"


def test_an_empty_folder_of_a_clinic_changes_nothing(folder: Path, content: Content) -> None:
    assert load_content(extra=folder) == content


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("version = 1\ntext", "version = 1\nmood = 1\ntext", "mood", "unknown key"),
        ('domain = "body"', 'domain = "soul"', "domain", "Invalid enum value 'soul'"),
        ('process = "present"', 'process = "joy"', "process", "Invalid enum value 'joy'"),
        ('source = "The clinic\'s own."', "", "source", "missing"),
        ('source = "The clinic\'s own."', 'source = " "', "source", "empty"),
        ("version = 1\ntext", "version = 0\ntext", "version", "Expected `int` >= 1"),
        ("version = 1\ntext", 'version = "1"\ntext', "version", "Expected `int`, got `str`"),
        ("Which tea would you like after?", "", "text", "empty"),
        ("Which tea would you like after?", "x" * 2_001, "text", "longer than 2000 characters"),
        ("Which tea", "Which\\u0000 tea", "text", "has control characters"),
        ("Which tea", "Which\\n tea", "text", "has control characters"),
        ("Which tea", "Which \\u202etea", "text", "has control characters"),
        ("Which tea", "<script>Which tea", "text", "has markup; texts are plain"),
        ("Which tea", "< SCRIPT>Which</tea", "text", "has markup; texts are plain"),
        ("Which tea", "![x](https://example.org/x.png) tea", "text", "has markup; texts are plain"),
    ],
)
def test_a_faulty_field_of_a_prompt_is_named(
    folder: Path, old: str, new: str, key: str, message: str
) -> None:
    write_pack(folder, PACK.replace(old, new))
    assert faults(folder) == [(f"prompt[prep.clinic-tea].{key}", message)]


def test_a_text_of_2000_characters_and_a_heart_are_fine(folder: Path) -> None:
    write_pack(folder, PACK.replace("Which tea", "<3 " + "x" * 1_975))
    prompt = load_content(extra=folder).prompt("prep.clinic-tea")
    assert prompt is not None
    assert len(prompt.text) == 2_000


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('phase = "prep"', 'phase = "someday"', ("phase", "Invalid enum value 'someday'")),
        ('phase = "prep"', 'phase = "in_session"', ("phase", "Invalid enum value 'in_session'")),
        (
            'phase = "prep"',
            'phase = "hard"',
            ("prompt[prep.clinic-tea].id", "must start with the phase: hard."),
        ),
        ('"prep.clinic-tea"', '"Prep Tea"', ("prompt[Prep Tea].id", "must start with the phase: prep.")),
        ('"prep.clinic-tea"', "7", ("prompt[#1].id", "Expected `str`, got `int`")),
        (
            '"prep.clinic-tea"',
            '"prep.hope"',
            ("prompt[prep.hope].id", "prep.hope is already in en/prompts/prep.toml"),
        ),
        ('"clinic.prep"', '"prep"', ("id", "prep is already in en/prompts/prep.toml")),
        ("[[prompt]]", "[prompt]", ("prompt", "Expected `array`, got `object`")),
        ("[[prompt]]", "[[promt]]", ("promt", "unknown key")),
        ("[[prompt]]", "prompt = [1]\n[other]", ("prompt[#1]", "must be a table")),
    ],
)
def test_a_faulty_pack_is_named(folder: Path, old: str, new: str, fault: tuple[str, str]) -> None:
    write_pack(folder, PACK.replace(old, new))
    assert fault in faults(folder)


def test_the_same_id_twice_in_one_file_is_named(folder: Path) -> None:
    write_pack(folder, PACK + PACK[PACK.index("[[prompt]]") :])
    [(key, message)] = faults(folder)
    assert key == "prompt[prep.clinic-tea].id"
    assert message.startswith("prep.clinic-tea is already in ")


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('phone = "1199"', 'phone = "11-99"', "phone", "Expected `str` matching regex '^\\\\+?[0-9]{2,15}$'"),
        (
            'phone = "1199"',
            'phone = "１１99"',
            "phone",
            "Expected `str` matching regex '^\\\\+?[0-9]{2,15}$'",
        ),
        (
            'phone = "1199"',
            'phone = "1198"',
            "phone_display",
            "must show the digits of phone, no more and no fewer",
        ),
        (
            'phone_display = "11 99"',
            "",
            "phone_display",
            "must show the digits of phone, no more and no fewer",
        ),
        ('"11 99"', '"call 11 99"', "phone_display", "Expected `str` matching regex '^\\\\+?[0-9() -]+$'"),
        ("hours", 'sms_text = "HELLO"\nhours', "sms_text", "a word to send needs a number"),
        ('"high"', '"medium"', "confidence", "a telephone number must be of high confidence"),
        ('"high"', '"sure"', "confidence", "Invalid enum value 'sure'"),
        ("2026-11-20", '"last year"', "last_verified", "Invalid RFC3339 encoded date"),
        ("last_verified = 2026-11-20", "", "last_verified", "missing"),
        ('source = "Made up for a test."', "", "source", "missing"),
        ('phone = "1199"\nphone_display = "11 99"', "", "phone", "needs one of phone, sms, chat, web"),
    ],
)
def test_a_faulty_line_is_named(folder: Path, old: str, new: str, key: str, message: str) -> None:
    write_country(folder, COUNTRY.replace(old, new))
    assert faults(folder) == [(f"line[A line].{key}", message)]


@pytest.mark.parametrize(
    "link", ["http://example.org", "javascript:alert(1)", "example.org", "https://a b", "https://"]
)
@pytest.mark.parametrize("key", ["chat", "web"])
def test_only_https_links_are_taken(folder: Path, key: str, link: str) -> None:
    write_country(folder, COUNTRY.replace("hours", f'{key} = "{link}"\nhours'))
    [(named, message)] = faults(folder)
    assert named == f"line[A line].{key}"
    assert "matching regex" in message


def test_a_country_is_there_once(folder: Path) -> None:
    write_country(folder, COUNTRY.replace('"KE"', '"US"'), "us.toml")
    assert faults(folder) == [("country", "US is already in crisis/us.toml")]


def test_a_country_file_is_named_by_its_code(folder: Path) -> None:
    write_country(folder, COUNTRY, "kenya.toml")
    assert faults(folder) == [("country", "the file must be named ke.toml")]


def test_a_country_has_an_emergency_number_and_a_line(folder: Path) -> None:
    write_country(folder, 'country = "KE"\nname = "Kenya"\nline = []\n')
    assert faults(folder) == [("emergency", "no emergency number"), ("line", "no line")]


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    write_pack(
        folder, PACK.replace("body", "soul").replace("Which tea", "<b>Which").replace("title", "titel")
    )
    write_pack(folder, "id = ", "torn.toml")
    write_country(folder, COUNTRY.replace("999", "9-9").replace("1199", "x").replace("hours", "times"))
    with pytest.raises(ContentError) as caught:
        load_content(extra=folder)
    told = [(Path(problem.file).name, problem.key) for problem in caught.value.problems]
    assert told == [
        ("own.toml", "titel"),
        ("own.toml", "title"),
        ("own.toml", "prompt[prep.clinic-tea].text"),
        ("own.toml", "prompt[prep.clinic-tea].domain"),
        ("torn.toml", ""),
        ("ke.toml", "emergency[#1].number"),
        ("ke.toml", "line[A line].times"),
        ("ke.toml", "line[A line].phone"),
        ("ke.toml", "line[A line].hours"),
    ]
    assert str(caught.value).count("\n") == len(told) - 1
    assert "own.toml: prompt[prep.clinic-tea].domain: Invalid enum value 'soul'" in str(caught.value)


def test_a_file_that_is_not_utf8_is_told(folder: Path) -> None:
    (folder / "en" / "prompts" / "own.toml").write_bytes(b'id = "\xff"')
    [(key, message)] = faults(folder)
    assert (key, message.partition(":")[0]) == ("", "cannot be read as TOML")


@pytest.mark.parametrize("language", ["xx", "", "../content/en", "crisis"])
def test_a_language_that_is_not_there_is_told(language: str) -> None:
    with pytest.raises(ContentError, match="no such language; there is: en"):
        load_content(language)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such folder"):
        load_content(extra=tmp_path / "gone")


def test_a_missing_and_an_unknown_text_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(loading.HERE, tmp_path / "content")
    texts = tmp_path / "content" / "en" / "texts.toml"
    texts.write_text(texts.read_text(encoding="utf-8").replace("[capture]", "[catpure]"), encoding="utf-8")
    monkeypatch.setattr(loading, "HERE", tmp_path / "content")
    with pytest.raises(ContentError) as caught:
        load_content()
    assert caught.value.problems == (
        ("en/texts.toml", "catpure", "unknown key"),
        ("en/texts.toml", "capture", "missing"),
    )


def test_content_cannot_be_changed(content: Content) -> None:
    with pytest.raises(AttributeError):
        content.packs[0].title = "Mine"  # type: ignore[misc]
    with pytest.raises(TypeError):
        content.texts["privacy"] = content.texts["capture"]  # type: ignore[index]


def test_unknown_fields_are_forbidden_in_every_value() -> None:
    kinds = [Pack, Prompt, Text, Texts, Country, Emergency, Line]
    assert all(
        kind.__struct_config__.forbid_unknown_fields and kind.__struct_config__.frozen for kind in kinds
    )


def test_loading_everything_takes_less_than_50_milliseconds() -> None:
    """Of processor time and in a process of its own, so that other tests and their tracing do not count."""
    program = """
import time
from kapjournal.content import load_content

def once():
    start = time.process_time()
    load_content()
    return time.process_time() - start

print(min(once() for _ in range(5)))
"""
    root = loading.HERE.parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) < 0.050
