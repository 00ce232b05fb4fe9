"""The colours of pictures, one set for each theme.

Invariants: on the theme's own background, lines, dots and session marks have a contrast of at least
3 : 1 and text one of 4.5 : 1; what is drawn in different colours differs in shape or lightness too.
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """Colours as `#rrggbb`; `paper` and `ink` are those of the theme."""

    paper: str
    ink: str
    label: str
    hairline: str
    line: str
    dot: str
    band: str
    session: str


LIGHT = Palette(
    paper="#fbfaf7",
    ink="#22302f",
    label="#5f6f6d",
    hairline="#dfdbd2",
    line="#2b6a66",
    dot="#739793",
    band="#d3e0dd",
    session="#8a6bb1",
)
DARK = Palette(
    paper="#11181a",
    ink="#e4e9e7",
    label="#9aa8a6",
    hairline="#2c383b",
    line="#8fd0c8",
    dot="#527f7a",
    band="#24403f",
    session="#9d82c4",
)
