"""Many sign in at the same moment: a few at a time, some sent away, nobody let in as somebody else."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest

from kapjournal.errors import Busy, SignInRefused
from kapjournal.records.store import DERIVATIONS_AT_ONCE, DERIVATIONS_WAITING
from kapjournal.vault import wraps
from tests.cast import PASSPHRASE, Cast, Watched

CROWD = 30


@pytest.fixture
def slow_derivations(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A twentieth of a second each."""
    watched = Watched(0.05)
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", watched)
    return watched


@pytest.fixture
def crowd(cast: Cast, monkeypatch: pytest.MonkeyPatch, slow_derivations: Watched) -> dict[str, bytes]:
    """Account ids by login name."""
    with monkeypatch.context() as hurry:
        hurry.setattr(wraps, "crypto_pwhash_alg", Watched())
        names = [f"guest{number}" for number in range(CROWD)]
        return {name: cast.arrive(name, "patient").signed_in.account for name in names}


def all_at_once(cast: Cast, typed: dict[str, str]) -> dict[str, bytes | str]:
    """Everybody signs in: whose account they are in, or the name of the error."""
    start = Barrier(len(typed))

    def enter(name: str) -> bytes | str:
        start.wait()
        try:
            return cast.enter(name, typed[name]).account
        except (Busy, SignInRefused) as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(typed)) as threads:
        return dict(zip(typed, threads.map(enter, typed), strict=True))


def test_of_thirty_at_once_some_are_sent_away_and_none_is_somebody_else(
    cast: Cast, crowd: dict[str, bytes], slow_derivations: Watched
) -> None:
    found = all_at_once(cast, {name: PASSPHRASE.format(name=name) for name in crowd})
    inside = {name: account for name, account in found.items() if account != "Busy"}
    assert inside == {name: crowd[name] for name in inside}
    assert len(inside) >= DERIVATIONS_AT_ONCE + DERIVATIONS_WAITING
    assert len(inside) < CROWD
    assert slow_derivations.at_once == DERIVATIONS_AT_ONCE
    away = next(name for name in crowd if name not in inside)
    assert cast.enter(away).account == crowd[away]


def test_thirty_tabs_of_one_person_are_not_taken_for_guessing(cast: Cast, slow_derivations: Watched) -> None:
    alice = cast.alice.account
    start = Barrier(CROWD)

    def enter(_tab: int) -> bytes | None:
        start.wait()
        with suppress(Busy):
            return cast.enter("alice").account
        return None

    with ThreadPoolExecutor(CROWD) as threads:
        found = Counter(threads.map(enter, range(CROWD)))
    assert set(found) == {alice, None}
    assert slow_derivations.at_once == DERIVATIONS_AT_ONCE


def test_in_a_crowd_a_wrong_passphrase_stays_wrong(cast: Cast, crowd: dict[str, bytes]) -> None:
    right = {name: PASSPHRASE.format(name=name) for name in list(crowd)[::2]}
    found = all_at_once(cast, {name: right.get(name, "not the passphrase") for name in crowd})
    outcomes = Counter(type(it) if name in right else it for name, it in found.items() if it != "Busy")
    assert set(outcomes) <= {bytes, "SignInRefused"}
    assert sum(outcomes.values()) >= DERIVATIONS_AT_ONCE + DERIVATIONS_WAITING
