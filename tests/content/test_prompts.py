"""What is asked in each phase, and what is never asked there."""

import re
from collections import Counter

import pytest

from kapjournal.content import Content, Prompt

AT_LEAST = {"prep": 10, "same_day": 8, "days_1_3": 12, "between": 12}
DOMAINS = {"mind", "body", "spirit", "relationships", "lifestyle", "nature"}
PROCESSES = {"acceptance", "defusion", "present", "self-as-context", "values", "action"}

NEVER = {
    "prep": r"will (heal|help|cure|change|feel)|breakthrough|transform|cure|promise|intentions",
    "same_day": r"mean\w*|lesson\w*|why|decide\w*|decision\w*|choos\w*|choice\w*|scor\w+|rat(e|ing)|learn\w*"
    r"|understand\w*|insight\w*|message\w*|symbol\w*|interpret\w*|plan\w*|change\w*|shar(e|ing)|intention",
    "days_1_3": r"truth|proof|proves?|reveal\w*|messages?|lesson\w*|teach\w*|really happened|rewire\w*",
    "between": r"dos(e|es|age|ing)|mg|milligrams?|booster\w*|maintenance|lozenges?|infusions?|schedule"
    r"|weekly|monthly|every \d+",
}
NOWHERE = (
    r"should|must|great|amazing|wonderful|congrat\w*|journey|heal\w*|sacred|trip\w*|neuroplastic\w*|streak\w*"
)


def shown(prompt: Prompt) -> str:
    return f"{prompt.text} {prompt.hint or ''}"


def everything(content: Content) -> list[Prompt]:
    return [prompt for pack in content.packs for prompt in pack.prompts]


@pytest.mark.parametrize(("phase", "count"), AT_LEAST.items())
def test_a_phase_has_enough_prompts(content: Content, phase: str, count: int) -> None:
    assert len(content.prompts(phase)) >= count


@pytest.mark.parametrize("phase", NEVER)
def test_a_phase_never_asks_what_does_not_belong_there(content: Content, phase: str) -> None:
    asked = [shown(prompt) for prompt in content.prompts(phase)]
    assert [text for text in asked if re.search(rf"\b({NEVER[phase]})\b", text, re.IGNORECASE)] == []


def test_no_prompt_cheers_urges_or_promises(content: Content) -> None:
    asked = [shown(prompt) for prompt in everything(content)]
    assert [text for text in asked if re.search(rf"\b({NOWHERE})\b", text, re.IGNORECASE)] == []


def test_prompts_are_plain_text_without_exclamation_or_emoji(content: Content) -> None:
    allowed = re.compile(r"[A-Za-z0-9 ,.:;?…'-]+")
    assert [text for text in map(shown, everything(content)) if not allowed.fullmatch(text)] == []


def test_a_question_and_its_hint_fit_a_phone(content: Content) -> None:
    assert max(len(prompt.text) for prompt in everything(content)) <= 80
    assert max(len(prompt.hint or "") for prompt in everything(content)) <= 90


def test_the_intention_is_one_and_held_lightly(content: Content) -> None:
    asking = [prompt for prompt in content.prompts("prep") if "intention" in prompt.text]
    assert [prompt.id for prompt in asking] == ["prep.intention"]
    assert re.search(r"\bone intention\b.*\blightly\b", asking[0].text)


def test_the_first_thing_after_a_session_is_what_is_still_here(content: Content) -> None:
    first = content.prompts("same_day")[0]
    assert first.text.startswith("What is still here?")
    assert first.hint == "Single words are fine. Nothing to work out today."


def test_only_the_first_days_ask_for_interpretation_and_not_mostly(content: Content) -> None:
    interpretive = Counter(prompt.phase for prompt in everything(content) if prompt.interpretive)
    assert interpretive.keys() == {"days_1_3"}
    assert 1 <= interpretive["days_1_3"] <= len(content.prompts("days_1_3")) / 3


@pytest.mark.parametrize("phase", ["prep", "days_1_3", "between"])
def test_a_phase_touches_every_domain_and_process(content: Content, phase: str) -> None:
    prompts = content.prompts(phase)
    assert {prompt.domain for prompt in prompts} >= DOMAINS
    assert {prompt.process for prompt in prompts} == PROCESSES


def test_every_source_names_a_publication_or_an_agency(content: Content) -> None:
    known = r"(Bathje|Watts & Luoma|Han|Kryst|Anderson|Chang).* 20\d\d|FDA warning|[Ee]sketamine label"
    assert [prompt.id for prompt in everything(content) if not re.search(known, prompt.source)] == []


def test_a_prompt_is_found_by_its_id_and_knows_its_phase(content: Content) -> None:
    prompt = content.prompts("between")[2]
    assert content.prompt(prompt.id) is prompt
    assert prompt.phase == "between"


def test_there_is_nothing_for_an_unknown_id_or_a_phase_without_prompts(content: Content) -> None:
    assert content.prompt("prep.gone") is None
    assert content.prompts("in_session") == ()
