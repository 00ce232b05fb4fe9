"""A clinic's own folder of content, and what is wrong with it."""

from pathlib import Path

import pytest

from kapjournal.content import ContentError, load_content

PACK = """
id = "northclinic"
title = "From your clinic"
version = 1
phase = "prep"
origin = "North Clinic"

[[prompt]]
id = "northclinic.tea"
version = 1
text = "Which tea would you like after?"
domain = "body"
process = "present"
source = "The clinic's own."
"""


def write_pack(folder: Path, text: str, name: str = "own.toml") -> None:
    (folder / "en" / "prompts" / name).write_text(text, encoding="utf-8")


def write_country(folder: Path, text: str, name: str = "ke.toml") -> None:
    (folder / "crisis" / name).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[tuple[str, str]]:
    """Key and message of every problem, without the file."""
    with pytest.raises(ContentError) as caught:
        load_content(extra=folder)
    return [(problem.key, problem.message) for problem in caught.value.problems]
