"""Somebody begins: an account, a sign-in, a recovery code, all or nothing."""

import pytest
from sqlalchemy import func, select

from kapjournal.database.tables import accounts as account_rows
from kapjournal.errors import LoginTaken, OutOfRange, StorageUnavailable, UnsuitableLogin, WeakPassphrase
from kapjournal.people.signing_in import sign_up
from kapjournal.records import accounts
from kapjournal.vault.codes import read_recovery_code
from tests.cast import BROWSER, Cast

pytestmark = pytest.mark.usefixtures("derivations")

OF_ANOTHER_LENGTH = ["", "ab", "   ", "  ab  ", "x" * 201]
WITH_INVISIBLE_CHARACTERS = [
    "a\0b",
    "tab\there",
    "new\nline",
    "zero\u200bwidth",
    "\u202eabc",
    "lone\ud800half",
    "\x1b[31mred",
    "a\u00adbc",
]
STRONG = "lantern orbit walnut tide"


def begin(cast: Cast, login: str, passphrase: str = STRONG, role: str = "patient") -> object:
    return sign_up(
        cast.work(),
        login=login,
        passphrase=passphrase,
        role=role,  # type: ignore[arg-type]  # also what is no role
        browser=BROWSER,
        label="Safari on iPhone",
    )


def people(cast: Cast) -> int:
    with cast.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(account_rows)) or 0


@pytest.mark.parametrize("role", ["patient", "therapist"])
def test_a_new_person_is_signed_in_with_the_role_they_chose(cast: Cast, role: str) -> None:
    arrival = cast.arrive("erin", role)  # type: ignore[arg-type]
    assert arrival.role == cast.work().role(arrival.signed_in) == role


def test_a_new_person_gets_a_recovery_code_that_can_be_read(cast: Cast) -> None:
    code = cast.arrive("erin", "patient").recovery_code
    assert code is not None
    assert len(read_recovery_code(code)) == 20


def test_two_people_get_different_codes_tokens_and_ids(cast: Cast) -> None:
    one, other = cast.arrive("erin", "patient"), cast.arrive("frank", "patient")
    assert one.recovery_code != other.recovery_code
    assert not set(one.signed_in[:2]) & set(other.signed_in[:2])


def test_a_login_name_is_taken_in_any_case_and_width(cast: Cast) -> None:
    begin(cast, "alice")
    for login in ("alice", "ALICE", " Alice ", "ａｌｉｃｅ", "Ａlice", " alice\t"):
        with pytest.raises(LoginTaken):
            begin(cast, login)
    assert people(cast) == 1


@pytest.mark.parametrize("login", ["straße", "STRASSE"])
def test_login_names_that_fold_to_the_same_letters_are_the_same(cast: Cast, login: str) -> None:
    begin(cast, "Strasse")
    with pytest.raises(LoginTaken):
        begin(cast, login)


def test_an_unsuitable_login_name_is_refused(cast: Cast) -> None:
    for login in (*OF_ANOTHER_LENGTH, *WITH_INVISIBLE_CHARACTERS):
        with pytest.raises(UnsuitableLogin):
            begin(cast, login)
    assert people(cast) == 0


def test_any_visible_name_of_three_to_two_hundred_characters_is_a_login_name(cast: Cast) -> None:
    for login in ("abc", "x" * 200, "anna maria", "anna@example.org", "Zoë", "Олег", "李小龙"):
        begin(cast, login)
        assert cast.enter(login, STRONG)


def test_a_weak_passphrase_begins_no_account(cast: Cast) -> None:
    with pytest.raises(WeakPassphrase):
        begin(cast, "erin", "password1234")
    assert people(cast) == 0


def test_there_are_patients_and_therapists_and_nobody_else(cast: Cast) -> None:
    with pytest.raises(OutOfRange, match="role"):
        begin(cast, "erin", role="administrator")
    assert people(cast) == 0


def test_a_failing_storage_leaves_no_half_account(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_anything: object, **_more: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(accounts, "add_sign_in", fail)
        with pytest.raises(StorageUnavailable):
            begin(cast, "erin")
    assert people(cast) == 0
    assert begin(cast, "erin")
