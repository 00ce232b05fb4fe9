"""The summary on a page: every word of it, in its order, and what a person typed only as plain text."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kapjournal.content import Content, load_content
from kapjournal.sharing.summary import summarise
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import lines, parts
from kapjournal.sharing.values import CATEGORIES
from pages.parts.summary_page import ROWS
from tests.naughty import ALL, REFUSED
from tests.sharing.shares import NOW, digest, entry, everything, opened, session


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def drawn(it: Summary, *, read: bool = False) -> AppTest:
    def script(given: bytes, read: bool) -> None:
        import msgspec
        import streamlit as st

        from kapjournal.sharing.summary_values import Summary
        from pages.parts import summary_page

        it = msgspec.json.decode(given, type=Summary)

        def lead(entry: str) -> None:
            st.button("Read", key=f"read_{entry}")

        summary_page.draw(it, lead if read else None)

    app = AppTest.from_function(script, default_timeout=60, args=(msgspec.json.encode(it), read))
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def texts(app: AppTest) -> list[str]:
    """Every text on the page, in the order in which it is read."""
    return [text for element in elements(app.main) for text in texts_of(element)]


def elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        else:
            yield child


def texts_of(element: Any) -> list[str]:
    if element.type == "table":
        frame = element.value
        return [*frame.columns, *(cell for row in frame.values.tolist() for cell in row)]
    if element.type == "markdown":
        return [element.value.removeprefix(":material/error: ").replace("**", "")]
    return [element.value] if element.type in ("text", "caption", "header") else []


@pytest.mark.parametrize("shares", [everything(), (), everything()[:3]], ids=["all", "none", "sessions"])
def test_the_page_says_what_the_summary_says_in_the_same_order(content: Content, shares: Any) -> None:
    it = summarise(opened(*shares), digest(*CATEGORIES), content, NOW)
    assert texts(drawn(it)) == list(lines(it))


def test_every_part_has_its_place(content: Content) -> None:
    it = summarise(opened(*everything()), digest(*CATEGORIES), content, NOW)
    placed = ["head", *(name for row in ROWS for column in row for name in column)]
    assert [part.name for part in parts(it)] == placed


def test_the_mood_line_is_drawn_with_its_words_and_a_table(content: Content) -> None:
    app = drawn(summarise(opened(*everything()), digest(*CATEGORIES), content, NOW))
    [chart] = app.get("plotly_chart")
    assert chart.proto.alt.startswith("Chart of mood on a scale from 0 to 10")
    before = len(app.table)
    app.checkbox(key="summary_table").check().run()
    assert len(app.table) == before + 1


def test_without_check_ins_there_is_no_chart(content: Content) -> None:
    app = drawn(summarise(opened(), digest(*CATEGORIES), content, NOW))
    assert not app.get("plotly_chart")
    assert not app.checkbox


def test_every_excerpt_leads_to_its_entry(content: Content) -> None:
    it = summarise(opened(*everything()), digest(*CATEGORIES), content, NOW)
    shown = [it.thread.intention, it.thread.stays, it.wanted, *it.excerpts]
    app = drawn(it, read=True)
    assert [button.key for button in app.button] == [f"read_{excerpt.id}" for excerpt in shown if excerpt]


def test_what_a_person_typed_is_drawn_as_plain_text(content: Content) -> None:
    """No Markdown, no HTML, no fetched image; several at once, since a page takes a while to draw."""
    typed = [it for it in ALL if it not in REFUSED and it.strip()]
    text = "\n".join(typed)
    found = (session("s", 4, place=text, escort=text, bring=text), entry(text[:150], 2), entry("x", 1))
    head = digest(*CATEGORIES, my_name=text, purpose=text, attention=text)
    app = drawn(summarise(opened(*found), head, content, NOW))
    assert [it.value for it in app.text].count(text) == 6
    ours = [it.value for it in (*app.markdown, *app.caption, *app.header)]
    assert not [told for told in ours if "alert(1)" in told or "example.org" in told]
