"""What a patient has chosen so far on the way to a new link or to paper, and the screens of that way.

A draft is of one account, and only in this tab; it holds no key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import streamlit as st

from kapjournal.language import _
from kapjournal.people.preferences import preferences
from kapjournal.sharing.codes import find_therapist
from kapjournal.sharing.linking import Words, checked_words
from kapjournal.sharing.values import Scope
from pages.parts import fields, note_list, notices, scope_fields, signed_in


@dataclass
class Draft:
    """Choices by step; `at` is the step that stands, `drawn` the notes on it. `calls_themself` is not the patient's."""

    account: str
    code: str = ""
    calls_themself: str = ""
    name: str = ""
    my_name: str = ""
    scope: Scope = field(default_factory=Scope)
    days: int = 0
    purpose: str = ""
    attention: str = ""
    drawn: tuple[bytes, ...] = ()
    at: int = 0

    @property
    def words(self) -> Words:
        """What is said with it."""
        return Words(my_name=self.my_name, purpose=self.purpose, attention=self.attention)


class Step(NamedTuple):
    """One screen: its fields, and how they are read into the draft; reading may raise domain errors."""

    title: str
    draw: Callable[[Draft], None]
    read: Callable[[Draft], None]


def present(key: str) -> Draft:
    """The draft of this tab, or a new one."""
    it = st.session_state.get(key)
    if not isinstance(it, Draft) or it.account != signed_in.account():
        mine = preferences(signed_in.work(), by=signed_in.by()).name
        it = st.session_state[key] = Draft(signed_in.account(), my_name=mine)
    return it


def end(key: str) -> None:
    """Forget it."""
    st.session_state.pop(key, None)


def screen(it: Draft, steps: Sequence[Step]) -> None:
    """The step that stands, with the ways on and back."""
    step = steps[it.at]
    fields.heading(step.title, _("Step {number} of {count}").format(number=it.at + 1, count=len(steps) + 1))
    step.draw(it)
    st.button(_("Go on"), type="primary", width="stretch", key="next", on_click=_go_on, args=(it, step))
    back(it)


def back(it: Draft) -> None:
    """The way to the step before."""
    if it.at:
        st.button(_("Back"), type="tertiary", key="back", on_click=_go_back, args=(it,))


def _go_on(it: Draft, step: Step) -> None:
    with notices.telling():
        step.read(it)
        it.at += 1


def _go_back(it: Draft) -> None:
    it.at -= 1


def code() -> Step:
    """The therapist's code."""
    return Step(_("Your therapist's code"), _draw_code, _read_code)


def names() -> Step:
    """What the two are called."""
    return Step(_("Names"), _draw_names, _read_names)


def what() -> Step:
    """The categories."""
    return Step(_("What they may see"), lambda it: scope_fields.what(it.scope), _read_what)


def when() -> Step:
    """The period, and the end."""
    return Step(_("From when, until when"), _draw_when, _read_when)


def since() -> Step:
    """The period alone."""
    return Step(_("From when"), lambda it: scope_fields.since(it.scope, goes_on=False), _read_since)


def entries() -> Step:
    """Entries one by one; what was said cannot be heard on paper."""
    return Step(_("Entries"), _draw_entries, _read_entries)


def said(*, named: bool = False) -> Step:
    """What goes with it in the patient's words; `named` asks for the patient's name too."""
    return Step(_("What you say with it"), _draw_named if named else _draw_said, _read_said)


def _draw_code(it: Draft) -> None:
    st.write(_("Your therapist shows you a code: on a screen in the room, or on a card."))
    given = it.code or st.query_params.get("code", "")[:100]
    st.text_input(_("Code"), given, key="code", max_chars=100, autocomplete="off")
    st.caption(_("20 characters in five groups. Small letters are fine, and so is a missing hyphen."))


def _read_code(it: Draft) -> None:
    it.code = st.session_state.get("code", "")
    it.calls_themself = find_therapist(signed_in.work(), by=signed_in.by(), code=it.code).calls_themself


def _draw_names(it: Draft) -> None:
    scope_fields.names(it.name or it.calls_themself, it.my_name, it.calls_themself)


def _read_names(it: Draft) -> None:
    said = checked_words(scope_fields.read_names())
    it.name, it.my_name = said["name"] or it.calls_themself, said["my_name"]


def _read_what(it: Draft) -> None:
    it.scope = scope_fields.read_what(it.scope)


def _draw_when(it: Draft) -> None:
    scope_fields.since(it.scope)
    scope_fields.end(it.days and it.days + signed_in.work().now // scope_fields.SECONDS)


def _read_when(it: Draft) -> None:
    it.scope, it.days = scope_fields.read_since(it.scope), scope_fields.read_end()


def _read_since(it: Draft) -> None:
    it.scope = scope_fields.read_since(it.scope)


def _draw_entries(it: Draft) -> None:
    it.drawn = note_list.draw(it.scope.entries, spoken=False)


def _read_entries(it: Draft) -> None:
    yes, no = note_list.ticked(it.drawn)
    rest = [id for id in it.scope.entries if id not in (*yes, *no)]
    it.scope = msgspec.structs.replace(it.scope, entries=(*yes, *rest))


def _draw_said(it: Draft) -> None:
    scope_fields.said(it.purpose, it.attention)


def _draw_named(it: Draft) -> None:
    scope_fields.my_name(it.my_name)
    _draw_said(it)


def _read_said(it: Draft) -> None:
    said = checked_words(scope_fields.read_said())
    it.purpose, it.attention = said["purpose"], said["attention"]
    it.my_name = said.get("my_name", it.my_name)
