"""Rows of accounts when several people, servers or guessers come at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kapjournal.errors import LoginTaken, StorageUnavailable
from kapjournal.people.guessing import FREE_TRIES
from kapjournal.people.signing_in import sign_in
from kapjournal.records import accounts
from kapjournal.vault.wraps import Wrap
from tests.cast import Cast
from tests.records.boxes import rows_of

AT_ONCE = 6


def at_once(task: Callable[[int], object]) -> list[object]:
    """What `task` gives, or the error it raises, for several threads that start together."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> object:
        start.wait()
        try:
            return task(number)
        except Exception as error:  # noqa: BLE001  # the test says which
            return type(error)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


@pytest.mark.parametrize("before", [0, 3])
def test_no_try_slips_through_beside_another_one(cast: Cast, before: int) -> None:
    def count(_number: int) -> None:
        with cast.work().unauthorised(writing=True) as connection:
            failures, _until = accounts.guesses_of(connection, b"login")
            accounts.set_guesses(connection, b"login", failures + 1, cast.at)

    for _try in range(before):
        count(0)
    assert at_once(count) == [None] * AT_ONCE
    assert rows_of(cast.engine, "failures", "guesses") == [(before + AT_ONCE,)]


def test_guessing_at_once_gets_no_more_free_tries(cast: Cast) -> None:
    assert cast.alice

    def guess(number: int) -> None:
        sign_in(cast.work(), login="alice", passphrase=f"guess {number}", browser=b"", label="")

    for _round in range(2):
        at_once(guess)
    assert rows_of(cast.engine, "failures", "guesses") == [(FREE_TRIES + 1,)]


def test_counters_are_forgotten_and_found_again(cast: Cast) -> None:
    with cast.work().unauthorised(writing=True) as connection:
        assert accounts.guesses_of(connection, b"login") == (0, 0)
        accounts.set_guesses(connection, b"login", 3, 1000)
        assert accounts.guesses_of(connection, b"login") == (3, 1000)
        accounts.forget_guesses(connection, before=1000)
        assert accounts.guesses_of(connection, b"login") == (3, 1000)
        accounts.forget_guesses(connection, before=1001)
        assert accounts.guesses_of(connection, b"login") == (0, 0)
        accounts.set_guesses(connection, b"login", 1, 1000)
        accounts.clear_guesses(connection, b"login")
        assert accounts.guesses_of(connection, b"login") == (0, 0)


def test_one_login_name_goes_to_one_person(cast: Cast) -> None:
    found = at_once(lambda _number: bool(cast.arrive("eve", "patient")))
    assert sorted(found, key=str) == [LoginTaken] * (AT_ONCE - 1) + [True]
    assert len(rows_of(cast.engine, "id", "accounts")) == 1


def test_two_new_passphrases_at_once_leave_one_that_opens(cast: Cast) -> None:
    account = cast.alice.account

    def replace(number: int) -> None:
        with cast.work().unauthorised(writing=True) as connection:
            wrap = Wrap("passphrase", b"", b"", str(number), b"blob")
            accounts.replace_wrap(connection, account, wrap)

    assert set(at_once(replace)) <= {None, StorageUnavailable}
    left = [row for row in rows_of(cast.engine, "purpose, parameters", "wraps") if row[0] == "passphrase"]
    assert len(left) == 1


def test_a_fact_is_set_once(cast: Cast) -> None:
    with cast.work().unauthorised(writing=True) as connection:
        assert accounts.fact(connection, "lineage") is None
        for value in (b"one", b"two"):
            accounts.set_fact(connection, "lineage", value)
        assert accounts.fact(connection, "lineage") == b"two"
