"""Server processes to measure: kapjournal and a bare page, each on our launcher and on stock Streamlit.

Stock is what `pip install streamlit` and `streamlit run` give: uvloop, an optional extra that our
requirements bring along, is hidden from it unless asked for.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from bench.bare import STAND_IN

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
POLL_SECONDS = 0.002
GRACE_SECONDS = 10.0
PROGRAM = ("app.py", "pages", "kapjournal")
NOT_INHERITED = ("KAPJOURNAL_", "DATABASE_", "STREAMLIT_")
# Only what a process without a screen needs; a bare Streamlit would ask for an e-mail address.
STOCK_CONFIG = "[server]\nheadless = true\n[browser]\ngatherUsageStats = false\n"
_STOCK = "from streamlit.web.cli import main; main(prog_name='streamlit')"
_WITHOUT_UVLOOP = f"import sys; sys.modules['uvloop'] = None; {_STOCK}"
_OURS = "from pathlib import Path; from kapjournal.serving import serve; serve(Path('app.py'), port={port})"


class Server(NamedTuple):
    """A running server; `started` is how many seconds it took until it was healthy."""

    address: str
    pid: int
    started: float


@contextmanager
def kapjournal(data: Path) -> Iterator[Server]:
    """The application as its operator starts it, on the database in a folder."""
    port = free_port()
    environ = {"KAPJOURNAL_DATA": str(data), "KAPJOURNAL_PORT": str(port)}
    with _running(("-m", "kapjournal", "serve"), port, ROOT, environ) as server:
        yield server


@contextmanager
def kapjournal_on_stock(folder: Path, data: Path) -> Iterator[Server]:
    """The same application on the same database, on Streamlit's own launcher with Streamlit's own options."""
    _configure(folder, STOCK_CONFIG)
    for name in PROGRAM:
        (folder / name).symlink_to(ROOT / name)
    with _stock(folder, _WITHOUT_UVLOOP, {"KAPJOURNAL_DATA": str(data), "PYTHONPATH": str(ROOT)}) as server:
        yield server


@contextmanager
def floor(folder: Path, page: str) -> Iterator[Server]:
    """A bare page on our launcher with our options."""
    _configure(folder, (ROOT / ".streamlit" / "config.toml").read_text())
    _write_page(folder, page)
    port = free_port()
    with _running(("-c", _OURS.format(port=port)), port, folder, {"PYTHONPATH": str(ROOT)}) as server:
        yield server


@contextmanager
def stock(folder: Path, page: str, *, uvloop: bool = False) -> Iterator[Server]:
    """A bare page on Streamlit's own launcher with Streamlit's own options."""
    _configure(folder, STOCK_CONFIG)
    _write_page(folder, page)
    with _stock(folder, _STOCK if uvloop else _WITHOUT_UVLOOP, {}) as server:
        yield server


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def processor_seconds(server: Server) -> float:
    """How long all processors together have worked for a server so far, in steps of a hundredth."""
    times = psutil.Process(server.pid).cpu_times()
    return float(times.user + times.system)


def _configure(folder: Path, config: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_text(config)


def _write_page(folder: Path, page: str) -> None:
    (folder / "app.py").write_text(page)
    (folder / "stand_in.py").write_text(STAND_IN)


@contextmanager
def _stock(folder: Path, launcher: str, environ: Mapping[str, str]) -> Iterator[Server]:
    port = free_port()
    where = ("--server.port", str(port), "--server.address", "127.0.0.1")
    with _running(("-c", launcher, "run", "app.py", *where), port, folder, environ) as server:
        yield server


@contextmanager
def _running(
    arguments: Sequence[str], port: int, folder: Path, environ: Mapping[str, str]
) -> Iterator[Server]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    start = time.perf_counter()
    process = subprocess.Popen(
        (sys.executable, *arguments), cwd=folder, env={**inherited, **environ}, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(process, address)
        yield Server(address, process.pid, time.perf_counter() - start)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode} before it was healthy.")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(POLL_SECONDS)
    raise TimeoutError(f"{address} is not healthy after {START_SECONDS:.0f} s.")
