"""The second factor: what it is for, turning it on, backup codes, turning it off."""

import streamlit as st

from kapjournal.language import _, ngettext
from kapjournal.people.second_factor import backup_codes_left, is_on, turn_off
from pages.parts import confirming, factor_setup, fields, leaving, nav, notices, signed_in


def stop() -> None:
    with notices.telling():
        turn_off(signed_in.work(), by=signed_in.by())
        notices.say(_("Your second factor is off. Other devices are signed out."))


def being_on(role: str) -> None:
    left = backup_codes_left(signed_in.work(), by=signed_in.by())
    st.write(_("It is on. You need your phone each time you sign in."))
    codes = ngettext("You have {count} backup code left.", "You have {count} backup codes left.", left)
    st.write(codes.format(count=left))
    if not confirming.confirmed():
        return
    st.button(_("Make new backup codes"), width="stretch", key="renew", on_click=factor_setup.renew)
    st.button(_("Use another phone"), width="stretch", key="replace", on_click=factor_setup.offer)
    if role == "patient":
        st.button(_("Turn it off"), type="tertiary", width="stretch", key="stop", on_click=stop)


def setting_up(role: str, *, on: bool) -> None:
    if on:
        st.write(_("The phone you use now works until the new one does."))
    elif role == "therapist":
        st.write(_("Therapists need one. It guards what your patients share with you."))
    else:
        st.write(_("Somebody who learns your passphrase then still needs your phone to sign in."))
    if not confirming.confirmed():
        return
    factor_setup.steps(factor_setup.offered())
    if on:
        st.button(_("Keep the phone I use now"), type="tertiary", key="keep", on_click=factor_setup.withdraw)


def draw() -> None:
    work, by = signed_in.work(), signed_in.by()
    role, on = work.role(by), is_on(work, by=by)
    fields.heading(_("Second factor"), _("A code from your phone, besides your passphrase."))
    if signed_in.BACKUP_CODES in st.session_state:
        factor_setup.backup_codes()
    elif on and not factor_setup.is_offered():
        being_on(role)
    else:
        setting_up(role, on=on)
    if role == "therapist" and not on:
        st.button(_("Sign out"), type="tertiary", key="sign_out", on_click=leaving.sign_out_here)
    else:
        nav.link("settings", _("Back to settings"))


draw()
