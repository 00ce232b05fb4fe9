"""Side effects by session: the strongest report of each, from the same day and the next.

Minimum: one session with a report. A session without a report is shown as such, never as one without side effects.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from kapjournal.insights import say
from kapjournal.language import _

STRENGTHS = (1, 2, 3)


class Report(NamedTuple):
    """One report after the session of a day: what was noticed by name, with strengths from 1 to 3."""

    session: int
    effects: tuple[tuple[str, int], ...] = ()


class SideEffectsSeen(msgspec.Struct, frozen=True, gc=False):
    """`names` are those of the effects seen, the most frequent first; `strengths` is by session and name."""

    sessions: tuple[int, ...]
    reported: frozenset[int]
    names: tuple[str, ...]
    strengths: Mapping[tuple[int, str], int]

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return bool(self.names)


def side_effects_seen(reports: Iterable[Report], sessions: Iterable[int], today: int) -> SideEffectsSeen:
    """Side effects of the sessions up to `today`, from reports in any order."""
    past = tuple(sorted({day for day in sessions if day <= today}))
    known = [it for it in reports if it.session in past]
    strengths: dict[tuple[int, str], int] = {}
    for report in known:
        for name, strength in report.effects:
            if strength in STRENGTHS:
                place = report.session, name
                strengths[place] = max(strength, strengths.get(place, 0))
    often = Counter(name for _session, name in strengths)
    names = tuple(sorted(often, key=lambda name: (-often[name], name)))
    return SideEffectsSeen(past, frozenset(it.session for it in known), names, strengths)


def sentence(seen: SideEffectsSeen, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    count = len(seen.reported)
    if not count:
        return _("Side effects by session appear here after your first report of how you were after one.")
    told = _("You reported on {count} of {sessions}.").format(
        count=say.number(count, locale), sessions=say.sessions(len(seen.sessions), locale)
    )
    if not seen.enough:
        return f"{told} {_('No side effect was named.')}"
    often = [
        _("“{name}” after {count}").format(name=name, count=say.number(times(seen, name), locale))
        for name in seen.names[:3]
    ]
    most = _("Named most often: {effects}.").format(effects=say.listed(often, locale))
    size = _("A larger dot is a stronger one; a dash is a session without a report.")
    return " ".join([told, most, size, *say.latest(len(seen.sessions), locale)])


def alt_text(seen: SideEffectsSeen, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _("Chart with a row for each of {count} side effects and a column for each session.")
    return text.format(count=say.number(len(seen.names), locale))


def table(seen: SideEffectsSeen, words: Mapping[int, str], locale: str = "en") -> say.Table:
    """One row a session, oldest first; `words` says the strengths 1 to 3."""
    return say.Table(
        (_("Session"), _("Side effects")),
        tuple((say.short_day(it, locale), _named(seen, it, words)) for it in seen.sessions),
    )


def times(seen: SideEffectsSeen, name: str) -> int:
    """After how many sessions an effect was named."""
    return sum((session, name) in seen.strengths for session in seen.sessions)


def _named(seen: SideEffectsSeen, session: int, words: Mapping[int, str]) -> str:
    if session not in seen.reported:
        return _("no report")
    found = [(name, seen.strengths.get((session, name))) for name in seen.names]
    return "; ".join(f"{name}: {words[it]}" for name, it in found if it) or _("none named")
