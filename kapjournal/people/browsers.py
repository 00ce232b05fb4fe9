"""Bind a sign-in to the browser it began in, and name that browser in words."""

import re

from kapjournal.records import Store
from kapjournal.vault.keys import keyed_hash

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_mark(store: Store, token: bytes) -> bytes:
    """What stands for a browser's cross-site token in the database."""
    return keyed_hash(store.secret, "browser", token)


def browser_label(user_agent: str) -> str:
    """A browser in words, such as "Chrome on Android"."""
    browser = next((name for sign, name in _BROWSERS if re.search(sign, user_agent)), "Browser")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
