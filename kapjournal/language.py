"""Labels in the person's language. Longer texts live in `kapjournal/content/<language>/`.

`_` marks and translates a label. English is the source language, so a missing catalogue is not an
error: the label itself is shown.
"""

import gettext
from pathlib import Path

LOCALES = Path(__file__).parent / "content" / "locale"
_catalogue: gettext.NullTranslations = gettext.translation(
    "kapjournal", LOCALES, languages=["en"], fallback=True
)


def _(text: str) -> str:
    """The label in the person's language."""
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The label for `count` things; the caller formats the number in."""
    return _catalogue.ngettext(one, many, count)
