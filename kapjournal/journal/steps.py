"""Steps: one small action each, with a cue. A patient says how it went as often as they like; nothing counts it."""

import re
from collections.abc import Mapping
from typing import get_args

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.journal.values import Outcome, Session, Step
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.texts import checked_line
from kapjournal.verbs import verb

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Plan(msgspec.Struct, frozen=True):
    """What a person wants to do, what it starts with, when (HH:MM or empty), and what to do if something comes up."""

    action: str
    cue: str
    clock: str = ""
    obstacle: str = ""


@verb
def plan_step(
    work: Work,
    *,
    by: SignedIn,
    session: bytes,
    plan: Plan,
    now: Moment,
    step: Record[Step] | None = None,
    save_id: bytes,
) -> Record[Step]:
    """Plan a step after a session, or change the plan of `step`.

    Raises NotAllowed, OutOfRange ("action", "cue", "clock"), TooLong, UnsuitableText, ChangedElsewhere.
    """
    work.own(by, Session, session)
    if plan.clock and not CLOCK.fullmatch(plan.clock):
        raise OutOfRange("clock")
    texts = {name: checked_line(getattr(plan, name)) for name in ("action", "cue", "obstacle")}
    for name in ("action", "cue"):
        if not texts[name]:
            raise OutOfRange(name)
    if step is not None:
        work.own(by, Step, step.id)
    base = Step(**now._asdict(), session=session, action="", cue="") if step is None else step.value
    value = msgspec.structs.replace(base, clock=plan.clock, **texts)
    place, version = (save_id, 0) if step is None else (step.id, step.version)
    return work.save(by, Put(value, place, save_id, version))[0].record


@verb
def say_step(work: Work, *, by: SignedIn, step: bytes, outcome: Outcome) -> Record[Step]:
    """Say how a step went: did it, not yet, or let it go. Raises NotAllowed, OutOfRange."""
    record = work.own(by, Step, step)
    if outcome not in OUTCOMES:
        raise OutOfRange("outcome")
    changed = msgspec.structs.replace(record.value, outcome=outcome, said_at=work.now)
    return work.restate(by, record, changed)


@verb
def steps(work: Work, *, by: SignedIn, session: bytes) -> tuple[Record[Step], ...]:
    """The steps after one session, oldest first."""
    return work.reading(by).derived("steps", Step, _by_session).get(session, ())


@verb
def open_step(work: Work, *, by: SignedIn) -> Record[Step] | None:
    """The newest step that has not been let go."""
    return work.reading(by).derived("open step", Step, _newest_open)


@verb
def step(work: Work, *, by: SignedIn, id: bytes) -> Record[Step]:
    """One step. Raises NotAllowed."""
    return work.own(by, Step, id)


@verb
def delete_step(work: Work, *, by: SignedIn, step: bytes) -> None:
    """Delete a step; undo for seven days. Raises NotAllowed."""
    work.own(by, Step, step)
    work.delete(by, step)


@verb
def bring_back_step(work: Work, *, by: SignedIn, step: bytes) -> None:
    """Undo `delete_step`. Raises NotAllowed, TooLateToUndo."""
    with work.writing(by):
        if not isinstance(work.undelete(by, step).value, Step):
            raise NotAllowed


def _by_session(found: Mapping[bytes, Record[Step]]) -> dict[bytes, tuple[Record[Step], ...]]:
    grouped: dict[bytes, tuple[Record[Step], ...]] = {}
    for it in sorted(found.values(), key=lambda it: (it.value.at, it.id)):
        grouped[it.value.session] = (*grouped.get(it.value.session, ()), it)
    return grouped


def _newest_open(found: Mapping[bytes, Record[Step]]) -> Record[Step] | None:
    chosen = [it for it in found.values() if it.value.outcome != "let_go"]
    return max(chosen, key=lambda it: (it.value.at, it.id), default=None)
