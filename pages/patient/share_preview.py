"""What a therapist sees, drawn as they see it."""

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing.linking import my_link, standing
from kapjournal.sharing.reading import preview
from pages.parts import fields, links, nav, signed_in, summary_page, words


def read(entry: str) -> None:
    nav.link("entry", _("Read"), icon=":material/arrow_forward:", entry=entry)


def draw() -> None:
    work, by = signed_in.work(), signed_in.by()
    it = my_link(work, by=by, link=fields.given_id("link"))
    here, label = links.state(it, standing(work, by=by)), words.plain(it.value.name)
    if here in ("open", "waiting"):
        shown = preview(work, by=by, link=it.id, content=signed_in.content(), now=signed_in.now())
        fields.heading(_("What {name} sees").format(name=label))
        text = (
            _("This is exactly what {name} sees.") if here == "open" else _("{name} will see exactly this.")
        )
        st.write(text.format(name=label))
        nav.link("share_link", _("Change what they see"), icon=":material/edit:", link=it.id.hex())
        summary_page.draw(shown, read)
    else:
        fields.heading(_("What {name} sees").format(name=label))
        st.write(links.in_words(it.value, here))
    nav.link("share", _("Back to sharing"))


draw()
