"""Browser components: what Streamlit's own widgets cannot do without losing words or showing them to others.

`resume` keeps the sign-in token in the tab, `editor` is the text box, `voice` records and `player` plays, `ratings` are
numbers to tap, `download` saves a file without an address, `breath` is a pace to breathe with. Each is html, css and js
beside this file, read once at import and handed to Streamlit as text.
"""

from pages.parts.browser._breath import breath
from pages.parts.browser._download import MADE, File, download, let_go
from pages.parts.browser._editor import Ack, Refusal, Save, editor, pushed
from pages.parts.browser._player import player
from pages.parts.browser._ratings import Row, rated, ratings
from pages.parts.browser._resume import Resumed, resume, resumed
from pages.parts.browser._voice import PART_BYTES, Answer, Heard, Kept, NotKept, Part, part, voice

__all__ = [
    "MADE",
    "PART_BYTES",
    "Ack",
    "Answer",
    "File",
    "Heard",
    "Kept",
    "NotKept",
    "Part",
    "Refusal",
    "Resumed",
    "Row",
    "Save",
    "breath",
    "download",
    "editor",
    "let_go",
    "part",
    "player",
    "pushed",
    "rated",
    "ratings",
    "resume",
    "resumed",
    "voice",
]
