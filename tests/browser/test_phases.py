"""Today in every phase, the screen of the day of a session and the story of one: readable, calm, without violations."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from kapjournal.clock import moment
from kapjournal.journal.sessions import mark_done, plan_session, say_slept
from kapjournal.journal.values import INTENTION, Phase
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.measures.side_effects import report_side_effects
from kapjournal.measures.values import Effect
from tests.browser import stage
from tests.browser.test_every_page import at_full_height, look, settle, watch
from tests.faults.stage import Database, Patient, Server, new_cookie, new_patient

HOUR, DAY = 3600, 86_400
PICTURES = os.environ.get("KAPJOURNAL_PICTURES")

pytestmark = pytest.mark.xdist_group("phases")


class Scene(NamedTuple):
    """A session that starts in so many seconds (before now: negative), and what Today says then."""

    starts_in: int | None
    is_done: bool
    title: str


SCENES: dict[Phase, Scene] = {
    "pre_course": Scene(None, False, "Today"),
    "prep": Scene(3 * DAY, False, "Three days until your session"),
    "pre_session": Scene(2 * HOUR, False, "Your session is today"),
    "in_session": Scene(-HOUR // 2, False, "Nothing to do here."),
    "same_day": Scene(-3 * HOUR, True, "The day of your session"),
    "days_1_3": Scene(-30 * HOUR, True, "The day after your session"),
    "week_1": Scene(-5 * DAY, True, "Five days after your session"),
    "month_1": Scene(-20 * DAY, True, "Today"),
    "between": Scene(-60 * DAY, True, "Today"),
}


class Stage(NamedTuple):
    """A server; `zone` is one where it is the middle of the day."""

    server: Server
    browser: Browser
    zone: str


@pytest.fixture(scope="module")
def here(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    hour = time.gmtime().tm_hour
    with Server(Database("sqlite", tmp_path_factory.mktemp("phases") / "data")) as server:
        # The sign of these names is the other way round: Etc/GMT-2 is two hours ahead.
        yield Stage(server, browser, f"Etc/GMT{hour - 12:+d}" if hour != 12 else "Etc/GMT")


def arrive(here: Stage, scene: Scene, scheme: str) -> tuple[Page, Patient, bytes]:
    """Somebody for whom it is that moment, in front of a phone; the id of their session."""
    cookie = new_cookie()
    patient = new_patient(here.server.database, cookie)
    session = b"" if scene.starts_in is None else held(here, patient, scene.starts_in, is_done=scene.is_done)
    context = stage.new_context(here.browser, scheme=scheme, zone=here.zone)
    context.add_cookies([{"name": "_streamlit_xsrf", "value": cookie, "url": here.server.address}])
    page = context.new_page()
    page.add_init_script(f"sessionStorage['kapjournal.token'] = {patient.token!r}")
    return page, patient, session


def held(here: Stage, patient: Patient, starts_in: int, *, is_done: bool) -> bytes:
    """A session with its intention; once it is over also with what was captured, and with a night's sleep."""
    with here.server.database.opened() as application:
        now = application.now(here.zone)
        record = plan_session(
            application.work(),
            by=patient.by,
            starts=moment(now.at + starts_in, here.zone),
            route="iv",
            place="Practice by the river",
            escort="Ana, 14:30",
            save_id=os.urandom(16),
        )
        if is_done:
            ended = moment(now.at + starts_in + HOUR, here.zone)
            mark_done(application.work(), by=patient.by, session=record.id, ended=ended)
            entry = Draft(os.urandom(16), os.urandom(16), "green light, a wide field, somebody humming")
            about = About(record.id, "same_day", "same_day.still-here", 1)
            write(application.work(), by=patient.by, draft=entry, about=about, now=ended)
            finish(application.work(), by=patient.by, entry=entry.id, now=ended)
        if is_done and starts_in < -DAY:
            say_slept(application.work(), by=patient.by, session=record.id)
        if starts_in > 0:
            entry = Draft(os.urandom(16), os.urandom(16), "To be a little kinder to the one who is tired.")
            about = About(record.id, "prep", INTENTION, 1)
            write(application.work(), by=patient.by, draft=entry, about=about, now=now)
            finish(application.work(), by=patient.by, entry=entry.id, now=now)
    return record.id


