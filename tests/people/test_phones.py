"""Numbers as people write them become links that dial nothing else, or no link at all."""

import re

import pytest

from kapjournal.people.phones import dialled
from tests import naughty


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+49 (0)30 123-45", "+493012345"),
        ("+49 ( 0 ) 30 12345", "+493012345"),
        ("(+44) 20 7946 0000", "+442079460000"),
        ("+1 (555) 010\u20110199", "+15550100199"),
        ("0049 30 12345", "00493012345"),
        ("(030) 123 45", "03012345"),
        ("030/12345 (office)", "03012345"),
        ("030.12.34.5", "03012345"),
        ("8-16 h: 030 12345", "03012345"),
        ("tel:030 12345", "03012345"),
        ("030 12345 ext. 5", "03012345"),
        ("\u0660\u0663\u0660 \u0661\u0662\u0663", "030123"),
        ("１１２", "112"),
        ("  112  ", "112"),
    ],
)
def test_what_people_write_can_be_dialled(typed: str, digits: str) -> None:
    assert dialled(typed) == digits


@pytest.mark.parametrize(
    "typed", ["", "Mum", "12", "0" * 16, "1-800-273-TALK", "030 12345 24h", "+", "(0)", "030123abc"]
)
def test_what_is_not_certain_is_not_dialled(typed: str) -> None:
    assert dialled(typed) == ""


def test_a_link_never_holds_anything_but_digits() -> None:
    for text in naughty.ALL:
        assert re.fullmatch(r"(\+?[0-9]{3,15})?", dialled(text)), text
        assert re.fullmatch(r"(\+?[0-9]{3,15})?", dialled(f"+49 30 123 {text}")), text
