"""The card as a PDF: everything is in it as it was typed, nothing is read as markup, and it is accessible."""

from datetime import date
from io import BytesIO
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kapjournal.content import Content, load_content
from kapjournal.exports.pdf import Pdf
from kapjournal.exports.safety_card import safety_card_pdf
from kapjournal.people.safety_card import EMPTY, MOST_LINES, PARTS, PARTS_WITH_PHONES, part_words
from kapjournal.people.values import Contact, SafetyCard
from tests import naughty

DAY = date(2026, 11, 21)
FULL = msgspec.structs.replace(
    EMPTY,
    signs=("I stop answering",),
    doing=("Walk to the river",),
    distractions=("Sam, about football",),
    tell=(Contact("Jana", "+49 (0)30 123-45"), Contact("Nobody's number", "ask Jana")),
    professionals=(Contact("Dr. Lindqvist", "030 555 01"),),
    safer=("Jana keeps the tablets",),
    reasons=("My dog",),
)
MARKUP = (
    '#import "x"',
    "$x$ @ref <label>",
    "*b* _i_ `r` ~ -- ... // c /* d */",
    'a "quote" and \\ back\\slash \\u{41}',
    "= no heading",
    '#read("/etc/passwd")',
    "#sys.inputs",
    "- no list + 1. [x] {y}",
    "https://example.org",
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def made(content: Content, card: SafetyCard, country: str = "DE") -> Pdf:
    return safety_card_pdf(card, content.crisis(country), made=DAY)


def read(pdf: Pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.content))


def words(pdf: Pdf) -> str:
    """The text without line ends and breaks inside of long words."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(text.replace("\u200b", "").split())


def links(pdf: Pdf) -> list[str]:
    notes = [note.get_object() for page in read(pdf).pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


def test_it_holds_the_whole_card_with_its_titles(content: Content) -> None:
    found = words(made(content, FULL))
    for part in PARTS:
        assert part_words()[part][0] in found
        for it in getattr(FULL, part):
            for text in (it.name, it.phone) if isinstance(it, Contact) else (it,):
                assert text in found, text


def test_it_holds_the_lines_of_the_country_when_they_were_checked_and_the_emergency_number(
    content: Content,
) -> None:
    found = words(made(content, FULL))
    assert "Crisis lines: Germany" in found
    for line in content.crisis("DE").lines:
        assert f"{line.name} {line.phone_display}" in found
        assert line.hours in found
    assert "checked on November 20, 2026" in found
    assert "Emergency 112" in found
    assert "Made on November 21, 2026" in found


@pytest.mark.parametrize("country", [it.country for it in load_content().countries])
def test_every_country_has_its_numbers_in_it(content: Content, country: str) -> None:
    pdf = made(content, FULL, country)
    numbers = {it.number for it in content.crisis(country).emergency}
    numbers |= {it.phone for it in content.crisis(country).lines if it.phone}
    assert {f"tel:{it}" for it in numbers} <= set(links(pdf))


def test_where_no_number_is_known_it_says_what_to_do(content: Content) -> None:
    assert "Call the emergency number of the place where you are." in words(made(content, FULL, "ZZ"))


def test_numbers_are_links_that_dial(content: Content) -> None:
    found = links(made(content, FULL))
    assert found[:2] == ["tel:+493012345", "tel:03055501"]
    assert all(it.startswith("tel:") for it in found)


def test_an_empty_card_still_has_the_lines(content: Content) -> None:
    found = words(made(content, EMPTY))
    assert "My signs" not in found
    assert "116 123" in found


def test_it_is_tagged_and_says_its_title_and_language(content: Content) -> None:
    pdf = made(content, FULL)
    root: Any = read(pdf).trailer["/Root"]
    assert pdf.complete
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert read(pdf).metadata["/Title"] == "Safety card"  # type: ignore[index]  # it has one
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/L", "/LI", "/Link"} <= set(tags(root["/StructTreeRoot"]))


def tags(element: Any) -> list[str]:
    """The kinds of structure below an element."""
    children = element.get("/K", [])
    found = [str(element.get("/S"))]
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(inner, DictionaryObject):
            found += tags(inner)
    return found


def test_what_looks_like_markup_is_shown_as_typed(content: Content) -> None:
    pdf = made(content, msgspec.structs.replace(EMPTY, signs=MARKUP, tell=(Contact(MARKUP[0], MARKUP[1]),)))
    found = words(pdf)
    for text in MARKUP:
        assert text in found
    assert pdf.complete
    assert all(it.startswith("tel:") for it in links(pdf))


def test_no_text_breaks_it(content: Content) -> None:
    for text in naughty.ALL:
        if text not in naughty.REFUSED:
            line = " ".join(text.split())[:200]
            card = msgspec.structs.replace(EMPTY, signs=(line,), tell=(Contact(line, line[:60]),))
            assert made(content, card).content.startswith(b"%PDF-"), ascii(text)


def test_a_character_without_a_glyph_is_said_and_the_rest_is_there(content: Content) -> None:
    pdf = made(content, msgspec.structs.replace(EMPTY, signs=("\uffff no letter", "My dog")))
    assert not pdf.complete
    assert "Some characters of this card could not be printed here." in words(pdf)
    assert "My dog" in words(pdf)


def test_a_full_card_of_long_words_stays_on_the_page(content: Content) -> None:
    people, lines = (Contact("Q" * 200, "1" * 60),) * MOST_LINES, ("W" * 200,) * MOST_LINES
    parts = {part: people if part in PARTS_WITH_PHONES else lines for part in PARTS}
    pdf = made(content, msgspec.structs.replace(EMPTY, **parts))
    raw = "\n".join(page.extract_text() for page in read(pdf).pages).replace(part_words()["doing"][0], "")
    assert (raw.count("Q"), raw.count("W")) == (2 * MOST_LINES * 200, 5 * MOST_LINES * 200)
    assert max(len(line) for line in raw.splitlines() if "WW" in line) <= 30
