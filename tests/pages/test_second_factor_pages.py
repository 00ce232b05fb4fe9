"""The second factor on the pages: setting it up, the second step of the ways in, the passphrase once more."""

import pytest
from pyotp import TOTP

from kapjournal.errors import SignedOut
from kapjournal.people.preferences import change_preferences
from kapjournal.people.second_factor import backup_codes_left, is_on
from kapjournal.people.signing_in import devices, new_code
from pages.parts import nav
from tests.cast import PASSPHRASE, Cast
from tests.pages.conftest import Screen

PRESENT = PASSPHRASE.format(name="alice")
NEW = "brittle comet under seven roofs"
HELD_BACK = [
    name
    for name in (*nav.ACCOUNT, *nav.THERAPIST)
    if name not in {*nav.ALWAYS_OPEN, *nav.WAYS_IN, "second_factor", "recovery_code"}
]


@pytest.fixture
def bob(theatre: Cast) -> Screen:
    """Bob's tab; his recovery code is written down, and he has no second factor."""
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), recovery_written_down=True)
    return Screen(theatre.bob)


def codes(screen: Screen) -> list[str]:
    """What stands there to be copied."""
    return [str(it.value) for it in screen.app.code]


def fill(screen: Screen, press: str, **typed: str) -> Screen:
    for key, text in typed.items():
        screen.app.text_input(key=key).set_value(text)
    return screen.press(press)


def set_up(screen: Screen, cast: Cast) -> list[str]:
    """Type the code of the secret on the screen; the backup codes that are then shown."""
    secret = codes(screen)[0].replace(" ", "")
    fill(screen, "take", code=TOTP(secret).at(cast.at))
    return codes(screen)[0].split()


def come_in(cast: Cast, *, passphrase: str = PRESENT) -> Screen:
    """A new tab in which Alice's login name and passphrase were typed."""
    assert cast.alice
    return fill(Screen(None).open("sign_in"), "enter", login="alice", passphrase=passphrase)


@pytest.mark.parametrize("name", HELD_BACK)
def test_a_therapist_first_sets_one_up(bob: Screen, name: str) -> None:
    assert bob.open(name).title == "Second factor"


def test_help_now_stays_open_to_a_therapist_without_one(bob: Screen) -> None:
    assert bob.open("help_now").title == "Get help now"


def test_a_therapist_without_one_can_sign_out(theatre: Cast, bob: Screen) -> None:
    assert bob.open("patients").press("sign_out").title == "A quiet place for what your sessions bring up"
    with pytest.raises(SignedOut):
        theatre.work().role(theatre.bob)


def test_a_new_therapist_first_writes_the_recovery_code_down(theatre: Cast) -> None:
    assert Screen(theatre.bob).open("patients").title == "Your recovery code"


def test_a_therapist_sets_one_up_and_goes_on_to_the_patients(theatre: Cast, bob: Screen) -> None:
    assert len(set_up(bob.open("second_factor"), theatre)) == 10
    assert bob.told == ["Your second factor is on. Other devices are signed out."]
    assert bob.open("patients").title == "Second factor"
    assert bob.press("kept").title == "Patients"
    assert is_on(theatre.work(), by=theatre.bob)


def test_a_patient_sets_one_up_from_settings(theatre: Cast, alice: Screen) -> None:
    assert alice.open("today").title == "Today"
    set_up(alice.open("second_factor"), theatre)
    assert alice.press("kept").title == "Settings"
    assert "You have 10 backup codes left." in [it.value for it in alice.open("second_factor").app.markdown]


def test_a_wrong_code_says_so_and_the_key_stays_the_same(theatre: Cast, alice: Screen) -> None:
    shown = codes(alice.open("second_factor"))
    fill(alice, "take", code="12345")
    assert "six digits" in alice.errors[0]
    fill(alice, "take", code=TOTP("A" * 32).at(theatre.at))
    assert "not right" in alice.errors[0]
    assert codes(alice) == shown


