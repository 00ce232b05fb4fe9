"""A content file is right, or it is refused with every fault named by file and key."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kapjournal.content import Content, ContentError, load_content, loading
from kapjournal.content.values import Country, Emergency, Line, Pack, Prompt, Text, Texts
from tests.content.clinic import PACK, faults, write_country, write_pack

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


def test_a_clinic_adds_a_country(folder: Path) -> None:
    write_country(folder, COUNTRY)
    assert load_content(extra=folder).crisis("KE").lines[0].phone == "1199"


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
        ('"high"', '"sure"', "confidence", "'sure' is not one of: high, medium, low"),
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
        ("own.toml", "prompt[northclinic.tea].text"),
        ("own.toml", "prompt[northclinic.tea].domain"),
        ("torn.toml", ""),
        ("ke.toml", "emergency[#1].number"),
        ("ke.toml", "line[A line].times"),
        ("ke.toml", "line[A line].phone"),
        ("ke.toml", "line[A line].hours"),
    ]
    assert str(caught.value).count("\n") == len(told) - 1
    assert "own.toml: prompt[northclinic.tea].domain: 'soul' is not one of: mind, body" in str(caught.value)


def test_a_file_that_is_not_utf8_is_told(folder: Path) -> None:
    (folder / "en" / "prompts" / "own.toml").write_bytes(b'id = "\xff"')
    [(key, message)] = faults(folder)
    assert (key, message.partition(":")[0]) == ("", "cannot be read as TOML")


@pytest.mark.parametrize("language", ["xx", "", "../content/en", "crisis"])
def test_a_language_that_is_not_there_is_told(language: str) -> None:
    with pytest.raises(ContentError, match="no such language; there is: en"):
        load_content(language)


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


def test_loading_everything_takes_little_longer_than_parsing_it() -> None:
    """Of processor time and in a process of its own, so that other tests and their tracing do not count."""
    program = """
import time
import tomllib
from kapjournal.content.loading import HERE, load_content

texts = [path.read_text() for path in HERE.rglob("*.toml")]

def seconds(act):
    start = time.process_time()
    act()
    return time.process_time() - start

parsing = min(seconds(lambda: [tomllib.loads(text) for text in texts]) for _ in range(5))
print(min(seconds(load_content) for _ in range(5)) / parsing)
"""
    root = loading.HERE.parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) < 4
