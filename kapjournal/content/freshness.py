"""Crisis lines go out of date; after 180 days without a look we say so to whoever runs the program."""

import warnings
from datetime import date, timedelta

from kapjournal.content.values import Content

FRESH_FOR = timedelta(days=180)


class StaleLine(UserWarning):
    """A crisis line was last looked up too long ago."""


def warn_of_stale_lines(content: Content, *, today: date) -> None:
    """Warn once (StaleLine) for each line last verified more than 180 days before `today`."""
    for country in (*content.countries, content.elsewhere):
        for line in country.lines:
            if today - line.last_verified > FRESH_FOR:
                message = f"{country.name}, {line.name}: last verified {line.last_verified}"
                warnings.warn(message, StaleLine, stacklevel=2)
