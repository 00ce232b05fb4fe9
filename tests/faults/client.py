"""Somebody who writes faster than any person, and keeps what the editor keeps: writer, counter, what is unanswered."""

import os
import string
import time
from collections.abc import Callable
from random import Random

from kapjournal.journal.writing import Draft
from tests.faults.oracle import Attempt, Log, digest
from tests.faults.worker import Answer, Request

LETTERS = string.ascii_lowercase + "äß é\n🌱"
LENGTHS = (1, 30, 200, 600, 3000, 20_000)
FINISHES = 0.05
TAKES_TIME = 300.0
RETRY_SECONDS = 0.02


class Client:
    """One box after the other. What is not answered is asked again, under the same save_id."""

    def __init__(self, log: Log, rng: Random) -> None:
        self._log = log
        self._rng = rng
        self._at = time.time()
        self.refusals = 0
        self._begin()

    def _begin(self) -> None:
        self._record, self._base = os.urandom(16), 0
        self._open_box(())

    def _open_box(self, after: tuple[bytes, ...]) -> None:
        self._writer, self._counter, self._after = os.urandom(8), 0, after
        self._unanswered: Request | None = None

    def reload(self) -> None:
        """The tab is loaded again: a new box goes on from the text that was not answered."""
        left = self._unanswered
        if left is None or not left.draft.save_id:
            return
        self._open_box((left.draft.save_id, *left.draft.after))
        self._unanswered = self._send(left.draft.text)

    def write(self, ask: Callable[[Request], Answer], *, until: Callable[[], bool] = lambda: False) -> None:
        """Go on until it is time, or until `ask` raises because nobody answers."""
        while not until():
            asked = self._unanswered = self._unanswered or self._next()
            answer = ask(asked)
            if answer.refused:
                self.refusals += 1
                time.sleep(RETRY_SECONDS)
            else:
                self._hear(asked, answer)

    def _next(self) -> Request:
        self._at += self._rng.random() * TAKES_TIME
        if self._base and self._rng.random() < FINISHES:
            return Request(Draft(self._record, b"", ""), self._at)
        return self._send(
            "".join(self._rng.choices(LETTERS, k=self._rng.choice(LENGTHS))) + os.urandom(8).hex()
        )

    def _send(self, text: str) -> Request:
        self._counter += 1
        save_id = self._writer + self._counter.to_bytes(8)
        draft = Draft(self._record, save_id, text, self._base, self._after)
        self._log.attempt(Attempt(save_id, self._record, self._base, self._after, digest(text)))
        return Request(draft, self._at)

    def _hear(self, asked: Request, answer: Answer) -> None:
        self._unanswered = None
        if asked.draft.save_id:
            self._log.acknowledge(asked.draft.save_id, answer.record, answer.version)
            self._record, self._base, self._after = answer.record, answer.version, ()
        else:
            self._log.finish(asked.draft.id)
            self._begin()
