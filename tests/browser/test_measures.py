"""Answering a questionnaire on a phone: one question a screen, paused, reviewed, kept, and what comes first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kapjournal.content import load_content
from tests.browser import stage
from tests.browser.test_phases import SCENES, Stage, arrive, check
from tests.faults.stage import Database, Server

PHQ_9 = load_content().measure("phq-9")
SAID = "Thank you for being honest"

pytestmark = pytest.mark.xdist_group("measures")


@pytest.fixture(scope="module")
def here(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Server(Database("sqlite", tmp_path_factory.mktemp("measures") / "data")) as server:
        yield Stage(server, browser, "Europe/Berlin")


def begin(page: Page, here: Stage, measure: str = "phq-9") -> None:
    page.goto(f"{here.server.address}/measures")
    stage.heading(page, "Questionnaires")
    page.locator(f".st-key-measure_{measure}").get_by_role("link").click()


def answer(page: Page, number: int, option: str) -> None:
    assert PHQ_9 is not None
    stage.heading(page, PHQ_9.items[number].text)
    page.get_by_role("button", name=option, exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_about_thoughts_of_dying_comes_before_anything_else(here: Stage, scheme: str) -> None:
    page, _patient, _session = arrive(here, SCENES["pre_course"], scheme)
    address = f"{here.server.address}/"
    begin(page, here)
    check(page, address, "measure", scheme)
    for number in range(4):
        answer(page, number, "Several days")
    expect(page.get_by_text("PHQ-9, 5 of 10")).to_be_visible()
    begin(page, here)  # paused and gone on with
    for number in range(4, 8):
        answer(page, number, "Several days")
    answer(page, 8, "Several days")
    stage.heading(page, SAID)
    check(page, address, "not_alone", scheme)
    page.get_by_role("button", name="I am safe for now").click()
    answer(page, 9, "Somewhat difficult")
    stage.heading(page, "Is this right?")
    check(page, address, "review", scheme)
    page.get_by_role("button", name="Keep these answers").click()
    stage.heading(page, "Questionnaires")
    expect(page.get_by_text("9 of 27, in the range often called mild")).to_be_visible()
    expect(page.get_by_text("It asks about a longer time.").first).to_be_visible()
    check(page, address, "measures", scheme)
    page.context.close()


def test_without_such_thoughts_nobody_is_asked_about_them_again(here: Stage) -> None:
    page, _patient, _session = arrive(here, SCENES["pre_course"], "light")
    begin(page, here)
    for number in range(9):
        answer(page, number, "Not at all")
    stage.heading(page, "Is this right?")
    expect(page.get_by_role("heading", name=SAID)).to_have_count(0)
    page.get_by_role("button", name="Back").click()
    answer(page, 8, "Nearly every day")
    stage.heading(page, SAID)
    page.get_by_role("button", name="I need help now").click()
    stage.heading(page, "Get help now")
    page.context.close()


def test_on_the_day_of_a_session_nothing_is_asked(here: Stage) -> None:
    page, _patient, _session = arrive(here, SCENES["same_day"], "light")
    page.goto(f"{here.server.address}/measure?m=0")
    stage.heading(page, "Questionnaires")
    expect(page.get_by_text("There is nothing to answer today. Rest.")).to_be_visible()
    page.context.close()
