"""Sharing on a phone: from a code to the preview, one entry, and stopping from anywhere in two taps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import beside, stage

pytestmark = pytest.mark.xdist_group("sharing")

STOPPED = "From now on Dr. Sam cannot open this here. What Dr. Sam already read, copied or printed"


class Stage:
    """A server with a patient who shares nothing yet, and a therapist beside it."""

    def __init__(self, address: str, sam: beside.Therapist) -> None:
        self.address = address
        self.sam = sam


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    data: Path = tmp_path_factory.mktemp("sharing") / "data"
    with beside.therapist(data) as sam:
        beside.begin_a_journal(sam.application)
        with stage.serving(data) as address:
            yield Stage(address, sam)


@pytest.fixture
def phone(browser: Browser, room: Stage) -> Iterator[Page]:
    page = stage.new_context(browser).new_page()
    yield page
    page.context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go_on(page: Page, then: str) -> None:
    press(page, "Go on")
    stage.heading(page, then)


def add_sam(page: Page, room: Stage) -> None:
    """From the step of the code on: share the check-ins."""
    stage.heading(page, "Your therapist's code")
    go_on(page, "Names")
    expect(page.get_by_text("This therapist calls themself: Dr. Sam")).to_be_visible()
    go_on(page, "What they may see")
    page.locator("label", has_text="Check-ins").click()
    expect(page.get_by_role("checkbox", name="Check-ins")).to_be_checked()
    go_on(page, "From when, until when")
    go_on(page, "What you say with it")
    page.get_by_role("textbox", name="What I want to talk about").fill("The dream about the sea.")
    go_on(page, "Is this right?")
    press(page, "Share with Dr. Sam")
    stage.heading(page, "Dr. Sam")


def stop_everything(page: Page) -> None:
    """From any screen: one tap on what says that something is shared, one on the button."""
    page.get_by_role("link", name="Sharing", exact=True).click()
    press(page, "Stop sharing")
    expect(page.get_by_text(STOPPED)).to_be_visible()
    expect(page.get_by_role("link", name="Sharing", exact=True)).to_have_count(0)


def test_from_a_code_to_the_page_of_the_therapist_and_back(phone: Page, room: Stage) -> None:
    # The camera opens the address on the card; signing in comes first, and leads back.
    phone.goto(f"{room.address}share_add?code={room.sam.code}")
    stage.heading(phone, "Sign in")
    phone.get_by_role("textbox", name="Login name").fill(beside.PATIENT["login"])
    phone.get_by_role("textbox", name="Passphrase").fill(beside.PATIENT["passphrase"])
    press(phone, "Sign in")
    add_sam(phone, room)
    [same] = room.sam.accept()
    expect(phone.locator(".st-key-compare")).to_have_text(same)
    phone.get_by_role("link", name="Share", exact=True).click()
    expect(phone.get_by_text("Shared until")).to_be_visible()
    phone.get_by_role("link", name="See what they see").click()
    expect(phone.get_by_text("This is exactly what Dr. Sam sees.")).to_be_visible()
    expect(phone.get_by_text("The dream about the sea.", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Share", exact=True).click()
    stop_everything(phone)


def test_an_entry_is_shared_and_closed_and_the_rest_stopped_while_writing(phone: Page, room: Stage) -> None:
    stage.sign_in(phone, room.address, **beside.PATIENT)
    expect(phone.get_by_role("link", name="Progress")).to_be_visible()
    phone.goto(f"{room.address}share_add?code={room.sam.code}")
    add_sam(phone, room)
    phone.get_by_role("link", name="Journal", exact=True).click()
    phone.get_by_role("link", name="Read").click()
    press(phone, "Share this with Dr. Sam")
    expect(phone.get_by_text("Shared with Dr. Sam. You can stop at any time.")).to_be_visible()
    press(phone, "Stop sharing")
    expect(phone.get_by_text(STOPPED)).to_be_visible()
    expect(phone.get_by_role("button", name="Share this with Dr. Sam")).to_be_visible()
    phone.goto(f"{room.address}write")
    expect(phone.locator("textarea")).to_be_visible()
    stop_everything(phone)


def test_paper_is_seen_and_saved_without_a_link(phone: Page, room: Stage) -> None:
    stage.sign_in(phone, room.address, **beside.PATIENT)
    phone.get_by_role("link", name="Share", exact=True).click()
    phone.get_by_role("link", name="Take it along on paper").click()
    stage.heading(phone, "What they may see")
    phone.locator("label", has_text="Check-ins").click()
    expect(phone.get_by_role("checkbox", name="Check-ins")).to_be_checked()
    for title in ("From when", "Entries", "What you say with it", "Your page on paper"):
        go_on(phone, title)
    with phone.expect_download() as saved:
        press(phone, "Save as a PDF")
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    phone.get_by_role("link", name="Share", exact=True).click()
    phone.get_by_role("link", name="Everything that happened").click()
    expect(phone.get_by_text("Your page was saved as a PDF here")).to_be_visible()
