"""The passphrase, asked for once more before what is grave; a proof is good for ten minutes in one sign-in."""

from collections.abc import Callable

import pytest

from kapjournal.errors import ConfirmFirst, SignedOut, SignInRefused, TooManyTries, WrongPassphrase
from kapjournal.people.confirming import confirm, require_confirmed
from kapjournal.people.signing_in import end_device, recover, sign_out
from kapjournal.records import SignedIn
from tests.cast import BROWSER, PASSPHRASE, Cast, Watched

PRESENT = PASSPHRASE.format(name="alice")


@pytest.fixture(autouse=True)
def _free_derivations(derivations: Watched) -> Watched:
    return derivations


def confirmed(cast: Cast, by: SignedIn) -> bool:
    try:
        require_confirmed(cast.work(), by=by)
    except ConfirmFirst:
        return False
    return True


def recovered(cast: Cast) -> SignedIn:
    code = cast.arrive("frank", "patient").recovery_code or ""
    arrival = recover(cast.work(), code=code, login="frank", passphrase=PRESENT, browser=BROWSER, label="")
    return arrival.signed_in


def with_factor(cast: Cast) -> SignedIn:
    cast.turn_on_factor(cast.alice)
    return cast.enter("alice")


def signed_up(cast: Cast) -> SignedIn:
    return cast.alice


def signed_in_again(cast: Cast) -> SignedIn:
    cast.arrive("alice", "patient")
    cast.later(3600)
    return cast.enter("alice")


BEGUN: list[Callable[[Cast], SignedIn]] = [signed_up, signed_in_again, recovered, with_factor]


@pytest.mark.parametrize("begin", BEGUN)
def test_a_sign_in_that_has_just_begun_is_a_proof_for_ten_minutes(
    cast: Cast, begin: Callable[[Cast], SignedIn]
) -> None:
    by = begin(cast)
    cast.at = cast.at // 60 * 60
    assert confirmed(cast, by)
    cast.later(599)
    assert confirmed(cast, by)
    cast.later(1)
    assert not confirmed(cast, by)


def test_using_the_journal_is_no_proof(cast: Cast) -> None:
    by = cast.alice
    for _time in range(2):
        cast.later(5 * 60)
        cast.work().touch(by)
    assert not confirmed(cast, by)


def test_the_passphrase_proves_it_again_in_that_sign_in_alone(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    cast.later(11 * 60)
    confirm(cast.work(), by=here, passphrase=PRESENT)
    assert (confirmed(cast, here), confirmed(cast, there)) == (True, False)


def test_it_holds_at_once_in_the_same_unit_of_work(cast: Cast) -> None:
    assert cast.alice
    cast.later(11 * 60)
    work = cast.work()
    with pytest.raises(ConfirmFirst):
        require_confirmed(work, by=cast.alice)
    confirm(work, by=cast.alice, passphrase=PRESENT)
    require_confirmed(work, by=cast.alice)


@pytest.mark.parametrize(
    "typed", ["", "a wrong guess", f"{PRESENT} ", PASSPHRASE.format(name="dora"), "x" * 10**6]
)
def test_anything_else_proves_nothing(cast: Cast, typed: str) -> None:
    assert cast.dora
    assert cast.alice
    cast.later(11 * 60)
    with pytest.raises(WrongPassphrase):
        confirm(cast.work(), by=cast.alice, passphrase=typed)
    assert not confirmed(cast, cast.alice)


def test_guesses_are_counted_with_those_at_the_sign_in_page(cast: Cast) -> None:
    by = cast.alice
    for _guess in range(3):
        with pytest.raises(WrongPassphrase):
            confirm(cast.work(), by=by, passphrase="a wrong guess")
        with pytest.raises(SignInRefused):
            cast.enter("alice", "a wrong guess")
    for _try in (lambda: confirm(cast.work(), by=by, passphrase=PRESENT), lambda: cast.enter("alice")):
        with pytest.raises(TooManyTries):
            _try()
    cast.later(2)
    confirm(cast.work(), by=by, passphrase=PRESENT)
    assert cast.enter("alice")


def test_guessing_costs_what_a_sign_in_costs(cast: Cast, derivations: Watched) -> None:
    assert cast.alice
    before = derivations.calls
    for _guess in range(3):
        with pytest.raises(WrongPassphrase):
            confirm(cast.work(), by=cast.alice, passphrase="a wrong guess")
    assert derivations.calls == before + 3


def test_a_sign_in_that_has_ended_proves_nothing(cast: Cast) -> None:
    by = cast.alice
    sign_out(cast.work(), by=by)
    for verb in (lambda: confirm(cast.work(), by=by, passphrase=PRESENT), lambda: confirmed(cast, by)):
        with pytest.raises(SignedOut):
            verb()


def test_ending_another_device_asks_for_it(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    cast.later(11 * 60)
    with pytest.raises(ConfirmFirst):
        end_device(cast.work(), by=here, device=there.sign_in)
    assert cast.work().role(there) == "patient"
    confirm(cast.work(), by=here, passphrase=PRESENT)
    end_device(cast.work(), by=here, device=there.sign_in)
    with pytest.raises(SignedOut):
        cast.work().role(there)
