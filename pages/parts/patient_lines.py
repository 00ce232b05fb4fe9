"""A patient in the therapist's list, in few lines: words for what the head of a link says.

Invariant: what a patient typed stands at the end of its text, so that no writing direction in it reaches our words.
"""

from datetime import date

from kapjournal.clock import moment
from kapjournal.language import _, ngettext
from kapjournal.sharing.values import Digest, LastScore
from pages.parts import signed_in, words


def lines(it: Digest) -> str:
    """Last session, last scores, and the first line of what the patient wants to talk about; "" if nothing is there."""
    today = moment(signed_in.now().at, it.zone).day
    found = [
        _session(it.last_session, today) if it.last_session else "",
        " · ".join(score(one) for one in it.scores),
        attention(it),
    ]
    return "\n".join(line for line in found if line)


def score(it: LastScore) -> str:
    """A score with its change since the first one that is shared, in brackets."""
    points = f"{it.change:+d}" if it.change else "0"
    change = "" if it.change is None else f" ({points})".replace("-", "\u2212")
    return f"{it.name}: {it.total}{change}"


def attention(it: Digest) -> str:
    """The first line of what the patient wants to talk about."""
    first = next((line for line in it.attention.splitlines() if line.strip()), "")
    return _("Wants to talk about: {what}").format(what=first.strip()) if first else ""


def _session(wall: str, today: date) -> str:
    days = (today - date.fromisoformat(wall[:10])).days
    ago = ngettext("{count} day ago", "{count} days ago", days).format(count=days) if days > 0 else _("today")
    return _("Last session {day}, {ago}").format(day=words.day(wall, today=today), ago=ago)
