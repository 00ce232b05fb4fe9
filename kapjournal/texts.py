"""What a text must be like to be kept, and how much of it a list shows."""

from kapjournal.errors import TooLong, UnsuitableText

ENTRY_LENGTH = 100_000
LINE_LENGTH = 200
EXCERPT = 220


def checked_text(text: str, limit: int = ENTRY_LENGTH) -> str:
    """`text` as it is. Raises TooLong, or UnsuitableText for NUL and lone surrogates."""
    if len(text) > limit:
        raise TooLong(len(text), limit)
    if "\0" in text or _has_lone_surrogate(text):
        raise UnsuitableText
    return text


def checked_line(text: str, limit: int = LINE_LENGTH) -> str:
    """`text` on a single line, with one space for each run of white space. Raises TooLong, UnsuitableText."""
    return checked_text(" ".join(text.split()), limit)


def excerpt(text: str, length: int = EXCERPT) -> str:
    """The beginning of a text on one line, cut between words."""
    short = " ".join(text[: 4 * length].split())
    return short if len(short) <= length else short[:length].rsplit(" ", 1)[0] + " …"


def _has_lone_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
