"""What to offer now: the one verb that joins journal and measures."""

from typing import NamedTuple

from kapjournal.clock import Moment
from kapjournal.content import Content, Measure, Prompt
from kapjournal.journal.phases import DAY, Arc, Guards, ended, guards
from kapjournal.journal.prompts import own_prompts, pool, seen, sitting
from kapjournal.journal.reading import drafts, recent_entries
from kapjournal.journal.sessions import arc, number_of, sessions
from kapjournal.journal.steps import open_step
from kapjournal.journal.values import INTENTION, Entry, Phase, Step
from kapjournal.measures.check_ins import check_ins
from kapjournal.measures.due import due
from kapjournal.measures.responses import responses
from kapjournal.measures.side_effects import month_is_due, monthly_checks, side_effects
from kapjournal.measures.values import CheckIn, ReportDay
from kapjournal.records import Record, SignedIn, Work
from kapjournal.verbs import verb

DRAFT_SECONDS = 2 * DAY
NEXT_DAY_UNTIL = 2 * DAY
RULES_HOLD = DAY
RULES_HOLD_UNSLEPT = 3 * DAY
ASKED_AGAIN_DAYS = 7
AGAIN_PHASES: tuple[Phase, ...] = ("month_1", "between")
STEP_PHASES: tuple[Phase, ...] = ("days_1_3", "week_1", "month_1", "between")


class Today(NamedTuple):
    """What the Today page draws. `number` counts the session of the phase from 1, 0 for none.

    `offered` are the prompts of one sitting. `report` is the day of a side-effect report that is still to be made.
    `rules` says whether the rules after a session still hold, `month` whether a monthly check is due. `baseline` says
    that the course is planned and no measure that shows a change was answered; `again` are those to answer once more.
    """

    arc: Arc
    guards: Guards
    number: int
    offered: tuple[Prompt, ...]
    draft: Record[Entry] | None = None
    intention: Record[Entry] | None = None
    captured: Record[Entry] | None = None
    step: Record[Step] | None = None
    report: ReportDay | None = None
    rules: bool = False
    month: bool = False
    baseline: bool = False
    again: tuple[Measure, ...] = ()
    last_check_in: Record[CheckIn] | None = None


@verb
def today(work: Work, *, by: SignedIn, now: Moment, content: Content) -> Today:
    """The arc with its guards, and everything that this moment can offer. During a session that is nothing."""
    course = sessions(work, by=by)
    place = arc(work, by=by, now=now)
    limits = guards(place)
    number = number_of(place.session, course) if place.session else 0
    if limits.nothing:
        return Today(place, limits, number, ())
    unfinished = [it for it in drafts(work, by=by) if work.now - it.value.at < DRAFT_SECONDS]
    rated = check_ins(work, by=by)
    checks = monthly_checks(work, by=by)
    first_end = min((it.value.ended_at for it in course if it.value.ended_at), default=None)
    return Today(
        place,
        limits,
        number,
        _of_these(work, by, place, pool(content, place.phase, own_prompts(work, by=by)), now),
        draft=next((it for it in unfinished if _fits(it.value, place)), None),
        intention=_intention(work, by, place),
        captured=_captured(work, by, place),
        step=open_step(work, by=by) if place.phase in STEP_PHASES else None,
        report=_report(work, by, place),
        rules=_rules_hold(place, work.now),
        month=place.phase in ("month_1", "between")
        and month_is_due(checks[-1].value.at if checks else None, first_end, work.now),
        baseline=_needs_baseline(work, by, place, content),
        again=_again(work, by, place, now, content) if place.phase in AGAIN_PHASES else (),
        last_check_in=rated[-1] if rated else None,
    )


@verb
def offered(work: Work, *, by: SignedIn, phase: Phase, now: Moment, content: Content) -> tuple[Prompt, ...]:
    """The prompts of one sitting from the pool of a phase, as far as the guards of this moment allow."""
    questions = pool(content, phase, own_prompts(work, by=by))
    return _of_these(work, by, arc(work, by=by, now=now), questions, now)


def _of_these(
    work: Work, by: SignedIn, place: Arc, questions: tuple[Prompt, ...], now: Moment
) -> tuple[Prompt, ...]:
    begun = place.session is not None and place.session.value.at <= now.at
    if begun or _intention(work, by, place) is not None:
        questions = tuple(it for it in questions if it.id != INTENTION)
    return sitting(questions, seen(work, by=by), now.day.isoformat(), guards(place))


def _for_change(content: Content) -> list[Measure]:
    """The measures that can show a change, each in its newest version."""
    found = (content.measure(id) for id in dict.fromkeys(it.id for it in content.measures))
    return [it for it in found if it is not None and it.thresholds]


def _needs_baseline(work: Work, by: SignedIn, place: Arc, content: Content) -> bool:
    if place.latest is not None or place.coming is None or not guards(place).measures:
        return False
    return not any(responses(work, by=by, measure=it.id) for it in _for_change(content))


def _again(work: Work, by: SignedIn, place: Arc, now: Moment, content: Content) -> tuple[Measure, ...]:
    """Measures answered before whose days have passed, for a week; who then leaves one alone is not asked on."""
    found = []
    for it in _for_change(content):
        asks = due(it, responses(work, by=by, measure=it.id), place, now)
        if asks.why == "again" and (now.day - asks.on).days < ASKED_AGAIN_DAYS:
            found.append(it)
    return tuple(found)


def _fits(draft: Entry, place: Arc) -> bool:
    """A draft from before the session does not wait on the day of capturing."""
    return place.phase != "same_day" or draft.phase in ("same_day", "hard", "flat")


def _intention(work: Work, by: SignedIn, place: Arc) -> Record[Entry] | None:
    if place.session is None:
        return None
    session = place.session.id
    mine = (*drafts(work, by=by), *recent_entries(work, by=by))
    found = [it for it in mine if it.value.prompt == INTENTION and it.value.session == session]
    return max(found, key=lambda it: (it.value.at, it.seq), default=None)


def _captured(work: Work, by: SignedIn, place: Arc) -> Record[Entry] | None:
    if place.phase != "days_1_3" or place.session is None:
        return None
    session = place.session.id
    found = [
        it
        for it in recent_entries(work, by=by)
        if (it.value.session, it.value.phase) == (session, "same_day")
    ]
    return found[-1] if found else None


def _report(work: Work, by: SignedIn, place: Arc) -> ReportDay | None:
    if place.session is None or place.phase not in ("same_day", "days_1_3"):
        return None
    when: ReportDay = "same_day" if place.phase == "same_day" else "next_day"
    if when == "next_day" and work.now - ended(place.session.value) >= NEXT_DAY_UNTIL:
        return None
    missing = side_effects(work, by=by, session=place.session.id, when=when) is None
    return when if missing else None


def _rules_hold(place: Arc, at: int) -> bool:
    """For 24 hours and until the patient says that they have slept; not longer than three days."""
    if place.session is None or place.phase not in ("same_day", "days_1_3"):
        return False
    since = at - ended(place.session.value)
    return since < RULES_HOLD or (not place.session.value.slept_at and since < RULES_HOLD_UNSLEPT)
