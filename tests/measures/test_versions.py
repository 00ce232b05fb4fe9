"""A measure that has changed: earlier responses keep their version, and are scored by it while it is shipped."""

from pathlib import Path

import pytest

from kapjournal.content import Content, load_content
from kapjournal.measures.responses import responses, scores
from tests.cast import Cast
from tests.content.own_measure import MEASURE
from tests.measures.forms import responded, shipped

ID = "northclinic-rest"
NEWER = (
    MEASURE.replace("version = 1", "version = 2")
    .replace("score = 3", "score = 9")
    .replace("most = 6", "most = 18")
)


@pytest.fixture
def both(tmp_path: Path) -> Content:
    """The content with two versions of a clinic's measure."""
    return own_content(tmp_path, MEASURE, NEWER)


def own_content(folder: Path, *measures: str) -> Content:
    place = folder / "en" / "measures"
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for number, text in enumerate(measures):
        (place / f"{number}.toml").write_text(text, encoding="utf-8")
    return load_content(extra=folder)


def test_the_newest_version_is_asked_and_each_can_be_had(both: Content) -> None:
    assert shipped(both, ID).version == 2
    assert [it.highest for it in (both.measure(ID, 1), both.measure(ID, 2)) if it] == [6, 18]
    assert both.measure(ID, 3) is None


def test_each_response_is_scored_by_its_own_version(cast: Cast, both: Content) -> None:
    for version in (1, 2):
        measure = both.measure(ID, version)
        assert measure is not None
        responded(cast, cast.alice, measure, "always", "always")
        cast.later(1)
    found = scores(cast.work(cast.new_store()), by=cast.alice, content=both, measure=ID)
    assert [(it.response.value.version, it.score and it.score.total) for it in found] == [(1, 6), (2, 18)]


def test_a_response_to_a_version_that_is_no_longer_shipped_is_kept_without_a_score(
    cast: Cast, both: Content, tmp_path: Path
) -> None:
    first = both.measure(ID, 1)
    assert first is not None
    response = responded(cast, cast.alice, first, "always", "often")
    for content in (own_content(tmp_path, NEWER), load_content()):
        assert scores(cast.work(), by=cast.alice, content=content, measure=ID) == ((response, None),)
    assert responses(cast.work(), by=cast.alice, measure=ID) == (response,)


def test_a_measure_that_lost_an_item_without_a_new_version_scores_nothing(
    cast: Cast, both: Content, tmp_path: Path
) -> None:
    first = both.measure(ID, 1)
    assert first is not None
    responded(cast, cast.alice, first, "always", "often")
    shorter = MEASURE.replace('[[item]]\nid = "night"\ntext = "by night?"\n', "").replace(
        "most = 4", "most = 2"
    )
    shorter = shorter.replace("least = 5\nmost = 6", "least = 3\nmost = 3")
    content = own_content(tmp_path, shorter)
    [only] = scores(cast.work(), by=cast.alice, content=content, measure=ID)
    assert only.score is None
