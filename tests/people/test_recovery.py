"""The printed code opens the journal again, whatever else is lost."""

import base64

import pytest
from sqlalchemy import update

from kapjournal import application
from kapjournal.database.tables import wraps as wrap_rows
from kapjournal.errors import (
    LoginTaken,
    MistypedRecoveryCode,
    RecoveryRefused,
    SignedOut,
    SignInRefused,
    StorageUnavailable,
    UnsuitableLogin,
    WeakPassphrase,
    WrongPassphrase,
)
from kapjournal.journal.reading import drafts
from kapjournal.journal.writing import About, Draft, write
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import is_last_group, new_code, recover
from kapjournal.people.values import Arrival
from kapjournal.records import SignedIn, Store, accounts
from kapjournal.records.work import new_id
from kapjournal.settings import read_settings
from kapjournal.vault.codes import new_recovery_code, write_code
from tests.cast import BROWSER, PASSPHRASE, SECRET, Cast

pytestmark = pytest.mark.usefixtures("derivations")

NEW = "brittle comet under seven roofs"


def come_back(
    cast: Cast, code: str, *, login: str = "erin", passphrase: str = NEW, store: Store | None = None
) -> Arrival:
    return recover(
        cast.work(store),
        code=code,
        login=login,
        passphrase=passphrase,
        browser=BROWSER,
        label="Safari on iPad",
    )


@pytest.fixture
def erin(cast: Cast) -> Arrival:
    """A patient who has written something."""
    arrival = cast.arrive("erin", "patient")
    put_down(cast, arrival.signed_in, "The sea was warm.")
    return arrival


@pytest.fixture
def code(erin: Arrival) -> str:
    assert erin.recovery_code is not None
    return erin.recovery_code


def put_down(cast: Cast, by: SignedIn, text: str) -> None:
    write(cast.work(), by=by, draft=Draft(new_id(), new_id(), text), about=About(), now=cast.now())


def texts(cast: Cast, by: SignedIn, store: Store | None = None) -> list[str]:
    return [it.value.text for it in drafts(cast.work(store), by=by)]


def test_the_code_opens_the_journal_without_the_login_name(cast: Cast, erin: Arrival, code: str) -> None:
    back = come_back(cast, code, login="a name I can remember")
    assert (back.signed_in.account, back.role) == (erin.signed_in.account, "patient")
    assert texts(cast, back.signed_in) == ["The sea was warm."]
    assert cast.enter("a name I can remember", NEW).account == erin.signed_in.account
    with pytest.raises(SignInRefused):
        cast.enter("erin", NEW)


def test_recovery_replaces_the_passphrase(cast: Cast, code: str) -> None:
    come_back(cast, code)
    assert cast.enter("erin", NEW)
    with pytest.raises(SignInRefused):
        cast.enter("erin", PASSPHRASE.format(name="erin"))


def test_a_code_works_once_and_the_new_one_works_next(cast: Cast, code: str) -> None:
    second = come_back(cast, code).recovery_code
    assert second is not None
    with pytest.raises(RecoveryRefused):
        come_back(cast, code)
    assert texts(cast, come_back(cast, second).signed_in) == ["The sea was warm."]


def test_recovery_ends_every_other_sign_in(cast: Cast, erin: Arrival, code: str) -> None:
    elsewhere = cast.enter("erin")
    assert texts(cast, elsewhere) == ["The sea was warm."]
    back = come_back(cast, code)
    for ended in (erin.signed_in, elsewhere):
        assert cast.store.snapshots.get(ended.sign_in) is None
        with pytest.raises(SignedOut):
            cast.work().role(ended)
    assert cast.work().role(back.signed_in) == "patient"


def test_recovery_is_possible_while_guessing_is_slowed_down(cast: Cast, code: str) -> None:
    for _guess in range(6):
        with pytest.raises(SignInRefused):
            cast.enter("erin", "a wrong guess")
    come_back(cast, code)
    assert cast.enter("erin", NEW)


@pytest.mark.parametrize("spelled", ["lower", "spaces", "dashes", "misread", "nothing between"])
def test_a_code_is_read_however_it_is_typed(cast: Cast, code: str, spelled: str) -> None:
    typed = {
        "lower": code.lower(),
        "spaces": f"  {code.replace('-', ' ')}\n",
        "dashes": code.replace("-", " – "),
        "misread": code.replace("0", "O").replace("1", "l"),
        "nothing between": code.replace("-", ""),
    }[spelled]
    assert come_back(cast, typed).role == "patient"


