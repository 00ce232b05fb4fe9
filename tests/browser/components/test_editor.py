"""Words that are typed are saved, whatever happens in between."""

import time

import pytest
from playwright.sync_api import expect

LIMIT = 2_000


def test_what_is_typed_is_saved_and_then_no_longer_kept_in_the_tab(writer):
    writer.write("It was quiet.")
    writer.sees("Not saved yet")
    assert len(writer.unsent()) == 1
    writer.saved("It was quiet.")
    assert writer.unsent() == []


def test_words_are_saved_while_somebody_goes_on_typing(writer, server):
    writer.write("")
    writer.type("word " * 12, delay=60)
    assert server.shelf.row(writer.record).text.startswith("word word word")
    writer.saved("word " * 12)


def test_a_save_draws_the_box_and_nothing_else(writer):
    before = writer.page.get_by_text("run ").text_content()
    for words in ("One. ", "Two. ", "Three."):
        writer.write(words)
        writer.sees("Not saved yet")
        writer.sees("Saved 14:02")
    writer.page.get_by_role("heading", name="Write").click()
    assert writer.page.get_by_text("run ").text_content() == before


def test_a_save_says_whether_somebody_typed(writer, server):
    (server.shelf.folder / "refuse").write_text("No room.")
    writer.write("once")
    expect(writer.problem).to_have_text("No room.")
    (server.shelf.folder / "refuse").unlink()
    writer.saved("once")
    assert [typed for _save_id, typed in server.shelf.saves(writer.record)] == [0]
    writer.type(" more")
    writer.saved("once more")
    assert [typed for _save_id, typed in server.shelf.saves(writer.record)] == [0, 1]


def test_a_refresh_right_after_typing_keeps_the_words(writer):
    writer.write("half a sen")
    writer.page.reload()
    expect(writer.box).to_have_value("half a sen", timeout=30_000)
    writer.saved("half a sen")


def test_words_that_never_left_the_tab_are_saved_after_a_refresh(writer):
    writer.page.evaluate("() => { WebSocket.prototype.send = () => {} }")
    writer.write("nobody heard this")
    writer.page.reload()
    expect(writer.box).to_have_value("nobody heard this", timeout=30_000)
    writer.saved("nobody heard this")
    assert writer.unsent() == []


def test_words_go_on_from_a_save_whose_answer_never_came(writer, server):
    (server.shelf.folder / "slow").write_text("1")
    writer.write("first")
    time.sleep(0.8)
    writer.type(" second")
    writer.page.reload()
    expect(writer.box).to_have_value("first second", timeout=30_000)
    writer.saved("first second")
    expect(writer.page.locator(".copied")).to_have_text("")


def test_words_typed_without_a_network_are_saved_when_it_returns(writer):
    writer.write("before")
    writer.saved("before")
    writer.page.context.set_offline(True)
    writer.type(", during")
    writer.sees("Not saved yet. Your words are kept in this tab.")
    assert writer.server.shelf.row(writer.record).text == "before"
    writer.page.context.set_offline(False)
    writer.saved("before, during")
    assert writer.has_focus()


def test_a_tap_on_a_button_carries_the_words_first(writer):
    writer.write("last words")
    writer.page.get_by_role("button", name="Done").tap()
    expect(writer.page.get_by_text("Done: last words")).to_be_visible()


def test_a_press_of_a_button_by_another_program_still_draws_the_page(writer):
    writer.write("last words")
    writer.page.get_by_role("button", name="Done").evaluate("button => button.click()")
    expect(writer.page.get_by_text("Done: last words")).to_be_visible()


def test_a_tap_on_a_link_carries_the_words_first(writer):
    writer.write("last words")
    writer.page.get_by_role("link", name="Home").tap()
    expect(writer.page.get_by_role("heading", name="Home")).to_be_visible()
    assert writer.server.shelf.row(writer.record).text == "last words"
    assert writer.unsent() == []


def test_going_back_in_the_middle_of_a_word_keeps_it(writer):
    writer.page.get_by_role("link", name="Home").tap()
    expect(writer.page.get_by_role("heading", name="Home")).to_be_visible()
    writer.page.go_back()
    writer.write("in the mid")
    writer.page.go_forward()
    expect(writer.page.get_by_role("heading", name="Home")).to_be_visible()
    writer.page.go_back()
    expect(writer.box).to_have_value("in the mid")
    writer.saved("in the mid")


WATCH = """box => {
  window.bare = 0;
  const status = box.getRootNode().querySelector(".status");
  setInterval(() => {
    const isKept = Object.values(sessionStorage).some((kept) => kept.includes(JSON.stringify(box.value)));
    if (status.textContent.startsWith("Not saved") && !isKept) window.bare += 1;
  }, 1);
}"""


def test_words_are_in_the_tab_all_the_time_until_they_are_saved(writer, server):
    (server.shelf.folder / "slow").write_text("1")
    writer.box.evaluate(WATCH)
    writer.write("first")
    time.sleep(0.8)
    writer.type(" second")
    writer.saved("first second")
    assert writer.page.evaluate("bare") == 0
    assert writer.unsent() == []


def test_a_box_that_was_told_to_forget_puts_nothing_back_into_the_tab(writer, server):
    (server.shelf.folder / "refuse").write_text("Not now.")
    writer.write("private")
    expect(writer.problem).to_have_text("Not now.")
    writer.page.evaluate("dispatchEvent(new CustomEvent('kapjournal:forget', { detail: { except: null } }))")
    writer.page.evaluate("Object.keys(sessionStorage).forEach((key) => sessionStorage.removeItem(key))")
    writer.page.get_by_role("link", name="Home").tap()
    expect(writer.page.get_by_role("heading", name="Home")).to_be_visible()
    assert writer.unsent() == []


