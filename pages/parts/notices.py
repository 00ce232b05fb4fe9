"""A domain error becomes a calm sentence here, and nowhere else. Messages survive one rerun."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from kapjournal import errors
from kapjournal.language import _, ngettext
from pages.parts import signed_in

NOTICE = "kapjournal.notice"
UNDO = "kapjournal.undo"


def words(error: errors.KapjournalError) -> str:
    """What a person reads for an error."""
    match error:
        case errors.WeakPassphrase():
            return error.reason
        case errors.TooManyTries():
            return _("Too many tries. Please wait {wait} and try again.").format(
                wait=_duration(error.seconds)
            )
        case errors.TooLong():
            text = _(
                "This is too long: {length} characters of at most {limit}. Nothing was cut; please shorten it."
            )
            return text.format(length=error.length, limit=error.limit)
        case errors.TooManyLines():
            text = _("These are {count} lines of at most {limit}. Nothing was cut; please leave some out.")
            return text.format(count=error.count, limit=error.limit)
        case errors.OutOfRange():
            return _fields().get(
                error.field, _("One of the values is not possible. Please check and try again.")
            )
    return _sentences().get(type(error), _("Something went wrong. Please try again."))


def _sentences() -> dict[type[errors.KapjournalError], str]:
    return {
        errors.StorageUnavailable: _(
            "The journal's storage does not answer right now. Nothing was saved. Please try again in a moment."
        ),
        errors.SignedOut: _("You are signed out. Sign in to go on where you were."),
        errors.SignInRefused: _("Login name and passphrase do not fit together. Check both and try again."),
        errors.WrongPassphrase: _("This is not your passphrase. Please try again."),
        errors.ConfirmFirst: _("Please type your passphrase once more. Nothing was changed yet."),
        errors.HalfEnded: _("That took too long. Please begin again."),
        errors.MistypedFactorCode: _(
            "This is not a whole code. The app shows six digits; a backup code has 25 characters."
        ),
        errors.FactorCodeRefused: _(
            "This code is not right, or it was used before. Wait for the next one and try again. If that does not "
            "help, check that the clock of your phone is right."
        ),
        errors.SecondFactorMissing: _("This needs a second factor. You can set it up in Settings."),
        errors.SecondFactorLost: _(
            "Your second factor is damaged here, so that no code from your phone can be checked. Use a backup code, "
            "come back with your recovery code, or ask whoever runs this kapjournal."
        ),
        errors.RecoveryRefused: _("No journal has this recovery code. Check the characters and try again."),
        errors.MistypedRecoveryCode: _(
            "This recovery code has a wrong or missing character. It has 33 characters in eight groups."
        ),
        errors.Busy: _("Many people are signing in right now. Please try again in a few seconds."),
        errors.LoginTaken: _("This login name is taken. Please choose another one."),
        errors.UnsuitableLogin: _("A login name has 3 to 200 visible characters."),
        errors.NotAllowed: _("This is not here. It may have been deleted."),
        errors.UnsuitableText: _(
            "This text has a character that cannot be kept. Please remove it and try again."
        ),
        errors.AnswersRefused: _(
            "An answer is missing or does not fit its question. Please look through them once more."
        ),
        errors.ChangedElsewhere: _(
            "This was changed in another tab. The newest state is shown; please make your change again."
        ),
        errors.DamagedRecord: _(
            "This entry is damaged and cannot be opened. Everything else is still there."
        ),
        errors.DamagedRecording: _(
            "This recording is damaged and cannot be played. Everything else is still there."
        ),
        errors.EmptyRecording: _("There is no sound in this recording. It was not saved."),
        errors.RecordingTooLarge: _(
            "This recording is too large to be kept: 5 MB is the most. It was not saved. Please make a shorter one."
        ),
        errors.NotARecording: _("This is not a recording that can be kept. It was not saved."),
        errors.IntentionKept: _(
            "Your session has begun, so its intention stays as it was. You can write something new on a blank page."
        ),
        errors.MistypedTherapistCode: _(
            "This code has a wrong or missing character. It has 20 characters in five groups."
        ),
        errors.NoSuchTherapist: _(
            "No therapist here has this code. Ask your therapist to show it to you once more."
        ),
        errors.SharingRefused: _(
            "Nothing was shared or shown: the keys are not those that you and the other side agreed on. "
            "Tell whoever runs this server, and compare the codes again in the room."
        ),
        errors.NotToday: _(
            "Not today. On the day of a session nothing new is shared, until you say that you have slept. "
            "What is shared already can be stopped at any time."
        ),
        errors.LinkOver: _("This is not shared any more, or it is paused."),
        errors.TooLateToUndo: _("This was deleted more than seven days ago and is gone."),
    }


def _fields() -> dict[str, str]:
    return {
        "date": _("This date or time is not possible here. Please choose another one."),
        "ended": _("The end must lie after the start and not in the future."),
        "diastolic": _("The second blood pressure number must be smaller than the first one."),
        "systolic": _("Blood pressure is a number from 30 to 300."),
        "action": _("Please say what you want to do. One small thing is enough."),
        "cue": _("A step needs a cue: something that happens anyway, such as “after breakfast”."),
        "clock": _("Please choose a time of day, or none."),
        "own_prompt": _("Please write your question first."),
        "effects": _("Please choose how strong and how long from the lists."),
        "ratings": _("Tap at least one number first."),
        "item_9": _("Item 9 can be shared only together with the questionnaires."),
        "dose": _("The dose can be shared only together with the sessions."),
        "days": _("Choose 1 to 366 days."),
        "since": _("This day is not possible here. Please choose another one."),
        "idle_minutes": _("Choose 5 to 240 minutes."),
        "minutes": _("Choose 0 to 600 minutes."),
        "seconds": _("A recording can last ten minutes at most. It was not saved."),
    }


def _duration(seconds: int) -> str:
    if seconds < 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


@contextmanager
def telling() -> Iterator[None]:
    """Run a verb in a callback; an error is told on the next drawing, and nothing else happens."""
    try:
        yield
    except errors.KapjournalError as error:
        st.session_state[NOTICE] = ("error", words(error))


def say(text: str) -> None:
    """Tell something good on the next drawing."""
    st.session_state[NOTICE] = ("success", text)


def offer_undo(text: str, undo: Callable[..., Any], **what: Any) -> None:
    """Tell what was deleted and offer to bring it back. `undo` is a verb."""
    say(text)
    st.session_state[UNDO] = (undo, what)


def trouble(error: errors.KapjournalError) -> None:
    """Tell on the spot that a page could not be drawn, with a way to try again."""
    st.error(words(error), icon=":material/error:")
    st.button(_("Try again"), key="try_again")


def waiting() -> bool:
    """Whether there is something to tell that the page has not shown: a fragment then has it drawn again."""
    return NOTICE in st.session_state


def show() -> None:
    """Draw what there is to tell. Stands at the same place of every page."""
    with st.container(key="notices"):
        kind, text = st.session_state.pop(NOTICE, (None, ""))
        if kind == "error":
            st.error(text, icon=":material/error:")
        elif kind == "success":
            st.success(text, icon=":material/check:")
        if UNDO in st.session_state and kind == "success":
            st.button(_("Undo"), icon=":material/undo:", on_click=_undo, key="undo")
        else:
            st.session_state.pop(UNDO, None)


def _undo() -> None:
    undo, what = st.session_state.pop(UNDO, (None, {}))
    if undo is not None:
        with telling():
            undo(signed_in.work(), by=signed_in.by(), **what)
            say(_("It is back."))
