"""The longer texts say what has to be said."""

import re

import pytest

from kapjournal.content import Content

NAMES = [
    "privacy",
    "privacy_therapist",
    "not_for",
    "after_session",
    "help_now",
    "prepare",
    "capture",
    "safety_card",
    "steady",
    "breath",
    "senses",
    "body_scan",
    "not_alone",
    "sharing",
]


def whole(content: Content, name: str) -> str:
    return " ".join(content.texts[name].paragraphs + content.texts[name].items)


def test_there_are_exactly_these_texts(content: Content) -> None:
    assert sorted(content.texts) == sorted(NAMES)


def test_privacy_is_five_sentences(content: Content) -> None:
    paragraphs = content.texts["privacy"].paragraphs
    assert len(paragraphs) == 5
    assert [text for text in paragraphs if not re.fullmatch(r"[^.?!]+\.", text)] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("privacy", "not end-to-end encrypted: while you are signed in, the server program can read"),
        (
            "privacy",
            "signed out, what is stored cannot be read without your passphrase or your recovery code",
        ),
        ("privacy", "can open only what you shared"),
        ("privacy", "lose both your passphrase and your recovery code, nobody can open"),
        ("privacy", "not saved yet is kept in this browser tab"),
        ("not_for", "not a medical device"),
        ("not_for", "does not diagnose"),
        ("not_for", "Nobody watches"),
        ("not_for", "not emergency care"),
        ("not_for", "18 or older"),
        ("not_for", "not approved for any psychiatric disorder"),
        ("not_for", "off-label"),
        ("not_for", "Esketamine nasal spray is approved"),
        ("after_session", "24 hours, and until you have slept"),
        ("after_session", "Do not drive"),
        ("after_session", "Have somebody with you"),
        ("after_session", "no alcohol"),
        ("after_session", "no contract, quit no job, end no relationship"),
        ("after_session", "purchases and posts"),
        ("after_session", "chest pain"),
        ("help_now", "person you trust"),
        ("help_now", "emergency number"),
        ("help_now", "not watched"),
        ("prepare", "takes you home"),
        ("prepare", "only as your clinic said"),
        ("prepare", "Phone off"),
        ("capture", "Nothing to work out today"),
        ("safety_card", "in your own words"),
        ("safety_card", "with your therapist"),
        ("safety_card", "opens without the internet, and it can be read without your passphrase"),
        ("steady", "stop at any time"),
        ("steady", "reach a person"),
        ("breath", "in for four seconds, out for six"),
        ("breath", "If you feel dizzy, stop"),
        ("senses", "five things you can see"),
        ("body_scan", "Keep your eyes open if you like"),
    ],
)
def test_a_text_says(content: Content, name: str, said: str) -> None:
    assert said in whole(content, name)


def test_five_senses_count_down(content: Content) -> None:
    found = [re.search("five|four|three|two|one", item) for item in content.texts["senses"].items]
    assert [it[0] for it in found if it] == ["five", "four", "three", "two", "one"]


@pytest.mark.parametrize("name", NAMES)
def test_a_text_claims_and_cheers_nothing(content: Content, name: str) -> None:
    never = (
        r"HIPAA|clinically (validated|proven)|years of therapy|!|\bheal|\bcure|\bsafe and effective|\bjourney"
    )
    assert re.search(never, whole(content, name), re.IGNORECASE) is None
