"""A clinic's own packs: where their prompts stand among ours, and how a faulty one is told."""

from pathlib import Path

import pytest

from kapjournal.content import Content, load_content
from tests.content.clinic import PACK, faults, write_pack

PHASES = "pre_course, prep, pre_session, same_day, days_1_3, week_1, month_1, between, hard, flat"
OTHER = PACK.replace("northclinic", "southclinic").replace("North", "South")


def ids(content: Content, phase: str) -> list[str]:
    return [prompt.id for prompt in content.prompts(phase)]


def test_a_clinics_prompts_come_after_ours(folder: Path, content: Content) -> None:
    write_pack(folder, PACK)
    assert ids(load_content(extra=folder), "prep") == [*ids(content, "prep"), "northclinic.tea"]


def test_a_pack_that_asks_for_it_comes_first(folder: Path, content: Content) -> None:
    write_pack(folder, PACK, "a.toml")
    write_pack(folder, OTHER.replace("origin", "first = true\norigin"), "b.toml")
    found = ids(load_content(extra=folder), "prep")
    assert found == ["southclinic.tea", *ids(content, "prep"), "northclinic.tea"]


@pytest.mark.parametrize(
    ("phase", "for_phases"),
    [
        ('"hard"', {"hard"}),
        ('["hard"]', {"hard"}),
        ('["week_1", "prep", "between"]', {"week_1", "prep", "between"}),
    ],
)
def test_a_prompt_is_for_the_phases_it_names_and_no_others(
    folder: Path, content: Content, phase: str, for_phases: set[str]
) -> None:
    write_pack(folder, PACK.replace("version = 1\ntext", f"version = 1\nphase = {phase}\ntext"))
    theirs = load_content(extra=folder)
    assert {it for it in PHASES.split(", ") if "northclinic.tea" in ids(theirs, it)} == for_phases
    assert ids(theirs, "same_day") == ids(content, "same_day")


def test_prompts_made_for_a_phase_come_before_those_lent_to_it(content: Content) -> None:
    found = ids(content, "week_1")
    assert found[0] == "week_1.tend"
    assert found[-1] == "days_1_3.meeting"


def test_a_prompt_tells_whose_it_is(folder: Path) -> None:
    write_pack(folder, PACK.replace("origin", 'source = "A book."\norigin'))
    content = load_content(extra=folder)
    pack, ours = content.pack_of("northclinic.tea"), content.pack_of("prep.hope")
    assert pack is not None
    assert (pack.title, pack.origin, pack.source) == ("From your clinic", "North Clinic", "A book.")
    assert ours is not None
    assert (ours.id, ours.origin) == ("prep", None)
    assert content.pack_of("prep.gone") is None


@pytest.mark.parametrize("id", ["northclinic.breath", "north-clinic.breath.2", "hard.northclinic", "x.y"])
def test_an_id_of_a_clinic_begins_as_it_likes(folder: Path, id: str) -> None:
    write_pack(folder, PACK.replace("northclinic.tea", id))
    assert load_content(extra=folder).prompt(id) is not None


def test_an_empty_folder_of_a_clinic_changes_nothing(folder: Path, content: Content) -> None:
    assert load_content(extra=folder) == content


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("version = 1\ntext", "version = 1\nmood = 1\ntext", "mood", "unknown key"),
        (
            '"body"',
            '"soul"',
            "domain",
            "'soul' is not one of: mind, body, spirit, relationships, lifestyle, nature, any",
        ),
        (
            '"present"',
            '"joy"',
            "process",
            "'joy' is not one of: acceptance, defusion, present, self-as-context, values, action",
        ),
        ('source = "The clinic\'s own."', "", "source", "missing"),
        ('source = "The clinic\'s own."', 'source = " "', "source", "empty"),
        ("version = 1\ntext", "version = 0\ntext", "version", "Expected `int` >= 1"),
        ("version = 1\ntext", 'version = "1"\ntext', "version", "Expected `int`, got `str`"),
        ("version = 1\ntext", 'version = 1\nphase = "now"\ntext', "phase", f"'now' is not one of: {PHASES}"),
        (
            "version = 1\ntext",
            'version = 1\nphase = ["prep", "in_session"]\ntext',
            "phase",
            f"'in_session' is not one of: {PHASES}",
        ),
        ("version = 1\ntext", "version = 1\nphase = []\ntext", "phase", "Expected `array` of length >= 1"),
        ("Which tea would you like after?", "", "text", "empty"),
        ("Which tea would you like after?", "x" * 2_001, "text", "longer than 2000 characters"),
        ("Which tea would you like after?", "x" * 50_000, "text", "longer than 2000 characters"),
        ("Which tea", "Which\\u0000 tea", "text", "has control characters"),
        ("Which tea", "Which\\n tea", "text", "has control characters"),
        ("Which tea", "Which \\u202etea", "text", "has control characters"),
        ("Which tea", "<script>alert(1)</script> Which tea", "text", "has markup; texts are plain"),
        ("Which tea", "< SCRIPT>Which</tea", "text", "has markup; texts are plain"),
        ("Which tea", "![x](https://example.org/x.png) tea", "text", "has markup; texts are plain"),
    ],
)
def test_a_faulty_field_of_a_prompt_is_named(
    folder: Path, old: str, new: str, key: str, message: str
) -> None:
    write_pack(folder, PACK.replace(old, new))
    assert faults(folder) == [(f"prompt[northclinic.tea].{key}", message)]


