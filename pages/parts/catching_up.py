"""Get ready what is shared, and give other keys to what no longer is: a step with each run, and then one a second.

The same on every page of a patient, until nothing is left; what is left at sign-out goes on at the next sign-in. Only
a timer stands between two steps, no key and no record.
"""

from contextlib import suppress

import streamlit as st

from kapjournal.errors import KapjournalError, SignedOut
from kapjournal.language import _
from kapjournal.sharing.catching_up import catch_up, is_behind
from pages.parts import signed_in


def step() -> int:
    """Do a step if there is anything to do; how much is left. Nothing to do is known without asking the database."""
    with suppress(KapjournalError):
        if is_behind(signed_in.work(), by=signed_in.by()):
            return catch_up(signed_in.work(), by=signed_in.by())
    return 0


@st.fragment(run_every=1)
def go_on(*, tell: bool) -> None:
    """Do a step each second until nothing is left, and say how much is if `tell`."""
    try:
        with signed_in.unit_of_work():
            left = catch_up(signed_in.work(), by=signed_in.by())
    except SignedOut:
        left = 0
    except KapjournalError:
        return
    if left == 0:
        st.rerun()
    if tell:
        text = _("Getting ready what you share, and closing what you do not: {count} to go.")
        st.caption(text.format(count=left))
