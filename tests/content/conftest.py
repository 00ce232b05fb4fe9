from pathlib import Path

import pytest

from kapjournal.content import Content, load_content


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything that is shipped in English."""
    return load_content()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic's own folder, still empty."""
    (tmp_path / "en" / "prompts").mkdir(parents=True)
    (tmp_path / "crisis").mkdir()
    return tmp_path
