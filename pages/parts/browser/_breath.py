"""A pace to breathe with: a circle that grows for four seconds and shrinks for six, and the same in words.

Who asked their device for less motion sees only the words. There is no sound, and it never ends by itself.
"""

from kapjournal.language import _
from pages.parts.browser._registry import register

_mount = register("breath")


def breath(key: str) -> None:
    """Draw the circle, at work, with a button that stops it and starts it again."""
    words = {
        "in": _("Breathe in"),
        "out": _("Breathe out"),
        "rest": _("Breathe as you like"),
        "stop": _("Stop"),
        "start": _("Start again"),
    }
    _mount(key=key, data={"words": words})
