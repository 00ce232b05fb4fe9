"""Answering a measure: one question a screen, back, pause, a review, and then the submit."""

import streamlit as st

from kapjournal.content import Item, Measure
from kapjournal.errors import NotAllowed
from kapjournal.journal.phases import guards
from kapjournal.journal.sessions import arc
from kapjournal.language import _
from kapjournal.measures.responses import answer_item, answers, draft, submit
from kapjournal.measures.scoring import Answer, asked, unanswered
from kapjournal.records.work import new_id
from pages.parts import fields, measure_words, nav, notices, signed_in

NEW = "kapjournal.response"
TOLD = "kapjournal.not_alone_for"


def chosen_measure() -> tuple[Measure, int]:
    known = measure_words.newest()
    place = fields.given_place("m", len(known))
    if place is None:
        raise NotAllowed
    return known[place], place


def response_id(measure: Measure) -> bytes:
    """The draft to go on with, or the id of one to be."""
    record = draft(signed_in.work(), by=signed_in.by(), measure=measure)
    ids: dict[str, bytes] = st.session_state.setdefault(NEW, {})
    return record.id if record else ids.setdefault(measure.id, new_id())


def given(measure: Measure) -> tuple[Answer, ...]:
    record = draft(signed_in.work(), by=signed_in.by(), measure=measure)
    if record is None:
        return ()
    return answers(signed_in.work(), by=signed_in.by(), measure=measure, response=record.id)


def turn(measure: Measure, place: int, question: int) -> None:
    nav.leave_to("measure", m=str(place), q=str(question))


def choose(measure: Measure, place: int, item: Item, code: str, question: int) -> None:
    with notices.telling():
        answer_item(
            signed_in.work(),
            by=signed_in.by(),
            measure=measure,
            response=response_id(measure),
            answer=Answer(item.id, code),
            save_id=new_id(),
            now=signed_in.now(),
        )
        turn(measure, place, question + 1)
        if asks_for_people(measure, Answer(item.id, code)):
            st.session_state[TOLD] = response_id(measure)
            nav.leave_to("not_alone", m=str(place), q=str(question + 1))


def asks_for_people(measure: Measure, *answers: Answer) -> bool:
    """Whether one of these, such as item 9 of the PHQ-9 at 1 or more, comes before anything else."""
    least = {it.item: it.at_least for it in measure.flags if it.item}
    heavy = [it for it in answers if it.item in least and _points(measure, it) >= least[it.item]]
    return bool(heavy)


def _points(measure: Measure, answer: Answer) -> int:
    item = measure.items[measure.place(answer.item)]
    return next(it.score or 0 for it in measure.options_of(item) if it.code == answer.code)


def hand_in(measure: Measure) -> None:
    with notices.telling():
        response = response_id(measure)
        submit(signed_in.work(), by=signed_in.by(), measure=measure, response=response, now=signed_in.now())
        st.session_state.pop(NEW, None)
        notices.say(_("Your answers are kept."))
        nav.leave_to("measures")
        kept = answers(signed_in.work(), by=signed_in.by(), measure=measure, response=response)
        # The tab may have been closed between the answer and the screen that has to follow it.
        if asks_for_people(measure, *kept) and st.session_state.get(TOLD) != response:
            nav.leave_to("not_alone")


def ask(measure: Measure, place: int, item: Item, question: int, count: int) -> None:
    """One question with its options below each other."""
    known = {it.item: it.code for it in given(measure)}
    st.caption(_("{title}, {at} of {count}").format(title=measure.title, at=question + 1, count=count))
    if question == 0 and measure.instruction:
        st.write(measure.instruction)
    if stem := measure.stem_of(item):
        st.write(stem)
    for example in item.examples:
        st.markdown(f"- {example}")
    with st.container(key="question"):
        fields.heading(item.text)
    for option in measure.options_of(item):
        st.button(
            option.text,
            type="primary" if known.get(item.id) == option.code else "secondary",
            width="stretch",
            key=f"option_{item.id}_{option.code}",
            on_click=choose,
            args=(measure, place, item, option.code, question),
        )


def review(measure: Measure, place: int, items: tuple[Item, ...]) -> None:
    """Everything once more, before it is handed in."""
    known = {it.item: it.code for it in given(measure)}
    missing = unanswered(measure, given(measure))
    fields.heading(_("Is this right?"), measure.title)
    if missing:
        st.write(_("There is no total while an answer is missing. You can also stop here and go on later."))
    else:
        st.button(
            _("Keep these answers"),
            type="primary",
            width="stretch",
            key="submit",
            on_click=hand_in,
            args=(measure,),
        )
    for question, item in enumerate(items):
        texts = {option.code: option.text for option in measure.options_of(item)}
        with st.container(key=f"answer_{item.id}", gap=None):
            st.write(item.text)
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                st.markdown(f"**{texts.get(known.get(item.id, ''), _('Not answered'))}**", width="content")
                nav.link("measure", _("Change"), icon=":material/edit:", m=str(place), q=str(question))


def draw() -> None:
    if not guards(arc(signed_in.work(), by=signed_in.by(), now=signed_in.now())).measures:
        nav.go("measures")
    measure, place = chosen_measure()
    items = asked(measure, given(measure))
    known = {it.item for it in given(measure)}
    first = next((n for n, it in enumerate(items) if it.id not in known), len(items))
    asked_for = fields.given_place("q", len(items) + 1)
    question = first if asked_for is None else asked_for
    if question < len(items):
        ask(measure, place, items[question], question, len(items))
    else:
        review(measure, place, items)
    with st.container(
        key="quiet", horizontal=True, horizontal_alignment="center", vertical_alignment="center"
    ):
        if question > 0:
            st.button(
                _("Back"), type="tertiary", key="back", on_click=turn, args=(measure, place, question - 1)
            )
        nav.link("measures", _("Stop here for now"))


draw()
