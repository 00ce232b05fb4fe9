"""The access log, for the patient: who looked, at what, when, and what was changed about sharing."""

from typing import NamedTuple

from kapjournal.errors import NotAllowed
from kapjournal.records import SignedIn, Work, events
from kapjournal.records.events import Logged
from kapjournal.verbs import verb

MOST = 200


class AccessLog(NamedTuple):
    """The latest lines, latest first. `whole` is False where a line was changed or taken out of the middle."""

    lines: tuple[Logged, ...]
    whole: bool


@verb
def access_log(work: Work, *, by: SignedIn, most: int = MOST) -> AccessLog:
    """This patient's access log. Raises NotAllowed."""
    if work.role(by) != "patient":
        raise NotAllowed
    with work.authorised(by) as (connection, access):
        found = tuple(events.events(connection, access.keys, most))
    return AccessLog(found, all(it.follows for it in found))
