"""The same summary on paper, for somebody without an account: of the patient's own records, with no link and no key.

Nothing of it is stored but a line of the log when it is saved.
"""

from typing import Unpack

import msgspec

from kapjournal.clock import Moment
from kapjournal.content import Content
from kapjournal.errors import NotAllowed
from kapjournal.people.confirming import require_confirmed
from kapjournal.records import SignedIn, Work, events
from kapjournal.sharing.linking import Words, checked_scope, checked_words
from kapjournal.sharing.scopes import covered
from kapjournal.sharing.summary import summarise
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import Digest, Scope
from kapjournal.verbs import verb


@verb
def paper(
    work: Work, *, by: SignedIn, scope: Scope, content: Content, now: Moment, **words: Unpack[Words]
) -> Summary:
    """What a therapist would see who was shown this at this moment; what comes later is never in it.

    Raises NotAllowed, OutOfRange, TooLong, UnsuitableText.
    """
    if work.role(by) != "patient":
        raise NotAllowed
    chosen, said = (
        checked_scope(work, by, msgspec.structs.replace(scope, goes_on=False)),
        checked_words(words),
    )
    snapshot = work.complete(by)
    opened = covered(chosen, snapshot)
    head = Digest(
        my_name=said.get("my_name", ""),
        purpose=said.get("purpose", ""),
        attention=said.get("attention", ""),
        scope=chosen,
        ends=0,
        shared_at=now.at,
        zone=now.zone,
    )
    return summarise(opened, head, content, now)


@verb
def save_paper(
    work: Work, *, by: SignedIn, scope: Scope, content: Content, now: Moment, **words: Unpack[Words]
) -> Summary:
    """Like `paper`, to be saved outside: a line of the log. Raises ConfirmFirst, and what `paper` raises."""
    require_confirmed(work, by=by)
    with work.authorised(by, writing=True) as (connection, access):
        events.note_own(connection, access.keys, access.role, "export", now.at)
        return paper(work, by=by, scope=scope, content=content, now=now, **words)
