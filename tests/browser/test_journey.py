"""A patient keeps an integration journal, start to finish, on a phone, by day and by night."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import stage

A_DAY = 25 * 3600
CAPTURED = ("Water. My grandmother's kitchen.", "A door I did not open.", "Warm hands.")


def plan_a_session(page: Page) -> None:
    page.get_by_role("link", name="Plan a session").click()
    stage.heading(page, "Plan a session")
    page.get_by_role("textbox", name="Where").fill("Clinic by the river")
    page.get_by_role("textbox", name="Who takes me home").fill("Sam")
    page.get_by_role("button", name="Save the plan").click()
    stage.heading(page, "Your session is tomorrow")


def seconds_until_it_begins() -> float:
    """A plan is for ten o'clock of the next day unless another time is chosen."""
    here = datetime.now(ZoneInfo("Europe/Berlin"))
    begins = (here + timedelta(1)).replace(hour=10, minute=1)
    return begins.timestamp() - time.time()


def finish_the_session(page: Page) -> None:
    stage.heading(page, "Nothing to do here.")
    page.get_by_role("button", name="It is over now").click()
    stage.heading(page, "The day of your session")


def capture_three(page: Page) -> None:
    page.get_by_role("button", name="Capture what is there").click()
    for text, then in zip(CAPTURED, ("Next", "Next", "Done"), strict=True):
        stage.write_one(page, text, then)
    expect(page.get_by_text("Kept in your journal.")).to_be_visible()


def check_in(page: Page, address: str) -> None:
    page.goto(address + "check_in")
    stage.heading(page, "Check in")
    for rating, number in (("mood", 6), ("anxiety", 3), ("energy", 5)):
        stage.tap(page, rating, number)
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Mood 6 · Anxiety 3 · Energy 5")).to_be_visible()


def everything_is_there(page: Page, address: str) -> None:
    page.goto(address + "journal")
    stage.heading(page, "Journal")
    for text in CAPTURED:
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_role("heading", name="Session 1")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_patient_keeps_a_journal_from_sign_up_to_the_next_day(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    pictures, clock = tmp_path / "pictures", tmp_path / "clock"
    clock.write_text("0")
    moved = {"KAPJOURNAL_TEST": "1", "KAPJOURNAL_TEST_CLOCK": str(clock)}
    with stage.serving(tmp_path / "data", **moved) as address:
        context = stage.new_context(browser, scheme=scheme)
        page = context.new_page()
        passphrase = stage.sign_up(page, address, "alice")
        stage.picture(page, pictures, "today")
        plan_a_session(page)
        begins = seconds_until_it_begins()
        clock.write_text(str(begins))
        stage.sign_in(page, address, "alice", passphrase)
        finish_the_session(page)
        capture_three(page)
        stage.picture(page, pictures, "captured")
        clock.write_text(str(begins + A_DAY))
        stage.sign_in(page, address, "alice", passphrase)
        stage.heading(page, "The day after your session")
        check_in(page, address)
        everything_is_there(page, address)
        stage.picture(page, pictures, "journal")
        page.get_by_role("link", name="Progress").click()
        stage.heading(page, "Progress")
        page.reload()
        stage.heading(page, "Progress")
        assert page.url.endswith("/progress")
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Begin a journal")).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="Begin a journal")).to_be_visible()
        stage.sign_in(page, address, "alice", passphrase)
        stage.heading(page, "The day after your session")
        everything_is_there(page, address)
        assert (
            page.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('kapjournal.unsent')).length")
            == 0
        )
        context.close()


def test_a_wrong_passphrase_and_an_unknown_name_read_the_same(browser: Browser, tmp_path: Path) -> None:
    with stage.serving(tmp_path / "data") as address:
        page = stage.new_context(browser).new_page()
        stage.sign_up(page, address, "alice")
        other = stage.new_context(browser).new_page()
        said = []
        for login in ("alice", "nobody"):
            stage.sign_in(other, address, login, "certainly not this one")
            said.append(other.get_by_role("alert").first.inner_text())
        assert said[0] == said[1]
        assert "do not fit together" in said[0]
