"""The summary as a PDF: the words of the page in their order, accessible, the same bytes for the same summary."""

from io import BytesIO
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader

from kapjournal.content import Content, load_content
from kapjournal.exports.pdf import Pdf
from kapjournal.exports.summary import summary_pdf
from kapjournal.sharing.summary import summarise
from kapjournal.sharing.summary_blocks import Fact, Line, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import lines, parts
from kapjournal.sharing.values import CATEGORIES
from tests import naughty
from tests.exports.test_safety_card_pdf import MARKUP, tags
from tests.sharing.shares import NOW, check_in, digest, entry, everything, opened, session


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="module")
def full(content: Content) -> Summary:
    return summarise(opened(*everything()), digest(*CATEGORIES), content, NOW)


def written(content: Content, text: str) -> Summary:
    """A summary with a person's text in every place."""
    found = (session("s", 4, place=text, escort=text, bring=text), entry(text, 2), entry(f"x {text}", 1))
    head = digest(*CATEGORIES, my_name=text, purpose=text, attention=text)
    return summarise(opened(*found), head, content, NOW)


def read(pdf: Pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.content))


def words(pdf: Pdf) -> str:
    """The text without line ends and breaks inside of long words."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(text.replace("\u200b", "").split())


def figures(element: Any) -> list[str]:
    """The texts that stand for pictures."""
    found = [str(element["/Alt"])] if "/Alt" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(inner, dict):
            found += figures(inner)
    return found


def test_every_word_of_the_page_is_in_it_and_in_the_same_order(full: Summary) -> None:
    found, place = words(summary_pdf(full)), 0
    for line in lines(full):
        told = " ".join(line.split())
        assert told in found[place:], told
        place = found.index(told, place) + len(told)


def test_it_fits_on_one_page(full: Summary) -> None:
    assert len(read(summary_pdf(full)).pages) == 1


def test_it_says_whom_it_is_for_and_until_when(content: Content, full: Summary) -> None:
    assert "For the therapist with whom this is shared, until Dec 20, 2026. Alice" in words(summary_pdf(full))
    endless = msgspec.structs.replace(full, ends_on="")
    assert "For the therapist with whom this is shared. Alice" in words(summary_pdf(endless))


def test_it_is_tagged_and_says_its_title_and_language(full: Summary) -> None:
    pdf = summary_pdf(full)
    root: Any = read(pdf).trailer["/Root"]
    assert pdf.complete
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert read(pdf).metadata["/Title"] == "Summary of Nov 20, 2026"  # type: ignore[index]  # it has one
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    found = tags(root["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(parts(full)) - 1
    assert {"/Table", "/TH", "/TD", "/Figure"} <= set(found)


def test_the_mood_line_says_what_it_is_to_somebody_who_does_not_see_it(full: Summary) -> None:
    root: Any = read(summary_pdf(full)).trailer["/Root"]
    [line] = [block for part in parts(full) for block in part.blocks if isinstance(block, Line)]
    assert figures(root["/StructTreeRoot"]) == [line.alt]


def test_equal_summaries_give_equal_bytes_at_any_time(content: Content, full: Summary) -> None:
    again = msgspec.json.decode(msgspec.json.encode(full), type=Summary)
    pdf = summary_pdf(full)
    assert summary_pdf(again).content == pdf.content
    metadata = read(pdf).metadata or {}
    assert not {"/CreationDate", "/ModDate"} & set(metadata)
    assert b"CreateDate" not in read(pdf).trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]  # tagged


def test_another_summary_gives_other_bytes(full: Summary) -> None:
    other = msgspec.structs.replace(full, name="Dora")
    assert summary_pdf(other).content != summary_pdf(full).content


def test_what_looks_like_markup_is_shown_as_typed(content: Content) -> None:
    for text in MARKUP:
        found = words(summary_pdf(written(content, text)))
        assert found.count(text) >= 9, text


def test_no_text_breaks_it(content: Content) -> None:
    for text in naughty.ALL:
        if text not in naughty.REFUSED:
            assert summary_pdf(written(content, text)).content.startswith(b"%PDF-"), ascii(text)


def test_a_turned_around_text_turns_nothing_else_around(content: Content) -> None:
    found = words(summary_pdf(written(content, "\u202eecilA")))
    for ours in ("Patient", "Shared for", "Way home", "Not monitored in real time.", "Marked for attention"):
        assert ours in found


def test_a_character_without_a_glyph_is_said_and_the_rest_is_there(content: Content) -> None:
    pdf = summary_pdf(written(content, "\uffff no letter"))
    assert not pdf.complete
    assert "Some characters of this page could not be printed here." in words(pdf)
    assert "Not monitored in real time." in words(pdf)


def test_long_words_stay_on_the_page(content: Content) -> None:
    raw = "\n".join(page.extract_text() for page in read(summary_pdf(written(content, "W" * 200))).pages)
    in_columns = raw[raw.index("Where") : raw.index("Dose")].splitlines()
    assert max(line.count("W") for line in in_columns) <= 23
    assert raw.count("W") >= 6 * 200


def test_an_empty_share_is_a_page(content: Content) -> None:
    found = words(summary_pdf(summarise(opened(), digest(), content, NOW)))
    assert "No entry is shared." in found
    assert "Not shared." in found


def test_one_rating_is_drawn(content: Content) -> None:
    pdf = summary_pdf(summarise(opened(check_in(0, 10)), digest("check_ins"), content, NOW))
    root: Any = read(pdf).trailer["/Root"]
    assert len(figures(root["/StructTreeRoot"])) == 1


def test_facts_and_words_keep_their_lines(content: Content) -> None:
    it = written(content, "one\ntwo")
    found = [block for part in parts(it) for block in part.blocks if isinstance(block, Fact | Words)]
    assert any("\n" in block.text for block in found)
    assert "one\ntwo" in "\n".join(page.extract_text() for page in read(summary_pdf(it)).pages)
