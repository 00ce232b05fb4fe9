"""Plays a recording. Its bytes travel with the page on request, once, and never get an address of their own."""

import base64
from collections.abc import Callable

from kapjournal.language import _
from pages.parts.browser._registry import register

_mount = register("player", parts=("sound",))


def player(
    *,
    key: str,
    label: str,
    sound: bytes | None,
    media: str,
    problem: str,
    on_wanted: Callable[[], None],
) -> None:
    """Draw the button. `on_wanted` runs when somebody wants to listen; the next drawing then gives the `sound`.

    `problem` says in words why there is none.
    """
    _mount(
        key=key,
        on_wanted_change=on_wanted,
        data={
            "label": label,
            "sound": sound and base64.b64encode(sound).decode(),
            "media": media,
            "problem": problem,
            "words": {
                "fetching": _("One moment."),
                "late": _("The recording did not arrive. Please try again."),
                "unplayable": _("This browser cannot play the recording. It is still there."),
            },
        },
    )
