"""Every fault with a few rounds; `make faults ROUNDS=200` runs the full counts."""

import json
import subprocess
import sys
from pathlib import Path

from tests.faults.every import EVERY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 1200


def test_no_word_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--tested"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [it for it in outcomes if not it["ok"] or it["lost"]]
    assert (wrong, done.returncode) == ([], 0), done.stderr[-4000:]
    tested = {(fault.name, kind) for fault in EVERY if fault.tested for kind in fault.kinds}
    assert {(it["fault"], it["database"]) for it in outcomes} == tested
    assert sum(it["acknowledged"] for it in outcomes) > len(tested)
