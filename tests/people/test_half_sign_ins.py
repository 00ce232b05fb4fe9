"""Half a sign-in, between the passphrase or the recovery code and the code: short, for one browser, used up once."""

import pytest
from sqlalchemy import select

from kapjournal.application import Application
from kapjournal.content import load_content
from kapjournal.database.tables import wraps
from kapjournal.errors import (
    FactorCodeRefused,
    HalfEnded,
    LoginTaken,
    RecoveryRefused,
    SignedOut,
    SignInRefused,
    WeakPassphrase,
)
from kapjournal.people.preferences import change_preferences
from kapjournal.people.second_factor import is_on, turn_off
from kapjournal.people.signing_in import change_passphrase, finish_sign_in, new_code, recover, sign_in
from kapjournal.people.values import Arrival, Half
from kapjournal.records import SignedIn, Store
from kapjournal.settings import read_settings
from kapjournal.vault import wraps as vault_wraps
from tests.cast import BROWSER, OTHER_BROWSER, PASSPHRASE, SECRET, Cast

pytestmark = pytest.mark.usefixtures("derivations")

PRESENT = PASSPHRASE.format(name="alice")
NEW = "brittle comet under seven roofs"


@pytest.fixture
def codes(cast: Cast) -> tuple[str, ...]:
    """Alice's backup codes: her second factor is on."""
    return cast.turn_on_factor(cast.alice)


@pytest.fixture
def printed(cast: Cast, codes: tuple[str, ...]) -> str:
    """Alice's recovery code."""
    assert codes
    return new_code(cast.work(), by=cast.alice, passphrase=PRESENT)


def begin(cast: Cast, passphrase: str = PRESENT, *, login: str = "alice", browser: bytes = BROWSER) -> Half:
    half = sign_in(cast.work(), login=login, passphrase=passphrase, browser=browser, label="")
    assert isinstance(half, Half)
    return half


def come_back(cast: Cast, printed: str, *, login: str = "alice", store: Store | None = None) -> Half:
    half = recover(cast.work(store), code=printed, login=login, passphrase=NEW, browser=BROWSER, label="")
    assert isinstance(half, Half)
    return half


def finish(
    cast: Cast, half: Half, code: str = "", *, browser: bytes = BROWSER, store: Store | None = None
) -> Arrival:
    typed = code or cast.code_of(half.account)
    return finish_sign_in(cast.work(store), half=half, code=typed, browser=browser, label="Firefox on Linux")


def halves(cast: Cast) -> int:
    with cast.engine.connect() as connection:
        return len(connection.execute(select(wraps.c.id).where(wraps.c.purpose == "half")).all())


def test_it_lasts_five_minutes(cast: Cast, codes: tuple[str, ...]) -> None:
    first, second = begin(cast), begin(cast)
    cast.later(299)
    assert finish(cast, first, codes[0])
    cast.later(1)
    with pytest.raises(HalfEnded):
        finish(cast, second, codes[1])


def test_it_is_used_up(cast: Cast, codes: tuple[str, ...]) -> None:
    half = begin(cast)
    finish(cast, half, codes[0])
    with pytest.raises(HalfEnded):
        finish(cast, half, codes[1])


def test_a_wrong_code_leaves_it_as_it_was(cast: Cast, codes: tuple[str, ...]) -> None:
    half = begin(cast)
    finish(cast, begin(cast), codes[0])
    with pytest.raises(FactorCodeRefused):
        finish(cast, half, codes[0])
    assert finish(cast, half, codes[1])


@pytest.mark.parametrize("change", ["account", "token", "browser"])
def test_every_part_of_it_must_be_right(cast: Cast, codes: tuple[str, ...], change: str) -> None:
    half = begin(cast)
    wrong = {
        "account": (half._replace(account=cast.dora.account), BROWSER),
        "token": (half._replace(token=bytes(32)), BROWSER),
        "browser": (half, OTHER_BROWSER),
    }
    other, browser = wrong[change]
    with pytest.raises(HalfEnded):
        finish(cast, other, codes[0], browser=browser)
    assert finish(cast, half, codes[0])


def test_nobody_slows_somebody_down_without_half_a_sign_in(cast: Cast, codes: tuple[str, ...]) -> None:
    for _try in range(10):
        with pytest.raises(HalfEnded):
            finish(cast, Half(cast.alice.account, bytes(32)), codes[0])
    assert finish(cast, begin(cast), codes[0])


def test_another_server_secret_opens_none(cast: Cast, codes: tuple[str, ...]) -> None:
    half, other = begin(cast), cast.new_store()
    other.secret = bytes(32)
    with pytest.raises(HalfEnded):
        finish(cast, half, codes[0], store=other)


