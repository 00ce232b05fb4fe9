"""An operator takes a second factor off an account whose owner lost it, and opens nothing by it."""

from pathlib import Path

import pytest
from pyotp import TOTP
from sqlalchemy import update

from kapjournal.__main__ import main
from kapjournal.application import open_application
from kapjournal.database.tables import wraps
from kapjournal.errors import HalfEnded, NotAllowed, SecondFactorMissing, SignedOut, SignInRefused
from kapjournal.people.operating import drop_factor
from kapjournal.people.second_factor import begin, is_on, require_factor, turn_on
from kapjournal.people.signing_in import finish_sign_in, recover, sign_in, sign_up
from kapjournal.people.values import Arrival, Half
from kapjournal.settings import read_settings
from tests.cast import BROWSER, PASSPHRASE, Cast

pytestmark = pytest.mark.usefixtures("derivations")

ALICE = {"login": "alice", "passphrase": PASSPHRASE.format(name="alice")}


def come_in(cast: Cast) -> Arrival | Half:
    return sign_in(cast.work(), **ALICE, browser=BROWSER, label="")


@pytest.mark.parametrize("login", ["alice", " ALICE "])
def test_the_passphrase_then_suffices_and_nothing_less(cast: Cast, login: str) -> None:
    cast.turn_on_factor(cast.alice)
    drop_factor(cast.work(), login=login)
    with pytest.raises(SignInRefused):
        cast.enter("alice", "a wrong guess")
    arrival = come_in(cast)
    assert isinstance(arrival, Arrival)
    assert not is_on(cast.work(), by=arrival.signed_in)


def test_every_sign_in_ends_whole_or_half(cast: Cast) -> None:
    codes, half = cast.turn_on_factor(cast.alice), come_in(cast)
    assert isinstance(half, Half)
    assert cast.work().role(cast.alice) == "patient"
    drop_factor(cast.work(), login="alice")
    assert cast.store.snapshots.get(cast.alice.sign_in) is None
    with pytest.raises(SignedOut):
        cast.work().role(cast.alice)
    with pytest.raises(HalfEnded):
        finish_sign_in(cast.work(), half=half, code=codes[0], browser=BROWSER, label="")


def test_a_therapist_needs_another_one_then(cast: Cast) -> None:
    cast.turn_on_factor(cast.bob)
    drop_factor(cast.work(), login="bob@example.org")
    with pytest.raises(SecondFactorMissing):
        require_factor(cast.work(), by=cast.enter("bob@example.org"))


def test_where_the_passphrase_wrap_is_damaged_the_recovery_code_opens(cast: Cast) -> None:
    arrival = cast.arrive("alice", "patient")
    cast.turn_on_factor(arrival.signed_in)
    with cast.engine.begin() as connection:
        connection.execute(update(wraps).where(wraps.c.purpose == "passphrase").values(blob=b"?"))
    drop_factor(cast.work(), login="alice")
    with pytest.raises(SignInRefused):
        come_in(cast)
    code = arrival.recovery_code or ""
    assert isinstance(recover(cast.work(), code=code, **ALICE, browser=BROWSER, label=""), Arrival)


def test_a_login_name_that_nobody_has_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        drop_factor(cast.work(), login="nobody")


def test_the_command_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPJOURNAL_DATA", str(tmp_path))
    application = open_application(read_settings({"KAPJOURNAL_DATA": str(tmp_path)}))
    role = "therapist"
    by = sign_up(application.work(), **ALICE, role=role, browser=BROWSER, label="").signed_in
    secret = begin(application.work(), by=by).secret
    turn_on(application.work(), by=by, secret=secret, code=TOTP(secret).now())
    assert main(["drop-factor", "nobody"]) == 2
    assert isinstance(sign_in(application.work(), **ALICE, browser=BROWSER, label=""), Half)
    assert main(["drop-factor", "alice"]) == 0
    assert isinstance(sign_in(application.work(), **ALICE, browser=BROWSER, label=""), Arrival)
    application.close()
    said = capsys.readouterr()
    assert (said.err, said.out.split(".")[0]) == ("Nobody has this login name.\n", "The second factor is off")
