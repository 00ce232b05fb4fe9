"""How easy a sentence is to read: the US school grade of Flesch and Kincaid, by textstat, without a network.

Needs textstat, which is installed for development only; `content.check` and the tests use this module.
"""

import re

import textstat
from textstat.backend.counts import _count_syllables

HIGHEST_GRADE = 8.0
SHORT = 5
"""Words. Below that the formula says more about one word than about the sentence."""
LONGEST_WORD = 3
"""Syllables that a word of a short sentence may have."""


class _VowelGroups(dict[str, list[list[str]]]):
    """Stands in for the pronouncing dictionary that textstat would download when it first counts."""

    def __missing__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables(word)]


_count_syllables.get_cmudict = lambda _language: _VowelGroups()


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; rather one too many than one too few."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", letters) is not None
    return max(1, len(re.findall(r"[aeiouy]+", letters)) - silent)


def grade(text: str) -> float | None:
    """The grade of a text; None for fewer than five words."""
    return None if textstat.lexicon_count(text) < SHORT else float(textstat.flesch_kincaid_grade(text))


def easy(text: str) -> bool:
    """Whether a text is of grade 8 or lower; a very short one, whether it has no long word."""
    found = grade(text)
    if found is None:
        return max(map(syllables, text.split()), default=0) <= LONGEST_WORD
    return found <= HIGHEST_GRADE
