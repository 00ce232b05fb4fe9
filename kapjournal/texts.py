"""What a text must be like to be kept."""

from kapjournal.errors import TooLong, UnsuitableText

ENTRY_LENGTH = 100_000
LINE_LENGTH = 200


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


def _has_lone_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
