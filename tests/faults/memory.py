"""What a process still holds of somebody whose tab is closed and whose sign-in has ended.

The process overwrites what it frees (glibc's MALLOC_PERTURB_), so that what is found is held by something.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from os import urandom
from pathlib import Path

from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import Kind, Site, Stage
from tests.faults.writer import Writer, writing

OVERWRITTEN = {
    "PYTHONMALLOC": "malloc",
    "MALLOC_PERTURB_": "165",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",  # what waits there would not be overwritten
}
# As `python -m kapjournal serve`, with a reaper that comes every 2 seconds instead of 30.
SERVE = """
import sys
import kapjournal.application
from kapjournal.__main__ import main
kapjournal.application.REAP_SECONDS = 2.0
sys.exit(main(["serve"]))
"""
SESSION_SECONDS = 5
QUIET_SECONDS = 3.0
GONE_SECONDS = 60.0
LONGER_THAN_IDLE = 3700.0
POLL_SECONDS = 2.0
ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")


def gone_after_idleness(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The tab is closed, an hour passes: nothing of what was written is in the process any more."""
    site = stage.new_site(kind, ("-c", SERVE), HOME=str(_home(stage)), **OVERWRITTEN)
    tally, took = Tally(site.database.folder), 0.0
    for _round in range(rounds):
        site.database.set_clock(0)
        canary = urandom(12).hex()
        with writing(site, tally.log) as writer:
            _write(writer, canary)
            assert copies(site.server.pid, canary)
        site.database.set_clock(LONGER_THAN_IDLE)
        took = max(took, _seconds_until_gone(site, canary))
    return tally.outcome("gone_after_idleness", kind, rounds, seconds_until_gone=round(took))


def _home(stage: Stage) -> Path:
    """A home whose Streamlit options keep the session of a closed tab for five seconds instead of two minutes."""
    home = stage.folder / "home"
    (home / ".streamlit").mkdir(parents=True, exist_ok=True)
    options = f"[server]\ndisconnectedSessionTTL = {SESSION_SECONDS}\n"
    (home / ".streamlit" / "config.toml").write_text(options)
    return home


def _write(writer: Writer, canary: str) -> None:
    writer.open()
    writer.type(canary)
    writer.is_saved()
    writer.page.get_by_role("button", name="Next").click()
    writer.page.goto(f"{writer.address}/journal")
    writer.page.get_by_text(canary).wait_for(timeout=60_000)
    # Long enough for what a process does when nobody asks it for anything.
    writer.page.wait_for_timeout(QUIET_SECONDS * 1000)


def _seconds_until_gone(site: Site, canary: str) -> float:
    start = time.monotonic()
    while found := copies(site.server.pid, canary):
        assert time.monotonic() - start < GONE_SECONDS, f"{found} copies are still there"
        time.sleep(POLL_SECONDS)
    return time.monotonic() - start


def copies(pid: int, text: str) -> int:
    """How often a text stands in the memory of a process, in any encoding that Python or a browser uses."""
    wanted = [text.encode(encoding) for encoding in ENCODINGS]
    return sum(chunk.count(it) for chunk in _memory(pid) for it in wanted)


def _memory(pid: int) -> Iterator[bytes]:
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, permissions, *_rest = line.split()
            start, end = (int(it, 16) for it in span.split("-"))
            if permissions.startswith("rw"):
                with suppress(OSError):  # not every span can be read
                    memory.seek(start)
                    yield memory.read(end - start)
