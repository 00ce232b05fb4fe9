"""What to offer now: the one verb that joins journal and measures."""

from typing import NamedTuple

from kapjournal.journal.phases import Arc
from kapjournal.journal.reading import drafts, recent_entries
from kapjournal.journal.sessions import arc, number_of, sessions
from kapjournal.journal.values import Entry
from kapjournal.measures.check_ins import check_ins
from kapjournal.measures.values import CheckIn
from kapjournal.records import Record, SignedIn, Work
from kapjournal.verbs import verb

DRAFT_SECONDS = 2 * 86_400


class Today(NamedTuple):
    """What the Today page draws. `number` counts the session of the phase from 1, 0 for none."""

    arc: Arc
    number: int
    draft: Record[Entry] | None
    captured: Record[Entry] | None
    last_check_in: Record[CheckIn] | None


@verb
def today(work: Work, *, by: SignedIn) -> Today:
    """The arc, a draft to go on with, what was captured in the latest session, the latest check-in."""
    now = arc(work, by=by)
    number = number_of(now.session, sessions(work, by=by)) if now.session else 0
    unfinished = [it for it in drafts(work, by=by) if work.now - it.value.at < DRAFT_SECONDS]
    rated = check_ins(work, by=by)
    return Today(
        arc=now,
        number=number,
        draft=unfinished[0] if unfinished else None,
        captured=_captured(work, by, now),
        last_check_in=rated[-1] if rated else None,
    )


def _captured(work: Work, by: SignedIn, now: Arc) -> Record[Entry] | None:
    if now.phase != "days_1_3" or now.session is None:
        return None
    session = now.session.id
    found = [
        it
        for it in recent_entries(work, by=by)
        if it.value.session == session and it.value.phase == "same_day"
    ]
    return found[-1] if found else None
