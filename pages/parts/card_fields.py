"""The fields for one part of the safety card, filled from it once and kept until they are saved."""

from typing import NamedTuple

import streamlit as st

from kapjournal.language import _
from kapjournal.people.safety_card import (
    MOST_LINES,
    PARTS_WITH_PHONES,
    PHONE_LENGTH,
    Part,
    safety_card,
)
from kapjournal.people.values import Contact
from kapjournal.texts import LINE_LENGTH
from pages.parts import signed_in

START = "kapjournal.safety_card"
MORE = 2


class Start(NamedTuple):
    """What the fields started from: a version of the card, 0 for none. `overtaken` once another tab changed it."""

    part: Part
    version: int
    rows: int
    overtaken: bool = False


def newest(part: Part) -> tuple[int, tuple[str | Contact, ...]]:
    """The card's version, 0 for none, and what stands in a part of it."""
    record = safety_card(signed_in.work(), by=signed_in.by())
    return (record.version, getattr(record.value, part)) if record else (0, ())


def start(part: Part) -> Start:
    """Fill the fields, if they do not stand yet."""
    state = st.session_state
    known: Start | None = state.get(START)
    first = f"{part}_name_0" if part in PARTS_WITH_PHONES else f"{part}_lines"
    if known is not None and known.part == part and first in state:
        return known
    version, given = newest(part)
    people = [it for it in given if isinstance(it, Contact)]
    rows = min(len(people) + MORE, MOST_LINES)
    if part in PARTS_WITH_PHONES:
        for n, it in enumerate((*people, *[Contact("")] * MORE)[:rows]):
            state[f"{part}_name_{n}"], state[f"{part}_phone_{n}"] = it.name, it.phone
    else:
        state[first] = "\n".join(it for it in given if isinstance(it, str))
    begun = state[START] = Start(part, version, rows)
    return begun


def overtake(it: Start) -> None:
    """Go on from what another tab has saved; what was typed here stays in the fields."""
    st.session_state[START] = it._replace(version=newest(it.part)[0], overtaken=True)


def typed(it: Start) -> tuple[str | Contact, ...]:
    """What the fields hold."""
    state = st.session_state
    if it.part not in PARTS_WITH_PHONES:
        return tuple(state.get(f"{it.part}_lines", "").split("\n"))
    return tuple(
        Contact(state.get(f"{it.part}_name_{n}", ""), state.get(f"{it.part}_phone_{n}", ""))
        for n in range(it.rows)
    )


def draw(it: Start) -> None:
    """One box for lines; or a name and a phone for each person, with room for two more."""
    if it.part not in PARTS_WITH_PHONES:
        label = _("One thing a line, at most {count} lines").format(count=MOST_LINES)
        longest = MOST_LINES * (LINE_LENGTH + 1)
        st.text_area(label, key=f"{it.part}_lines", max_chars=longest, height=220)
        return
    for n in range(it.rows):
        with st.container(border=True):
            st.text_input(_("Name"), key=f"{it.part}_name_{n}", max_chars=LINE_LENGTH)
            st.text_input(_("Phone"), key=f"{it.part}_phone_{n}", max_chars=PHONE_LENGTH)
