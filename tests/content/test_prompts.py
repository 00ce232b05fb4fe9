"""What is asked in each phase, by whom it is read, and what it rests on."""

import re
from collections import Counter

import pytest

from kapjournal.content import Content, Prompt

AT_LEAST = {
    "pre_course": 10,
    "prep": 10,
    "pre_session": 10,
    "same_day": 10,
    "days_1_3": 10,
    "week_1": 10,
    "month_1": 10,
    "between": 10,
    "hard": 10,
    "flat": 8,
}
DOMAINS = {"mind", "body", "spirit", "relationships", "lifestyle", "nature"}
PROCESSES = {"acceptance", "defusion", "present", "self-as-context", "values", "action"}
TO_A_PERSON = r"Help now|call|tell|ask|someone|team"


def shown(prompt: Prompt) -> str:
    return f"{prompt.text} {prompt.hint or ''}"


def everything(content: Content) -> list[Prompt]:
    return [prompt for pack in content.packs for prompt in pack.prompts]


def test_there_is_one_pack_for_each_phase_with_prompts(content: Content) -> None:
    assert sorted(pack.phase for pack in content.packs) == sorted(AT_LEAST)
    assert [pack.id for pack in content.packs] == [pack.phase for pack in content.packs]


@pytest.mark.parametrize(("phase", "count"), AT_LEAST.items())
def test_a_phase_has_enough_prompts(content: Content, phase: str, count: int) -> None:
    assert len(content.prompts(phase)) >= count


def test_the_first_days_and_the_first_week_have_enough_for_a_second_course(content: Content) -> None:
    ids = {prompt.id for phase in ("days_1_3", "week_1") for prompt in content.prompts(phase)}
    assert len(ids) >= 26


def test_nothing_is_asked_during_a_session(content: Content) -> None:
    assert content.prompts("in_session") == ()


def test_no_question_is_asked_twice_in_one_phase(content: Content) -> None:
    for phase in AT_LEAST:
        texts = [prompt.text.lower() for prompt in content.prompts(phase)]
        assert len(set(texts)) == len(texts)


def test_prompts_are_plain_text_without_exclamation_or_emoji(content: Content) -> None:
    allowed = re.compile(r"[A-Za-z0-9 ,.:;?…'-]+")
    assert [text for text in map(shown, everything(content)) if not allowed.fullmatch(text)] == []


def test_a_question_and_its_hint_fit_a_phone(content: Content) -> None:
    assert max(len(prompt.text) for prompt in everything(content)) <= 80
    assert max(len(prompt.hint or "") for prompt in everything(content)) <= 90


def test_a_prompt_is_one_question_in_at_most_two_sentences(content: Content) -> None:
    texts = [prompt.text for prompt in everything(content)]
    assert [text for text in texts if text.count("?") > 1] == []
    assert [text for text in texts if len(re.findall(r"[.?:](?:\s|$)", text)) > 2] == []


def test_what_is_asked_just_before_a_session_takes_a_minute(content: Content) -> None:
    prompts = content.prompts("pre_session")
    assert max(len(prompt.text) for prompt in prompts) <= 50
    assert max(len(prompt.hint or "") for prompt in prompts) <= 75
    assert [prompt.id for prompt in prompts[:3]] == [
        "pre_session.mood",
        "pre_session.intention",
        "pre_session.team",
    ]


def test_the_intention_is_one_and_held_lightly(content: Content) -> None:
    asking = [prompt for prompt in content.prompts("prep") if "intention" in prompt.text]
    assert [prompt.id for prompt in asking] == ["prep.intention"]
    assert re.search(r"\bone intention\b.*\blightly\b", asking[0].text)


def test_the_first_thing_after_a_session_is_what_is_still_here(content: Content) -> None:
    first = content.prompts("same_day")[0]
    assert first.text.startswith("What is still here?")
    assert first.hint == "Single words are fine. Nothing to work out today."


def test_nobody_is_left_alone_when_it_is_hard(content: Content) -> None:
    prompts = content.prompts("hard")
    leading = [prompt for prompt in prompts if re.search(rf"\b({TO_A_PERSON})\b", shown(prompt))]
    assert len(leading) >= len(prompts) / 2
    assert "Help now" in shown(prompts[0])


def test_thoughts_of_dying_lead_to_a_person_wherever_they_are_named(content: Content) -> None:
    naming = [shown(prompt) for prompt in everything(content) if "dying" in shown(prompt)]
    assert len(naming) >= 6
    assert [text for text in naming if not re.search(rf"(?i)\b({TO_A_PERSON})\b", text)] == []


def test_the_first_things_when_it_feels_flat_are_leave_a_small_shift_and_the_team(content: Content) -> None:
    ids = [prompt.id for prompt in content.prompts("flat")][:3]
    assert ids == ["flat.just-flat", "flat.small", "flat.team"]


def test_meaning_is_asked_for_only_once_there_was_time_and_not_often(content: Content) -> None:
    asked = {phase: [it for it in content.prompts(phase) if it.interpretive] for phase in AT_LEAST}
    assert {phase for phase, prompts in asked.items() if prompts} == {"days_1_3", "week_1", "month_1"}
    assert all(len(prompts) <= len(content.prompts(phase)) / 5 for phase, prompts in asked.items())


def test_a_prompt_that_asks_what_to_make_of_it_says_so(content: Content) -> None:
    asking = r"(?i)\bmake of\b|\bpoints? to\b|ways to see|not sure|played a part|touched it"
    found = {prompt.id for prompt in everything(content) if re.search(asking, prompt.text)}
    assert found == {prompt.id for prompt in everything(content) if prompt.interpretive}


@pytest.mark.parametrize("phase", ["pre_course", "prep", "days_1_3", "week_1", "month_1", "between"])
def test_a_phase_touches_every_domain_and_process(content: Content, phase: str) -> None:
    prompts = content.prompts(phase)
    assert {prompt.domain for prompt in prompts} >= DOMAINS
    assert {prompt.process for prompt in prompts} == PROCESSES


def test_no_phase_is_mostly_of_one_process(content: Content) -> None:
    for phase in AT_LEAST:
        counts = Counter(prompt.process for prompt in content.prompts(phase))
        assert max(counts.values()) <= len(content.prompts(phase)) / 2 + 1


def test_every_source_names_a_publication_or_an_agency(content: Content) -> None:
    known = r"(Bathje|Watts & Luoma|Han|Kryst|Anderson|Chang).* 20\d\d|FDA warning|[Ee]sketamine label"
    assert [prompt.id for prompt in everything(content) if not re.search(known, prompt.source)] == []


def test_a_prompt_is_found_by_its_id(content: Content) -> None:
    prompt = content.prompts("between")[2]
    assert content.prompt(prompt.id) is prompt
    assert content.prompt("prep.gone") is None
