"""Storage without a screen: a durable save against its bare SQL, and reading ten years, on both databases."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, event

from bench.grounds import Ground
from bench.rows import ROUNDS, Row, milliseconds
from bench.stage import Stage
from kapjournal.clock import moment
from kapjournal.database.engine import transaction
from kapjournal.journal.reading import chapters
from kapjournal.journal.reading import search as search_entries
from kapjournal.journal.writing import About, Draft, write
from kapjournal.records import SignedIn, Work

SAVES = 150
PUSHES_A_DRAFT = 10
READS = 7
TEXT = "The morning was grey and I took my time. Something in me wanted to be found. " * 8
SOUGHT = ("found", "morning", "letter send", "river breakfast", "zzz")

Copies = Callable[[], AbstractContextManager[Ground]]
Read = Callable[[Work, SignedIn], object]


class Statement(NamedTuple):
    """What was executed, with its parameters."""

    clause: Any
    parameters: Any


def save_sqlite(stage: Stage) -> Row:
    """The editor's verb on SQLite against the same statements and bytes, bare through Core in one transaction."""
    return _save("save_sqlite", stage.sqlite.year, 3)


def save_postgres(stage: Stage) -> Row:
    """The same on PostgreSQL."""
    return _save("save_postgres", stage.postgres.year, 5)


def sync(stage: Stage) -> Row:
    """What a sign-in opens of ten years; the slower database, in milliseconds."""
    return _ten_years("sync", stage, lambda work, by: None, lambda work, by: work.reading(by))


def open_journal(stage: Stage) -> Row:
    """What opening the journal adds after that, up to its chapters; the slower database, in milliseconds."""
    return _ten_years(
        "open_journal", stage, lambda work, by: work.reading(by), lambda work, by: chapters(work, by=by)
    )


def search(stage: Stage) -> Row:
    """A search of all text of ten years, the first after the journal was opened or a later one, in milliseconds."""
    first: list[float] = []
    later: list[float] = []
    with stage.sqlite.decade() as ground:
        for words in SOUGHT:
            for times in (first, later):
                if times is first:
                    ground.application.work().forget(ground.by)
                    ground.application.work().complete(ground.by)
                work = ground.application.work()
                start = time.perf_counter()
                search_entries(work, by=ground.by, words=words)
                times.append(time.perf_counter() - start)
    value = max(median(first), median(later)) * 1000
    detail = {"ours": {"first_ms": milliseconds(first), "later_ms": milliseconds(later)}, "other": None}
    return Row("search", value, "<= 20 ms", value <= 20, detail)


def _save(name: str, copies: Copies, bar_ms: float) -> Row:
    with copies() as ground:
        recorded = _recorded(ground)
    rounds = [_both(copies, recorded) for _round in range(ROUNDS)]
    ours, other = ([median(it) for it in side] for side in zip(*rounds, strict=True))
    value = median(ours) / median(other)
    ok = value <= 1.3 and median(ours) * 1000 <= bar_ms
    detail = {
        "ours": {"p50_ms": milliseconds(ours)},
        "other": {"p50_ms": milliseconds(other)},
        "saves_a_round": SAVES,
        "statements_a_save": median(map(len, recorded)),
    }
    return Row(name, value, f"<= 1.3 x bare SQL, p50 <= {bar_ms} ms", ok, detail)


def _both(copies: Copies, recorded: Sequence[Sequence[Statement]]) -> tuple[list[float], list[float]]:
    """One save by the verb, then one bare, each on a database of its own."""
    ours, other = [], []
    with copies() as mine, copies() as theirs:
        saves = _saves(mine)
        theirs.application.work().reading(theirs.by)
        for statements in recorded:
            start = time.perf_counter()
            next(saves)
            ours.append(time.perf_counter() - start)
            start = time.perf_counter()
            _replay(theirs.application.store.engine, statements)
            other.append(time.perf_counter() - start)
    return ours, other


def _saves(ground: Ground) -> Iterator[None]:
    """Each step is one save: a new draft, then nine longer states of it, and again."""
    store, by = ground.application.store, ground.by
    now = moment(ground.application.clock(), "Europe/Berlin")
    Work(store, now.at).reading(by)
    for number in range(SAVES):
        draft, push = divmod(number, PUSHES_A_DRAFT)
        id = draft.to_bytes(16)
        text = f"{TEXT}{number}"
        pushed = Draft(id, id[8:] + (push + 1).to_bytes(8), text, base_version=push)
        write(Work(store, now.at), by=by, draft=pushed, about=About(), now=now)
        yield


def _recorded(ground: Ground) -> list[list[Statement]]:
    """The statements of every save."""
    recorded: list[list[Statement]] = []
    with _listening(ground.application.store.engine) as heard:
        for _save in _saves(ground):
            recorded.append(list(heard))
            heard.clear()
    return recorded


@contextmanager
def _listening(engine: Engine) -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def hear(_connection: Connection, clause: Any, many: Any, one: Any, _options: Any) -> None:
        heard.append(Statement(clause, many or one))

    event.listen(engine, "before_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_execute", hear)


def _replay(engine: Engine, statements: Sequence[Statement]) -> None:
    with transaction(engine, writing=True) as connection:
        for statement in statements:
            result = connection.execute(statement.clause, statement.parameters)
            if result.returns_rows:
                result.all()


def _ten_years(name: str, stage: Stage, before: Read, read: Read) -> Row:
    times: dict[str, list[float]] = {}
    for database, grounds in (("sqlite", stage.sqlite), ("postgres", stage.postgres)):
        with grounds.decade() as ground:
            times[database] = [_timed(ground, before, read) for _time in range(1 + READS)][1:]
    value = max(median(it) for it in times.values()) * 1000
    detail = {"ours": {f"{database}_ms": milliseconds(it) for database, it in times.items()}, "other": None}
    return Row(name, value, "<= 400 ms", value <= 400, detail)


def _timed(ground: Ground, before: Read, read: Read) -> float:
    work = ground.application.work()
    work.forget(ground.by)
    before(work, ground.by)
    start = time.perf_counter()
    read(work, ground.by)
    return time.perf_counter() - start
