"""Signing out, from wherever there is a button for it."""

from contextlib import suppress

from kapjournal.errors import SignedOut
from kapjournal.people.signing_in import sign_out
from pages.parts import nav, signed_in


def sign_out_here() -> None:
    """End this sign-in, forget everything in the tab, and draw the welcome page next."""
    with suppress(SignedOut):
        sign_out(signed_in.work(), by=signed_in.by())
    signed_in.end()
    nav.leave_to("welcome")
