import pytest

from kapjournal.charts.palette import DARK, LIGHT, Palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_what_carries_meaning_stands_out_from_the_paper(palette: Palette) -> None:
    for colour in (palette.line, palette.dot, palette.session):
        assert contrast(colour, palette.paper) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read(palette: Palette) -> None:
    assert contrast(palette.label, palette.paper) >= 4.5
    assert contrast(palette.ink, palette.paper) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_line_is_told_from_dots_and_band_by_lightness_alone(palette: Palette) -> None:
    assert contrast(palette.line, palette.dot) >= 1.8
    assert contrast(palette.line, palette.band) >= 3
