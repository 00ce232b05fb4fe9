"""Form fields that several pages use."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import streamlit as st

from kapjournal.clock import Moment, moment_at_wall
from kapjournal.errors import OutOfRange
from kapjournal.language import _
from kapjournal.records.work import new_id
from pages.parts import browser, signed_in

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def heading(text: str, below: str = "") -> None:
    """The title of a page, with a quiet line below it."""
    st.title(text, anchor=False)
    if below:
        st.caption(below)


def scale(name: str, label: str, low: str, high: str, value: int | None = None) -> browser.Row:
    """Eleven numbers to tap, with what 0 and 10 mean."""
    legend = _("{label} (0 {low}, 10 {high})").format(label=label, low=low, high=high)
    return browser.Row(name, legend, value)


def code(label: str) -> None:
    """A code of the second factor, or a backup code: `code`."""
    st.text_input(label, key="code", autocomplete="one-time-code", max_chars=100)


def present_passphrase() -> None:
    """The passphrase of whoever is signed in: `present`."""
    st.text_input(
        _("Present passphrase"),
        key="present",
        type="password",
        autocomplete="current-password",
        max_chars=1024,
    )


def when(label: str, key: str, present: Moment, *, value: str | None = None) -> None:
    """A day and a time, read by `chosen_moment`."""
    start = datetime.fromisoformat(value or present.wall)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            label, start.date(), key=f"{key}_day", min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD"
        )
        st.time_input(_("Time"), start.time(), key=f"{key}_time", step=timedelta(minutes=15))


def chosen_moment(key: str, zone: str) -> Moment:
    """What `when` holds. Raises OutOfRange if a part is empty."""
    day, clock = st.session_state.get(f"{key}_day"), st.session_state.get(f"{key}_time")
    if not isinstance(day, date) or not isinstance(clock, time):
        raise OutOfRange("date")
    return moment_at_wall(datetime.combine(day, clock), zone)


def countries() -> dict[str, str]:
    """Where there are crisis lines, by code, and anywhere else."""
    content = signed_in.content()
    return {it.country: it.name for it in (*content.countries, content.elsewhere)}


def save_id(form: str) -> bytes:
    """One id for one filled form, so that pressing twice saves once."""
    ids: dict[str, bytes] = st.session_state.setdefault("kapjournal.save_ids", {})
    if form not in ids:
        ids[form] = new_id()
    return ids[form]


def new_form(form: str) -> None:
    """The form was saved: the next one is another."""
    ids: dict[str, bytes] = st.session_state.get("kapjournal.save_ids", {})
    ids.pop(form, None)


def given_id(name: str) -> bytes:
    """A record id from the page's address; b"" if there is none or it is none."""
    try:
        return bytes.fromhex(st.query_params.get(name, ""))
    except ValueError:
        return b""


def given_place(name: str, count: int) -> int | None:
    """A place among `count` things from the page's address; None if there is none or it is none of them."""
    text = st.query_params.get(name, "")
    digits = text.isascii() and text.isdecimal() and len(text) < 6
    return int(text) if digits and int(text) < count else None


def choice(options: Mapping[str, str], label: str, key: str, value: str) -> None:
    """One of a few, in words."""
    names = list(options)
    st.segmented_control(
        label, names, format_func=options.__getitem__, default=value, key=key, required=True, width="stretch"
    )
