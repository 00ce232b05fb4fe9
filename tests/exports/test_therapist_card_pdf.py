"""The therapist's card: the code in letters and for a camera, accessible, and nothing of it read as markup."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from kapjournal.exports.pdf import Pdf
from kapjournal.exports.therapist_card import therapist_card_pdf

CODE = "ABCD-EFGH-JKMN-PQRS-TVWX"
ADDRESS = f"https://journal.example.org/share_add?code={CODE}"


def read(pdf: Pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.content))


def words(pdf: Pdf) -> str:
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(text.replace("\u200b", "").split())


def alternatives(pdf: Pdf) -> list[str]:
    """The texts that stand for pictures."""
    found: list[str] = []

    def walk(node: Any) -> None:
        it = node.get_object()
        if isinstance(it, list):
            for child in it:
                walk(child)
        elif isinstance(it, dict):
            if "/Alt" in it:
                found.append(str(it["/Alt"]))
            if "/K" in it:
                walk(it["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    return found


def test_it_has_code_name_and_steps_on_one_page() -> None:
    made = therapist_card_pdf(CODE, "Dr. Lindqvist", ADDRESS)
    assert made.complete
    assert len(read(made).pages) == 1
    for text in (CODE, "Dr. Lindqvist", "How to begin", "You can stop at any time"):
        assert text in words(made)


def test_it_is_tagged_titled_in_a_language_and_says_what_the_picture_is() -> None:
    made = therapist_card_pdf(CODE, "Dr. Lindqvist", ADDRESS)
    root: Any = read(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert read(made).metadata["/Title"] == "Share your journal with your therapist"  # type: ignore[index]
    assert alternatives(made) == [f"QR code for the address {ADDRESS}"]


def test_without_an_address_there_is_no_picture() -> None:
    made = therapist_card_pdf(CODE, "", "")
    assert alternatives(made) == []
    assert CODE in words(made)


@pytest.mark.parametrize("name", ['#import "x"', "*b* _i_ $x$", "= no heading", "https://example.org"])
def test_a_name_is_not_markup(name: str) -> None:
    assert name in words(therapist_card_pdf(CODE, name, ADDRESS))


def test_the_longest_name_stays_on_the_card() -> None:
    made = therapist_card_pdf(
        CODE, "W" * 100, "https://" + "long." * 20 + "example.org/share_add?code=" + CODE
    )
    assert len(read(made).pages) == 1
