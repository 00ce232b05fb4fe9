"""A patient's log says when somebody came in, and when a way in was changed."""

import pytest

from kapjournal.errors import SignInRefused, WrongPassphrase
from kapjournal.people import second_factor, signing_in
from kapjournal.records import SignedIn
from kapjournal.sharing.log import access_log
from tests.cast import BROWSER, PASSPHRASE, Cast

pytestmark = pytest.mark.usefixtures("derivations")

PRESENT = PASSPHRASE.format(name="alice")
NEW = "brittle comet under seven roofs"


def log(cast: Cast, by: SignedIn) -> list[tuple[str, str]]:
    """What happened and the detail, the latest first."""
    found = access_log(cast.work(), by=by)
    assert found.whole
    return [(it.event.what, it.event.detail) for it in found.lines if it.event]


def test_the_log_begins_with_the_account(cast: Cast) -> None:
    assert log(cast, cast.alice) == [("sign_up", "Chrome on Android")]


def test_signing_in_is_a_line_with_the_device(cast: Cast) -> None:
    cast.alice  # noqa: B018  # she has an account
    assert log(cast, cast.enter("alice"))[0] == ("sign_in", "Firefox on Windows")


def test_a_sign_in_that_is_refused_is_no_line(cast: Cast) -> None:
    by = cast.alice
    with pytest.raises(SignInRefused):
        cast.enter("alice", "not the passphrase at all")
    assert len(log(cast, by)) == 1


def test_coming_back_with_the_recovery_code_is_a_line(cast: Cast) -> None:
    code = cast.arrive("erin", "patient").recovery_code
    assert code
    back = signing_in.recover(
        cast.work(), code=code, login="erin", passphrase=NEW, browser=BROWSER, label="Safari on iPhone"
    )
    assert isinstance(back, signing_in.Arrival)
    assert log(cast, back.signed_in)[0] == ("recovery", "Safari on iPhone")


def test_a_new_passphrase_and_a_new_recovery_code_are_lines(cast: Cast) -> None:
    signing_in.new_code(cast.work(), by=cast.alice, passphrase=PRESENT)
    signing_in.change_passphrase(cast.work(), by=cast.alice, present=PRESENT, new=NEW)
    assert [what for what, _detail in log(cast, cast.alice)] == ["passphrase", "recovery_code", "sign_up"]


def test_a_change_that_fails_is_no_line(cast: Cast) -> None:
    with pytest.raises(WrongPassphrase):
        signing_in.change_passphrase(cast.work(), by=cast.alice, present="something else", new=NEW)
    assert len(log(cast, cast.alice)) == 1


def test_turning_a_second_factor_on_and_off_are_lines(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    second_factor.turn_off(cast.work(), by=cast.alice)
    assert [what for what, _detail in log(cast, cast.alice)[:2]] == ["factor_off", "factor_on"]


def test_signing_in_with_a_second_factor_is_one_line(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    assert [what for what, _detail in log(cast, cast.enter("alice"))] == ["sign_in", "factor_on", "sign_up"]
