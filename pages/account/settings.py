"""Account: name, what to rate, time, country, devices, passphrase, sign out."""

from zoneinfo import available_timezones

import streamlit as st

from kapjournal.language import _
from kapjournal.measures.check_ins import EXTRAS
from kapjournal.measures.rating_words import ratings
from kapjournal.people.preferences import change_preferences, preferences
from pages.parts import fields, leaving, nav, notices, signed_in


def save() -> None:
    state = st.session_state
    with notices.telling():
        change_preferences(
            signed_in.work(),
            by=signed_in.by(),
            now=signed_in.now(),
            name=state.get("name", "").strip(),
            extras=tuple(state.get("extras") or ()),
            fixed_zone=state.get("fixed_zone") or "",
            country=state.get("country") or "",
            idle_minutes=state.get("idle_minutes") or 60,
        )
        notices.say(_("Your settings are saved."))


def form(role: str) -> None:
    chosen = preferences(signed_in.work(), by=signed_in.by())
    countries = {"": _("Guess it from the time zone")} | fields.countries()
    labels = {name: ratings()[name][0] for name in EXTRAS}
    zones = ["", *sorted(available_timezones())]
    with st.form("settings", border=False):
        whose = (
            _("What shall we call you?") if role == "patient" else _("What you call yourself, for patients")
        )
        st.text_input(whose, chosen.name, key="name", max_chars=100)
        if role == "patient":
            st.pills(
                _("Also rate"),
                EXTRAS,
                default=chosen.extras,
                selection_mode="multi",
                format_func=labels.__getitem__,
                key="extras",
            )
            st.slider(
                _("Sign me out after so many quiet minutes"),
                5,
                240,
                chosen.idle_minutes,
                5,
                key="idle_minutes",
            )
        st.selectbox(
            _("Time zone"),
            zones,
            index=zones.index(chosen.fixed_zone),
            format_func=lambda it: it or _("The one of this device"),
            key="fixed_zone",
        )
        st.selectbox(
            _("Country for Help now"),
            list(countries),
            index=list(countries).index(chosen.country if chosen.country in countries else ""),
            format_func=countries.__getitem__,
            key="country",
        )
        st.form_submit_button(
            _("Save settings"), type="primary", width="stretch", on_click=save, key="save_settings"
        )


def draw() -> None:
    role = signed_in.work().role(signed_in.by())
    fields.heading(_("Settings"))
    form(role)
    if role == "patient":
        st.header(_("For a hard hour"), anchor=False)
        nav.link("safety_card", _("My safety card"), icon=":material/health_and_safety:")
    else:
        st.header(_("For patients"), anchor=False)
        nav.link("my_code", _("My code"), icon=":material/qr_code:")
    st.header(_("Signing in"), anchor=False)
    nav.link("devices", _("Where I am signed in"), icon=":material/devices:")
    nav.link("passphrase", _("Change passphrase"), icon=":material/key:")
    nav.link("second_factor", _("Second factor"), icon=":material/phonelink_lock:")
    nav.link("recovery_code", _("New recovery code"), icon=":material/pin:")
    st.button(
        _("Sign out"),
        icon=":material/logout:",
        width="stretch",
        key="sign_out",
        on_click=leaving.sign_out_here,
    )
    text = signed_in.application().content.texts["privacy" if role == "patient" else "privacy_therapist"]
    st.header(text.title, anchor=False)
    for paragraph in text.paragraphs:
        st.caption(paragraph)


draw()
