"""The harness as a process that can be killed and started again on the same port."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.browser.components.shelf import Shelf
from tests.browser.stage import ROOT, free_port

HARNESS = Path(__file__).with_name("harness.py")
OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "runner.postScriptGC": "false",
    "runner.magicEnabled": "false",
}


class Server:
    """The harness on a port that stays the same when the server is killed and started again."""

    def __init__(self, folder: Path, code: Path = ROOT) -> None:
        self.shelf = Shelf(folder)
        self.code = code
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = [f"--{name}={value}" for name, value in OPTIONS.items()]
        environment = {
            **os.environ,
            "HARNESS_FOLDER": str(self.shelf.folder),
            "PYTHONPATH": os.pathsep.join([str(self.code), str(ROOT)]),
        }
        with (self.shelf.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", HARNESS, f"--server.port={self.port}", *options],
                cwd=self.shelf.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                return True
        except OSError:
            return False

    def wait(self) -> None:
        end = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < end, (self.shelf.folder / "log").read_text()
            time.sleep(0.1)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
