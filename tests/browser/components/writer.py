"""Somebody who writes, and the browser they sit at."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import stage
from tests.browser.components.server import Server


def new_context(browser: Browser, server: Server, account: str | None = "alice") -> BrowserContext:
    """The browser of somebody who is signed in as `account` in every new tab, or of nobody."""
    context = browser.new_context(viewport=stage.PHONE, has_touch=True)
    if account:
        token = server.shelf.sign_in(account)
        context.add_init_script(f"sessionStorage['kapjournal.token'] ??= '{token}'")
    return context


class Writer:
    """Somebody who writes in a tab."""

    def __init__(
        self, context: BrowserContext, server: Server, record: bytes, page: Page | None = None
    ) -> None:
        self.page = page or context.new_page()
        self.server = server
        self.record = record
        self.box = self.page.locator("textarea")
        self.status = self.page.locator(".status")
        self.problem = self.page.locator(".problem")

    def open(self) -> "Writer":
        self.page.goto(f"{self.server.url}/write?record={self.record.hex()}")
        expect(self.box).to_be_visible(timeout=30_000)
        return self

    def type(self, text: str, delay: int = 0) -> None:
        self.page.keyboard.type(text, delay=delay)

    def write(self, text: str) -> None:
        self.box.focus()
        self.type(text)

    def sees(self, status: str, seconds: float = 15) -> None:
        expect(self.status).to_have_text(status, timeout=seconds * 1000)

    def saved(self, text: str, seconds: float = 15) -> None:
        """The box holds this text, says so, and the database has it."""
        self.sees("Saved 14:02", seconds)
        expect(self.box).to_have_value(text)
        assert self.server.shelf.row(self.record).text == text

    def unsent(self) -> list[str]:
        return self.page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('unsent'))")

    def has_focus(self) -> bool:
        return self.box.evaluate("box => box.getRootNode().activeElement === box && document.hasFocus()")
