"""Somebody who speaks, and the server that keeps it, as a process that can be killed."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update

from kapjournal.database.engine import sqlite_engine
from kapjournal.database.tables import records
from tests.browser import stage

SECONDS = """audio => new Promise(resolve => {
    const look = () => audio.paused && !audio.ended ? setTimeout(look, 50) : resolve(audio.duration);
    look();
})"""

HEAVY = """size => {
    const whole = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
        const bytes = new Uint8Array(size);
        bytes.set(new Uint8Array(await whole.call(this)));
        return bytes.buffer;
    };
}"""


class Server:
    """The page on a port that stays the same when the server is killed and started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = stage.free_port()
        self.address = f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        with (self.data.parent / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.voice"],
                cwd=stage.ROOT,
                env=stage.environment(self.data, self.port),
                stdout=log,
                stderr=log,
            )
        stage.wait_for(f"{self.address}healthz", self.process)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def kept(self) -> int:
        """How many rows of sound the database holds."""
        engine = sqlite_engine(self.data / "kapjournal.sqlite3")
        with engine.connect() as connection:
            found = connection.scalar(select(func.count()).where(records.c.kind == "file"))
        engine.dispose()
        return found or 0

    def damage(self) -> None:
        """Change every row of sound."""
        engine = sqlite_engine(self.data / "kapjournal.sqlite3")
        with engine.begin() as connection:
            connection.execute(update(records).where(records.c.kind == "file").values(gen=2))
        engine.dispose()


class Speaker:
    """Somebody who speaks in a tab."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.main = page.locator(".voice .main")
        self.status = page.locator(".voice .status")
        self.problem = page.locator(".voice .problem")
        self.audio = page.locator("audio")

    def begin(self) -> "Speaker":
        """Sign up as somebody new."""
        self.page.goto(self.server.address)
        self.page.get_by_role("button", name="Begin").click()
        expect(self.main).to_have_text("Say it instead")
        return self

    def start(self) -> None:
        self.main.click()
        self.sees("Recording. Take your time.")

    def stop(self) -> None:
        self.page.get_by_role("button", name="Stop").click()

    def speak(self, seconds: float = 1.5) -> None:
        self.start()
        self.page.wait_for_timeout(seconds * 1000)
        self.stop()

    def weigh(self, size: int) -> None:
        """Give the recorder sound of so many bytes, so that nobody has to speak for minutes."""
        self.page.evaluate(HEAVY, size)

    def sees(self, status: object) -> None:
        expect(self.status).to_have_text(status)

    def sees_it_saved(self) -> None:
        self.sees(stage.SAVED)

    def hears(self) -> float:
        """Listen to the only recording there is; how many seconds it plays."""
        self.page.get_by_role("button", name="Listen").click()
        expect(self.audio).to_be_visible()
        return float(self.audio.evaluate(SECONDS))

    def unsent(self) -> list[str]:
        return self.page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('unsent'))")

    def sealed(self) -> list[list[int]]:
        """What the browser keeps on disk, byte by byte."""
        return self.page.evaluate(
            """() => new Promise(resolve => {
                const opening = indexedDB.open('kapjournal', 1);
                opening.onupgradeneeded = () => opening.result.createObjectStore('voice', { keyPath: 'id' });
                opening.onsuccess = () => {
                    const all = opening.result.transaction('voice').objectStore('voice').getAll();
                    all.onsuccess = () => {
                        opening.result.close();
                        resolve(all.result.map(it => [...new Uint8Array(it.sealed)]));
                    };
                };
            })"""
        )
