"""A real server and a real browser: what the browser tests stand on."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, expect
from pyotp import TOTP

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 40_000
SAVED = re.compile(r"^Saved \d\d:\d\d$")
STILL_MS = 300
STANDS_STILL = """
    milliseconds => {
        if (!window.watched) {
            window.watched = true;
            const stir = () => { window.stirred = performance.now(); };
            stir();
            new MutationObserver(stir).observe(
                document, { subtree: true, childList: true, characterData: true, attributes: true });
        }
        return document.querySelector("h1")
            && document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
            && !document.querySelector("[data-testid=stSkeleton]")
            && performance.now() - window.stirred >= milliseconds;
    }
"""

expect.set_options(timeout=PATIENCE_MS)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KAPJOURNAL_") and k != "DATABASE_URL"}
    return clean | {"KAPJOURNAL_DATA": str(data), "KAPJOURNAL_PORT": str(port), **more}


@contextmanager
def serving(data: Path, **more: str) -> Iterator[str]:
    """The launcher on a free port; its address."""
    port = free_port()
    with (data.parent / f"{data.name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "kapjournal", "serve"],
            cwd=ROOT,
            env=environment(data, port, **more),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _step in range(200):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


def demo(data: Path, years: float, *more: str) -> dict[str, dict[str, str]]:
    """Fill a database with an invented course; logins and passphrases of patient and therapist."""
    done = subprocess.run(
        [sys.executable, "-m", "kapjournal", "demo", "--data", str(data), "--years", str(years), *more],
        cwd=ROOT,
        env=environment(data, 0) | {"KAPJOURNAL_PORT": ""},
        capture_output=True,
        check=True,
    )
    people: dict[str, dict[str, str]] = json.loads(done.stdout)
    return people


def new_context(
    browser: Browser,
    *,
    scheme: str = "light",
    size: dict[str, int] | None = None,
    zone: str = "Europe/Berlin",
) -> BrowserContext:
    context = browser.new_context(
        viewport=size or PHONE,
        color_scheme=scheme,
        timezone_id=zone,
        locale="en-US",
        has_touch=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def heading(page: Page, text: str) -> None:
    """Wait until a page with this title stands, and nothing of the page before it."""
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()
    no_run(page)


def no_run(page: Page) -> None:
    """Wait until no run goes on: until it ends, elements of the one before may stand below the new ones."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)


def sign_up(page: Page, address: str, login: str) -> str:
    """Begin a journal with the offered passphrase and confirm the recovery code; the passphrase."""
    page.goto(address)
    page.get_by_role("button", name="Begin a journal").click()
    heading(page, "Begin a journal")
    passphrase = page.locator(".st-key-offered code").inner_text().strip()
    page.get_by_role("textbox", name="Login name").fill(login)
    page.get_by_role("textbox", name="Passphrase").fill(passphrase)
    page.locator("label", has_text="I am 18 or older").click()
    page.get_by_role("button", name="Create my journal").click()
    heading(page, "Your recovery code")
    code = page.locator("code").first.inner_text().strip()
    page.get_by_role("textbox", name="Type its last five characters").fill(code[-5:])
    page.get_by_role("button", name="I have written it down").click()
    heading(page, "Today")
    return passphrase


def sign_in(page: Page, address: str, login: str, passphrase: str) -> None:
    page.goto(address + "sign_in")
    heading(page, "Sign in")
    page.get_by_role("textbox", name="Login name").fill(login)
    page.get_by_role("textbox", name="Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()


class Factor(NamedTuple):
    """A second factor that was set up in a browser."""

    secret: str
    backup_codes: list[str]


def set_up_factor(page: Page) -> Factor:
    """Turn a second factor on, on the page that is for that, and keep its backup codes."""
    heading(page, "Second factor")
    secret = page.locator("code").first.inner_text().replace(" ", "").strip()
    page.get_by_role("textbox", name="The six digits").fill(TOTP(secret).now())
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your backup codes")).to_be_visible()
    codes = page.locator("code").first.inner_text().split()
    page.get_by_role("button", name="I have written them down").click()
    return Factor(secret, codes)


def second_step(page: Page, code: str) -> None:
    """Type a code after the passphrase."""
    heading(page, "One more step")
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def sign_in_therapist(page: Page, address: str, how: dict[str, str], codes: list[str]) -> None:
    """Sign in with one of the backup `codes`; without any, a second factor is set up first and fills them."""
    sign_in(page, address, **how)
    if codes:
        second_step(page, codes.pop())
    else:
        codes += set_up_factor(page).backup_codes
    heading(page, "Patients")


def settle(page: Page) -> None:
    """Wait until the page has been drawn whole: no run goes on, no part is still fetched, and nothing stirs."""
    page.evaluate("window.stirred = performance.now()")
    page.wait_for_function(STANDS_STILL, arg=STILL_MS)


def write_one(page: Page, text: str, then: str) -> None:
    """Write to the prompt on the screen, wait until it is saved, and press a button."""
    expect(page.locator("textarea")).to_have_count(1)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("textbox", name=title, exact=True).click()
    page.keyboard.type(text, delay=5)
    expect(page.locator(".editor .status")).to_have_text(SAVED)
    page.get_by_role("button", name=then, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_have_count(0)
    no_run(page)


def tap(page: Page, rating: str, number: int) -> None:
    """Choose a number on a row of eleven."""
    chosen = page.locator(f"input[name='{rating}'][value='{number}']")
    chosen.locator("xpath=..").click()
    expect(chosen).to_be_checked()


def picture(page: Page, folder: Path, name: str) -> Path:
    """A picture of the whole page as the test saw it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    return path
