"""What this moment spares a person, as the pages ask for it."""

from kapjournal.journal.phases import guards
from kapjournal.journal.sessions import arc
from pages.parts import signed_in


def capture_only() -> bool:
    """Whether it is the day of a session: no meaning, numbers, charts or decisions."""
    return guards(arc(signed_in.work(), by=signed_in.by(), now=signed_in.now())).capture_only
