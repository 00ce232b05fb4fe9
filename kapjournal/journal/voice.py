"""Speak instead of write: keep a recording, play it, delete it and bring it back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kapjournal.clock import Moment
from kapjournal.errors import (
    DamagedRecord,
    DamagedRecording,
    EmptyRecording,
    NotAllowed,
    NotARecording,
    OutOfRange,
    RecordingTooLarge,
)
from kapjournal.journal.values import Media, Phase, Session, VoiceNote
from kapjournal.journal.writing import About
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.records.work import Earlier
from kapjournal.texts import checked_line
from kapjournal.verbs import verb

MOST_BYTES = 5_000_000
MOST_SECONDS = 600
MOST_VERSIONS = 1_000_000
PHASES: tuple[Phase, ...] = Phase.__args__  # type: ignore[attr-defined]  # a Literal's choices


class Recording(NamedTuple):
    """What somebody has recorded: a random id that also names the attempt to save it, the sound, its length."""

    id: bytes
    data: bytes
    seconds: int


class Sound(NamedTuple):
    """What a browser can play."""

    media: Media
    data: bytes


@verb
def keep_recording(
    work: Work, *, by: SignedIn, recording: Recording, about: About, now: Moment
) -> Record[VoiceNote]:
    """Save a recording; one that was saved before is not saved again.

    Raises NotAllowed, EmptyRecording, RecordingTooLarge, NotARecording, OutOfRange, TooLong, UnsuitableText,
    ChangedElsewhere, StorageUnavailable; nothing is then saved.
    """
    media, what = _checked_media(recording.data), _checked_about(about)
    if type(recording.seconds) is not int or not 0 <= recording.seconds <= MOST_SECONDS:
        raise OutOfRange("seconds")
    with work.writing(by):
        known = _known(work, by, recording.id)
        if known is not None:
            return known
        snapshot = work.reading(by)
        if snapshot.role != "patient" or (about.session and snapshot.get(Session, about.session) is None):
            raise NotAllowed
        note = VoiceNote(
            at=now.at,
            zone=now.zone,
            wall=now.wall,
            media=media,
            seconds=recording.seconds,
            size=len(recording.data),
            **what,
        )
        saved: Record[VoiceNote] = work.save(by, Put(note, recording.id, recording.id))[0].record
        work.save_file(by, saved.id, recording.data)
        return saved


@verb
def recording(work: Work, *, by: SignedIn, id: bytes) -> Record[VoiceNote]:
    """One recording, without its sound. Raises NotAllowed, DamagedRecord."""
    return work.own(by, VoiceNote, id)


@verb
def recordings(work: Work, *, by: SignedIn) -> tuple[Record[VoiceNote], ...]:
    """All recordings, newest first."""
    return work.complete(by).derived("recordings", VoiceNote, _newest_first)


@verb
def recent_recordings(work: Work, *, by: SignedIn) -> tuple[Record[VoiceNote], ...]:
    """The recordings among the newest notes, newest first, without opening the whole journal."""
    return work.reading(by).derived("recent recordings", VoiceNote, _newest_first)


@verb
def session_recordings(work: Work, *, by: SignedIn, session: bytes) -> tuple[Record[VoiceNote], ...]:
    """The recordings of one session, oldest first."""
    return tuple(reversed([it for it in recordings(work, by=by) if it.value.session == session]))


@verb
def play(work: Work, *, by: SignedIn, recording: bytes) -> Sound:
    """The sound of a recording. Raises NotAllowed, DamagedRecording."""
    try:
        note = work.own(by, VoiceNote, recording).value
        return Sound(note.media, work.file(by, recording, note.size))
    except DamagedRecord as error:
        raise DamagedRecording from error


@verb
def delete_recording(work: Work, *, by: SignedIn, recording: bytes) -> None:
    """Delete a recording; it can be brought back for seven days. Raises NotAllowed."""
    work.own(by, VoiceNote, recording)
    work.delete(by, recording)


@verb
def bring_back_recording(work: Work, *, by: SignedIn, recording: bytes) -> None:
    """Undo `delete_recording`. Raises NotAllowed, TooLateToUndo, DamagedRecord."""
    work.undelete(by, recording)


@verb
def deleted_recordings(work: Work, *, by: SignedIn) -> tuple[Earlier, ...]:
    """Recordings deleted in the last seven days, latest first."""
    return tuple(it for it in work.deleted(by) if isinstance(it.value, VoiceNote))


def _checked_media(data: bytes) -> Media:
    """What kind of sound this is, by how it begins; what the browser says of it is not believed."""
    if not data:
        raise EmptyRecording
    if len(data) > MOST_BYTES:
        raise RecordingTooLarge(len(data), MOST_BYTES)
    if data.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    raise NotARecording


def _checked_about(about: About) -> dict[str, Any]:
    # It has been in the browser, together with the recording, so that it survives a killed server.
    if about.phase not in PHASES:
        raise OutOfRange("phase")
    if not 0 <= about.prompt_version < MOST_VERSIONS:
        raise OutOfRange("prompt_version")
    return about._replace(prompt=checked_line(about.prompt))._asdict()


def _known(work: Work, by: SignedIn, id: bytes) -> Record[VoiceNote] | None:
    try:
        return work.own(by, VoiceNote, id)
    except NotAllowed:
        return None


def _newest_first(found: Mapping[bytes, Record[VoiceNote]]) -> tuple[Record[VoiceNote], ...]:
    return tuple(sorted(found.values(), key=lambda it: (it.value.at, it.seq), reverse=True))
