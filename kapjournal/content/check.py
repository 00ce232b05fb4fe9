"""What `python -m kapjournal content check` prints: prompts by phase, reading grades, measures, crisis lines, faults.

Needs textstat, which is installed for development only.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from kapjournal.content.freshness import FRESH_FOR
from kapjournal.content.loading import ContentError, load_content
from kapjournal.content.never import misplaced
from kapjournal.content.reading import HIGHEST_GRADE, easy, grade
from kapjournal.content.values import Content, Domain, Pack, Phase, Prompt

AT_LEAST = dict.fromkeys(get_args(Phase), 10) | {"flat": 8}
FIRST_DAYS, IN_FIRST_DAYS = ("days_1_3", "week_1"), 26
"""Phases that together have at least so many prompts."""
NAMED = [domain for domain in get_args(Domain) if domain != "any"]


def check(extra: Path | None, *, today: date) -> int:
    """Print what there is and what is wrong with it; 1 if anything is wrong, else 0."""
    try:
        content = load_content(extra=extra)
    except ContentError as error:
        print(error)
        return 1
    found = list(faults(content))
    told = (_phases(content), _grades(content), _measures(content), _lines(content, today))
    for lines in told:
        print(*lines, "", sep="\n")
    print(*found, sep="\n") if found else print("Nothing is wrong.")
    return 1 if found else 0


def faults(content: Content) -> Iterator[str]:
    """What is wrong with content that could be loaded: too few prompts, hard to read, words out of place."""
    for phase, least in AT_LEAST.items():
        if len(content.prompts(phase)) < least:
            yield f"{phase}: {len(content.prompts(phase))} prompts, at least {least} are needed"
    together = {prompt.id for phase in FIRST_DAYS for prompt in content.prompts(phase)}
    if len(together) < IN_FIRST_DAYS:
        yield f"{' and '.join(FIRST_DAYS)}: {len(together)} prompts together, at least {IN_FIRST_DAYS} are needed"
    for pack, prompt in _prompts(content):
        for text in filter(None, (prompt.text, prompt.hint)):
            if not easy(text):
                yield f"{prompt.id}: hard to read, above grade {HIGHEST_GRADE:g}: {text}"
        for words in misplaced(prompt, pack.phases_of(prompt)):
            yield f"{prompt.id}: no words for {' or '.join(pack.phases_of(prompt))}: {words}"
    for measure in content.measures:
        if not easy(measure.why):
            yield f"{measure.id}: hard to read, above grade {HIGHEST_GRADE:g}: {measure.why}"


def _measures(content: Content) -> Iterator[str]:
    for it in content.measures:
        bands = ", ".join(f"{band.words} from {band.least}" for band in it.bands) or "no bands"
        counted = f"{len(it.scored)} questions, total up to {it.highest}"
        yield f"{it.id} version {it.version}: {counted}; {bands}"


def _prompts(content: Content) -> Iterator[tuple[Pack, Prompt]]:
    return ((pack, prompt) for pack in content.packs for prompt in pack.prompts)


def _phases(content: Content) -> Iterator[str]:
    for phase in AT_LEAST:
        prompts = content.prompts(phase)
        domains = {prompt.domain for prompt in prompts}
        yield f"{phase:<12} {len(prompts):>3} prompts  {' '.join(it for it in NAMED if it in domains)}"


def _grades(content: Content) -> Iterator[str]:
    """A line for each prompt: the higher grade of its question and its hint."""
    for _pack, prompt in _prompts(content):
        grades = [it for it in map(grade, (prompt.text, prompt.hint or "")) if it is not None]
        yield f"{f'grade {max(grades):.1f}' if grades else 'few words':<12} {prompt.id}"


def _lines(content: Content, today: date) -> Iterator[str]:
    for country in (*content.countries, content.elsewhere):
        for line in country.lines:
            age = today - line.last_verified
            due = ", look again" if age > FRESH_FOR else ""
            yield f"{age.days:>4} days since verified{due}  {country.name}: {line.name}"
