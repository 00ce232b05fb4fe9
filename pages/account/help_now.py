"""Help now: crisis lines and the emergency number, for everybody, signed in or not."""

import streamlit as st

from kapjournal.content import Country, Line, country_of_zone
from kapjournal.language import _
from kapjournal.people.preferences import preferences
from pages.parts import fields, signed_in, words


def guessed_country() -> str:
    if signed_in.find() not in (None, "unknown"):
        chosen = preferences(signed_in.work(), by=signed_in.by()).country
        if chosen:
            return chosen
    return country_of_zone(st.context.timezone) or ""


def line(it: Line) -> None:
    with st.container(border=True):
        st.header(it.name, anchor=False)
        st.caption(it.hours)
        if it.phone:
            call = _("Call {number}").format(number=it.phone_display or it.phone)
            st.link_button(call, f"tel:{it.phone}", icon=":material/call:", type="primary", width="stretch")
        if it.sms:
            text = _("Text {number}") if not it.sms_text else _("Text {word} to {number}")
            text = text.format(word=it.sms_text, number=it.sms)
            st.link_button(text, f"sms:{it.sms}", icon=":material/sms:", width="stretch")
        if it.chat:
            st.link_button(_("Chat"), it.chat, icon=":material/chat:", width="stretch")
        if it.web:
            st.link_button(
                _("Open {name}").format(name=it.name), it.web, icon=":material/open_in_new:", width="stretch"
            )
        checked = words.day(it.last_verified.isoformat())
        st.caption(_("Checked on {day}. Hours may have changed.").format(day=checked))


def emergency(country: Country) -> None:
    for it in country.emergency:
        call = _("{who}: {number}").format(who=it.label, number=it.number)
        st.link_button(call, f"tel:{it.number}", icon=":material/emergency:", width="stretch")


def draw() -> None:
    content = signed_in.application().content
    text = content.texts["help_now"]
    fields.heading(text.title, text.paragraphs[0])
    names = {country.country: country.name for country in content.countries} | {"": _("Another country")}
    chosen = st.session_state.get("help_country", guessed_country())
    country = content.crisis(chosen or None)
    emergency(country)
    for it in country.lines:
        line(it)
    if not country.emergency:
        st.write(_("Call the emergency number of the place where you are."))
    index = list(names).index(chosen if chosen in names else "")
    st.selectbox(_("Country"), list(names), index=index, format_func=names.__getitem__, key="help_country")
    for paragraph in text.paragraphs[1:]:
        st.write(paragraph)


draw()
