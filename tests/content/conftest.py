import pytest

from kapjournal.content import Content, load_content


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything that is shipped in English."""
    return load_content()
