"""Two browsers: what a patient shares, a therapist sees; what a patient stops, is gone with the next click."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import stage

WORDS = """
    page => { const copy = page.cloneNode(true);
              copy.querySelectorAll("[data-testid=stPlotlyChart], style").forEach(it => it.remove());
              return copy.innerText.replace(/\\s+/g, " ").trim(); }
"""

pytestmark = pytest.mark.xdist_group("two sides")


class Sides:
    """Maya on her phone and Dr. Lindqvist at a desk, each signed in."""

    def __init__(self, address: str, maya: Page, lindqvist: Page) -> None:
        self.address = address
        self.maya = maya
        self.lindqvist = lindqvist

    def summary(self) -> Page:
        """The therapist opens Maya's page from the list."""
        self.lindqvist.get_by_role("link", name="Maya").click()
        stage.heading(self.lindqvist, "Maya")
        stage.settle(self.lindqvist)
        return self.lindqvist

    def share(self) -> Page:
        """The patient opens Share."""
        self.maya.goto(self.address + "share")
        stage.heading(self.maya, "Share")
        stage.settle(self.maya)
        return self.maya


@pytest.fixture
def sides(browser: Browser, tmp_path: Path) -> Iterator[Sides]:
    data = tmp_path / "data"
    people = stage.demo(data, 0.3)
    with stage.serving(data) as address:
        maya = stage.new_context(browser).new_page()
        stage.sign_in(maya, address, **people["patient"])
        expect(maya.get_by_role("link", name="Progress")).to_be_visible()
        lindqvist = stage.new_context(browser, size=stage.LAPTOP).new_page()
        stage.sign_in_therapist(lindqvist, address, people["therapist"], [])
        yield Sides(address, maya, lindqvist)
        for page in (maya, lindqvist):
            page.context.close()


def test_the_preview_says_what_the_page_says(sides: Sides) -> None:
    theirs = sides.summary().locator(".st-key-summary").evaluate(WORDS)
    mine = sides.share()
    mine.get_by_role("link", name="See what they see").click()
    stage.heading(mine, "What Dr. Lindqvist sees")
    stage.settle(mine)
    assert mine.locator(".st-key-summary").evaluate(WORDS) == theirs
    assert "The moment of fear in the last session" in theirs


def test_what_is_stopped_is_gone_with_the_next_click_and_the_log_has_every_look(sides: Sides) -> None:
    page = sides.summary()
    page.get_by_role("link", name="Read", exact=True).first.click()
    expect(page.get_by_role("link", name="Back to the summary")).to_be_visible()
    page.get_by_role("link", name="Back to the summary").click()
    stage.heading(page, "Maya")
    maya = sides.share()
    maya.get_by_role("button", name="Stop sharing").click()
    expect(maya.get_by_text("From now on Dr. Lindqvist cannot open this here.")).to_be_visible()
    page.get_by_role("button", name="Save as a PDF").click()
    stage.heading(page, "Not shared now")
    stage.settle(page)
    left = page.locator("[data-testid=stMain]").inner_text()
    assert not [word for word in ("Maya", "fear", "GAD-7", "Intention") if word in left]
    maya.goto(sides.address + "share_log")
    stage.settle(maya)
    log = maya.locator("[data-testid=stMain]").inner_text()
    assert "Dr. Lindqvist looked at your page" in log
    assert "Dr. Lindqvist read an entry" in log
    assert "as a PDF" not in log


def test_a_private_note_is_saved_as_it_is_typed_and_found_again(sides: Sides) -> None:
    page = sides.summary()
    page.get_by_role("textbox", name="Your note").click()
    page.keyboard.type("Ask about the walks", delay=10)
    expect(page.locator(".editor .status")).to_have_text(stage.SAVED)
    page.reload()
    stage.heading(page, "Maya")
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Ask about the walks")
    page.get_by_role("button", name="Begin another note").click()
    expect(page.get_by_text("Ask about the walks")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("")
