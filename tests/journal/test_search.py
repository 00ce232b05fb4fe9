"""Search finds every entry that has all the words, however they are written."""

import unicodedata

import pytest

from kapjournal.journal.reading import search
from kapjournal.journal.writing import delete_entry
from tests.cast import Cast
from tests.journal.desk import Box, written

TEXTS = [
    "The CELLO at the end of the long street",
    "Die Straße war naß, überall Café-Stühle",
    "🌊 the sea, 👩‍👧 and I",
    "ΟΔΥΣΣΕΥΣ came home",
    "100% sure? a_b * [x] \\d+",
]


FOUND = {
    "cello": [0],
    "CeLLo": [0],
    "the": [0, 2],
    "the cello": [0],
    "  street   cello ": [0],
    "cello sea": [],
    "ell": [0],
    "strasse": [1],
    "STRASSE": [1],
    "straße": [1],
    "café": [1],
    "ÜBERALL": [1],
    "🌊": [2],
    "👩‍👧": [2],
    "οδυσσευς": [3],
    "οδυσσευσ": [3],
    "%": [4],
    "_": [4],
    "\\d+": [4],
    "[x]": [4],
    ".*": [],
    "violin": [],
    "": [0, 1, 2, 3, 4],
}


def test_an_entry_is_found_if_it_has_every_word(cast: Cast) -> None:
    for text in TEXTS:
        written(cast, cast.alice, text)
    for words, expected in FOUND.items():
        found = search(cast.work(), by=cast.alice, words=words)
        assert sorted(TEXTS.index(it.value.text) for it in found) == expected, words


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_found_however_a_keyboard_composes_them(cast: Cast, form: str) -> None:
    text = unicodedata.normalize(form, "Ein Café in Ångermanland")  # type: ignore[arg-type]  # one of its forms
    written(cast, cast.alice, text)
    for words in ("café", "cafe\u0301", "a\u030angerman", "ångerman"):
        assert [it.value.text for it in search(cast.work(), by=cast.alice, words=words)] == [text]


def test_matches_come_newest_first(cast: Cast) -> None:
    for text in ("sea one", "sea two", "sea three"):
        written(cast, cast.alice, text)
        cast.later(60)
    found = search(cast.work(), by=cast.alice, words="sea")
    assert [it.value.text for it in found] == ["sea three", "sea two", "sea one"]


def test_drafts_and_deleted_entries_are_not_found(cast: Cast) -> None:
    Box(cast, cast.alice).push("sea, not finished")
    gone = written(cast, cast.alice, "sea, deleted")
    delete_entry(cast.work(), by=cast.alice, entry=gone.id)
    assert search(cast.work(), by=cast.alice, words="sea") == ()


def test_an_edited_entry_is_found_by_its_new_words_only(cast: Cast) -> None:
    record = written(cast, cast.alice, "the sea")
    assert search(cast.work(), by=cast.alice, words="sea")
    Box(cast, cast.alice, opens=record).push("the river")
    assert search(cast.work(), by=cast.alice, words="sea") == ()
    assert search(cast.work(), by=cast.alice, words="river")


def test_search_finds_nothing_of_somebody_else(cast: Cast) -> None:
    written(cast, cast.alice, "the sea")
    for by in (cast.bob, cast.charlie, cast.dora):
        assert search(cast.work(), by=by, words="sea") == ()
