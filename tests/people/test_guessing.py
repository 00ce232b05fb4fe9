"""Guessing is slowed down: five tries are free, then the waits double up to a quarter of an hour."""

import pytest

from kapjournal.errors import SignInRefused, TooManyTries, WeakPassphrase, WrongPassphrase
from kapjournal.people.signing_in import change_passphrase
from tests.cast import PASSPHRASE, Cast, Watched

pytestmark = pytest.mark.usefixtures("derivations")
WAITS = [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900]


def guess(cast: Cast, times: int, login: str = "alice") -> list[int]:
    """Guess wrong so many times, as soon as that is possible; the seconds that had to be waited after each."""
    waits: list[int] = []
    while True:
        try:
            cast.enter(login, "a wrong guess")
        except SignInRefused:
            waits.append(0)
        except TooManyTries as error:
            waits[-1] = error.seconds
            if len(waits) == times:
                return waits
            cast.later(error.seconds)


@pytest.mark.parametrize("login", ["alice", "nobody"])
def test_twenty_guesses_wait_longer_and_longer(cast: Cast, login: str) -> None:
    cast.arrive("alice", "patient")
    assert guess(cast, 20, login) == WAITS


def test_the_right_passphrase_is_refused_while_waiting_and_works_afterwards(cast: Cast) -> None:
    alice = cast.alice
    wait = guess(cast, 8)[-1]
    with pytest.raises(TooManyTries):
        cast.enter("alice")
    cast.later(wait - 1)
    with pytest.raises(TooManyTries) as refused:
        cast.enter("alice")
    assert refused.value.seconds == 1
    cast.later(1)
    assert cast.enter("alice").account == alice.account


def test_waiting_derives_nothing(cast: Cast, derivations: Watched) -> None:
    cast.arrive("alice", "patient")
    guess(cast, 6)
    before = derivations.calls
    for _try in range(10):
        with pytest.raises(TooManyTries):
            cast.enter("alice")
    assert derivations.calls == before


def test_a_success_makes_tries_free_again(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    for _round in range(4):
        for _guess in range(5):
            with pytest.raises(SignInRefused):
                cast.enter("alice", "a wrong guess")
        cast.enter("alice")


def test_guessing_at_one_login_name_does_not_slow_down_another(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    cast.arrive("dora", "patient")
    guess(cast, 10, "dora")
    assert cast.enter("alice")


def test_guesses_are_counted_by_the_database_and_not_by_the_process(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    guess(cast, 6)
    with pytest.raises(TooManyTries):
        cast.enter("alice", store=cast.new_store())


def test_guessing_the_present_passphrase_while_signed_in_is_slowed_down_too(cast: Cast) -> None:
    for error in [WrongPassphrase] * 6 + [TooManyTries] * 2:
        with pytest.raises(error):
            change_to(cast, "a new orbit of lanterns", present="a wrong guess")


def test_choosing_a_weak_new_passphrase_is_no_guess(cast: Cast) -> None:
    for _choice in range(10):
        with pytest.raises(WeakPassphrase):
            change_to(cast, "password1234")
    change_to(cast, "a new orbit of lanterns")


def change_to(cast: Cast, new: str, present: str = PASSPHRASE.format(name="alice")) -> None:
    change_passphrase(cast.work(), by=cast.alice, present=present, new=new)
