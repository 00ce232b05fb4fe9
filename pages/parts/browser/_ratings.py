"""Rows of eleven numbers to tap, 0 to 10. A tap shows at once, whatever the network does."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import msgspec
import streamlit as st

from pages.parts.browser._registry import register

_mount = register("ratings")

Rating = Annotated[int, msgspec.Meta(ge=0, le=10)]


class Row(NamedTuple):
    """One thing to rate: its name, what stands above the numbers, and the number chosen so far."""

    name: str
    legend: str
    value: int | None = None


class _Chosen(msgspec.Struct, forbid_unknown_fields=True):
    """What the browser sends: the numbers chosen in one filled form."""

    form: str
    ratings: dict[str, Rating]


def ratings(rows: Sequence[Row], *, key: str, form: str) -> None:
    """Draw the rows; read them with `rated`. With another `form`, the numbers go back to what `rows` say."""
    _mount(key=key, on_chosen_change=_nothing, data={"form": form, "rows": [it._asdict() for it in rows]})


def rated(rows: Sequence[Row], *, key: str, form: str) -> dict[str, int | None]:
    """The numbers chosen in this form, None for a row without one; what is not of our own script counts as none."""
    state = st.session_state.get(key)
    try:
        chosen = msgspec.convert(state.get("chosen") if isinstance(state, dict) else None, _Chosen)
    except msgspec.ValidationError:
        chosen = None
    if chosen is None or chosen.form != form:
        return {row.name: row.value for row in rows}
    return {row.name: chosen.ratings.get(row.name) for row in rows}


def _nothing() -> None:
    """The numbers wait here until somebody saves them."""
