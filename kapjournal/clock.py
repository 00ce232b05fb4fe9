"""The one place that asks what time it is.

A `Moment` is what records keep: UTC seconds, the name of the time zone, and the wall time that the
person saw. Tests move the clock of a server process with a file; see `clock_from`.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kapjournal.errors import OutOfRange, SettingsRefused

Clock = Callable[[], float]
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
UNKNOWN_ZONE = "UTC"


class Moment(NamedTuple):
    """A point in time as the person saw it: `at` UTC seconds, `zone` an IANA name, `wall` YYYY-MM-DDTHH:MM."""

    at: int
    zone: str
    wall: str

    @property
    def day(self) -> date:
        """The person's own calendar day."""
        return date.fromisoformat(self.wall[:10])

    @property
    def time(self) -> str:
        """HH:MM."""
        return self.wall[11:16]


def known_zone(name: str | None) -> str:
    """`name` if it is an IANA zone this system knows, else UTC."""
    try:
        return str(ZoneInfo(name or UNKNOWN_ZONE))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UNKNOWN_ZONE


def moment(at: float, zone: str) -> Moment:
    """The moment `at` (UTC seconds) in a zone. Raises OutOfRange before 1900 and after 2200."""
    if not EARLIEST.timestamp() <= at < LATEST.timestamp():
        raise OutOfRange("date")
    known = known_zone(zone)
    local = datetime.fromtimestamp(int(at), ZoneInfo(known))
    return Moment(int(at), known, local.strftime("%Y-%m-%dT%H:%M"))


def moment_at_wall(wall: datetime, zone: str) -> Moment:
    """The moment a person means by a wall time in a zone.

    A time that a clock change skips is moved forward by the length of the gap; one that happens twice means the first.
    """
    try:
        return moment(wall.replace(tzinfo=ZoneInfo(known_zone(zone)), fold=0).timestamp(), zone)
    except (ValueError, OverflowError) as error:
        raise OutOfRange("date") from error


def clock_from(environ: Mapping[str, str]) -> Clock:
    """The system's clock; in tests one that reads its offset in seconds from a file at every call."""
    path = environ.get("KAPJOURNAL_TEST_CLOCK")
    if path is None:
        return time.time
    if environ.get("KAPJOURNAL_TEST") != "1":
        raise SettingsRefused("KAPJOURNAL_TEST_CLOCK is for tests only. Remove it from the environment.")
    offset = Path(path)
    return lambda: time.time() + float(offset.read_text() or 0)
