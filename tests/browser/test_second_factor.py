"""On a phone: a therapist who must have a second factor, a patient who chose one, and the passphrase once more."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from tests.browser import stage
from tests.browser.test_every_page import at_full_height, look, settle, watch

NEW = "brittle comet under seven roofs"


class Place(NamedTuple):
    """A server whose clock the file `ahead` moves."""

    address: str
    ahead: Path


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    ahead = tmp_path / "clock"
    ahead.write_text("0")
    with stage.serving(tmp_path / "data", KAPJOURNAL_TEST="1", KAPJOURNAL_TEST_CLOCK=str(ahead)) as address:
        yield Place(address, ahead)


def new_page(browser: Browser, place: Place, problems: list[str], scheme: str = "light") -> Page:
    page = stage.new_context(browser, scheme=scheme).new_page()
    watch(page, place.address, problems)
    return page


def looked_at(page: Page, name: str, problems: list[str]) -> None:
    settle(page)
    at_full_height(page)
    settle(page)
    look(page, name, problems)
    page.set_viewport_size(stage.PHONE)


def begin_as_therapist(page: Page, address: str) -> str:
    """Sign up, up to the page of the second factor; the passphrase."""
    page.goto(address + "sign_up")
    stage.heading(page, "Begin a journal")
    page.get_by_role("radio", name="I am a therapist").click()
    passphrase = page.locator(".st-key-offered code").inner_text().strip()
    page.get_by_role("textbox", name="Login name").fill("bob")
    page.get_by_role("textbox", name="Passphrase").fill(passphrase)
    page.locator("label", has_text="I am 18 or older").click()
    page.get_by_role("button", name="Create my journal").click()
    write_code_down(page)
    return passphrase


def write_code_down(page: Page) -> str:
    stage.heading(page, "Your recovery code")
    code = page.locator("code").first.inner_text().strip()
    page.get_by_role("textbox", name="Type its last five characters").fill(code[-5:])
    page.get_by_role("button", name="I have written it down").click()
    return code


def sign_out(page: Page, address: str) -> None:
    page.goto(address + "settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Begin a journal")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_therapist_sets_one_up_and_signs_in_with_it(browser: Browser, place: Place, scheme: str) -> None:
    problems: list[str] = []
    page = new_page(browser, place, problems, scheme)
    passphrase = begin_as_therapist(page, place.address)
    stage.heading(page, "Second factor")
    picture = page.get_by_role("img", name="QR code for your authenticator app")
    expect(picture).to_have_js_property("complete", True)
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] == box["height"] > 150
    looked_at(page, "setting up", problems)
    secret = stage.set_up_factor(page).secret
    stage.heading(page, "Patients")
    sign_out(page, place.address)
    place.ahead.write_text("30")
    stage.sign_in(page, place.address, "bob", passphrase)
    stage.heading(page, "One more step")
    assert page.get_by_role("textbox", name="Code").get_attribute("autocomplete") == "one-time-code"
    looked_at(page, "second step", problems)
    stage.second_step(page, f"{(int(TOTP(secret).now()) + 1) % 10**6:06}")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    stage.second_step(page, TOTP(secret).at(page.evaluate("Date.now() / 1000") + 30))
    stage.heading(page, "Patients")
    page.context.close()
    assert problems == []


def test_a_patient_comes_back_with_recovery_code_and_backup_code(browser: Browser, place: Place) -> None:
    problems: list[str] = []
    page = new_page(browser, place, problems)
    passphrase = stage.sign_up(page, place.address, "alice")
    page.goto(place.address + "recovery_code")
    page.get_by_role("textbox", name="Present passphrase").fill(passphrase)
    page.get_by_role("button", name="Make a recovery code").click()
    printed = write_code_down(page)
    stage.heading(page, "Today")
    page.goto(place.address + "second_factor")
    codes = stage.set_up_factor(page).backup_codes
    stage.heading(page, "Settings")
    sign_out(page, place.address)
    page.goto(place.address + "recover")
    page.get_by_role("textbox", name="Recovery code").fill(printed)
    page.get_by_role("textbox", name="Login name").fill("alice")
    page.get_by_role("textbox", name="New passphrase").fill(NEW)
    page.get_by_role("button", name="Open my journal").click()
    stage.second_step(page, codes[0].lower())
    assert write_code_down(page) != printed
    stage.heading(page, "Today")
    page.context.close()
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_after_a_while_the_passphrase_is_asked_for_once_more(
    browser: Browser, place: Place, scheme: str
) -> None:
    problems: list[str] = []
    page = new_page(browser, place, problems, scheme)
    passphrase = stage.sign_up(page, place.address, "alice")
    page.goto(place.address + "second_factor")
    stage.set_up_factor(page)
    place.ahead.write_text("700")
    page.goto(place.address + "second_factor")
    expect(page.get_by_role("button", name="Turn it off")).to_have_count(0)
    looked_at(page, "once more", problems)
    for typed in ("a wrong guess", passphrase):
        page.get_by_role("textbox", name="Present passphrase").fill(typed)
        page.get_by_role("button", name="Go on").click()
        settle(page)
    looked_at(page, "on", problems)
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_text("Your second factor is off.")).to_be_visible()
    page.context.close()
    assert problems == []
