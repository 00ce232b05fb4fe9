"""A sitting: the screens of one visit to guided writing, and how the address names where a person is in it.

The address has numbers that mean nothing without the app: `entry` and `session` are random ids, `p` is a phase by its
place among all, `n` a prompt by its place in the pool of that phase; `blank` and `one` ask for a single screen.
"""

from typing import NamedTuple, get_args

import streamlit as st

from kapjournal.content import Prompt
from kapjournal.journal.phases import Arc, guards
from kapjournal.journal.prompts import own_prompts, pool
from kapjournal.journal.values import Entry, Phase
from kapjournal.journal.writing import About
from kapjournal.records.work import new_id
from kapjournal.today import offered
from pages.parts import fields, signed_in, writing_box

SITTING = "kapjournal.sitting"
PHASES: tuple[Phase, ...] = get_args(Phase)
ANY_TIME: tuple[Phase, ...] = ("hard", "flat")


class Step(NamedTuple):
    """One screen: a prompt (None is the blank page) and the entry written there."""

    prompt: Prompt | None
    entry: bytes


class Sitting:
    """The screens of one visit, for one phase and session; `at` is the one that stands, `kept` whether words are."""

    def __init__(self, phase: Phase, session: bytes, steps: list[Step]) -> None:
        self.phase = phase
        self.session = session
        self.steps = steps
        self.at = 0
        self.kept = False

    @property
    def step(self) -> Step:
        """The screen that stands."""
        return self.steps[self.at]

    @property
    def is_last(self) -> bool:
        """Whether no screen follows."""
        return self.at == len(self.steps) - 1

    @property
    def about(self) -> About:
        """What is written on the screen that stands."""
        prompt = self.step.prompt
        known = (prompt.id, prompt.version) if prompt else ("", 0)
        return About(self.session, self.phase, *known)


def present(here: Arc) -> Sitting:
    """The sitting that this tab is in, or a new one if the address asks for something else."""
    it: Sitting | None = st.session_state.get(SITTING)
    entry = fields.given_id("entry")
    if it is None or entry not in {writing_box.record_of(step.entry) for step in it.steps}:
        it = st.session_state[SITTING] = begin(here)
    if guards(here).capture_only and it.phase not in (here.phase, *ANY_TIME):
        it = st.session_state[SITTING] = Sitting(
            here.phase, here.session.id if here.session else b"", it.steps
        )
    return it


def end() -> None:
    """The person has left it."""
    st.session_state.pop(SITTING, None)


def begin(here: Arc) -> Sitting:
    """The sitting that the address asks for, or the one of this moment."""
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    content = signed_in.application().content
    phase = asked_phase() or here.phase
    if guards(here).capture_only and phase not in ANY_TIME:
        phase = here.phase
    about = here.session or (here.latest if phase in ANY_TIME else None)
    session = fields.given_id("session") or (about.id if about else b"")
    entry = fields.given_id("entry") or new_id()
    questions = pool(content, phase, own_prompts(work, by=by))
    n = fields.given_place("n", len(questions))
    first = None if n is None else questions[n]
    if "blank" in st.query_params or (first is None and fields.given_id("entry")):
        return Sitting(phase, session, [Step(None, entry)])
    following = offered(work, by=by, phase=phase, now=now, content=content)
    if "one" in st.query_params and first:
        following = ()
    prompts = [first, *(it for it in following if it != first)] if first else list(following)
    ids = [entry, *(new_id() for _each in prompts[1:])]
    steps = [Step(prompt, id) for prompt, id in zip(prompts[:3], ids, strict=False)]
    return Sitting(phase, session, steps or [Step(None, entry)])


def address_of(draft: Entry, id: bytes) -> dict[str, str] | None:
    """What leads guided writing to a draft; None if its prompt is not asked in its phase any more."""
    questions = pool(
        signed_in.application().content, draft.phase, own_prompts(signed_in.work(), by=signed_in.by())
    )
    places = {it.id: str(n) for n, it in enumerate(questions)}
    if draft.prompt and draft.prompt not in places:
        return None
    found = {"entry": id.hex(), "p": str(PHASES.index(draft.phase)), "session": draft.session.hex()}
    return found | ({"n": places[draft.prompt]} if draft.prompt else {"blank": "1"})


def asked_phase() -> Phase | None:
    """The phase that the address names."""
    p = fields.given_place("p", len(PHASES))
    return None if p is None or PHASES[p] == "in_session" else PHASES[p]


def show(it: Sitting) -> None:
    """Say in the address where the person is."""
    questions = pool(
        signed_in.application().content, it.phase, own_prompts(signed_in.work(), by=signed_in.by())
    )
    here = {"entry": writing_box.record_of(it.step.entry).hex(), "p": str(PHASES.index(it.phase))}
    if it.session:
        here["session"] = it.session.hex()
    if it.step.prompt in questions:
        here["n"] = str(questions.index(it.step.prompt))
    st.query_params.from_dict(here)
