"""A new passphrase, for whoever knows the present one."""

import pytest

from kapjournal.errors import SignedOut, SignInRefused, TooLong, WeakPassphrase, WrongPassphrase
from kapjournal.people.signing_in import change_passphrase, recover
from kapjournal.records import SignedIn
from tests.cast import PASSPHRASE, Cast

pytestmark = pytest.mark.usefixtures("derivations")

PRESENT = PASSPHRASE.format(name="alice")
NEW = "brittle comet under seven roofs"


def change(cast: Cast, by: SignedIn, *, present: str = PRESENT, new: str = NEW) -> None:
    change_passphrase(cast.work(), by=by, present=present, new=new)


def test_the_new_passphrase_works_and_the_old_one_does_not(cast: Cast) -> None:
    change(cast, cast.alice)
    assert cast.enter("alice", NEW).account == cast.alice.account
    with pytest.raises(SignInRefused):
        cast.enter("alice", PRESENT)


def test_other_sign_ins_end_and_this_one_goes_on(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    assert cast.work().role(there) == "patient"
    change(cast, here)
    assert cast.store.snapshots.get(there.sign_in) is None
    with pytest.raises(SignedOut):
        cast.work().role(there)
    assert cast.work().role(here) == "patient"


@pytest.mark.parametrize("present", ["a wrong guess", "", f"{PRESENT} ", PASSPHRASE.format(name="dora"), NEW])
def test_a_wrong_present_passphrase_changes_nothing(cast: Cast, present: str) -> None:
    assert cast.dora
    with pytest.raises(WrongPassphrase):
        change(cast, cast.alice, present=present)
    assert cast.enter("alice", PRESENT)


def test_nobody_changes_the_passphrase_of_somebody_else_even_if_they_know_it(cast: Cast) -> None:
    alice, dora = cast.alice, cast.dora
    with pytest.raises(WrongPassphrase):
        change(cast, dora)
    assert cast.enter("alice", PRESENT).account == alice.account


def test_an_unsuitable_new_passphrase_changes_nothing(cast: Cast) -> None:
    for error, new in ((WeakPassphrase, "short"), (WeakPassphrase, "password1234"), (TooLong, NEW * 40)):
        with pytest.raises(error):
            change(cast, cast.alice, new=new)
    assert cast.enter("alice", PRESENT)


def test_the_recovery_code_outlives_a_change_of_passphrase(cast: Cast) -> None:
    arrival = cast.arrive("alice", "patient")
    change(cast, arrival.signed_in)
    code = arrival.recovery_code or ""
    back = recover(cast.work(), code=code, login="alice", passphrase=PRESENT, browser=b"", label="")
    assert back.signed_in.account == arrival.signed_in.account
