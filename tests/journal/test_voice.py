"""Speak instead of write: a recording is kept in sealed parts, played, deleted and brought back."""

import os

import pytest
from sqlalchemy import func, select

from kapjournal.application import Application
from kapjournal.content import load_content
from kapjournal.database.tables import records
from kapjournal.errors import (
    ChangedElsewhere,
    EmptyRecording,
    KapjournalError,
    NotAllowed,
    NotARecording,
    OutOfRange,
    RecordingTooLarge,
    SignedOut,
    TooLateToUndo,
    TooLong,
    UnsuitableText,
)
from kapjournal.journal import voice
from kapjournal.journal.values import VoiceNote
from kapjournal.journal.voice import Recording
from kapjournal.journal.writing import About, bring_back
from kapjournal.records import Record, SignedIn
from kapjournal.records.files import PART_BYTES
from kapjournal.settings import read_settings
from tests.cast import Cast
from tests.journal.desk import DAY, done, many, written

WEBM = b"\x1aE\xdf\xa3"
HEADS = {"audio/webm": WEBM, "audio/ogg": b"OggS\0", "audio/mp4": b"\0\0\0\x20ftypM4A "}


def spoken(cast: Cast, by: SignedIn, data: bytes = WEBM + b"hum", **about: object) -> Record[VoiceNote]:
    """A recording that is kept."""
    return keep(cast, by, Recording(os.urandom(16), data, 12), **about)


def keep(cast: Cast, by: SignedIn, it: Recording, **about: object) -> Record[VoiceNote]:
    what = About(**about)  # type: ignore[arg-type]
    return voice.keep_recording(cast.work(), by=by, recording=it, about=what, now=cast.now())


def heard(cast: Cast, by: SignedIn, id: bytes) -> bytes:
    """What another server on the same database plays."""
    return voice.play(cast.work(cast.new_store()), by=by, recording=id).data


def ids(found: tuple[Record[VoiceNote], ...]) -> list[bytes]:
    return [it.id for it in found]


def counts(cast: Cast) -> dict[str, int]:
    with cast.engine.connect() as connection:
        return dict(connection.execute(select(records.c.kind, func.count()).group_by(records.c.kind)).all())


@pytest.mark.parametrize("media", HEADS)
def test_a_recording_is_played_as_it_was(cast: Cast, media: str) -> None:
    data = HEADS[media] + bytes(300) + b"\x80\0\0"
    record = spoken(cast, cast.alice, data)
    assert voice.play(cast.work(), by=cast.alice, recording=record.id) == (media, data)
    assert heard(cast, cast.alice, record.id) == data


def test_what_it_is_about_stands_beside_the_sound(cast: Cast) -> None:
    session = done(cast, cast.alice)
    record = spoken(cast, cast.alice, session=session.id, phase="same_day", prompt="same_day.still")
    value = voice.recording(cast.work(cast.new_store()), by=cast.alice, id=record.id).value
    assert (value.session, value.phase, value.prompt) == (session.id, "same_day", "same_day.still")
    assert (value.at, value.wall, value.seconds, value.size) == (cast.at, cast.now().wall, 12, 7)
    for which, found in ((session.id, [record.id]), (os.urandom(16), [])):
        assert ids(voice.session_recordings(cast.work(), by=cast.alice, session=which)) == found