def test_a_mistyped_code_is_named(cast: Cast, code: str) -> None:
    wrong = "A" if code[5] != "A" else "B"
    swapped = code[:5] + code[6] + code[5] + code[7:]
    for typed in (
        "",
        "hello",
        code[:-1],
        code + "0",
        f"{code[:5]}{wrong}{code[6:]}",
        code.replace(code[0], "U"),
    ):
        with pytest.raises(MistypedRecoveryCode):
            come_back(cast, typed)
    if swapped != code:
        with pytest.raises(MistypedRecoveryCode):
            come_back(cast, swapped)


def test_a_code_that_nobody_has_is_refused(cast: Cast, erin: Arrival) -> None:
    for unknown in (new_recovery_code(), write_code(bytes(20))):
        with pytest.raises(RecoveryRefused):
            come_back(cast, unknown)
    assert cast.work().role(erin.signed_in) == "patient"


def test_a_recovery_wrap_that_was_changed_in_the_database_is_refused(cast: Cast, code: str) -> None:
    with cast.engine.begin() as connection:
        connection.execute(update(wrap_rows).where(wrap_rows.c.purpose == "recovery").values(blob=b"?" * 90))
    with pytest.raises(RecoveryRefused):
        come_back(cast, code)


def test_what_is_unsuitable_leaves_code_and_passphrase_as_they_were(cast: Cast, code: str) -> None:
    cast.arrive("frank", "patient")
    for error, login, passphrase in (
        (LoginTaken, "Frank", NEW),
        (UnsuitableLogin, "x", NEW),
        (WeakPassphrase, "erin", "too short"),
    ):
        with pytest.raises(error):
            come_back(cast, code, login=login, passphrase=passphrase)
    assert cast.enter("erin")
    assert come_back(cast, code)


def test_a_failing_storage_leaves_code_and_passphrase_as_they_were(
    cast: Cast, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_anything: object, **_more: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(accounts, "add_sign_in", fail)
        with pytest.raises(StorageUnavailable):
            come_back(cast, code)
    assert cast.enter("erin")
    assert come_back(cast, code)


def test_with_another_server_secret_the_code_still_opens_the_journal(
    cast: Cast, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = bytes(reversed(SECRET))
    monkeypatch.setattr(application, "_engine", lambda _settings: cast.engine)
    application.accept_secret(read_settings({"KAPJOURNAL_SECRET": base64.b64encode(other).decode()}))
    moved = Store(cast.engine, other, cast.store.decoder, lineage=bytes(16))
    with pytest.raises(SignInRefused):
        cast.enter("erin", store=moved)
    back = come_back(cast, code, store=moved)
    assert texts(cast, back.signed_in, moved) == ["The sea was warm."]
    assert cast.enter("erin", NEW, store=moved).account == back.signed_in.account


def test_a_new_code_replaces_the_one_before(cast: Cast, erin: Arrival, code: str) -> None:
    second = new_code(cast.work(), by=erin.signed_in, passphrase=PASSPHRASE.format(name="erin"))
    with pytest.raises(RecoveryRefused):
        come_back(cast, code)
    assert come_back(cast, second).signed_in.account == erin.signed_in.account


def test_recovery_keeps_the_idle_time_the_patient_chose(cast: Cast, erin: Arrival, code: str) -> None:
    change_preferences(cast.work(), by=erin.signed_in, now=cast.now(), idle_minutes=5)
    back = come_back(cast, code).signed_in
    cast.later(5 * 60)
    with pytest.raises(SignedOut):
        cast.work().role(back)


def test_a_code_is_confirmed_by_its_last_group(code: str) -> None:
    last = code.rsplit("-", 1)[-1]
    assert len(last) == 5
    assert is_last_group(f" {last.lower()} ", code)
    assert not is_last_group(last[:-1], code)
    assert not is_last_group("", code)


@pytest.mark.parametrize("typed", ["", "a wrong guess", PASSPHRASE.format(name="frank")])
def test_a_new_code_asks_who_one_is(cast: Cast, erin: Arrival, code: str, typed: str) -> None:
    """A phone left open must not be enough to take the journal over."""
    cast.arrive("frank", "patient")
    with pytest.raises(WrongPassphrase):
        new_code(cast.work(), by=erin.signed_in, passphrase=typed)
    assert come_back(cast, code).signed_in.account == erin.signed_in.account
