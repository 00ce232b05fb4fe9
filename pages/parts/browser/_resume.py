"""The tab's memory of a sign-in: survives a refresh, a locked phone and a restarted server, not the tab.

The tab (`sessionStorage`) holds one token, whose part before the first dot names the account. An order to write
or erase stands in every run until the next one, because a run that is taken over may never reach the browser;
it is named, so that the browser carries it out once.
"""

import secrets
from typing import NamedTuple

import streamlit as st

from pages.parts.browser._registry import register

KEY = "resume"
_ORDERS = "resume.orders"
_LONGEST = 512

_mount = register("resume")


class Resumed(NamedTuple):
    """What the tab holds; `token` is None if it holds none."""

    token: str | None


class _Orders(NamedTuple):
    """The last order of this session (`write` is None if it is to erase) and every token written so far."""

    id: str
    write: str | None
    written: frozenset[str]


def resume(*, write: str | None = None, erase: bool = False) -> None:
    """Mount the component, invisibly; `write` puts a token into the tab, `erase` empties the tab.

    Both may be repeated in every run. A token that this session has written before is not written again, so that
    one given after `erase` by mistake stays erased. Writing drops the unsaved words of other accounts, erasing those
    of all accounts. Raises ValueError if asked for both.
    """
    if erase and write is not None:
        raise ValueError("Either write or erase.")
    orders = _last_orders()
    written = orders.written if orders else frozenset()
    if erase and (orders is None or orders.write is not None):
        orders = _Orders(secrets.token_hex(8), None, written)
    elif write is not None and write not in written:
        orders = _Orders(secrets.token_hex(8), write, written | {write})
    st.session_state[_ORDERS] = orders
    _mount(key=KEY, data={"order": orders and {"id": orders.id, "write": orders.write}})


def resumed() -> Resumed | None:
    """What the tab holds, an order of this session taken as carried out; None while the tab has not answered."""
    orders = _last_orders()
    if orders is not None:
        return Resumed(orders.write)
    state = st.session_state.get(KEY)
    tab = state.get("tab") if isinstance(state, dict) else None
    return _parsed(tab)


def _last_orders() -> _Orders | None:
    orders: _Orders | None = st.session_state.get(_ORDERS)
    return orders


def _parsed(tab: object) -> Resumed | None:
    match tab:
        case {"known": True, "token": None}:
            return Resumed(None)
        case {"known": True, "token": str(token)} if len(token) <= _LONGEST:
            return Resumed(token)
        case _:
            return None
