"""A server without a screen, in a process that can be killed: saves through the verbs what a client asks for.

It begins by telling what it finds. At a named point it can be made to kill itself, which random moments seldom hit.
"""

import os
import signal
from multiprocessing.connection import Connection as Pipe
from typing import Any, Literal, NamedTuple

from sqlalchemy import Engine, event

from kapjournal.application import Application, open_application
from kapjournal.clock import moment
from kapjournal.errors import StorageUnavailable
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from tests.faults.oracle import entries

ZONE = "Europe/Berlin"
Point = Literal[
    "number taken", "history cut", "row written", "before commit", "after commit", "any statement"
]
POINTS: tuple[Point, ...] = ("number taken", "history cut", "row written", "before commit", "after commit")
STATEMENTS: dict[Point, tuple[str, ...]] = {
    "number taken": ("UPDATE accounts",),
    "history cut": ("INSERT INTO record_history",),
    "row written": ("INSERT INTO records", "UPDATE records"),
    "any statement": ("",),
}


class Fall(NamedTuple):
    """Die when `point` is reached for the `nth` time."""

    point: Point
    nth: int


class Request(NamedTuple):
    """What the client wants: a text saved, or, with an empty `save_id`, the entry finished."""

    draft: Draft
    at: float


class Room(NamedTuple):
    """Whether this SQLite database may grow by more than two pages."""

    left: bool


class Answer(NamedTuple):
    """A committed save, or why there is none."""

    record: bytes = b""
    version: int = 0
    refused: str = ""


def serve(pipe: Pipe, environ: dict[str, str], by: SignedIn, fall: Fall | None) -> None:
    """Run until the client hangs up, or somebody kills this process."""
    application = open_application(read_settings(environ), environ=environ)
    pipe.send(entries(application, by))
    if fall:
        arm(application.store.engine, fall)
    try:
        while True:
            pipe.send(_answer(application, by, pipe.recv()))
    except EOFError:
        application.close()


def _answer(application: Application, by: SignedIn, asked: Request | Room) -> Answer:
    if isinstance(asked, Room):
        return _set_room(application.store.engine, asked)
    try:
        return _act(application, by, asked)
    except StorageUnavailable as error:
        return Answer(refused=str(error))


def _act(application: Application, by: SignedIn, asked: Request) -> Answer:
    now = moment(asked.at, ZONE)
    if not asked.draft.save_id:
        record = finish(application.work(), by=by, entry=asked.draft.id, now=now)
        assert record is not None
    else:
        record = write(application.work(), by=by, draft=asked.draft, about=About(), now=now).record
    return Answer(record.id, record.version)


def _set_room(engine: Engine, room: Room) -> Answer:
    # SQLite keeps this for each connection; a process that does one thing after the other has one.
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 2
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 << 30 if room.left else pages}")
    return Answer()


def arm(engine: Engine, fall: Fall) -> None:
    """Let this process kill itself at a point."""
    left = fall.nth

    def count_down() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if fall.point in STATEMENTS:
        _at_statement(engine, STATEMENTS[fall.point], count_down)
    elif fall.point == "before commit":
        event.listen(engine, "commit", lambda _connection: count_down())
    else:
        _after_commit(engine, count_down)


def _at_statement(engine: Engine, beginning: tuple[str, ...], act: Any) -> None:
    @event.listens_for(engine, "after_cursor_execute")
    def _executed(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(beginning):
            act()


def _after_commit(engine: Engine, act: Any) -> None:
    committed = False

    @event.listens_for(engine, "commit")
    def _commits(_connection: Any) -> None:
        nonlocal committed
        committed = True

    @event.listens_for(engine, "checkin")
    def _is_given_back(_raw: Any, _record: Any) -> None:
        nonlocal committed
        if committed:
            committed = False
            act()
