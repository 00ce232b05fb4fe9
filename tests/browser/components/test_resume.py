"""The tab remembers who is signed in, and forgets it when it should."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.components.server import Server
from tests.browser.components.writer import Writer, new_context

TOKEN = "sessionStorage.getItem('kapjournal.token')"


NOTES = """
const { setItem } = Storage.prototype, { send } = WebSocket.prototype;
Storage.prototype.setItem = function (key, value) {
  if (key === "kapjournal.token") window.stored ??= performance.now();
  setItem.call(this, key, value);
};
WebSocket.prototype.send = function (data) {
  if (new TextDecoder().decode(data).includes("alice.")) window.told ??= performance.now();
  send.call(this, data);
};
"""
KEYS = "setInterval(() => window.calm || window.dispatchEvent(new KeyboardEvent('keydown')), 100);"
PAUSE_MS = 300
BREAK_DOWN = "document.getElementById('root').remove(); window.dispatchEvent(new ErrorEvent('error'))"


@pytest.fixture(scope="module")
def strangers(browser: Browser, steady_server: Server) -> Iterator[BrowserContext]:
    with new_context(browser, steady_server, account=None) as context:
        yield context


@pytest.fixture
def visitor(strangers: BrowserContext, server: Server, record: bytes) -> Iterator[Writer]:
    it = Writer(strangers, server, record)
    it.page.goto(f"{server.url}/write?record={record.hex()}")
    yield it
    it.page.close()


def press(visitor: Writer, name: str) -> None:
    visitor.page.get_by_role("button", name=name).click(timeout=30_000)


def is_signed_in(visitor: Writer, account: str) -> None:
    expect(visitor.page.get_by_text(f"Signed in as {account}")).to_be_visible(timeout=30_000)


def is_nobody(visitor: Writer) -> None:
    expect(visitor.page.get_by_role("button", name="Sign in as alice")).to_be_visible(timeout=30_000)


def leave_unsaved_words(visitor: Writer) -> None:
    (visitor.server.shelf.folder / "refuse").write_text("Not now.")
    visitor.write("unsaved")
    expect(visitor.problem).to_have_text("Not now.")


def test_a_refresh_does_not_sign_out_and_stays_on_the_page(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    visitor.page.wait_for_function(TOKEN)
    visitor.page.reload()
    is_signed_in(visitor, "alice")
    expect(visitor.box).to_be_visible()


def test_a_sign_in_is_told_back_only_when_the_page_after_it_stands(visitor):
    visitor.page.add_init_script(NOTES)
    visitor.page.reload()
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    visitor.page.wait_for_function("window.told")
    assert visitor.page.evaluate("window.told - window.stored") >= PAUSE_MS - 1


def test_a_sign_in_is_not_told_back_while_somebody_types(visitor):
    visitor.page.add_init_script(NOTES + KEYS)
    visitor.page.reload()
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    visitor.page.wait_for_timeout(5 * PAUSE_MS)
    assert visitor.page.evaluate("window.stored && !window.told")
    visitor.page.evaluate("window.calm = true")
    visitor.page.wait_for_function("window.told")


def test_a_page_that_broke_down_is_loaded_again_once_a_minute_with_its_words(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    leave_unsaved_words(visitor)
    visitor.page.evaluate(BREAK_DOWN)
    is_signed_in(visitor, "alice")
    expect(visitor.box).to_have_value("unsaved")
    visitor.page.evaluate(BREAK_DOWN)
    visitor.page.wait_for_timeout(5 * PAUSE_MS)
    expect(visitor.box).to_have_count(0)


def test_a_page_that_breaks_down_again_waits_for_the_rest_of_the_minute(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    leave_unsaved_words(visitor)
    visitor.page.evaluate("sessionStorage['kapjournal.loaded_again'] = Date.now() - 54_000")
    visitor.page.evaluate(BREAK_DOWN)
    visitor.page.wait_for_timeout(2 * PAUSE_MS)
    expect(visitor.box).to_have_count(0)
    is_signed_in(visitor, "alice")
    expect(visitor.box).to_have_value("unsaved")


def test_an_error_on_a_page_that_stands_does_not_load_it_again(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    visitor.page.evaluate("window.mark = 1; window.dispatchEvent(new ErrorEvent('error'))")
    visitor.page.wait_for_timeout(5 * PAUSE_MS)
    assert visitor.page.evaluate("window.mark") == 1


def test_signing_out_empties_the_tab_even_of_words_in_an_open_box(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    leave_unsaved_words(visitor)
    assert len(visitor.unsent()) == 1
    press(visitor, "Sign out")
    is_nobody(visitor)
    expect(visitor.box).to_have_count(0)
    assert (
        visitor.page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('kapjournal'))")
        == []
    )
    visitor.page.reload()
    is_nobody(visitor)


def test_signing_in_as_somebody_else_in_the_same_tab(visitor):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    press(visitor, "Sign out")
    press(visitor, "Sign in as dora")
    is_signed_in(visitor, "dora")
    visitor.page.wait_for_function(f"{TOKEN}?.startsWith('dora.')")
    visitor.page.reload()
    is_signed_in(visitor, "dora")
    assert visitor.page.evaluate(TOKEN).startswith("dora.")


def test_words_outlive_an_ended_sign_in_of_the_same_person(visitor, server):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    leave_unsaved_words(visitor)
    server.shelf.sign_out(visitor.page.evaluate(TOKEN))
    visitor.page.reload()
    press(visitor, "Sign in as alice")
    (server.shelf.folder / "refuse").unlink()
    expect(visitor.box).to_have_value("unsaved")
    visitor.saved("unsaved")


def test_words_of_one_person_are_dropped_when_another_signs_in(visitor, server):
    press(visitor, "Sign in as alice")
    is_signed_in(visitor, "alice")
    leave_unsaved_words(visitor)
    server.shelf.sign_out(visitor.page.evaluate(TOKEN))
    visitor.page.reload()
    press(visitor, "Sign in as dora")
    is_signed_in(visitor, "dora")
    expect(visitor.box).to_have_value("")
    assert visitor.unsent() == []


def test_a_tab_without_storage_can_sign_in_and_write(visitor):
    visitor.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error() } })"
    )
    visitor.page.reload()
    press(visitor, "Sign in as alice")
    visitor.box.focus()
    visitor.type("no storage")
    visitor.saved("no storage")
