"""When a measure is asked again: a pure function of the responses, the arc and the person's calendar.

Once before the course as a baseline, then whenever its own days have passed; never on the day of a session.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from kapjournal.clock import Moment
from kapjournal.content import Measure
from kapjournal.journal.phases import Arc, guards
from kapjournal.measures.values import Response
from kapjournal.records import Record

Why = Literal["baseline", "first", "again", "too_soon", "session_day"]


class Due(NamedTuple):
    """Whether and why a measure is asked now, and the first day (the person's own) that its recall allows.

    `baseline`: before the first session; `first`: never answered, and the course has begun; `again`: enough days have
    passed; `too_soon`: they have not; `session_day`: this day, or this phase, is spared.
    """

    why: Why
    on: date

    @property
    def asks(self) -> bool:
        """Whether it may be offered now."""
        return self.why in ("baseline", "first", "again")


def due(measure: Measure, responses: Sequence[Record[Response]], arc: Arc, now: Moment) -> Due:
    """Whether a measure is due, given its finished responses, oldest first."""
    on = _allowed_from(measure, responses, now)
    if not guards(arc).measures:
        return Due("session_day", on)
    if on > now.day:
        return Due("too_soon", on)
    if responses:
        return Due("again", on)
    return Due("first" if arc.latest else "baseline", on)


def _allowed_from(measure: Measure, responses: Sequence[Record[Response]], now: Moment) -> date:
    if not responses:
        return now.day
    answered = date.fromisoformat(responses[-1].value.wall[:10])
    return answered + timedelta(days=measure.again_after_days)
