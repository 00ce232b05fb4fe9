"""Voice notes that a patient shares, played where they are listed; their sound is fetched when somebody listens."""

from collections.abc import Sequence

import streamlit as st

from kapjournal.errors import KapjournalError, LinkOver, SignedOut
from kapjournal.journal.voice import Sound
from kapjournal.language import _
from kapjournal.sharing.reading import play_shared
from kapjournal.sharing.summary_values import Recording
from kapjournal.sharing.summary_words import asked_words
from pages.parts import browser, notices, signed_in, voice_box, words


def players(link: bytes, found: Sequence[Recording]) -> None:
    """One player for each; playing reruns only that one."""
    for it in found:
        _player(link, it)


@st.fragment
def _player(link: bytes, it: Recording) -> None:
    key = f"shared-{it.id}"
    with signed_in.unit_of_work():
        sound, problem = _wanted(key, link, bytes.fromhex(it.id))
    with st.container(key=f"sound-{it.id}", border=True, gap="xxsmall"):
        st.caption(words.day(it.day))
        st.text(asked_words(it))
        browser.player(
            key=key,
            label=_("Listen, {length}").format(length=voice_box.length(it.seconds)),
            sound=sound and sound.data,
            media=sound.media if sound else "",
            problem=problem,
            on_wanted=lambda: _want(key),
        )


def _want(key: str) -> None:
    st.session_state[f"{key}.wanted"] = True


def _wanted(key: str, link: bytes, recording: bytes) -> tuple[Sound | None, str]:
    """The sound, if somebody has just asked for it, or why there is none. Once it is over, the page is drawn anew."""
    if not st.session_state.pop(f"{key}.wanted", False):
        return None, ""
    try:
        work, by = signed_in.work(), signed_in.by()
        work.touch(by)
        return play_shared(work, by=by, link=link, recording=recording), ""
    except (LinkOver, SignedOut):
        st.rerun()
    except KapjournalError as error:
        return None, notices.words(error)
