"""Who is led where; and that a page never draws what is not for the person."""

import pytest

from kapjournal.errors import SignedOut
from kapjournal.people.preferences import change_preferences
from kapjournal.records import SignedIn
from pages.parts import nav, signed_in
from tests.cast import Cast
from tests.pages.conftest import Screen

PRIVATE = [name for name in (*nav.ACCOUNT, *nav.PATIENT, *nav.THERAPIST) if name not in nav.OPEN_TO_ALL]


@pytest.mark.parametrize("name", PRIVATE)
def test_nobody_is_led_to_a_way_in(theatre: Cast, name: str) -> None:
    screen = Screen(None).open(name)
    assert screen.title in {"Sign in", "A quiet place for what your sessions bring up"}


@pytest.mark.parametrize("name", nav.PATIENT)
def test_a_therapist_is_led_to_the_patients(theatre: Cast, name: str) -> None:
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), recovery_written_down=True)
    theatre.turn_on_factor(theatre.bob)
    assert Screen(theatre.bob).open(name).title == "Patients"


def test_a_new_account_first_writes_its_recovery_code_down(theatre: Cast) -> None:
    assert Screen(theatre.alice).open("today").title == "Your recovery code"


def test_a_new_account_can_sign_out_before_that(theatre: Cast) -> None:
    screen = Screen(theatre.alice).open("today").press("sign_out")
    assert screen.title == "A quiet place for what your sessions bring up"
    with pytest.raises(SignedOut):
        theatre.work().role(theatre.alice)


def test_a_tab_that_held_nothing_can_say_later_that_it_does(theatre: Cast, alice: Screen) -> None:
    """A server that is back is first told what the tab held when the page was loaded."""
    kept = alice.app.session_state[signed_in.TOKEN]
    del alice.app.session_state[signed_in.TOKEN]
    for held, title in (
        (None, "A quiet place for what your sessions bring up"),
        (None, "A quiet place for what your sessions bring up"),
        (kept, "Today"),
    ):
        alice.app.session_state["resume"] = {"tab": {"known": True, "token": held, "asked": 0}}
        assert alice.run().title == title


def test_help_now_is_open_to_everybody(theatre: Cast, alice: Screen) -> None:
    assert Screen(None).open("help_now").title == "Get help now"
    assert alice.open("help_now").title == "Get help now"


def test_another_browser_with_the_same_token_is_nobody(
    theatre: Cast, alice: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert alice.open("journal").title == "Journal"
    monkeypatch.setattr(signed_in, "mark", lambda: b"x" * 32)
    assert alice.run().title != "Journal"


def test_a_sign_in_that_ended_leads_to_sign_in_and_back(theatre: Cast, alice: Screen) -> None:
    alice.open("progress")
    theatre.at += 61 * 60
    assert alice.run().title == "Sign in"
    again = theatre.arrive("eve", "patient").signed_in
    change_preferences(theatre.work(), by=again, now=theatre.now(), recovery_written_down=True)
    alice.app.session_state[signed_in.TOKEN] = _token(again)
    assert alice.run().title == "Progress"


def _token(by: SignedIn) -> str:
    from tests.pages.conftest import token

    return token(by)
