"""A clinic's own prompt on the page: it says whose it is."""

from pathlib import Path

import pytest

from kapjournal.content import load_content
from pages.parts import signed_in
from tests.content.clinic import PACK, write_pack
from tests.pages.conftest import Screen


@pytest.fixture
def theirs(alice: Screen, tmp_path: Path) -> Screen:
    """Alice's tab, where a clinic's prompt comes first."""
    (tmp_path / "en" / "prompts").mkdir(parents=True)
    write_pack(tmp_path, PACK.replace('"prep"', '"pre_course"').replace("origin", "first = true\norigin"))
    signed_in.application().content = load_content(extra=tmp_path)
    return alice


def captions(screen: Screen) -> list[str]:
    return [it.value for it in screen.app.caption]


def test_a_clinics_prompt_says_whose_it_is(theirs: Screen) -> None:
    theirs.open("write")
    assert theirs.title == "Which tea would you like after?"
    assert "From North Clinic" in captions(theirs)


def test_our_prompts_say_nothing_of_a_clinic(theirs: Screen) -> None:
    theirs.open("write").press("skip")
    assert theirs.title == signed_in.application().content.prompts("pre_course")[1].text
    assert not [it for it in captions(theirs) if it.startswith("From")]
