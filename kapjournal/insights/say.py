"""How the sentences of all pictures write days and numbers, and the table that stands in a picture's place."""

from datetime import date, datetime
from typing import NamedTuple

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from kapjournal.language import _, ngettext

MANY_SESSIONS = 12
"""Sessions above which a picture over time marks them with short lines at its foot."""
LATEST = 12
"""Sessions that a picture with a mark for each has room for on a phone."""


class Table(NamedTuple):
    """Rows of text under a head, in the person's language; nothing in it needs to be formatted again."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def day(ordinal: int, locale: str) -> str:
    """A day with its year."""
    return format_date(date.fromordinal(ordinal), format="long", locale=locale)


def short_day(ordinal: int, locale: str) -> str:
    """A day with a short month and its year, for tables and axes."""
    return format_skeleton("yMMMd", date.fromordinal(ordinal), locale=locale)


def local_day(wall: str, locale: str) -> str:
    """A local day, or that of a local time, with a short month and its year; of YYYY-MM-DD and what may follow."""
    return short_day(date.fromisoformat(wall[:10]).toordinal(), locale)


def near_day(wall: str, near: str, locale: str) -> str:
    """A local day as in `local_day`, without its year where that is the year of `near`."""
    if wall[:4] != near[:4]:
        return local_day(wall, locale)
    return month_day(date.fromisoformat(wall[:10]).toordinal(), locale)


def local_time(wall: str, locale: str) -> str:
    """A local day and time of YYYY-MM-DDTHH:MM."""
    clock = format_time(datetime.fromisoformat(wall).time(), "short", locale=locale)
    return f"{local_day(wall, locale)}, {clock}"


def signed(value: float, locale: str) -> str:
    """A difference to one decimal, with its sign."""
    told = tenths(abs(value), locale)
    if told == tenths(0, locale):
        return told
    return f"+{told}" if value > 0 else f"\u2212{told}"


def number(value: float, locale: str) -> str:
    """A count or a score, without decimals that say nothing."""
    return str(format_decimal(value, format="#,##0.#", locale=locale))


def tenths(value: float, locale: str) -> str:
    """A mean to one decimal; never a minus before a zero."""
    return str(format_decimal(round(value, 1) + 0.0, format="0.0", locale=locale))


def listed(words: list[str], locale: str) -> str:
    """`a, b and c` as the person writes it."""
    return str(format_list(words, locale=locale))


def sessions(count: int, locale: str) -> str:
    """`1 session`, `7 sessions`."""
    return ngettext("{count} session", "{count} sessions", count).format(count=number(count, locale))


def session_marks(count: int) -> list[str]:
    """What the marks of sessions look like, if there are any."""
    if not count:
        return []
    return [
        _("Short lines at the foot are sessions.")
        if count > MANY_SESSIONS
        else _("Upright lines are sessions.")
    ]


def latest(count: int, locale: str) -> list[str]:
    """That a picture of `count` sessions shows only the latest ones; nothing if it shows all."""
    if count <= LATEST:
        return []
    return [_("The picture shows the latest {count}.").format(count=number(LATEST, locale))]


def span(low: float, high: float, locale: str) -> str:
    """`3.1 to 5.2`."""
    return _("{low} to {high}").format(low=tenths(low, locale), high=tenths(high, locale))


def days(count: int, locale: str) -> str:
    """`1 day`, `9 days`."""
    return ngettext("{count} day", "{count} days", count).format(count=number(count, locale))


def month_day(ordinal: int, locale: str) -> str:
    """`Nov 20`."""
    return format_skeleton("MMMd", date.fromordinal(ordinal), locale=locale)


def year(ordinal: int, locale: str) -> str:
    """`2026`."""
    return format_date(date.fromordinal(ordinal), "y", locale=locale)


def month(ordinal: int, locale: str) -> str:
    """`Nov`."""
    return format_date(date.fromordinal(ordinal), "MMM", locale=locale)
