"""`python -m tests.faults --rounds 200`: every fault on both databases, one JSON line each."""

import argparse
import sys
import traceback
from time import monotonic

from playwright.sync_api import Error as BrowserError

from tests.faults.outcome import Outcome
from tests.faults.stage import KINDS, Kind, Stage
from tests.faults.table import FAULTS, Fault


def main() -> int:
    """1 if anything was lost, or is otherwise not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=5, help="how often a process is killed; people type less often"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="FAULT", choices=[it.name for it in FAULTS])
    parser.add_argument("--database", choices=KINDS)
    options = parser.parse_args()
    kinds = [options.database] if options.database else KINDS
    chosen = [it for it in FAULTS if not options.only or it.name in options.only]
    with Stage() as stage:
        outcomes = [
            _performed(stage, fault, kind, fault.rounds(options.rounds))
            for fault in chosen
            for kind in fault.kinds
            if kind in kinds
        ]
    return 0 if all(it.ok for it in outcomes) else 1


def _performed(stage: Stage, fault: Fault, kind: Kind, rounds: int) -> Outcome:
    start = monotonic()
    try:
        outcome = fault.run(stage, kind, rounds)
    except (AssertionError, BrowserError, OSError):
        problem = traceback.format_exc(limit=-3)
        outcome = Outcome(fault.name, kind, rounds, 0, 0, False, {"problem": problem})
    outcome.more["seconds"] = round(monotonic() - start, 1)
    print(outcome.line(), flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
