"""Another browser presents the session id of a patient's tab, which Streamlit takes for the tab itself."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.faults.oracle import digest
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import Kind, Stage, new_cookie
from tests.faults.writer import BOX, Writer, writing

CANARY, FORGED = "kanarienvogel", "forged by a stranger"
ANSWER_SECONDS = 1.5


def session_stolen(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """With the session id alone nothing is read and nothing written, while the tab is open and after it is closed."""
    site = stage.site(kind)
    tally = Tally(site.database.folder)
    for _round in range(rounds):
        tally.next_person()
        with writing(site, tally.log) as writer:
            writer.open()
            writer.type(CANARY)
            writer.is_saved()
            _steal(writer)
            writer.type(" and on.")
            writer.is_unsaved()  # the stranger has taken the connection away
            writer.reload()
            writer.is_safe()
        _steal(writer)
        found = writer.found()
        assert digest(FORGED) not in {it.digest for it in found.newest}
        tally.check(found)
    return tally.outcome("session_stolen", kind, rounds)


def _steal(writer: Writer) -> None:
    with _connected(writer.address, writer.wire.session) as stranger:
        for message in _messages(writer.wire.last_push):
            stranger.send(message.SerializeToString())
            for frame in _frames(stranger):
                assert CANARY.encode() not in frame


def _connected(address: str, session: str) -> ClientConnection:
    cookie = new_cookie()
    return connect(
        f"ws://{urlsplit(address).netloc}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol(it) for it in ("streamlit", cookie, session)],
        additional_headers={"Cookie": f"_streamlit_xsrf={cookie}"},
        max_size=None,
    )


def _messages(last_push: BackMsg) -> Iterator[BackMsg]:
    """The page asked for; the text box asked for; a text pushed into the box. None of them with the token."""
    known = last_push.rerun_script
    page, box, push = BackMsg(), BackMsg(), BackMsg()
    for message in (page, box, push):
        message.rerun_script.page_script_hash = known.page_script_hash
        message.rerun_script.query_string = known.query_string
        message.rerun_script.context_info.CopyFrom(known.context_info)
    for message in (box, push):
        message.rerun_script.fragment_id = known.fragment_id
    widget = next(it for it in known.widget_states.widgets if BOX in it.id)
    forged = json.loads(widget.json_value)
    forged["save"] |= {"text": FORGED, "save_id": "ab" * 16, "n": 0}
    push.rerun_script.widget_states.widgets.add(id=widget.id, json_value=json.dumps(forged))
    return iter((page, box, push))


def _frames(stranger: ClientConnection) -> Iterator[bytes]:
    try:
        while True:
            frame = stranger.recv(timeout=ANSWER_SECONDS)
            yield frame if isinstance(frame, bytes) else frame.encode()
    except TimeoutError:
        return
