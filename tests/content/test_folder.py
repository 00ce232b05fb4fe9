"""The folder of a clinic: a wrong one is refused, and no file in it is passed over in silence."""

import shutil
from pathlib import Path

import pytest

from kapjournal.content import Content, ContentError, Problem, load_content, loading
from tests.content.clinic import PACK, write_pack


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        load_content(extra=folder)
    return caught.value.problems


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "gone") == ((str(tmp_path / "gone"), "", "no such folder"),)


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    assert problems(tmp_path / "own.toml") == ((str(tmp_path / "own.toml"), "", "no such folder"),)


def test_another_folder_is_told_before_anything_in_it_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    message = "not a content folder; there is no crisis or en/prompts or en/measures in it"
    assert problems(tmp_path) == ((str(tmp_path), "", message),)


@pytest.mark.parametrize(
    "place",
    [
        "own.toml",
        "en/texts.toml",
        "en/own.toml",
        "de/prompts/own.toml",
        "en/prompts/more/own.toml",
        "de/measures/own.toml",
    ],
)
def test_a_file_where_it_would_not_be_read_is_told(folder: Path, place: str) -> None:
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(PACK, encoding="utf-8")
    message = "not read here; files belong in crisis or en/prompts or en/measures"
    assert problems(folder) == ((str(folder / place), "", message),)


def test_other_files_and_hidden_folders_are_left_alone(folder: Path, content: Content) -> None:
    (folder / "README.md").write_text("ours", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "own.toml").write_text("id =", encoding="utf-8")
    assert load_content(extra=folder) == content


def test_faults_of_the_folder_and_of_its_files_are_told_together(folder: Path) -> None:
    (folder / "own.toml").write_text(PACK, encoding="utf-8")
    write_pack(folder, PACK.replace('"body"', '"soul"').replace('"North Clinic"', '""').replace("hint", "h"))
    write_pack(folder, "id = ", "torn.toml")
    assert [(Path(it.file).name, it.key) for it in problems(folder)] == [
        ("own.toml", ""),
        ("own.toml", "origin"),
        ("own.toml", "prompt[northclinic.tea].domain"),
        ("torn.toml", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'id = "hard.need"',
            'id = "prep.need"',
            ("prompt[prep.need].id", "must start with the phase: hard."),
        ),
        ('phase = "hard"', 'phase = "hard"\norigin = "Us"', ("origin", "only a clinic's own pack has one")),
    ],
)
def test_our_own_packs_keep_to_their_phase_and_have_no_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, problem: tuple[str, str]
) -> None:
    shutil.copytree(loading.HERE, tmp_path / "content")
    pack = tmp_path / "content" / "en" / "prompts" / "hard.toml"
    pack.write_text(pack.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    monkeypatch.setattr(loading, "HERE", tmp_path / "content")
    with pytest.raises(ContentError) as caught:
        load_content()
    assert caught.value.problems == (("en/prompts/hard.toml", *problem),)