def test_a_patient_turns_it_off(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    assert alice.open("second_factor").press("stop").told == [
        "Your second factor is off. Other devices are signed out."
    ]
    assert not is_on(theatre.work(), by=theatre.alice)


def test_a_therapist_is_not_offered_to_turn_it_off(theatre: Cast, bob: Screen) -> None:
    theatre.turn_on_factor(theatre.bob)
    keys = {it.key for it in bob.open("second_factor").app.button}
    assert {"renew", "replace"} <= keys
    assert "stop" not in keys


def test_new_backup_codes_are_shown_once(theatre: Cast, alice: Screen) -> None:
    old = set(theatre.turn_on_factor(theatre.alice))
    new = set(codes(alice.open("second_factor").press("renew"))[0].split())
    assert len(new) == 10
    assert not old & new
    alice.press("kept")
    assert codes(alice.open("second_factor")) == []


def test_another_phone_can_be_set_up_or_not(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    assert len(codes(alice.open("second_factor").press("replace"))) == 1
    assert codes(alice.press("keep")) == []
    theatre.later(30)
    assert len(set_up(alice.press("replace"), theatre)) == 10


def test_after_ten_minutes_the_passphrase_is_asked_for_once_more(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    theatre.later(11 * 60)
    assert "stop" not in {it.key for it in alice.open("second_factor").app.button}
    assert fill(alice, "go_on", present="a wrong guess").errors == [
        "This is not your passphrase. Please try again."
    ]
    fill(alice, "go_on", present=PRESENT).press("stop")
    assert not is_on(theatre.work(), by=theatre.alice)


def test_a_proof_that_grew_old_on_the_page_is_asked_for_again(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    alice.open("second_factor")
    theatre.later(11 * 60)
    assert alice.press("stop").errors == ["Please type your passphrase once more. Nothing was changed yet."]
    assert is_on(theatre.work(), by=theatre.alice)


def test_ending_another_device_asks_for_the_passphrase_too(theatre: Cast, alice: Screen) -> None:
    other = theatre.enter("alice").sign_in.hex()
    theatre.later(11 * 60)
    assert other not in {it.key for it in alice.open("devices").app.button}
    fill(alice, "go_on", present=PRESENT).press(other)
    assert len(devices(theatre.work(), by=theatre.alice)) == 1


def test_signing_in_takes_a_second_step(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    alice.run()
    screen = come_in(theatre)
    assert screen.title == "One more step"
    assert "not right" in fill(screen, "finish", code="000000").errors[0]
    assert fill(screen, "finish", code=theatre.code_of(theatre.alice.account)).title == "Today"


def test_a_wrong_passphrase_asks_for_no_code(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    assert come_in(theatre, passphrase="a wrong guess").title == "Sign in"


def test_the_second_step_can_be_left(theatre: Cast, alice: Screen) -> None:
    theatre.turn_on_factor(theatre.alice)
    assert come_in(theatre).press("start_over").title == "Sign in"


def test_a_second_step_that_comes_too_late_begins_again(theatre: Cast, alice: Screen) -> None:
    code = theatre.turn_on_factor(theatre.alice)[0]
    screen = come_in(theatre)
    theatre.later(5 * 60)
    assert fill(screen, "finish", code=code).errors == ["That took too long. Please begin again."]
    assert screen.title == "Sign in"


def test_a_backup_code_works_in_the_second_step(theatre: Cast, alice: Screen) -> None:
    code = theatre.turn_on_factor(theatre.alice)[0]
    assert fill(come_in(theatre), "finish", code=code).title == "Today"
    assert backup_codes_left(theatre.work(), by=theatre.alice) == 9


@pytest.mark.parametrize("factor", [False, True])
def test_coming_back_shows_the_new_recovery_code_first(theatre: Cast, alice: Screen, factor: bool) -> None:
    printed = new_code(theatre.work(), by=theatre.alice, passphrase=PRESENT)
    if factor:
        code = theatre.turn_on_factor(theatre.alice)[0]
    screen = Screen(None).open("recover")
    fill(screen, "come_back", code=printed, login="alice", passphrase=NEW)
    if factor:
        assert screen.title == "One more step"
        fill(screen, "finish", code=code)
    assert screen.title == "Your recovery code"
    assert screen.open("today").title == "Your recovery code"
    assert codes(screen) != [printed]


def test_what_is_shown_once_is_not_for_whoever_signs_in_next(theatre: Cast, alice: Screen) -> None:
    set_up(alice.open("second_factor"), theatre)
    theatre.later(61 * 60)
    assert alice.run().title == "Sign in"
    change_preferences(theatre.work(), by=theatre.dora, now=theatre.now(), recovery_written_down=True)
    fill(alice, "enter", login="dora", passphrase=PASSPHRASE.format(name="dora"))
    assert alice.open("today").title == "Today"
    assert "Your backup codes" not in [it.value for it in alice.open("second_factor").app.subheader]