def check(page: Page, address: str, name: str, scheme: str) -> None:
    """No violation, no error, nothing from elsewhere; keep a picture if somebody wants to look."""
    problems: list[str] = []
    settle(page)
    if PICTURES:
        stage.picture(page, Path(PICTURES), f"{name}-{scheme}")
    at_full_height(page)
    settle(page)
    look(page, name, problems)
    page.set_viewport_size(stage.PHONE)
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phase", SCENES)
def test_today_in_every_phase(here: Stage, phase: Phase, scheme: str) -> None:
    page, _patient, _session = arrive(here, SCENES[phase], scheme)
    problems: list[str] = []
    address = f"{here.server.address}/"
    watch(page, address, problems)
    page.goto(address)
    stage.heading(page, SCENES[phase].title)
    check(page, address, f"today-{phase}", scheme)
    page.context.close()
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_capturing_is_dark_and_large_with_nothing_else(here: Stage, scheme: str) -> None:
    page, _patient, _session = arrive(here, SCENES["same_day"], scheme)
    address = f"{here.server.address}/"
    page.goto(f"{address}write")
    expect(page.locator("textarea")).to_be_visible()
    check(page, address, "capture", scheme)
    assert page.locator("[data-testid=stApp]").evaluate("it => getComputedStyle(it).backgroundColor") == (
        "rgb(11, 16, 17)"
    )
    assert page.locator("textarea").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 20
    expect(page.locator(".st-key-tabs")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_noting_side_effects_that_day_is_as_dark_and_leads_to_the_top_of_today(
    here: Stage, scheme: str
) -> None:
    page, _patient, session = arrive(here, SCENES["same_day"], scheme)
    address = f"{here.server.address}/"
    page.goto(f"{address}side_effects?session={session.hex()}&day=1")
    check(page, address, "side_effects-same_day", scheme)
    assert page.locator("[data-testid=stApp]").evaluate("it => getComputedStyle(it).backgroundColor") == (
        "rgb(11, 16, 17)"
    )
    page.get_by_role("button", name="Save", exact=True).click()
    stage.heading(page, "The day of your session")
    expect(page.get_by_text("Noted. Tell your team")).to_be_in_viewport()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")
    page.context.close()


def test_a_draft_goes_on_in_the_dark_with_what_is_needed_one_tap_away(here: Stage) -> None:
    page, _patient, _session = arrive(here, SCENES["same_day"], "light")
    page.goto(f"{here.server.address}/write")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("textbox").click()
    page.keyboard.type("half a", delay=5)
    expect(page.locator(".editor .status")).to_have_text(stage.SAVED)
    page.get_by_role("button", name="Stop here for now").click()
    page.get_by_role("button", name="Go on writing").click()
    stage.heading(page, title)
    expect(page.locator("textarea")).to_have_value("half a")
    expect(page.get_by_role("button", name="This is hard right now")).to_be_visible()
    assert page.locator("[data-testid=stApp]").evaluate("it => getComputedStyle(it).backgroundColor") == (
        "rgb(11, 16, 17)"
    )
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["hard", "flat"])
def test_one_tap_leads_from_writing_to_what_is_needed(here: Stage, name: str, scheme: str) -> None:
    page, _patient, _session = arrive(here, SCENES["same_day"], scheme)
    address = f"{here.server.address}/"
    page.goto(f"{address}write")
    page.get_by_role("button", name={"hard": "This is hard right now", "flat": "Nothing came"}[name]).click()
    title = {"hard": "What do you need right now?", "flat": "Is it just flat? You can write only that."}[name]
    stage.heading(page, title)
    check(page, address, name, scheme)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_story_of_a_session_and_its_forms(here: Stage, scheme: str) -> None:
    page, patient, session = arrive(here, SCENES["week_1"], scheme)
    with here.server.database.opened() as application:
        report_side_effects(
            application.work(),
            by=patient.by,
            session=session,
            when="same_day",
            effects=[Effect("nausea", 2, "hours")],
            now=application.now(here.zone),
        )
    address = f"{here.server.address}/"
    for name in ("session", "step", "side_effects"):
        page.goto(f"{address}{name}?session={session.hex()}&day=1")
        check(page, address, name, scheme)
    for name in ("monthly", "questions"):
        page.goto(f"{address}{name}")
        check(page, address, name, scheme)
    page.context.close()
