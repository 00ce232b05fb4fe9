"""The card in a real browser: saved as a file without an address, and a pace to breathe with."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pypdf import PdfReader

from tests.browser import stage
from tests.browser.test_every_page import settle

pytestmark = pytest.mark.xdist_group("safety card")


class Stage:
    """A server with an invented patient who has filled in her card."""

    def __init__(self, address: str, patient: dict[str, str]) -> None:
        self.address = address
        self.patient = patient


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    data = tmp_path_factory.mktemp("card") / "data"
    people = stage.demo(data, 0.05)
    with stage.serving(data) as address:
        yield Stage(address, people["patient"])


@pytest.fixture
def phone(browser: Browser, filled: Stage) -> Iterator[Page]:
    page = stage.new_context(browser).new_page()
    stage.sign_in(page, filled.address, **filled.patient)
    expect(page.get_by_role("link", name="Progress")).to_be_visible()
    yield page
    page.context.close()


def saved(page: Page) -> tuple[str, bytes]:
    """Press the button; name and bytes of the file that arrives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a PDF").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_card_arrives_as_a_file_and_comes_from_no_address(phone: Page, filled: Stage) -> None:
    errors: list[str] = []
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    phone.goto(filled.address + "safety_card")
    settle(phone)
    phone.on("request", note)
    phone.on("console", lambda it: errors.append(it.text) if it.type == "error" else None)
    for _again in range(2):
        name, content = saved(phone)
        assert name == "safety-card.pdf"
        text = PdfReader(BytesIO(content)).pages[0].extract_text()
        assert "Jana, my sister" in text
        expect(phone.get_by_text("The file is in your downloads.")).to_be_visible()
    assert [it for it in asked if "/media/" in it or (it.startswith("http") and "pdf" in it)] == []
    assert errors == []


def test_the_bytes_travel_only_when_asked_for_and_once(browser: Browser, filled: Stage) -> None:
    carried: list[bytes] = []

    def keep(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and b"%PDF-" in frame:
            carried.append(frame)

    page = stage.new_context(browser).new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    stage.sign_in(page, filled.address, **filled.patient)
    expect(page.get_by_role("link", name="Progress")).to_be_visible()
    page.goto(filled.address + "safety_card")
    settle(page)
    assert carried == []
    saved(page)
    expect(page.get_by_text("The file is in your downloads.")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="Change").first.click()
    stage.heading(page, "My signs")
    page.get_by_role("button", name="Back to the card").click()
    stage.heading(page, "Safety card")
    settle(page)
    page.context.close()
    assert len(carried) == 1


def test_what_is_filled_in_stands_on_the_card_and_in_help_now(phone: Page, filled: Stage) -> None:
    phone.goto(filled.address + "safety_card_part?part=tell")
    stage.heading(phone, "People I tell")
    phone.get_by_role("textbox", name="Name").nth(2).fill("<b>Kim</b> *K*")
    phone.get_by_role("textbox", name="Phone").nth(2).fill("(030) 23125 033")
    phone.get_by_role("button", name="Save").click()
    stage.heading(phone, "Safety card")
    expect(phone.get_by_text("<b>Kim</b> *K*", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Help now").click()
    stage.heading(phone, "Get help now")
    expect(phone.get_by_text("<b>Kim</b> *K*", exact=True)).to_be_visible()
    expect(phone.locator('a[href="tel:03023125033"]')).to_be_visible()
    expect(phone.locator('a[href="sms:03023125033"]')).to_be_visible()


def test_help_now_before_sign_in_opens_other_places_in_a_new_tab(browser: Browser, filled: Stage) -> None:
    page = stage.new_context(browser).new_page()
    page.goto(filled.address + "help_now")
    stage.heading(page, "Get help now")
    expect(page.get_by_role("combobox", name="Country")).to_have_value("Germany")
    chat = page.get_by_role("link", name="Chat")
    expect(chat).to_have_attribute("target", "_blank")
    expect(chat).to_have_attribute("rel", "noreferrer")
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    page.context.close()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_breath_goes_in_and_out_until_it_is_stopped(browser: Browser, filled: Stage, motion: str) -> None:
    page = stage.new_context(browser).new_page()
    page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]  # one of Playwright's words
    page.clock.install()
    page.goto(filled.address + "grounding?way=breath")
    word = page.locator(".breath p")
    expect(word).to_have_text("Breathe as you like")
    page.clock.run_for(1000)
    expect(word).to_have_text("Breathe in")
    expect(page.locator(".circle")).to_be_visible(visible=motion != "reduce")
    page.clock.run_for(4000)
    expect(word).to_have_text("Breathe out")
    page.clock.run_for(5000)
    expect(word).to_have_text("Breathe out")
    page.clock.run_for(1000)
    expect(word).to_have_text("Breathe in")
    page.get_by_role("button", name="Stop").click()
    page.clock.run_for(20_000)
    expect(word).to_have_text("Breathe as you like")
    page.get_by_role("button", name="Start again").click()
    expect(word).to_have_text("Breathe in")
    page.context.close()
