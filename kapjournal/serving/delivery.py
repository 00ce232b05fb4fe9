"""What a run says reaches its browser in one piece.

Streamlit hands every message of a run to its event loop by itself, sends each by itself, and sleeps 5 ms after
each round of sending: a run of 4 ms takes a browser 10. Here the loop is woken when a run ends, or after 5 ms if
it goes on, and sends what is there without a pause. Order and content of messages stay as they are.

What every run repeats - colours, fonts, options, the names of pages - is worked out once: nothing changes it while
the process runs.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import Any

from streamlit import runtime
from streamlit.navigation.page import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime import runtime as streamlits_loop
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.util import calc_hash

HOLD_SECONDS = 0.005
AT_ONCE = 100  # messages; a client that has 500 of them unsent is given up by Streamlit
GOING_ON = frozenset({ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG})


@contextmanager
def delivering_at_once() -> Iterator[None]:
    """Deliver like this until the block ends."""
    with ExitStack() as stack:

        def replace(owner: Any, name: str, value: Any) -> None:
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)

        replace(AppSession, "request_rerun", _after_what_was_said(AppSession.request_rerun))
        replace(AppSession, "_create_scriptrunner", _begun(AppSession._create_scriptrunner))
        replace(AppSession, "_on_scriptrunner_event", _say)
        replace(AppSession, "flush_browser_queue", _sent_but_the_last(AppSession.flush_browser_queue))
        replace(streamlits_loop, "MESSAGE_FLUSH_INTERVAL_SECS", 0)
        for name in ("_populate_theme_msg", "_populate_config_msg"):
            replace(app_session, name, _worked_out_once(getattr(app_session, name)))
        replace(AppSession, "_populate_app_pages", _named_once(AppSession._populate_app_pages))
        replace(Page, "_script_hash", property(lambda page: _name_of(page._url_path)))
        yield


class _Held(deque[tuple[Any, Any]]):
    """What runs of a session have said and the loop has not handled; `looked_for` while the loop will look itself."""

    looked_for = False


def _of(session: AppSession) -> _Held:
    held: _Held = vars(session).setdefault("kapjournal_held", _Held())
    return held


def _after_what_was_said(request_rerun: Callable[..., None]) -> Callable[..., None]:
    """Handle what a run has said before the next one is asked for. In the loop.

    Streamlit lets go of the run that it overtakes, and ignores what comes from any but the newest: a page that was
    drawn a moment before would stay away.
    """

    def requested(session: AppSession, *client_state: Any) -> None:
        _handle(session)
        request_rerun(session, *client_state)

    return requested


def _begun(create: Callable[..., None]) -> Callable[..., None]:
    """Have the loop look for what a run has said, if it goes on for longer than HOLD_SECONDS. In the loop."""

    def created(session: AppSession, *rerun_data: Any) -> None:
        _look_later(session)
        create(session, *rerun_data)

    return created


def _say(session: AppSession, *sender: Any, **event: Any) -> None:
    """Keep back what a run says while it goes on. In the thread of the run."""
    held = _of(session)
    held.append((sender, event))
    if _kind(sender, event) not in GOING_ON:
        session._call_soon_on_event_loop(partial(_handle_all, session))
    elif not held.looked_for:
        session._call_soon_on_event_loop(partial(_look_later, session))


def _kind(sender: Any, event: Any) -> ScriptRunnerEvent:
    kind: ScriptRunnerEvent = event["event"] if "event" in event else sender[1]
    return kind


def _look_later(session: AppSession) -> None:
    _of(session).looked_for = True
    session._event_loop.call_later(HOLD_SECONDS, _look, session)


def _look(session: AppSession) -> None:
    # First this, then the rest: what is said meanwhile is found by this look, or has another one made.
    _of(session).looked_for = False
    if _handle(session) in GOING_ON:
        _look_later(session)


def _handle_all(session: AppSession) -> None:
    _handle(session)


def _handle(session: AppSession) -> ScriptRunnerEvent | None:
    """Let Streamlit handle all that was kept back, and wake its sending loop once. The last of it. In the loop."""
    held, kind = _of(session), None
    wake, session._message_enqueued_callback = session._message_enqueued_callback, None
    try:
        while held:
            sender, event = held.popleft()
            kind = _kind(sender, event)
            session._handle_scriptrunner_event_on_event_loop(*sender, **event)
    finally:
        session._message_enqueued_callback = wake
    if kind is not None and wake is not None:
        wake()
    return kind


def _sent_but_the_last(
    flush: Callable[[AppSession], list[ForwardMsg]],
) -> Callable[[AppSession], Iterator[ForwardMsg]]:
    """Streamlit's loop sends what this hands over, and lets others run after each message; so it gets the last only.

    It also gets what cannot be sent: it knows what to do then. Messages are held by nobody once they were handed over.
    """

    def flushed(session: AppSession) -> Iterator[ForwardMsg]:
        messages = deque(flush(session))
        return _handed_over(session, messages)

    return flushed


def _handed_over(session: AppSession, messages: deque[ForwardMsg]) -> Iterator[ForwardMsg]:
    info = (
        runtime.get_instance()._session_mgr.get_active_session_info(session.id) if runtime.exists() else None
    )
    while messages:
        if info is not None:
            _send(info, messages)
        yield messages.popleft()


def _send(info: Any, messages: deque[ForwardMsg]) -> None:
    for _each in range(min(AT_ONCE, len(messages) - 1)):
        try:
            runtime.get_instance()._send_message(info, messages[0])
        except SessionClientDisconnectedError:
            return
        messages.popleft()


@cache
def _name_of(address: str) -> str:
    """Streamlit's name for the page at an address, which it asks for a hundred times in a run."""
    return str(calc_hash(address))


def _named_once(populate: Callable[..., None]) -> Callable[..., None]:
    """The names of all pages, merged from what was worked out when the same pages were first named."""
    known: dict[tuple[str, ...], bytes] = {}

    def populated(session: AppSession, part: Any, pages: dict[str, Any]) -> None:
        names = tuple(pages)
        if names not in known:
            fresh = type(part)()
            populate(session, fresh, pages)
            known[names] = fresh.SerializeToString()
        part.MergeFromString(known[names])

    return populated


def _worked_out_once(populate: Callable[..., None]) -> Callable[..., None]:
    """The same part of a message, merged from what was worked out the first time."""
    known: dict[tuple[str, ...], bytes] = {}

    def populated(part: Any, *section: str) -> None:
        if section not in known:
            fresh = type(part)()
            populate(fresh, *section)
            known[section] = fresh.SerializeToString()
        part.MergeFromString(known[section])

    return populated
