"""Speaking instead of writing: the button that records, what becomes of a recording, and a player for one."""

from contextlib import suppress

import msgspec
import streamlit as st

from kapjournal.errors import DamagedRecord, KapjournalError, NotAllowed, RecordingTooLarge, SignedOut
from kapjournal.journal.values import VoiceNote
from kapjournal.journal.voice import (
    MOST_BYTES,
    MOST_SECONDS,
    Recording,
    Sound,
    bring_back_recording,
    delete_recording,
    keep_recording,
    play,
)
from kapjournal.journal.voice import recording as find_recording
from kapjournal.journal.writing import About
from kapjournal.language import _
from kapjournal.records import Record
from pages.parts import browser, notices, share_rows, signed_in, words

KEY = "voice"
ANSWER = "kapjournal.voice_answer"
ARRIVED = "kapjournal.voice_arrived"
JUST_KEPT = "kapjournal.voice_kept"
MOST_PARTS = -(-MOST_BYTES // browser.PART_BYTES)


class Arrived(msgspec.Struct, frozen=True):
    """The parts of a recording that have arrived so far."""

    recording: bytes
    parts: tuple[bytes, ...] = ()


def box(about: About) -> None:
    """Draw the button that records, and what was recorded here about the same just now. One a page."""
    _box(about)


@st.fragment
def _box(about: About) -> None:
    if notices.waiting():
        st.rerun()
    with signed_in.unit_of_work():
        browser.voice(
            key=KEY,
            account=signed_in.account(),
            about=msgspec.json.encode(about).decode(),
            answer=st.session_state.get(ANSWER),
            on_part=receive,
            label=_("Say it instead"),
            most_bytes=MOST_BYTES,
            most_seconds=MOST_SECONDS,
        )
        # What stands below must not take the button away.
        with suppress(KapjournalError):
            _draw_just_kept(about)


def receive() -> None:
    """Take what the button pushed last; save the recording once all of it has arrived."""
    part = browser.part(KEY)
    answer = st.session_state.get(ANSWER)
    if part is None:
        st.session_state.pop(ARRIVED, None)
    elif not isinstance(answer, browser.Kept) or answer.recording != part.recording:
        with signed_in.unit_of_work():
            st.session_state[ANSWER] = _answer(part)


def _answer(part: browser.Part) -> browser.Answer:
    try:
        arrived = _with(part)
        st.session_state[ARRIVED] = arrived
        if len(arrived.parts) < part.count:
            return browser.Heard(part.recording, len(arrived.parts))
        return _keep(part, arrived)
    except KapjournalError as error:
        return browser.NotKept(part.recording, notices.words(error))


def _with(part: browser.Part) -> Arrived:
    arrived: Arrived = st.session_state.get(ARRIVED) or Arrived(part.recording)
    if arrived.recording != part.recording:
        arrived = Arrived(part.recording)
    if part.count > MOST_PARTS:
        raise RecordingTooLarge(part.count * browser.PART_BYTES, MOST_BYTES)
    if part.number == len(arrived.parts) < part.count:
        arrived = Arrived(part.recording, (*arrived.parts, part.data))
    return arrived


def _keep(part: browser.Part, arrived: Arrived) -> browser.Kept:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    recording = Recording(part.recording, b"".join(arrived.parts), part.seconds)
    about = _read_about(part.about)
    try:
        record = keep_recording(work, by=by, recording=recording, about=about, now=now)
    except NotAllowed:
        # Its session may have been deleted while it waited in the browser; what was said is worth more.
        about = about._replace(session=b"")
        record = keep_recording(work, by=by, recording=recording, about=about, now=now)
    work.touch(by)
    del st.session_state[ARRIVED]
    st.session_state[JUST_KEPT] = (*st.session_state.get(JUST_KEPT, ()), (record.id, about))
    return browser.Kept(part.recording, now.time)


def _read_about(text: str) -> About:
    """What a recording is about; nothing in particular if an older version of this program has written that."""
    try:
        return msgspec.json.decode(text, type=About)
    except msgspec.MsgspecError:
        return About()


def _draw_just_kept(about: About) -> None:
    for id, what in st.session_state.get(JUST_KEPT, ()):
        with suppress(NotAllowed, DamagedRecord):
            if what == about:
                _draw(find_recording(signed_in.work(), by=signed_in.by(), id=id))


def player(record: Record[VoiceNote]) -> None:
    """Draw one recording: when, how long, a button to listen, one to delete it. Playing reruns only this."""
    _player(record)


@st.fragment
def _player(record: Record[VoiceNote]) -> None:
    if notices.waiting():
        st.rerun()
    try:
        with signed_in.unit_of_work():
            _draw(record)
            share_rows.draw(record.id)
    except SignedOut:
        st.rerun()
    except KapjournalError as error:
        st.error(notices.words(error), icon=":material/error:")


def _draw(record: Record[VoiceNote]) -> None:
    key = f"player-{record.id.hex()}"
    sound, problem = _wanted(key, record.id)
    with st.container(key=f"sound-{record.id.hex()}", border=True, gap="xxsmall"):
        st.caption(words.day_and_time(record.value.wall, today=signed_in.now().day))
        browser.player(
            key=key,
            label=_("Listen, {length}").format(length=length(record.value.seconds)),
            sound=sound and sound.data,
            media=record.value.media,
            problem=problem,
            on_wanted=lambda: _want(key),
        )
        st.button(
            _("Delete this recording"),
            type="tertiary",
            icon=":material/delete:",
            key=f"delete-{record.id.hex()}",
            on_click=_remove,
            args=(record.id,),
        )


def _want(key: str) -> None:
    st.session_state[f"{key}.wanted"] = True


def _wanted(key: str, id: bytes) -> tuple[Sound | None, str]:
    """The sound, if somebody has just asked for it, or why there is none."""
    if not st.session_state.pop(f"{key}.wanted", False):
        return None, ""
    try:
        work, by = signed_in.work(), signed_in.by()
        work.touch(by)
        return play(work, by=by, recording=id), ""
    except KapjournalError as error:
        return None, notices.words(error)


def _remove(id: bytes) -> None:
    with notices.telling():
        delete_recording(signed_in.work(), by=signed_in.by(), recording=id)
        notices.offer_undo(_("Deleted."), bring_back_recording, recording=id)


def length(seconds: int) -> str:
    """How long a recording is, such as 1:05."""
    return f"{seconds // 60}:{seconds % 60:02}"