@pytest.mark.parametrize("size", [5, PART_BYTES, PART_BYTES + 1, voice.MOST_BYTES])
def test_a_long_recording_stands_in_parts(cast: Cast, size: int) -> None:
    data = (WEBM + os.urandom(size))[:size]
    record = spoken(cast, cast.alice, data)
    assert heard(cast, cast.alice, record.id) == data
    assert counts(cast)["file"] == -(-size // PART_BYTES)
    with cast.engine.connect() as connection:
        longest = connection.scalar(select(func.max(func.length(records.c.body))))
    assert longest <= (1 << 20) + 44


def test_a_recording_pushed_again_is_saved_once(cast: Cast) -> None:
    it = Recording(os.urandom(16), WEBM + bytes(2 * PART_BYTES), 60)
    first = keep(cast, cast.alice, it)
    before = counts(cast)
    assert keep(cast, cast.alice, it) == first
    assert counts(cast) == before == {"note": 1, "file": 3}


def test_one_that_was_deleted_elsewhere_is_not_saved_anew(cast: Cast) -> None:
    it = Recording(os.urandom(16), WEBM, 1)
    voice.delete_recording(cast.work(), by=cast.alice, recording=keep(cast, cast.alice, it).id)
    with pytest.raises(ChangedElsewhere):
        keep(cast, cast.alice, it)
    assert voice.recordings(cast.work(), by=cast.alice) == ()


BAD: dict[str, tuple[bytes, object, type[KapjournalError]]] = {
    "no byte": (b"", 1, EmptyRecording),
    "6 MB": (WEBM + bytes(6_000_000), 1, RecordingTooLarge),
    "a byte too many": (WEBM + bytes(voice.MOST_BYTES - 3), 1, RecordingTooLarge),
    "a text": (b"I only look like a recording.", 1, NotARecording),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), 1, NotARecording),
    "half a beginning": (WEBM[:3], 1, NotARecording),
    "a negative length": (WEBM, -1, OutOfRange),
    "eleven minutes": (WEBM, 660, OutOfRange),
    "no length": (WEBM, float("nan"), OutOfRange),
    "a length in words": (WEBM, "12", OutOfRange),
}


@pytest.mark.parametrize(("data", "seconds", "error"), BAD.values(), ids=BAD)
def test_what_is_no_recording_is_refused_by_name(
    cast: Cast, data: bytes, seconds: int, error: type[KapjournalError]
) -> None:
    with pytest.raises(error):
        keep(cast, cast.alice, Recording(os.urandom(16), data, seconds))
    assert counts(cast) == {}


ODD: dict[str, tuple[dict[str, object], type[KapjournalError]]] = {
    "a phase that is none": ({"phase": "later"}, OutOfRange),
    "a version below any": ({"prompt_version": -1}, OutOfRange),
    "a version beyond any": ({"prompt_version": 10**30}, OutOfRange),
    "a prompt with NUL": ({"prompt": "a\0"}, UnsuitableText),
    "a prompt with half a letter": ({"prompt": "\ud800"}, UnsuitableText),
    "a prompt without end": ({"prompt": "x" * 201}, TooLong),
}


@pytest.mark.parametrize(("about", "error"), ODD.values(), ids=ODD)
def test_what_it_is_about_has_been_in_the_browser_and_is_checked(
    cast: Cast, about: dict[str, object], error: type[KapjournalError]
) -> None:
    with pytest.raises(error):
        spoken(cast, cast.alice, **about)
    assert counts(cast) == {}


def test_nothing_is_kept_about_somebody_elses_session(cast: Cast) -> None:
    session = done(cast, cast.dora)
    with pytest.raises(NotAllowed):
        spoken(cast, cast.alice, session=session.id)


def test_the_id_of_an_entry_is_not_taken_for_a_recording(cast: Cast) -> None:
    entry = written(cast, cast.alice, "The cello.")
    with pytest.raises(ChangedElsewhere):
        keep(cast, cast.alice, Recording(entry.id, WEBM, 1))
    with pytest.raises(NotAllowed):
        voice.play(cast.work(), by=cast.alice, recording=entry.id)
    with pytest.raises(NotAllowed):
        voice.delete_recording(cast.work(), by=cast.alice, recording=entry.id)
    assert counts(cast) == {"note": 1}


def test_recordings_are_listed_newest_first_on_every_server(cast: Cast) -> None:
    first = spoken(cast, cast.alice)
    other_server = cast.new_store()
    assert ids(voice.recordings(cast.work(other_server), by=cast.alice)) == [first.id]
    cast.later(60)
    second = spoken(cast, cast.alice, WEBM + bytes(PART_BYTES))
    for store in (cast.store, other_server, cast.new_store()):
        for found in (voice.recordings, voice.recent_recordings):
            assert ids(found(cast.work(store), by=cast.alice)) == [second.id, first.id]


