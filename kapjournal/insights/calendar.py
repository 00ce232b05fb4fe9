"""Thirteen weeks as a calendar: on which days something was written, rated, and when sessions were.

Minimum: one such day. Nothing is counted in a row, and an empty day means nothing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from kapjournal.insights import say
from kapjournal.language import _, ngettext

WEEKS = 13


class Day(NamedTuple):
    """What a day has: how many entries and check-ins, and whether a session."""

    day: int
    entries: int
    check_ins: int
    session: bool


class Calendar(msgspec.Struct, frozen=True, gc=False):
    """The days from Monday `first` to `last`; `days` are those with anything, in order.

    `since` is the first of them that is drawn: nothing is empty before the person began.
    """

    first: int
    since: int
    last: int
    days: tuple[Day, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return bool(self.days)


def calendar(
    entries: Iterable[int], check_ins: Iterable[int], sessions: Iterable[int], last: int
) -> Calendar:
    """The thirteen weeks that end with the week of `last`, from days in any order, repeated as often as they count."""
    first = max(1, last - (last - 1) % 7 - 7 * (WEEKS - 1))
    written, rated, held = (
        Counter(day for day in days if day <= last) for days in (entries, check_ins, sessions)
    )
    known = sorted({*written, *rated, *held})
    shown = (day for day in known if day >= first)
    days = tuple(Day(it, written[it], rated[it], it in held) for it in shown)
    return Calendar(first, max(first, known[0]) if known else first, last, days)


def sentence(shown: Calendar, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    span = {"first": say.day(shown.since, locale), "last": say.day(shown.last, locale)}
    if not shown.enough:
        text = _("What you write and rate appears here by day. Between {first} and {last} there is nothing.")
        return text.format(**span)
    written = sum(it.entries > 0 for it in shown.days)
    rated = sum(it.check_ins > 0 for it in shown.days)
    held = sum(it.session for it in shown.days)
    counted = [
        ngettext("{count} day with an entry", "{count} days with an entry", written).format(
            count=say.number(written, locale)
        ),
        ngettext("{count} day with a check-in", "{count} days with a check-in", rated).format(
            count=say.number(rated, locale)
        ),
        say.sessions(held, locale),
    ]
    told = _("From {first} to {last}: {counted}.").format(counted=say.listed(counted, locale), **span)
    return f"{told} {_('A filled square is an entry, a ring a check-in, a diamond a session.')}"


def alt_text(shown: Calendar, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _("Calendar of {weeks} weeks with a column a week and a mark on each day that has something.")
    return text.format(weeks=say.number(WEEKS, locale))


def table(shown: Calendar, locale: str = "en") -> say.Table:
    """One row a day that has something, oldest first."""
    return say.Table(
        (_("Day"), _("Entries"), _("Check-ins"), _("Session")),
        tuple(
            (
                say.short_day(it.day, locale),
                say.number(it.entries, locale),
                say.number(it.check_ins, locale),
                _("yes") if it.session else "",
            )
            for it in shown.days
        ),
    )