def test_two_browsers_in_one_text_keep_both_and_the_second_goes_on_in_a_copy(writer, server, desk):
    writer.write("from the phone")
    writer.saved("from the phone")
    desk.write("from the desk")
    desk.sees("Saved 14:02")
    expect(desk.page.locator(".copied")).to_contain_text("Both texts are kept")
    desk.type(", and on")
    desk.sees("Not saved yet")
    desk.sees("Saved 14:02")
    assert desk.has_focus()
    copy = bytes.fromhex(desk.page.evaluate("new URL(location).searchParams.get('record')"))
    assert server.shelf.row(writer.record).text == "from the phone"
    assert server.shelf.row(copy).text == "from the desk, and on"


def test_a_duplicated_tab_keeps_both_texts(writer, server):
    (server.shelf.folder / "refuse").write_text("Not now.")
    writer.write("shared")
    expect(writer.problem).to_have_text("Not now.")
    with writer.page.context.expect_page() as opening:
        writer.page.evaluate("void window.open(location.href)")
    twin = type(writer)(writer.page.context, server, writer.record, page=opening.value)
    expect(twin.box).to_have_value("shared", timeout=30_000)
    (server.shelf.folder / "refuse").unlink()
    twin.saved("shared", seconds=15)
    writer.page.bring_to_front()
    writer.type(" and original")
    writer.sees("Saved 14:02", seconds=15)
    texts = server.shelf.texts().values()
    assert "shared and original" in texts
    assert server.shelf.row(writer.record).text == "shared"


def test_another_record_at_the_same_place_opens_that_record(writer, server):
    writer.write("one")
    writer.saved("one")
    writer.page.get_by_role("button", name="Next").tap()
    expect(writer.box).to_have_value("")
    writer.write("two")
    writer.sees("Saved 14:02")
    assert server.shelf.row(writer.record).text == "one"


def test_a_box_that_is_taken_away_and_put_back_keeps_words_caret_and_keyboard(writer, server):
    writer.page.goto(f"{server.url}/write?blinking=yes&record={writer.record.hex()}")
    expect(writer.box).to_be_visible(timeout=30_000)
    writer.write("one three")
    writer.saved("one three")
    writer.box.evaluate("box => box.setSelectionRange(4, 4)")
    for boxes in (0, 1):
        writer.page.evaluate("dispatchEvent(new CustomEvent('kapjournal:draw-again'))")
        expect(writer.box).to_have_count(boxes)
    expect(writer.box).to_be_focused()
    writer.type("two ")
    writer.saved("one two three")


def test_a_text_over_the_limit_is_kept_whole_but_not_pushed(writer, server):
    writer.box.fill("a" * (LIMIT - 10))
    expect(writer.page.locator(".count")).to_have_text("1\u00a0990 of 2\u00a0000 characters")
    writer.saved("a" * (LIMIT - 10))
    writer.box.fill("a" * (LIMIT + 1))
    expect(writer.problem).to_contain_text("Too long to save: 2\u00a0001 of 2\u00a0000 characters")
    time.sleep(1)
    assert len(server.shelf.row(writer.record).text) == LIMIT - 10
    writer.page.reload()
    expect(writer.box).to_have_value("a" * (LIMIT + 1), timeout=30_000)
    writer.box.fill("🌱" * LIMIT)
    writer.saved("🌱" * LIMIT)
    expect(writer.problem).to_have_text("")


def test_a_refusal_is_said_and_the_text_saved_as_soon_as_it_can_be(writer, server):
    (server.shelf.folder / "refuse").write_text("The disk is full. Your words are kept in this tab.")
    writer.write("patience")
    expect(writer.problem).to_have_text("The disk is full. Your words are kept in this tab.")
    assert len(writer.unsent()) == 1
    (server.shelf.folder / "refuse").unlink()
    writer.saved("patience")
    expect(writer.problem).to_have_text("")


def test_what_cannot_be_written_down_is_replaced_and_the_caret_stays(writer, server):
    writer.write("abc")
    writer.box.evaluate(
        "box => { box.value = 'a\\u0000b\\ud800c'; box.setSelectionRange(2, 2); box.dispatchEvent(new Event('input')) }"
    )
    writer.sees("Saved 14:02")
    for _step in range(40):
        if server.shelf.row(writer.record).text != "abc":
            break
        time.sleep(0.05)
    assert server.shelf.row(writer.record).text == "ab\ufffdc"
    assert writer.box.evaluate("box => [box.selectionStart, box.selectionEnd]") == [2, 2]


def test_a_full_tab_storage_does_not_stop_saving(writer, server):
    writer.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    (server.shelf.folder / "slow").write_text("5")
    writer.write("still here")
    writer.sees("Not saved yet. Please keep this page open.")
    (server.shelf.folder / "slow").unlink()
    writer.saved("still here", seconds=15)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_can_be_seen_read_and_named(writer, scheme):
    writer.page.emulate_media(color_scheme=scheme)
    writer.page.reload()
    expect(writer.page.get_by_role("textbox", name="Your words")).to_be_visible(timeout=30_000)
    ratio = writer.box.evaluate(CONTRAST)
    assert ratio >= 3
    assert writer.box.evaluate("box => parseFloat(getComputedStyle(box).fontSize)") >= 16


CONTRAST = """box => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((it) => it / 255)
      .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const page = light(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
  const border = light(getComputedStyle(box).borderTopColor);
  return Math.max(page, border) / Math.min(page, border);
}"""
