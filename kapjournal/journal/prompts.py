"""Which prompts to offer: those that had their turn least often and longest ago first, and what guards allow.

A prompt has its turn when a person goes on from it, whether they wrote or skipped. So nothing comes a second time
before everything in its pool has come once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from kapjournal.clock import Moment
from kapjournal.content import Content, Prompt
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.journal.phases import Guards
from kapjournal.journal.values import OwnPrompt, Phase, Seen
from kapjournal.records import Put, Record, SignedIn, Work
from kapjournal.records.work import new_id
from kapjournal.texts import checked_line
from kapjournal.verbs import verb

PHASES: tuple[Phase, ...] = get_args(Phase)
SITTING = 3
REMEMBERED = 2_000
OWN = "own."
NOTHING_SEEN = Seen(at=0, zone="UTC", wall="1970-01-01T00:00")


def pool(content: Content, phase: Phase, own: Sequence[Record[OwnPrompt]] = ()) -> tuple[Prompt, ...]:
    """Every prompt of a phase, the person's own ones last."""
    mine = (as_prompt(it) for it in own if it.value.phase in ("", phase))
    return (*content.prompts(phase), *mine)


def as_prompt(own: Record[OwnPrompt]) -> Prompt:
    """A person's own question as a prompt."""
    return Prompt(
        id=f"{OWN}{own.id.hex()}",
        version=1,
        text=own.value.text,
        domain="any",
        process="values",
        source="own",
    )


def named(id: str, content: Content, own: Sequence[Record[OwnPrompt]]) -> Prompt | None:
    """The prompt with this id; None for a blank page, and for one that is gone."""
    if not id.startswith(OWN):
        return content.prompt(id)
    return next((as_prompt(it) for it in own if f"{OWN}{it.id.hex()}" == id), None)


def sitting(
    pool: Sequence[Prompt], seen: Seen, day: str, guards: Guards, length: int = SITTING
) -> tuple[Prompt, ...]:
    """The prompts to offer now, on a calendar day (YYYY-MM-DD); none where the guards allow no input."""
    if guards.nothing:
        return ()
    turns = Counter(seen.prompts)
    latest = {id: place for place, id in enumerate(seen.prompts)}
    by_turn = sorted(pool, key=lambda it: (turns[it.id], latest.get(it.id, -1)))
    left = _meanings_left(seen, day, guards)
    chosen: list[Prompt] = []
    for prompt in by_turn:
        if prompt.interpretive and left <= 0:
            continue
        left -= prompt.interpretive
        chosen.append(prompt)
    return tuple(chosen[:length])


def _meanings_left(seen: Seen, day: str, guards: Guards) -> int:
    """How many prompts of one sitting may ask for a meaning: never more than one."""
    if guards.meanings is None:
        return 1
    return min(1, guards.meanings - (seen.meanings if seen.day == day else 0))


@verb
def seen(work: Work, *, by: SignedIn) -> Seen:
    """Which prompts have had their turn with this person."""
    record = work.reading(by).derived("seen prompts", Seen, _oldest)
    return record.value if record else NOTHING_SEEN


@verb
def go_on(work: Work, *, by: SignedIn, prompt: Prompt, now: Moment) -> None:
    """Note that a prompt has had its turn. Raises NotAllowed."""
    _patient(work, by)
    day = now.day.isoformat()
    with work.writing(by):
        record = work.reading(by).derived("seen prompts", Seen, _oldest)
        before = record.value if record else NOTHING_SEEN
        changed = msgspec.structs.replace(
            before,
            **now._asdict(),
            prompts=(*before.prompts, prompt.id)[-REMEMBERED:],
            day=day,
            meanings=(before.meanings if before.day == day else 0) + prompt.interpretive,
        )
        if record is None:
            work.save(by, Put(changed, place := new_id(), place))
        else:
            work.restate(by, record, changed)


@verb
def own_prompts(work: Work, *, by: SignedIn) -> tuple[Record[OwnPrompt], ...]:
    """The person's own questions, oldest first."""
    return work.reading(by).derived("own prompts", OwnPrompt, _in_order)


@verb
def add_own_prompt(
    work: Work, *, by: SignedIn, text: str, phase: Phase | None, now: Moment, save_id: bytes
) -> Record[OwnPrompt]:
    """Keep a question of one's own, for one phase or (None) for all.

    Raises NotAllowed, OutOfRange, TooLong, UnsuitableText.
    """
    _patient(work, by)
    text = checked_line(text)
    if not text or not (phase is None or phase in PHASES):
        raise OutOfRange("own_prompt")
    value = OwnPrompt(**now._asdict(), text=text, phase=phase or "")
    return work.save(by, Put(value, save_id, save_id))[0].record


@verb
def delete_own_prompt(work: Work, *, by: SignedIn, prompt: bytes) -> None:
    """Ask it no more; what was written to it stays. Undo for seven days. Raises NotAllowed."""
    work.own(by, OwnPrompt, prompt)
    work.delete(by, prompt)


@verb
def bring_back_own_prompt(work: Work, *, by: SignedIn, prompt: bytes) -> None:
    """Undo `delete_own_prompt`. Raises NotAllowed, TooLateToUndo."""
    with work.writing(by):
        if not isinstance(work.undelete(by, prompt).value, OwnPrompt):
            raise NotAllowed


def _patient(work: Work, by: SignedIn) -> None:
    if work.role(by) != "patient":
        raise NotAllowed


def _oldest(found: Mapping[bytes, Record[Seen]]) -> Record[Seen] | None:
    """Two tabs may have made one each at the same moment; everybody then uses the same one."""
    return min(found.values(), key=lambda record: record.id, default=None)


def _in_order(found: Mapping[bytes, Record[OwnPrompt]]) -> tuple[Record[OwnPrompt], ...]:
    return tuple(sorted(found.values(), key=lambda it: (it.value.at, it.id)))
