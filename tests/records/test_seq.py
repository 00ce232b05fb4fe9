"""Numbers are given in the order of commits: whoever reads on from the last one misses nothing."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from kapjournal.records import SignedIn, rows
from tests.cast import Cast
from tests.records.boxes import note

WRITERS, BATCHES, EACH = 4, 12, 3


def together(*tasks: Callable[[], None]) -> None:
    threads = [Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def write(cast: Cast, by: SignedIn, start: int) -> None:
    for batch in range(BATCHES):
        words = [note(f"{start} {batch} {number}") for number in range(EACH)]
        cast.work().append(by, words)


def follow(engine: Engine, account: bytes, done: Event) -> list[int]:
    """Read on from the last number seen, until nobody writes and nothing comes."""
    seen: list[int] = []
    while True:
        over = done.is_set()
        with engine.connect() as connection:
            found = [row.seq for row in rows.since(connection, account, seen[-1] if seen else 0)]
        seen += found
        if over and not found:
            return seen


def test_a_reader_misses_nothing_while_four_write(cast: Cast) -> None:
    by, done, seen = cast.alice, Event(), []
    reader = Thread(target=lambda: seen.extend(follow(cast.engine, by.account, done)))
    reader.start()
    together(*(lambda start=start: write(cast, by, start) for start in range(WRITERS)))
    done.set()
    reader.join()
    assert seen == [*range(1, WRITERS * BATCHES * EACH + 1)]


def test_people_do_not_share_their_numbers(cast: Cast) -> None:
    together(lambda: write(cast, cast.alice, 0), lambda: write(cast, cast.dora, 0))
    with cast.engine.connect() as connection:
        for by in (cast.alice, cast.dora):
            assert [row.seq for row in rows.since(connection, by.account, 0)] == [
                *range(1, BATCHES * EACH + 1)
            ]


def test_a_transaction_that_fails_leaves_no_gap(cast: Cast) -> None:
    def fail() -> None:
        with cast.work().authorised(cast.alice, writing=True) as (connection, _access):
            assert rows.take_seq(connection, cast.alice.account, 5) == 2
            raise RuntimeError

    cast.work().append(cast.alice, [note("One")])
    with pytest.raises(RuntimeError):
        fail()
    cast.work().append(cast.alice, [note("Two")])
    with cast.engine.connect() as connection:
        assert connection.execute(text("SELECT max(seq), count(*) FROM records")).one() == (2, 2)
