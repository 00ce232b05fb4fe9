"""What pictures with one row a session or a name share: their height and the axis of names."""

from collections.abc import Sequence
from typing import Any

from kapjournal.charts.frame import HEIGHT, axis
from kapjournal.charts.palette import Palette

ROW, LINE = 24, 15
FOOT = 50
BREAK = "<br>"


def height(labels: Sequence[str]) -> int:
    """The pixels that rows need: the usual height, and more only where their names would touch."""
    lines = max(label.count(BREAK) for label in labels)
    return max(HEIGHT, FOOT + (ROW + LINE * lines) * len(labels))


def names(palette: Palette, labels: Sequence[str]) -> dict[str, Any]:
    """The axis of rows, the first at the top. Few rows stay close together in the middle."""
    top, foot = centred(len(labels), (HEIGHT - FOOT) // (2 * ROW))
    return axis(palette, foot, top, list(enumerate(labels)))


def centred(count: int, fewest: int) -> tuple[float, float]:
    """The ends of an axis of `count` places from 0 on, in the middle of as much room as `fewest` need."""
    middle, half = (count - 1) / 2, max(count, fewest) / 2 + 0.1
    return middle - half, middle + half


def folded(name: str, widest: int) -> str:
    """A name in as many lines as it takes for none to be longer than `widest` letters, if its words allow it."""
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > widest and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return BREAK.join(lines)
