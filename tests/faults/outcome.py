"""What a fault has shown, summed up over its rounds."""

import json
from pathlib import Path
from typing import NamedTuple

from tests.faults.oracle import Found, Log, judge


class Outcome(NamedTuple):
    """One line of the report. `more` are figures of this fault, such as seconds until something was saved."""

    fault: str
    database: str
    rounds: int
    acknowledged: int
    lost: int
    ok: bool
    more: dict[str, object]

    def line(self) -> str:
        """As JSON."""
        fields = self._asdict()
        more = fields.pop("more")
        return json.dumps(fields | more)


class Tally:
    """A client's log, and everything that was ever found to be wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._earlier: list[Log] = []
        self.log = Log(folder / "acknowledged.log")
        self._lost: set[bytes] = set()
        self._torn: set[bytes] = set()
        self._doubled: set[bytes] = set()

    def next_person(self) -> None:
        """What comes is somebody else's: it is not looked for among what was written so far."""
        self._earlier.append(self.log)
        self.log = Log(self._folder / f"acknowledged-{len(self._earlier)}.log")

    def check(self, found: Found) -> None:
        """Compare what was found with the log, as it is now."""
        verdict = judge(self.log, found)
        self._lost.update(verdict.lost)
        self._torn.update(verdict.torn)
        self._doubled.update(verdict.doubled)

    def outcome(self, fault: str, database: str, rounds: int, **more: object) -> Outcome:
        wrong = {"torn": len(self._torn), "doubled": len(self._doubled)}
        ok = not (self._lost or self._torn or self._doubled)
        acknowledged = sum(len(log.acknowledged) for log in (*self._earlier, self.log))
        return Outcome(fault, database, rounds, acknowledged, len(self._lost), ok, {**wrong, **more})
