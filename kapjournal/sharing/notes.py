"""A therapist's private notes about a patient: the therapist's own records, which no link opens."""

from collections.abc import Mapping

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed
from kapjournal.journal.writing import CUT_SECONDS, Draft
from kapjournal.records import Put, Record, Saved, SignedIn, Work
from kapjournal.sharing.values import Patient, PrivateNote
from kapjournal.texts import checked_text
from kapjournal.verbs import verb


@verb
def write_note(work: Work, *, by: SignedIn, link: bytes, draft: Draft, now: Moment) -> Saved:
    """Save what stands in the box of a note about the patient of a link, also after the link has ended.

    A text that was changed elsewhere is kept beside the other one. Raises NotAllowed, TooLong, UnsuitableText,
    StorageUnavailable; nothing is then saved.
    """
    text = checked_text(draft.text)
    with work.writing(by):
        work.own(by, Patient, link)
        known = _known(work, by, draft.id)
        if known is None:
            note, keep = PrivateNote(**now._asdict(), link=link, text=text, cut_at=now.at), False
        elif known.link != link:
            raise NotAllowed
        else:
            keep = now.at - known.cut_at >= CUT_SECONDS
            note = msgspec.structs.replace(known, text=text, cut_at=now.at if keep else known.cut_at)
        put = Put(
            note, draft.id, draft.save_id, draft.base_version, draft.after, keep=keep, copy_if_stale=True
        )
        return work.save(by, put)[0]


@verb
def notes(work: Work, *, by: SignedIn, link: bytes) -> tuple[Record[PrivateNote], ...]:
    """The notes about the patient of a link, newest first, without empty ones. Raises NotAllowed."""
    work.own(by, Patient, link)
    return work.complete(by).derived("private notes", PrivateNote, _by_link).get(link, ())


@verb
def note(work: Work, *, by: SignedIn, id: bytes) -> Record[PrivateNote]:
    """One note. Raises NotAllowed, DamagedRecord."""
    return work.own(by, PrivateNote, id)


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


def _known(work: Work, by: SignedIn, id: bytes) -> PrivateNote | None:
    try:
        return work.own(by, PrivateNote, id).value
    except NotAllowed:
        return None


def _by_link(found: Mapping[bytes, Record[PrivateNote]]) -> dict[bytes, tuple[Record[PrivateNote], ...]]:
    grouped: dict[bytes, tuple[Record[PrivateNote], ...]] = {}
    written = (it for it in found.values() if it.value.text.strip())
    for it in sorted(written, key=lambda it: (it.value.at, it.seq), reverse=True):
        grouped[it.value.link] = (*grouped.get(it.value.link, ()), it)
    return grouped