def test_an_old_recording_is_not_among_the_newest_notes_and_still_plays(cast: Cast) -> None:
    old = spoken(cast, cast.alice)
    many(cast, cast.alice, 30)
    fresh = cast.new_store()
    assert voice.recent_recordings(cast.work(fresh), by=cast.alice) == ()
    assert voice.play(cast.work(fresh), by=cast.alice, recording=old.id).data == WEBM + b"hum"
    assert ids(voice.recordings(cast.work(fresh), by=cast.alice)) == [old.id]


def test_no_snapshot_holds_any_sound(cast: Cast) -> None:
    before, other_server = cast.work().reading(cast.alice).size, cast.new_store()
    cast.work(other_server).reading(cast.alice)
    record = spoken(cast, cast.alice, WEBM + bytes(3_000_000))
    for store in (cast.store, other_server, cast.new_store()):
        voice.play(cast.work(store), by=cast.alice, recording=record.id)
        snapshot = cast.work(store).complete(cast.alice)
        assert snapshot.size - before < 2_000
        assert not snapshot.damaged


def test_a_deleted_recording_comes_back_with_its_sound(cast: Cast) -> None:
    data = WEBM + os.urandom(PART_BYTES)
    record = spoken(cast, cast.alice, data)
    voice.delete_recording(cast.work(), by=cast.alice, recording=record.id)
    assert voice.recordings(cast.work(cast.new_store()), by=cast.alice) == ()
    with pytest.raises(NotAllowed):
        voice.play(cast.work(), by=cast.alice, recording=record.id)
    gone = voice.deleted_recordings(cast.work(), by=cast.alice)
    assert [(it.id, it.value) for it in gone] == [(record.id, record.value)]
    voice.bring_back_recording(cast.work(), by=cast.alice, recording=record.id)
    assert heard(cast, cast.alice, record.id) == data
    assert voice.deleted_recordings(cast.work(), by=cast.alice) == ()


def test_any_way_of_bringing_it_back_brings_its_sound(cast: Cast) -> None:
    record = spoken(cast, cast.alice)
    voice.delete_recording(cast.work(), by=cast.alice, recording=record.id)
    bring_back(cast.work(), by=cast.alice, entry=record.id)
    purge(cast, days=8)
    assert heard(cast, cast.enter("alice"), record.id) == WEBM + b"hum"


def purge(cast: Cast, *, days: int) -> None:
    cast.later(days * DAY)
    Application(read_settings({}), cast.store, lambda: cast.at, load_content()).purge()


def test_after_seven_days_nothing_of_it_is_left(cast: Cast) -> None:
    kept = spoken(cast, cast.alice)
    gone = spoken(cast, cast.alice, WEBM + bytes(PART_BYTES))
    voice.delete_recording(cast.work(), by=cast.alice, recording=gone.id)
    purge(cast, days=6)
    assert counts(cast) == {"note": 2, "file": 3}
    purge(cast, days=1)
    assert counts(cast) == {"note": 1, "file": 1}
    back = cast.enter("alice")
    with pytest.raises(NotAllowed):
        voice.bring_back_recording(cast.work(), by=back, recording=gone.id)
    assert heard(cast, back, kept.id) == WEBM + b"hum"


def test_it_cannot_come_back_too_late(cast: Cast) -> None:
    record = spoken(cast, cast.alice)
    voice.delete_recording(cast.work(), by=cast.alice, recording=record.id)
    cast.later(7 * DAY)
    with pytest.raises(SignedOut):
        cast.work().role(cast.alice)
    with pytest.raises(TooLateToUndo):
        voice.bring_back_recording(cast.work(), by=cast.enter("alice"), recording=record.id)