def test_a_text_of_2000_characters_and_a_heart_are_fine(folder: Path) -> None:
    write_pack(folder, PACK.replace("Which tea", "<3 " + "x" * 1_975))
    prompt = load_content(extra=folder).prompt("northclinic.tea")
    assert prompt is not None
    assert len(prompt.text) == 2_000


BAD_PROMPT_ID = "must be words of small letters, digits, - and _ with dots between, such as northclinic.tea"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('phase = "prep"', 'phase = "someday"', ("phase", f"'someday' is not one of: {PHASES}")),
        ('phase = "prep"', 'phase = "in_session"', ("phase", f"'in_session' is not one of: {PHASES}")),
        ('phase = "prep"', 'phase = ["prep"]', ("phase", "Expected `str`, got `array`")),
        (
            'origin = "North Clinic"',
            "",
            ("origin", "missing; say whose pack this is, such as North Clinic"),
        ),
        ('"North Clinic"', '""', ("origin", "empty")),
        ('"North Clinic"', '"North <b>Clinic"', ("origin", "has markup; texts are plain")),
        ("origin", 'first = "yes"\norigin', ("first", "Expected `bool`, got `str`")),
        ('"northclinic.tea"', '"North Tea"', ("prompt[North Tea].id", BAD_PROMPT_ID)),
        ('"northclinic.tea"', '"tea"', ("prompt[tea].id", BAD_PROMPT_ID)),
        ('"northclinic.tea"', "7", ("prompt[#1].id", BAD_PROMPT_ID)),
        (
            '"northclinic.tea"',
            '"prep.hope"',
            ("prompt[prep.hope].id", "prep.hope is already in en/prompts/prep.toml"),
        ),
        (
            '"northclinic"',
            '"North Clinic"',
            ("id", "must be of small letters, digits, - and _, such as northclinic"),
        ),
        ('"northclinic"', '"prep"', ("id", "prep is already in en/prompts/prep.toml")),
        ("[[prompt]]", "[prompt]", ("prompt", "Expected `array`, got `object`")),
        ("[[prompt]]", "[[promt]]", ("promt", "unknown key")),
        ("[[prompt]]", "prompt = [1]\n[other]", ("prompt[#1]", "must be a table")),
    ],
)
def test_a_faulty_pack_is_named(folder: Path, old: str, new: str, fault: tuple[str, str]) -> None:
    write_pack(folder, PACK.replace(old, new))
    assert fault in faults(folder)


@pytest.mark.parametrize("phase", ["pre_session", "same_day", "hard"])
def test_no_pack_asks_for_meaning_too_early(folder: Path, phase: str) -> None:
    asking = PACK.replace('process = "present"', 'process = "present"\ninterpretive = true')
    write_pack(folder, asking.replace('"prep"', f'"{phase}"'))
    assert faults(folder) == [("prompt[northclinic.tea].interpretive", f"{phase} asks for no meaning")]


def test_the_same_id_twice_in_one_file_is_named(folder: Path) -> None:
    write_pack(folder, PACK + PACK[PACK.index("[[prompt]]") :])
    [(key, message)] = faults(folder)
    assert key == "prompt[northclinic.tea].id"
    assert message.startswith("northclinic.tea is already in ")


def test_the_same_id_in_two_files_is_named(folder: Path) -> None:
    write_pack(folder, PACK, "a.toml")
    write_pack(folder, PACK.replace('id = "northclinic"', 'id = "other"'), "b.toml")
    [(key, message)] = faults(folder)
    assert (key, message) == (
        "prompt[northclinic.tea].id",
        f"northclinic.tea is already in {folder / 'en' / 'prompts' / 'a.toml'}",
    )
