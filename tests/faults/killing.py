"""Faults without a screen: the process that saves is killed, or its database is."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

from tests.faults.client import Client
from tests.faults.oracle import FRESH, Found, found_afresh
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import Database, Kind, Patient, Stage, new_cookie, new_patient
from tests.faults.worker import POINTS, Answer, Fall, Request, Room, serve

LONGEST_LIFE = 0.25
MOST_COUNTS = 15
RELOADS = 0.3


class Process:
    """A process that saves; `found` is what it found when it began."""

    def __init__(self, database: Database, patient: Patient, fall: Fall | None = None) -> None:
        self._pipe, theirs = FRESH.Pipe()
        arguments = (theirs, database.environ, patient.by, fall)
        self._process = FRESH.Process(target=serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        self.found: Found = self._pipe.recv()

    def ask(self, request: Request | Room) -> Answer:
        """Raises EOFError or OSError when it is dead."""
        self._pipe.send(request)
        answer: Answer = self._pipe.recv()
        return answer

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._pipe.close()
        self._process.join()
        self._process.close()


@contextmanager
def process(database: Database, patient: Patient, fall: Fall | None = None) -> Iterator[Process]:
    it = Process(database, patient, fall)
    try:
        yield it
    finally:
        it.close()


def write_until_killed(client: Client, it: Process) -> None:
    try:
        client.write(it.ask)
    except (EOFError, OSError):
        return


def killed_mid_save(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """SIGKILL at a random moment, while a client saves as fast as it can and asks again afterwards."""
    return _killed("killed_mid_save", stage, kind, rounds, points=False)


def killed_at_a_point(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """SIGKILL where it could hurt most: inside the transaction, before its commit, before its answer."""
    return _killed("killed_at_a_point", stage, kind, rounds, points=True)


def _killed(fault: str, stage: Stage, kind: Kind, rounds: int, *, points: bool) -> Outcome:
    database, rng = stage.database(kind), Random(rounds)
    patient = new_patient(database, new_cookie())
    tally = Tally(database.folder)
    client = Client(tally.log, rng)
    for number in range(rounds):
        fall = Fall(POINTS[number % len(POINTS)], rng.randint(1, MOST_COUNTS)) if points else None
        with process(database, patient, fall) as it:
            tally.check(it.found)
            timer = threading.Timer(rng.uniform(0, LONGEST_LIFE), it.kill)
            if not points:
                timer.start()
            write_until_killed(client, it)
            timer.cancel()
        if rng.random() < RELOADS:
            client.reload()
    tally.check(found_afresh(database.environ, patient.by))
    return tally.outcome(fault, kind, rounds, attempted=len(tally.log.attempts))


def database_full(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The database cannot grow: saves are refused, and go through with the same save_id once there is room."""
    database, rng = stage.database(kind), Random(rounds)
    patient = new_patient(database, new_cookie())
    tally = Tally(database.folder)
    client = Client(tally.log, rng)
    if kind == "postgresql":
        stage.cluster.fill(database)
    with process(database, patient) as it:
        for _round in range(rounds):
            with _no_room(stage, kind, it):
                write_until_refused(client, it)
                tally.check(found_afresh(database.environ, patient.by))
            write_until_acknowledged(client, it, tally)
    tally.check(found_afresh(database.environ, patient.by))
    return tally.outcome("database_full", kind, rounds, refused=client.refusals)


def write_until_refused(client: Client, it: Process) -> None:
    before = client.refusals
    client.write(it.ask, until=lambda: client.refusals > before)


def write_until_acknowledged(client: Client, it: Process, tally: Tally) -> None:
    before = len(tally.log.acknowledged)
    client.write(it.ask, until=lambda: len(tally.log.acknowledged) > before)


@contextmanager
def _no_room(stage: Stage, kind: Kind, it: Process) -> Iterator[None]:
    if kind == "postgresql":
        with stage.cluster.full():
            yield
        return
    it.ask(Room(left=False))
    yield
    it.ask(Room(left=True))


def database_restarted(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """PostgreSQL is stopped at once, as in a crash, and started again under load."""

    def restart(_round: int) -> None:
        stage.cluster.stop()
        stage.cluster.start()

    return _broken_under_load("database_restarted", stage, kind, rounds, restart)


def backend_killed(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The process of PostgreSQL that saves is ended by its administrator, or killed by the system."""
    return _broken_under_load(
        "backend_killed", stage, kind, rounds, lambda n: stage.cluster.end_backends(kill=bool(n % 2))
    )


def _broken_under_load(
    fault: str, stage: Stage, kind: Kind, rounds: int, break_it: Callable[[int], None]
) -> Outcome:
    database, rng = stage.database(kind), Random(rounds)
    patient = new_patient(database, new_cookie())
    tally = Tally(database.folder)
    client = Client(tally.log, rng)
    with process(database, patient) as it, ThreadPoolExecutor(1) as thread:
        for number in range(rounds):
            broken = thread.submit(_after, rng.uniform(0, LONGEST_LIFE), break_it, number)
            client.write(it.ask, until=broken.done)
            broken.result()
            write_until_acknowledged(client, it, tally)
            tally.check(found_afresh(database.environ, patient.by))
    return tally.outcome(fault, kind, rounds, refused=client.refusals)


def _after(seconds: float, act: Callable[[int], None], number: int) -> None:
    time.sleep(seconds)
    act(number)
