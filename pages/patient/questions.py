"""Other questions: every pack, and the patient's own questions."""

import streamlit as st

from kapjournal.journal.phases import guards
from kapjournal.journal.prompts import (
    add_own_prompt,
    bring_back_own_prompt,
    delete_own_prompt,
    own_prompts,
    pool,
)
from kapjournal.journal.sessions import arc
from kapjournal.journal.values import Phase
from kapjournal.language import _, ngettext
from pages.parts import fields, nav, notices, signed_in, words
from pages.parts.sittings import PHASES

FORM = "own_prompt"


def add() -> None:
    state = st.session_state
    with notices.telling():
        add_own_prompt(
            signed_in.work(),
            by=signed_in.by(),
            text=state.get("own_text", ""),
            phase=state.get("own_phase"),
            now=signed_in.now(),
            save_id=fields.save_id(FORM),
        )
        fields.new_form(FORM)
        state["own_text"] = ""
        notices.say(_("Your question will have its turn."))


def remove(id: bytes) -> None:
    with notices.telling():
        delete_own_prompt(signed_in.work(), by=signed_in.by(), prompt=id)
        notices.offer_undo(
            _("It is not asked any more. What you wrote stays."), bring_back_own_prompt, prompt=id
        )


def packs() -> None:
    content = signed_in.application().content
    mine = own_prompts(signed_in.work(), by=signed_in.by())
    for phase, label in words.phases().items():
        count = len(pool(content, phase, mine))
        with st.container(border=True, gap=None):
            nav.link("write", label, icon=":material/edit:", p=str(PHASES.index(phase)))
            questions = ngettext("{count} question", "{count} questions", count).format(count=count)
            origins = dict.fromkeys(it.origin for it in content.packs if it.origin and it.phase == phase)
            st.caption(" · ".join([questions, *(_("also from {name}").format(name=it) for it in origins)]))


def own() -> None:
    st.header(_("Your own questions"), anchor=False)
    for it in own_prompts(signed_in.work(), by=signed_in.by()):
        with st.container(border=True):
            st.text(it.value.text)
            st.caption(words.phases()[it.value.phase] if it.value.phase else _("At any time"))
            st.button(_("Ask it no more"), type="tertiary", key=it.id.hex(), on_click=remove, args=(it.id,))
    with st.form(FORM, border=False):
        st.text_input(_("A question for yourself"), key="own_text", max_chars=200)
        names: dict[Phase | None, str] = dict([(None, _("At any time")), *words.phases().items()])
        st.selectbox(
            _("When to ask it"), list(names), format_func=names.__getitem__, key="own_phase", filter_mode=None
        )
        st.form_submit_button(_("Keep this question"), width="stretch", on_click=add, key="add")


def draw() -> None:
    here = arc(signed_in.work(), by=signed_in.by(), now=signed_in.now())
    if guards(here).capture_only:
        nav.go("today")
    fields.heading(
        _("Questions"), _("The app offers what fits the moment. You can always choose another set.")
    )
    packs()
    own()


draw()
