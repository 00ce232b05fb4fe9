"""Tired people read these texts: grade 8 or lower by Flesch-Kincaid, for every question, hint and text."""

import pytest
import textstat

from kapjournal.content import Content, load_content
from kapjournal.content.reading import HIGHEST_GRADE, easy, grade, syllables

PROMPTS = [prompt for pack in load_content().packs for prompt in pack.prompts]
SENTENCES = [prompt.text for prompt in PROMPTS] + [prompt.hint for prompt in PROMPTS if prompt.hint]


@pytest.mark.parametrize(
    ("word", "count"),
    [("one", 1), ("stays", 1), ("intention", 3), ("prescriber", 3), ("helped", 1), ("wanted", 2)],
)
def test_syllables_are_counted_as_people_speak_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_limit_is_grade_8() -> None:
    assert HIGHEST_GRADE == 8


@pytest.mark.parametrize(
    "hard",
    [
        "Which psychological interpretation characterizes your extraordinary neurobiological experience?",
        "Consider communicating tomorrow's considerations.",
        "Psychological?",
    ],
)
def test_a_hard_sentence_would_be_noticed(hard: str) -> None:
    assert not easy(hard)


def test_a_few_words_have_no_grade() -> None:
    assert grade("How are you now?") is None
    assert easy("How are you now?")
    assert easy("")


@pytest.mark.parametrize("text", SENTENCES)
def test_a_prompt_is_easy_to_read(text: str) -> None:
    assert easy(text)


@pytest.mark.parametrize("name", list(load_content().texts))
def test_a_longer_text_is_easy_to_read(content: Content, name: str) -> None:
    text = content.texts[name]
    assert textstat.flesch_kincaid_grade(" ".join(text.paragraphs + text.items)) <= HIGHEST_GRADE
