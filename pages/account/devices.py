"""Where the person is signed in."""

import streamlit as st

from kapjournal.clock import moment
from kapjournal.language import _
from kapjournal.people.signing_in import devices, end_device
from pages.parts import confirming, fields, nav, notices, signed_in, words


def end(device: bytes) -> None:
    with notices.telling():
        end_device(signed_in.work(), by=signed_in.by(), device=device)
        notices.say(_("That device is signed out."))


def draw() -> None:
    fields.heading(_("Signed in here"))
    zone, today = signed_in.zone(), signed_in.now().day
    found = devices(signed_in.work(), by=signed_in.by())
    may_end = len(found) == 1 or confirming.confirmed()
    for device in found:
        with st.container(border=True):
            st.text(device.label or _("A browser"))
            if device.this:
                st.caption(_("This device"))
                continue
            used = words.day_and_time(moment(device.last_used, zone).wall, today=today)
            st.caption(_("Last used: {when}").format(when=used))
            if may_end:
                st.button(_("Sign this device out"), key=device.id.hex(), on_click=end, args=(device.id,))
    nav.link("settings", _("Back to settings"))


draw()
