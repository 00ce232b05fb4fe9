"""The colours of `.streamlit/config.toml` can be read: WCAG 2.2, 1.4.3 (text) and 1.4.11 (edges)."""

import tomllib

import pytest

from tests.serving.conftest import REPOSITORY

THEMES: dict[str, dict[str, str]] = {
    name: tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][name]
    for name in ("light", "dark")
}
BACKGROUNDS = ("backgroundColor", "secondaryBackgroundColor")
CAPTION_OPACITY = 0.6  # what Streamlit makes of the text colour for captions
TEXT, EDGE = 4.5, 3.0

Colour = tuple[float, ...]


def colour(written: str) -> Colour:
    return tuple(bytes.fromhex(written.removeprefix("#")))


def luminance(colour: Colour) -> float:
    shares = [value / 255 for value in colour]
    red, green, blue = (it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("behind", BACKGROUNDS)
@pytest.mark.parametrize(("key", "least"), [("textColor", TEXT), ("linkColor", TEXT), ("borderColor", EDGE)])
def test_words_and_edges_stand_out(theme: dict[str, str], behind: str, key: str, least: float) -> None:
    assert contrast(colour(theme[key]), colour(theme[behind])) >= least


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_captions_can_be_read(theme: dict[str, str]) -> None:
    ink, paper = colour(theme["textColor"]), colour(theme["backgroundColor"])
    caption = tuple(CAPTION_OPACITY * a + (1 - CAPTION_OPACITY) * b for a, b in zip(ink, paper, strict=True))
    assert contrast(caption, paper) >= TEXT


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_main_button_can_be_seen_and_its_white_label_read(theme: dict[str, str]) -> None:
    teal = colour(theme["primaryColor"])
    assert contrast(teal, colour("#ffffff")) >= TEXT
    assert contrast(teal, colour(theme["backgroundColor"])) >= EDGE
