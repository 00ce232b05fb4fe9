"""What a phase never asks: no prompt of ours does, and the commonest ways to do so would be noticed."""

import pytest

from kapjournal.content import Content, Prompt, load_content
from kapjournal.content.never import NEVER, misplaced

PROMPTS = [
    pytest.param(prompt, pack.phases_of(prompt), id=prompt.id)
    for pack in load_content().packs
    for prompt in pack.prompts
]
HARMFUL = {
    "pre_course": (
        "Are you suitable for ketamine?",
        "Do you qualify for this?",
        "Is ketamine right for you?",
        "What has been ruled out?",
        "What will change when you start?",
    ),
    "prep": (
        "How will it help you?",
        "What are your intentions?",
        "Which results do you want?",
        "What breakthrough do you need?",
    ),
    "pre_session": (
        "How have the last two weeks been?",
        "Describe how you feel.",
        "Why are you here?",
        "What happened this past week?",
        "Can you list everything on your mind?",
    ),
    "same_day": (
        "What does it mean?",
        "What is the lesson?",
        "Why did this come?",
        "What have you decided?",
        "What will you change now?",
        "Which insight do you take home?",
        "How would you rate it?",
        "How strong was it, from 0 to 10?",
        "What was the message?",
        "Whom will you share this with?",
        "What does this symbol tell you?",
        "Do you feel better?",
        "What is your next step?",
    ),
    "days_1_3": (
        "What truth was revealed?",
        "Which memory came back?",
        "What do you now know for sure?",
        "What was the message for you?",
        "What really happened back then?",
        "How do you use this window of change?",
    ),
    "week_1": (
        "Why did you fail at your step?",
        "How many days in a row?",
        "What is your excuse?",
        "Did you do it every day?",
        "Can you do it harder?",
        "What if it was not enough?",
        "Are you ashamed of it?",
        "How long is your streak?",
    ),
    "month_1": (
        "What has ketamine changed for you?",
        "What is better because of your sessions?",
        "Do you need another session?",
        "When will you go again?",
        "Is it wearing off?",
        "What did the treatment fix, thanks to your work?",
    ),
    "between": (
        "Is it time for a booster?",
        "Would a higher dose help?",
        "How often would you like a session?",
        "Do you want another session?",
        "Are you due for one?",
        "Should you go weekly?",
        "Do you need something stronger?",
    ),
    "hard": (
        "What is the gift in this?",
        "What are you grateful for?",
        "What can you learn from it?",
        "What is the lesson?",
        "What makes you strong? It will pass.",
        "Why do you feel this way?",
        "At least it is only a feeling.",
        "Can you smile at it?",
    ),
    "flat": (
        "Did you try hard?",
        "What did you resist?",
        "Could you let go more?",
        "What blocked you?",
        "What will you do next time?",
        "Were you ready for it?",
        "What did you do wrong?",
        "Did you prepare well enough?",
    ),
}
ANYWHERE = (
    "What should you do now?",
    "What was amazing?",
    "How has your journey healed you?",
    "How was your trip?",
    "Is this a miracle cure?",
    "How do you rewire your brain?",
    "Congratulations on your streak.",
)


def prompt(text: str, hint: str | None = None) -> Prompt:
    return Prompt(
        id="x.y", version=1, text=text, hint=hint, domain="any", process="present", source="Made up."
    )


@pytest.mark.parametrize(("ours", "phases"), PROMPTS)
def test_no_prompt_has_words_that_do_not_belong_there(ours: Prompt, phases: tuple[str, ...]) -> None:
    assert misplaced(ours, phases) == ()


def test_every_phase_with_prompts_has_its_words(content: Content) -> None:
    assert NEVER.keys() == HARMFUL.keys() == {pack.phase for pack in content.packs}


@pytest.mark.parametrize(("phase", "text"), [(phase, it) for phase, all_ in HARMFUL.items() for it in all_])
def test_a_harmful_prompt_would_be_noticed(phase: str, text: str) -> None:
    assert misplaced(prompt(text), [phase])
    assert misplaced(prompt("What is here?", text.upper()), [phase])


@pytest.mark.parametrize("text", ANYWHERE)
@pytest.mark.parametrize("phase", NEVER)
def test_what_cheers_urges_or_promises_would_be_noticed_anywhere(phase: str, text: str) -> None:
    assert misplaced(prompt(text), [phase])


def test_a_prompt_for_two_phases_keeps_to_both() -> None:
    assert misplaced(prompt("What does it mean?"), ["week_1"]) == ()
    assert misplaced(prompt("What does it mean?"), ["week_1", "same_day"]) == ("mean",)


def test_parts_of_words_do_not_count() -> None:
    assert misplaced(prompt("In the meantime, which stripes and scarves do you see?"), ["same_day"]) == ()
