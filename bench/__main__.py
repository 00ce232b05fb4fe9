"""`python -m bench [NAME …]`: one JSON line a row; ends with 1 if a row misses its bar."""

import argparse
import sys
from collections.abc import Callable
from math import nan

import msgspec
from websockets.exceptions import ConnectionClosed

from bench import reruns, starting, storage, therapist
from bench.client import RunFailed
from bench.rows import Row
from bench.stage import Stage

ROWS: dict[str, Callable[[Stage], Row]] = {
    row.__name__: row
    for row in (
        reruns.rerun,
        reruns.rerun_floor,
        reruns.growth,
        reruns.progress,
        reruns.reruns_20,
        reruns.reruns_100,
        reruns.fragment,
        reruns.fragment_save,
        storage.save_sqlite,
        storage.save_postgres,
        storage.sync,
        storage.open_journal,
        storage.search,
        starting.cold_start,
        starting.first_load,
        starting.memory,
        therapist.therapist_list,
        therapist.therapist_summary,
    )
}


def main(arguments: list[str] | None = None) -> int:
    """Run the rows that are named, or all; 0 if all of them are within their bars."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *ROWS], metavar="NAME", help=" ".join(ROWS))
    names = parser.parse_args(arguments).names or list(ROWS)
    missed = 0
    with Stage() as stage:
        for name in names:
            try:
                row = ROWS[name](stage)
            except (RunFailed, TimeoutError, ConnectionClosed) as error:
                row = Row(name, nan, "to run at all", ok=False, detail={"error": repr(error)})
            print(msgspec.json.encode(row).decode(), flush=True)
            missed += not row.ok
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
