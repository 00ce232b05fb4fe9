"""Migrate an empty database and be killed before each statement in turn; print what is left as JSON lines.

Usage: python -m tests.database.dying <DATABASE_URL or path>
"""

import json
import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url

from kapjournal.database.engine import sqlite_engine
from kapjournal.database.migrate import migrate
from kapjournal.database.postgres import postgres_engine


def open_engine(address: str) -> Engine:
    return postgres_engine(address) if "://" in address else sqlite_engine(Path(address))


def die_before(engine: Engine, number: int) -> None:
    """Kill this process before its statement of this number, counted from 0, or before it commits."""
    seen = 0

    def count(*_about: object) -> None:
        nonlocal seen
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)


def tables_left(address: str) -> list[str]:
    if "://" in address:
        url = make_url(address).set(drivername="postgresql+psycopg")
        engine = create_engine(url)
    else:
        engine = sqlite_engine(Path(address))
    found = sorted(inspect(engine).get_table_names())
    engine.dispose()
    return found


def main(address: str) -> None:
    killed = True
    number = 0
    while killed:
        child = os.fork()
        if child == 0:
            engine = open_engine(address)
            die_before(engine, number)
            migrate(engine)
            engine.dispose()
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        print(json.dumps({"killed": killed, "tables": tables_left(address)}), flush=True)
        number += 1


if __name__ == "__main__":
    main(sys.argv[1])
