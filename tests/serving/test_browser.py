"""In Chromium, a page paints under our policy, with everything from this server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving.conftest import launched

expect.set_options(timeout=20_000)
pytestmark = pytest.mark.xdist_group("serving")


@contextmanager
def visited(browser: Browser, address: str) -> Iterator[Page]:
    """A page that in the end has complained of nothing and asked no other host."""
    page = browser.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert {urlsplit(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}
    page.close()


def test_the_first_visit_of_all_may_be_to_any_page(browser: Browser, app: Path) -> None:
    with launched(app) as (_, address), visited(browser, f"{address}/welcome") as page:
        expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_components_and_charts_run_under_our_policy(browser: Browser, address: str) -> None:
    with visited(browser, address) as page:
        expect(page.get_by_role("heading", name="Two days after your session")).to_be_visible()
        expect(page.get_by_text("it runs")).to_be_visible()
        expect(page.locator(".js-plotly-plot .scatterlayer")).to_be_visible()
