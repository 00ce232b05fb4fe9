"""Every page: no accessibility violation, no sideways scrolling, no foreign request, no error in the console."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import beside, stage
from tests.browser.stage import settle

OPEN = (
    "",
    "sign_up",
    "sign_in",
    "recover",
    "help_now",
    "grounding",
    "grounding?way=breath",
    "grounding?way=senses",
    "grounding?way=body_scan",
)
PATIENT = (
    "",
    "plan",
    "journal",
    "deleted",
    "side_by_side",
    "questions",
    "monthly",
    "check_in",
    "progress",
    "pictures",
    "measures",
    "write",
    "settings",
    "devices",
    "passphrase",
    "recovery_code",
    "second_factor",
    "help_now",
    "grounding?way=breath",
    "safety_card",
    "safety_card_part?part=signs&fill=1",
    "safety_card_part?part=tell",
    "share",
    "share_add",
    "share_paper",
    "share_log",
)
THERAPIST = (
    "patients",
    "my_code",
    "settings",
    "second_factor",
    "devices",
    "passphrase",
    "recovery_code",
    "help_now",
)
SHARED = (
    "share_link?link={link}",
    "share_scope?link={link}&part=what",
    "share_scope?link={link}&part=since",
    "share_scope?link={link}&part=end",
    "share_scope?link={link}&part=said",
    "share_scope?link={link}&part=names",
    "share_notes?link={link}",
    "share_preview?link={link}",
    "share_log?link={link}",
)
"""What a patient sees of one link."""
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes need not be described: half of the time
}

pytestmark = pytest.mark.xdist_group("every page")


class Stage:
    """A server with half a year of an invented course, and its patient, who shares all of it."""

    def __init__(self, address: str, people: dict[str, dict[str, str]], link: str = "") -> None:
        self.address = address
        self.people = people
        self.backup_codes: list[str] = []
        self.shared = tuple(name.format(link=link) for name in SHARED)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    data = tmp_path_factory.mktemp("every-page") / "data"
    people = stage.demo(data, 0.5)
    with beside.therapist(data) as sam:
        link = beside.share_everything(sam, **people["patient"])
    with stage.serving(data) as address:
        yield Stage(address, people, link)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Like `filled`, and ten further patients, of whom one waits to be accepted and one has paused."""
    data = tmp_path_factory.mktemp("therapist") / "data"
    people = stage.demo(data, 0.5, "--patients", "10")
    with stage.serving(data) as address:
        yield Stage(address, people)


def visit(page: Page, address: str, name: str, problems: list[str]) -> None:
    """Look at one page on the smallest phone, then at full height in light and in dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(stage.SMALL)
    page.goto(address + name)
    settle(page)
    if page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth"):
        problems.append(f"{name or 'home'}: scrolls sideways")
    if not page.title().endswith(" · kapjournal"):
        problems.append(f"{name or 'home'}: has no title of its own: {page.title()}")
    for closed in page.locator("details:not([open]) summary").all():
        closed.click()
    page.mouse.move(0, 0)
    at_full_height(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        settle(page)
        look(page, f"{name or 'home'} in {scheme}", problems)


def at_full_height(page: Page) -> None:
    """A phone as high as the page, so that nothing lies half under the bottom bar."""
    height = page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": stage.PHONE["width"], "height": height + stage.PHONE["height"]})


def look(page: Page, name: str, problems: list[str]) -> None:
    found = Axe().run(page, options=AXE_OPTIONS)
    for violation in found.response["violations"]:
        targets = [node["target"] for node in violation["nodes"]][:3]
        problems.append(
            f"{name}: {violation['id']} {targets} {violation['nodes'][0].get('failureSummary', '')}"
        )


def watch(page: Page, address: str, problems: list[str]) -> None:
    page.on("request", lambda it: None if _is_ours(it.url, address) else problems.append(f"asked {it.url}"))
    page.on("console", lambda it: problems.append(f"console: {it.text}") if it.type == "error" else None)
    page.on("pageerror", lambda it: problems.append(f"error: {it}"))


def _is_ours(url: str, address: str) -> bool:
    return url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def links_to(page: Page, address: str) -> list[str]:
    """A finished entry, a session that took place and its facts, as linked from the journal."""
    page.goto(address + "journal")
    settle(page)
    expect(page.locator("a[href^='session?']").last).to_be_visible()
    settle(page)
    found = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    entry = [it for it in found if it.startswith("entry?")][-1]
    session = [it for it in found if it.startswith("session?")][-1]
    return [entry, session, session.replace("session?", "facts?", 1)]


def enter_as_therapist(page: Page, on: Stage) -> None:
    """Sign in; the first time, that is with setting the second factor up."""
    stage.sign_in_therapist(page, on.address, on.people["therapist"], on.backup_codes)


def links_of_a_patient(page: Page, address: str) -> list[str]:
    """The pages about the first patient of the list, and one shared entry."""
    page.goto(address + "patients")
    settle(page)
    summary = page.locator("a[href^='summary?']").first.get_attribute("href") or ""
    pages = [
        summary.replace("summary?", f"{it}?", 1) for it in ("summary", "shared_entries", "private_notes")
    ]
    page.goto(address + pages[1])
    settle(page)
    return [*pages, page.locator("a[href^='shared_entry?']").first.get_attribute("href") or ""]


def test_pages_for_everybody(browser: Browser, filled: Stage) -> None:
    problems: list[str] = []
    page = stage.new_context(browser).new_page()
    watch(page, filled.address, problems)
    for name in OPEN:
        visit(page, filled.address, name, problems)
    page.context.close()
    assert problems == []


def test_pages_for_a_patient(browser: Browser, filled: Stage) -> None:
    problems: list[str] = []
    page = stage.new_context(browser).new_page()
    stage.sign_in(page, filled.address, **filled.people["patient"])
    expect(page.get_by_role("link", name="Progress")).to_be_visible()
    watch(page, filled.address, problems)
    for name in (*PATIENT, *filled.shared, *links_to(page, filled.address)):
        visit(page, filled.address, name, problems)
    page.context.close()
    assert problems == []


def test_pages_for_a_therapist(browser: Browser, shared: Stage) -> None:
    problems: list[str] = []
    page = stage.new_context(browser).new_page()
    enter_as_therapist(page, shared)
    watch(page, shared.address, problems)
    for name in (*THERAPIST, *links_of_a_patient(page, shared.address)):
        visit(page, shared.address, name, problems)
    page.context.close()
    assert problems == []
