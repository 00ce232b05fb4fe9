"""What becomes of the parts that the recording button pushes, whatever they are."""

import base64
import os
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from kapjournal.errors import StorageUnavailable
from kapjournal.journal.sessions import delete_session
from kapjournal.journal.voice import Recording, delete_recording, keep_recording, play, recordings
from kapjournal.journal.writing import About
from pages.parts import signed_in, voice_box
from pages.parts.browser import Heard, Kept, NotKept, Part, _voice, part
from tests.cast import Cast
from tests.journal.desk import planned
from tests.pages.conftest import Screen

ABOUT = About(phase="same_day", prompt="same_day.still", prompt_version=1)
DATA = b"OggS" + os.urandom(300_000)
PARTS = [DATA[start : start + 131_072] for start in range(0, len(DATA), 131_072)]


class Button:
    """The button of Alice's tab, as the server sees it."""

    def __init__(self, cast: Cast, state: dict[str, Any]) -> None:
        self.cast, self.state = cast, state
        self.id = os.urandom(16)

    def push(self, number: int, /, **other: Any) -> object:
        """Send a part; the answer."""
        pushed = {
            "recording": self.id.hex(),
            "number": number,
            "count": len(PARTS),
            "seconds": 9,
            "about": msgspec.json.encode(ABOUT).decode(),
            "data": base64.b64encode(PARTS[min(number, 2)]).decode(),
            "n": 1,
        }
        self.state[voice_box.KEY] = {"part": pushed | other}
        voice_box.receive()
        return self.state.get(voice_box.ANSWER)

    def push_all(self) -> object:
        return [self.push(number) for number in range(len(PARTS))][-1]

    def kept(self) -> list[bytes]:
        work = self.cast.work(self.cast.new_store())
        found = recordings(work, by=self.cast.alice)
        return [play(work, by=self.cast.alice, recording=it.id).data for it in found]


@pytest.fixture
def button(theatre: Cast, monkeypatch: pytest.MonkeyPatch) -> Button:
    state: dict[str, Any] = {}
    for module in (voice_box, _voice):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(signed_in, "by", lambda: theatre.alice)
    monkeypatch.setattr(signed_in, "now", theatre.now)
    return Button(theatre, state)


def test_the_last_part_saves_the_whole(button: Button) -> None:
    assert [button.push(number) for number in range(2)] == [Heard(button.id, 1), Heard(button.id, 2)]
    assert button.kept() == []
    assert button.push(2) == Kept(button.id, button.cast.now().time)
    assert button.kept() == [DATA]
    [record] = recordings(button.cast.work(), by=button.cast.alice)
    assert (record.id, record.value.seconds, record.value.prompt) == (button.id, 9, ABOUT.prompt)
    assert voice_box.ARRIVED not in button.state


def test_a_part_pushed_again_counts_once(button: Button) -> None:
    for number, arrived in ((0, 1), (0, 1), (2, 1), (1, 2), (1, 2), (0, 2)):
        assert button.push(number) == Heard(button.id, arrived)
    button.push(2)
    button.push(2)
    assert button.kept() == [DATA]


def test_a_session_that_has_been_started_anew_gets_all_parts_and_saves_once(button: Button) -> None:
    answer = button.push_all()
    button.state.clear()
    assert button.push(2) == Heard(button.id, 0)
    assert button.push_all() == answer
    assert button.kept() == [DATA]


def test_another_recording_begins_anew(button: Button) -> None:
    button.push(0)
    button.id = os.urandom(16)
    assert button.push(1) == Heard(button.id, 0)
    assert isinstance(button.push_all(), Kept)
    assert button.kept() == [DATA]


def test_what_was_thrown_away_or_is_saved_is_not_held(button: Button) -> None:
    button.push(0)
    button.state[voice_box.KEY] = {"part": None}
    voice_box.receive()
    assert voice_box.ARRIVED not in button.state


def test_storage_that_does_not_answer_saves_it_at_the_next_try(
    button: Button, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_args: object, **_more: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(voice_box, "keep_recording", unavailable)
        answer = button.push_all()
        assert isinstance(answer, NotKept)
        assert "Nothing was saved" in answer.message
    assert isinstance(button.push(2), Kept)
    assert button.kept() == [DATA]


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "6 MB": (
        {"count": 46},
        "This recording is too large to be kept: 5 MB is the most. It was not saved. Please make a shorter one.",
    ),
    "0 bytes": ({"count": 1, "data": ""}, "There is no sound in this recording. It was not saved."),
    "a text": (
        {"count": 1, "data": base64.b64encode(b"a text").decode()},
        "This is not a recording that can be kept. It was not saved.",
    ),
    "eleven minutes": (
        {"count": 1, "seconds": 660},
        "A recording can last ten minutes at most. It was not saved.",
    ),
}


@pytest.mark.parametrize(("other", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_said_in_a_sentence(
    button: Button, other: dict[str, object], message: str
) -> None:
    assert button.push(0, **other) == NotKept(button.id, message)
    assert button.kept() == []


@pytest.mark.parametrize("about", ["[1]", "{", "", '["","later","",0]'])
def test_it_is_kept_even_if_nobody_knows_what_it_was_about(button: Button, about: str) -> None:
    for number in range(3):
        answer = button.push(number, about=about)
    assert isinstance(answer, Kept)
    assert button.kept() == [DATA]


def test_it_is_kept_even_if_its_session_is_deleted_meanwhile(button: Button) -> None:
    session = planned(button.cast, button.cast.alice)
    delete_session(button.cast.work(), by=button.cast.alice, session=session.id)
    about = msgspec.json.encode(ABOUT._replace(session=session.id)).decode()
    for number in range(3):
        answer = button.push(number, about=about)
    assert isinstance(answer, Kept)
    [record] = recordings(button.cast.work(), by=button.cast.alice)
    assert (record.value.session, record.value.phase) == (b"", "same_day")


WRONG = {
    "a short id": {"recording": "0a" * 15},
    "no id": {"recording": None},
    "a negative number": {"number": -1},
    "no count": {"count": 0},
    "too many parts to count": {"count": 10**9},
    "a length that is none": {"seconds": 1.5},
    "no base64": {"data": "§"},
    "half of base64": {"data": "abc"},
    "too long": {"data": "a" * 200_000},
    "too much to say": {"about": "x" * 1_001},
    "more": {"more": 1},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_anything_else_is_nothing(button: Button, wrong: dict[str, object]) -> None:
    assert button.push(0, **wrong) is None
    assert part(voice_box.KEY) is None


def test_a_push_is_a_part(button: Button) -> None:
    button.push(1)
    about = msgspec.json.encode(ABOUT).decode()
    assert part(voice_box.KEY) == Part(button.id, 1, 3, 9, about, PARTS[1])


def test_a_deleted_recording_is_brought_back_from_its_page(theatre: Cast, alice: Screen) -> None:
    it = Recording(os.urandom(16), b"OggS", 65)
    keep_recording(theatre.work(), by=theatre.alice, recording=it, about=ABOUT, now=theatre.now())
    delete_recording(theatre.work(), by=theatre.alice, recording=it.id)
    alice.open("deleted")
    assert "A recording, 1:05" in [shown.value for shown in alice.app.markdown]
    alice.press(it.id.hex())
    assert alice.told == ["It is back in your journal."]
    assert play(theatre.work(), by=theatre.alice, recording=it.id).data == b"OggS"
