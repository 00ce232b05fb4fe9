"""A browser is told from others by a keyed mark, and named in words."""

import pytest

from kapjournal.people.browsers import browser_label, browser_mark
from kapjournal.records import Store
from tests.cast import Cast

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 Version/18.2 Safari/604.1"
)
PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML) Chrome/140.0.0.0 Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0"
UBUNTU = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (IPHONE, "Safari on iPhone"),
        (PIXEL, "Chrome on Android"),
        (MAC, "Safari on Mac"),
        (EDGE, "Edge on Windows"),
        (UBUNTU, "Firefox on Linux"),
        ("curl/8.5", "Browser"),
        ("", "Browser"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, label: str) -> None:
    assert browser_label(user_agent) == label


def test_a_mark_differs_by_browser_and_by_server_secret(cast: Cast) -> None:
    moved = Store(cast.engine, bytes(32), cast.store.decoder, lineage=bytes(16))
    marks = {browser_mark(store, token) for store in (cast.store, moved) for token in (b"one", b"other")}
    assert len(marks) == 4
    assert browser_mark(cast.store, b"one") == browser_mark(cast.new_store(), b"one")
