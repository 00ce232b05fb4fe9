"""Watch what the one expensive function is asked for, or make it cheap."""

import hashlib
import time
from threading import Lock
from typing import Any

import pytest

from kapjournal.vault import wraps


class Watched:
    """The password hash with a counter: how often it was called, and how many calls ran at once at most."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls = self.at_once = self._running = 0
        self._seconds = seconds
        self._lock = Lock()

    def __call__(self, *, outlen: int, passwd: bytes, salt: bytes, **_price: Any) -> bytes:
        with self._lock:
            self.calls += 1
            self._running += 1
            self.at_once = max(self.at_once, self._running)
        time.sleep(self._seconds)
        with self._lock:
            self._running -= 1
        return hashlib.blake2b(passwd, key=salt, digest_size=outlen).digest()


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Free of charge."""
    watched = Watched()
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", watched)
    return watched


@pytest.fixture
def slow_derivations(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A twentieth of a second each."""
    watched = Watched(0.05)
    monkeypatch.setattr(wraps, "crypto_pwhash_alg", watched)
    return watched
