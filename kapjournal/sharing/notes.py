"""A therapist's private notes about a patient: the therapist's own records, which no link opens."""

from collections.abc import Mapping

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.sharing.values import Patient, PrivateNote
from kapjournal.texts import checked_text
from kapjournal.verbs import verb


@verb
def write_note(
    work: Work,
    *,
    by: SignedIn,
    link: bytes,
    text: str,
    note: Record[PrivateNote] | None = None,
    save_id: bytes,
    now: Moment,
) -> Record[PrivateNote]:
    """Keep a note about the patient of a link, or change `note`; an earlier state stays in its history.

    Raises NotAllowed, TooLong, UnsuitableText, ChangedElsewhere.
    """
    work.own(by, Patient, link)
    if note is None:
        value = PrivateNote(**now._asdict(), link=link, text=checked_text(text))
        put = Put(value, save_id, save_id)
    else:
        present = work.own(by, PrivateNote, note.id)
        changed = msgspec.structs.replace(present.value, text=checked_text(text))
        put = Put(changed, note.id, save_id, note.version, keep=True)
    return work.save(by, put)[0].record


@verb
def notes(work: Work, *, by: SignedIn, link: bytes) -> tuple[Record[PrivateNote], ...]:
    """The notes about the patient of a link, newest first. Raises NotAllowed."""
    work.own(by, Patient, link)
    return work.complete(by).derived("private notes", PrivateNote, _by_link).get(link, ())


@verb
def delete_note(work: Work, *, by: SignedIn, note: bytes) -> None:
    """Delete a note; undo for seven days. Raises NotAllowed."""
    work.own(by, PrivateNote, note)
    work.delete(by, note)


@verb
def bring_back_note(work: Work, *, by: SignedIn, note: bytes) -> None:
    """Undo `delete_note`. Raises NotAllowed, TooLateToUndo."""
    with work.writing(by):
        if not isinstance(work.undelete(by, note).value, PrivateNote):
            raise NotAllowed


def _by_link(found: Mapping[bytes, Record[PrivateNote]]) -> dict[bytes, tuple[Record[PrivateNote], ...]]:
    grouped: dict[bytes, tuple[Record[PrivateNote], ...]] = {}
    for it in sorted(found.values(), key=lambda it: (it.value.at, it.seq), reverse=True):
        grouped[it.value.link] = (*grouped.get(it.value.link, ()), it)
    return grouped
