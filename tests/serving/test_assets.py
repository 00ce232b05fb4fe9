"""Static files travel compressed, and are asked for once a year."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import streamlit

from kapjournal.serving.assets import CONTENT_TYPES
from tests.serving.asking import ask

pytestmark = pytest.mark.xdist_group("serving")

FOLDER = Path(streamlit.__file__).parent / "static"


@pytest.fixture(scope="module")
def script(address: str) -> str:
    """The path of the main script, as the page names it."""
    found = re.search(rb'src="\.(/static/js/index[^"]+)"', ask(address, "/").body)
    assert found
    return found[1].decode()


def identity(body: bytes) -> bytes:
    return body


@pytest.mark.parametrize(
    ("accepted", "coding", "opened"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("BR;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("br; q=0.0, gzip;q=0", None, identity),
        ("", None, identity),
    ],
)
def test_a_script_opens_to_the_original(
    address: str, script: str, accepted: str, coding: str | None, opened: Callable[[bytes], bytes]
) -> None:
    answer = ask(address, script, accept_encoding=accepted)
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert opened(answer.body) == (FOLDER / script.lstrip("/")).read_bytes()


def test_brotli_takes_less_than_a_third(address: str, script: str) -> None:
    plain = ask(address, script).body
    assert len(ask(address, script, accept_encoding="br").body) < len(plain) / 3


def test_static_files_are_kept_for_a_year(address: str, script: str) -> None:
    answer = ask(address, script)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_the_document_is_not_kept_but_compressed(address: str) -> None:
    answer = ask(address, "/", accept_encoding="br")
    assert answer.headers["Cache-Control"] == "no-store"
    assert brotli.decompress(answer.body) == ask(address, "/").body


def test_a_file_the_browser_has_is_not_sent_again(address: str, script: str) -> None:
    first = ask(address, script, accept_encoding="br")
    again = ask(address, script, accept_encoding="br", if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(address, script, accept_encoding="gzip", if_none_match=first.headers["ETag"]).status == 200


def test_fonts_travel_as_they_are(address: str) -> None:
    font = next((FOLDER / "static" / "media").glob("SourceSans*.woff2"))
    answer = ask(address, f"/static/media/{font.name}", accept_encoding="br")
    assert answer.body == font.read_bytes()
    assert (answer.headers["Content-Encoding"], answer.headers["Content-Type"]) == (None, "font/woff2")


def test_every_kind_of_file_that_streamlit_ships_is_known() -> None:
    assert {file.suffix for file in (FOLDER / "static").rglob("*") if file.is_file()} <= CONTENT_TYPES.keys()
