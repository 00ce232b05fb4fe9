"""Tired people read these texts: grade 8 or lower by Flesch-Kincaid, for every question, hint and text."""

import re
from collections.abc import Iterator

import pytest
import textstat

from kapjournal.content import Content, load_content

HIGHEST_GRADE = 8
SHORT = 5  # words; below that the formula says more about one word than about the sentence

PROMPTS = [prompt for pack in load_content().packs for prompt in pack.prompts]
SENTENCES = [prompt.text for prompt in PROMPTS] + [prompt.hint for prompt in PROMPTS if prompt.hint]


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; rather one too many than one too few."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", letters) is not None
    return max(1, len(re.findall(r"[aeiouy]+", letters)) - silent)


class VowelGroups(dict[str, list[list[str]]]):
    """Stands in for the pronouncing dictionary that textstat downloads when it first counts."""

    def __missing__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables(word)]


@pytest.fixture(autouse=True, scope="module")
def offline() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda lang: VowelGroups())
        yield


@pytest.mark.parametrize(
    ("word", "count"),
    [("one", 1), ("stays", 1), ("intention", 3), ("prescriber", 3), ("helped", 1), ("wanted", 2)],
)
def test_syllables_are_counted_as_people_speak_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_sentence_would_be_noticed() -> None:
    hard = "Which psychological interpretation characterizes your extraordinary neurobiological experience?"
    assert textstat.flesch_kincaid_grade(hard) > HIGHEST_GRADE


@pytest.mark.parametrize("text", SENTENCES)
def test_a_prompt_is_easy_to_read(text: str) -> None:
    if textstat.lexicon_count(text) < SHORT:
        assert max(map(syllables, text.split())) <= 3
    else:
        assert textstat.flesch_kincaid_grade(text) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", list(load_content().texts))
def test_a_longer_text_is_easy_to_read(content: Content, name: str) -> None:
    text = content.texts[name]
    assert textstat.flesch_kincaid_grade(" ".join(text.paragraphs + text.items)) <= HIGHEST_GRADE
