"""What comes from the browser is parsed strictly: a save or nothing."""

from types import SimpleNamespace

import pytest

from pages.parts.browser import Ack, Refusal, Save, _editor, editor, pushed

GOOD = {
    "save_id": "0a" * 16,
    "after": ["0b" * 16],
    "base_version": 3,
    "text": "words 🌱",
    "typed": True,
    "record": "0c" * 16,
    "n": 7,
}


@pytest.fixture(autouse=True)
def state(monkeypatch):
    session_state = {}
    monkeypatch.setattr(_editor, "st", SimpleNamespace(session_state=session_state))
    return session_state


def test_a_push_is_a_save(state):
    state["words"] = {"save": GOOD}
    assert pushed("words") == Save(b"\x0a" * 16, (b"\x0b" * 16,), 3, "words 🌱", True, b"\x0c" * 16)


@pytest.mark.parametrize(
    "wrong",
    [
        {"save_id": "0a" * 15},
        {"save_id": "0A" * 16},
        {"save_id": "0a" * 16 + "\n"},
        {"after": ["0b"]},
        {"after": ["0b" * 16] * 33},
        {"base_version": -1},
        {"base_version": True},
        {"text": None},
        {"text": "a\0b"},
        {"text": "a\ud800b"},
        {"typed": 1},
        {"record": None},
        {"more": 1},
    ],
)
def test_anything_else_is_nothing(state, wrong):
    state["words"] = {"save": GOOD | wrong}
    assert pushed("words") is None


@pytest.mark.parametrize("nothing", [{}, {"words": None}, {"words": {}}, {"words": {"save": "text"}}])
def test_no_push_is_nothing(state, nothing):
    state.update(nothing)
    assert pushed("words") is None


@pytest.mark.parametrize(
    ("answer", "wire"),
    [
        (None, None),
        (
            Ack(b"\x0a" * 16, 4, b"\x0c" * 16, "14:02"),
            {"save_id": "0a" * 16, "version": 4, "record": "0c" * 16, "saved_at": "14:02", "copied": False},
        ),
        (Refusal(b"\x0a" * 16, "The disk is full."), {"save_id": "0a" * 16, "message": "The disk is full."}),
    ],
)
def test_an_answer_and_what_was_heard_go_to_the_browser(state, monkeypatch, answer, wire):
    mounted = {}
    monkeypatch.setattr(_editor, "_mount", lambda **it: mounted.update(it["data"]))
    state["words"] = {"save": GOOD}
    editor(
        key="words",
        account="alice",
        record=b"\x0c" * 16,
        text="",
        version=0,
        saved_as=None,
        answer=answer,
        on_save=lambda: None,
        label="Your words",
    )
    assert mounted["answer"] == wire
    assert mounted["heard"] == 7
    assert mounted["saved_as"] is None
    assert mounted["record"] == "0c" * 16