def test_a_new_passphrase_ends_it_and_keeps_the_second_factor(cast: Cast, codes: tuple[str, ...]) -> None:
    half = begin(cast)
    change_passphrase(cast.work(), by=cast.alice, present=PRESENT, new=NEW)
    with pytest.raises(HalfEnded):
        finish(cast, half, codes[0])
    assert finish(cast, begin(cast, NEW), codes[0])


def test_turning_the_second_factor_off_ends_it(cast: Cast, codes: tuple[str, ...]) -> None:
    half = begin(cast)
    turn_off(cast.work(), by=cast.alice)
    with pytest.raises(HalfEnded):
        finish(cast, half, codes[0])


def test_a_dearer_derivation_keeps_the_second_factor(
    cast: Cast, codes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault_wraps, "PASSES", 2)
    begin(cast)
    with cast.engine.connect() as connection:
        found = connection.scalar(select(wraps.c.parameters).where(wraps.c.purpose == "passphrase"))
    assert found == f"m={vault_wraps.MEMORY_KIB} t=2 factor"
    assert finish(cast, begin(cast), codes[0])


def test_it_is_cleaned_away_when_it_has_ended(cast: Cast, codes: tuple[str, ...]) -> None:
    application = Application(read_settings({}), cast.store, lambda: cast.at, load_content())
    begin(cast)
    cast.later(200)
    fresh = begin(cast)
    cast.later(100)
    application.purge()
    assert halves(cast) == 1
    assert finish(cast, fresh, codes[0])
    assert halves(cast) == 0


def test_the_idle_time_the_patient_chose_holds_after_it(cast: Cast, codes: tuple[str, ...]) -> None:
    change_preferences(cast.work(), by=cast.alice, now=cast.now(), idle_minutes=5)
    by = finish(cast, begin(cast), codes[0]).signed_in
    cast.later(5 * 60)
    with pytest.raises(SignedOut):
        cast.work().role(by)


def test_recovery_changes_nothing_before_the_code(cast: Cast, printed: str) -> None:
    come_back(cast, printed, login="a name I can remember")
    assert cast.work().role(cast.alice) == "patient"
    assert isinstance(cast.enter("alice"), SignedIn)
    for login in ("a name I can remember", "alice"):
        with pytest.raises(SignInRefused):
            begin(cast, NEW, login=login)


@pytest.mark.parametrize("way", ["the app", "a backup code"])
def test_recovery_sets_everything_anew_and_keeps_the_second_factor(
    cast: Cast, codes: tuple[str, ...], printed: str, way: str
) -> None:
    half = come_back(cast, printed, login="a name I can remember")
    back = finish(cast, half, codes[0] if way == "a backup code" else "")
    assert back.signed_in.account == cast.alice.account
    with pytest.raises(SignedOut):
        cast.work().role(cast.alice)
    with pytest.raises(SignInRefused):
        begin(cast)
    assert is_on(cast.work(), by=back.signed_in)
    assert finish(cast, begin(cast, NEW, login="a name I can remember"), codes[1])
    assert back.recovery_code is not None
    assert come_back(cast, back.recovery_code).account == half.account


def test_a_recovery_code_that_was_replaced_meanwhile_is_refused(
    cast: Cast, codes: tuple[str, ...], printed: str
) -> None:
    first, second = come_back(cast, printed), come_back(cast, printed)
    new_code(cast.work(), by=cast.alice, passphrase=PRESENT)
    for half, code in ((first, codes[0]), (second, codes[1])):
        with pytest.raises(RecoveryRefused):
            finish(cast, half, code)
    assert finish(cast, begin(cast), codes[0])


def test_a_login_name_that_was_taken_meanwhile_leaves_everything(
    cast: Cast, codes: tuple[str, ...], printed: str
) -> None:
    half = come_back(cast, printed, login="frank")
    cast.arrive("frank", "patient")
    with pytest.raises(LoginTaken):
        finish(cast, half, codes[0])
    assert finish(cast, begin(cast), codes[0])


def test_recovery_refuses_a_weak_passphrase_before_it_asks_for_a_code(cast: Cast, printed: str) -> None:
    with pytest.raises(WeakPassphrase):
        recover(cast.work(), code=printed, login="alice", passphrase="short", browser=BROWSER, label="")
    assert halves(cast) == 0


def test_with_another_server_secret_recovery_code_and_phone_still_suffice(cast: Cast, printed: str) -> None:
    moved = cast.new_store()
    moved.secret = bytes(reversed(SECRET))
    back = finish(cast, come_back(cast, printed, store=moved), store=moved)
    assert cast.work(moved).role(back.signed_in) == "patient"
    again = sign_in(cast.work(moved), login="alice", passphrase=NEW, browser=BROWSER, label="")
    assert isinstance(again, Half)
