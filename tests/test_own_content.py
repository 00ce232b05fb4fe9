"""The application with a clinic's own content: it starts with it, or says everything that is wrong with it."""

from pathlib import Path

import pytest

from kapjournal.application import DATABASE_FILE, open_application
from kapjournal.errors import SettingsRefused
from kapjournal.settings import Settings, read_settings
from tests.content.clinic import PACK, write_pack


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings that name a clinic's folder, still empty."""
    (tmp_path / "own" / "en" / "prompts").mkdir(parents=True)
    given = {"KAPJOURNAL_CONTENT": str(tmp_path / "own"), "KAPJOURNAL_DATA": str(tmp_path / "data")}
    return read_settings(given)


def folder(settings: Settings) -> Path:
    assert settings.content is not None
    return settings.content


def test_a_clinics_prompts_are_offered(own: Settings) -> None:
    write_pack(folder(own), PACK)
    application = open_application(own, environ={})
    application.close()
    assert application.content.prompts("prep")[-1].id == "northclinic.tea"


def test_faulty_content_stops_the_start_with_every_fault_and_makes_nothing(own: Settings) -> None:
    write_pack(folder(own), PACK.replace('"body"', '"soul"').replace("Which tea", "<b>Which"))
    write_pack(folder(own), "id = ", "torn.toml")
    with pytest.raises(SettingsRefused) as refusal:
        open_application(own, environ={})
    first, *told = str(refusal.value).splitlines()
    assert first.endswith("Correct what follows, or leave KAPJOURNAL_CONTENT out.")
    assert [line.partition(".toml: ")[2].partition(":")[0] for line in told] == [
        "prompt[northclinic.tea].text",
        "prompt[northclinic.tea].domain",
        "cannot be read as TOML",
    ]
    assert not (own.data / DATABASE_FILE).exists()


def test_a_folder_that_is_not_there_stops_the_start(own: Settings) -> None:
    gone = own._replace(content=folder(own) / "gone")
    with pytest.raises(SettingsRefused, match="gone: no such folder"):
        open_application(gone, environ={})
