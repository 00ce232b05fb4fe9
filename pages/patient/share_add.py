"""Add a therapist: one question a screen, from their code to the eight characters that both compare."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.linking import add_link
from pages.parts import confirming, fields, links, nav, notices, scope_fields, share_draft, signed_in, words
from pages.parts.share_draft import Draft

DRAFT = "kapjournal.share_add"
"""Where the draft stands, and the name of its form."""


def add(it: Draft) -> None:
    with notices.telling():
        record = add_link(
            signed_in.work(),
            by=signed_in.by(),
            code=it.code,
            scope=it.scope,
            days=it.days,
            save_id=fields.save_id(DRAFT),
            now=signed_in.now(),
            name=it.name,
            my_name=it.my_name,
            purpose=it.purpose,
            attention=it.attention,
        )
        fields.new_form(DRAFT)
        share_draft.end(DRAFT)
        nav.leave_to("share_link", link=record.id.hex())


def check(it: Draft) -> None:
    """The last screen: everything once more, and the passphrase if it was not asked for a moment ago."""
    fields.heading(_("Is this right?"))
    facts = {
        _("For"): it.name or _("A therapist"),
        _("You are called"): it.my_name,
        _("What"): links.what(it.scope),
        _("From when"): links.period_line(it.scope),
        _("Until when"): links.last_day(it.days + signed_in.work().now // scope_fields.SECONDS),
        _("Why"): it.purpose,
        _("To talk about"): it.attention,
    }
    for label, text in facts.items():
        if text:
            with st.container(gap=None):
                st.caption(label)
                st.text(text)
    st.write(_("Your therapist has to accept first. You choose entries one by one, after this."))
    if confirming.confirmed():
        label = _("Share with {name}").format(name=words.plain(it.name)) if it.name else _("Share this")
        st.button(label, type="primary", width="stretch", key="share", on_click=add, args=(it,))
    share_draft.back(it)


def draw() -> None:
    links.dim_today()
    if not links.may_share_today():
        fields.heading(_("Not today"))
        st.write(_("On the day of a session nothing new is shared. It can wait until you have slept."))
        nav.link("share", _("Back to sharing"))
        return
    it = share_draft.present(DRAFT)
    steps = [
        share_draft.code(),
        share_draft.names(),
        share_draft.what(),
        share_draft.when(),
        share_draft.said(),
    ]
    if it.at < len(steps):
        share_draft.screen(it, steps)
    else:
        check(it)
    nav.link("share", _("Not now"))


draw()
