"""Side effects after a session and the monthly check, and what asks for help at once.

Red flags: chest pain, not being able to breathe, fainting and not being woken are for the emergency number; blood in
the urine and severe confusion for more than a day are for the prescriber, today. They are looked for in what was
answered, never inferred from anything else.
"""

from collections.abc import Collection, Mapping
from typing import Literal, get_args

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.journal.values import Session
from kapjournal.measures.values import (
    Effect,
    EffectName,
    Lasted,
    MonthlyCheck,
    RedFlag,
    ReportDay,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Put, Record, SignedIn, Value, Work
from kapjournal.records.work import new_id
from kapjournal.verbs import verb

EFFECTS: tuple[EffectName, ...] = get_args(EffectName)
LASTED: tuple[Lasted, ...] = get_args(Lasted)
FLAGS: tuple[RedFlag, ...] = get_args(RedFlag)
REPORT_DAYS: tuple[ReportDay, ...] = get_args(ReportDay)
STRENGTHS = range(1, 4)
ANSWERS = range(4)
ASKED = ("urinary_pain", "urinary_frequency", "blood_in_urine", "memory", "craving", "others")
MONTH = 30 * 86_400
EMERGENCY: frozenset[RedFlag] = frozenset({"chest_pain", "cannot_breathe", "fainted", "cannot_be_woken"})
STRONG = 3

Call = Literal["emergency", "prescriber"]


def whom_to_call(report: SideEffects | MonthlyCheck) -> Call | None:
    """Whom a report asks to call now: the more urgent one, None for nobody."""
    if isinstance(report, MonthlyCheck):
        return "prescriber" if report.blood_in_urine else None
    strong = {it.name: it.lasted for it in report.effects if it.strength == STRONG}
    if EMERGENCY & set(report.flags) or "breathing" in strong:
        return "emergency"
    lasting = strong.get("confusion") in ("day", "still") and report.when == "next_day"
    return "prescriber" if "confused_over_a_day" in report.flags or lasting else None


@verb
def report_side_effects(
    work: Work,
    *,
    by: SignedIn,
    session: bytes,
    when: ReportDay,
    effects: Collection[Effect],
    flags: Collection[RedFlag] = (),
    urge: int | None = None,
    now: Moment,
) -> Record[SideEffects]:
    """Keep the report of one day after a session; said again, the newer one counts. Raises NotAllowed, OutOfRange."""
    work.own(by, Session, session)
    value = SideEffects(
        **now._asdict(), session=session, when=when, effects=_checked(effects), flags=_flags(flags)
    )
    if when not in REPORT_DAYS or (urge is not None and not _is_in(ANSWERS, urge)):
        raise OutOfRange("effects")
    with work.writing(by):
        puts = [_put(value, side_effects(work, by=by, session=session, when=when))]
        earlier = urge_after(work, by=by, session=session, when=when)
        if urge is not None or earlier is not None:
            strength = Urge(**now._asdict(), session=session, when=when, strength=urge or 0)
            puts.append(_put(strength, earlier))
        return work.save(by, *puts)[0].record


@verb
def side_effects(work: Work, *, by: SignedIn, session: bytes, when: ReportDay) -> Record[SideEffects] | None:
    """The report of one day after a session."""
    return work.reading(by).derived("side effects", SideEffects, _by_day).get((session, when))


@verb
def urge_after(work: Work, *, by: SignedIn, session: bytes, when: ReportDay) -> Record[Urge] | None:
    """The wish for more that was reported for one day after a session."""
    return work.reading(by).derived("urges", Urge, _urges_by_day).get((session, when))


@verb
def check_month(
    work: Work, *, by: SignedIn, check: Mapping[str, int | bool | None], now: Moment, save_id: bytes
) -> Record[MonthlyCheck]:
    """Keep a monthly check; craving and other substances go into a record of their own.

    `check` has the fields of `MonthlyCheck` and `Substances`. Raises NotAllowed, OutOfRange.
    """
    if work.role(by) != "patient":
        raise NotAllowed
    given = {name: answer for name, answer in check.items() if answer is not None}
    if not given:
        raise OutOfRange("ratings")
    for name, answer in given.items():
        _check_answer(name, answer)
    apart = {name: given.pop(name) for name in ("craving", "others") if name in given}
    answers = msgspec.structs.replace(MonthlyCheck(**now._asdict()), **given)
    puts = [Put(answers, save_id, save_id)]
    if apart:
        beside = bytes([save_id[0] ^ 1, *save_id[1:]])
        substances = msgspec.structs.replace(Substances(**now._asdict()), **apart)
        puts.append(Put(substances, beside, beside))
    return work.save(by, *puts)[0].record


@verb
def monthly_checks(work: Work, *, by: SignedIn) -> tuple[Record[MonthlyCheck], ...]:
    """All monthly checks, oldest first."""
    return work.reading(by).derived("monthly checks", MonthlyCheck, _in_order)


def month_is_due(latest_check: int | None, first_session: int | None, at: int) -> bool:
    """Whether a month has passed since the last check, or else since the first session (UTC seconds)."""
    since = latest_check or first_session
    return since is not None and at - since >= MONTH


def _checked(effects: Collection[Effect]) -> tuple[Effect, ...]:
    by_name = {it.name: it for it in effects}
    for it in effects:
        known = it.name in EFFECTS and it.lasted in LASTED
        if not known or not _is_in(STRENGTHS, it.strength):
            raise OutOfRange("effects")
    return tuple(by_name[name] for name in EFFECTS if name in by_name)


def _flags(flags: Collection[RedFlag]) -> tuple[RedFlag, ...]:
    if not set(flags) <= set(FLAGS):
        raise OutOfRange("effects")
    return tuple(it for it in FLAGS if it in flags)


def _check_answer(name: str, answer: int | bool) -> None:
    is_possible = isinstance(answer, bool) if name == "blood_in_urine" else _is_in(ANSWERS, answer)
    if name not in ASKED or not is_possible:
        raise OutOfRange("effects")


def _is_in(allowed: range, number: object) -> bool:
    """Whether this is a whole number of the range; True and 1.0 are none."""
    return type(number) is int and number in allowed


def _put(value: Value, earlier: Record[SideEffects] | Record[Urge] | None) -> Put:
    id = new_id()
    return Put(value, id, id) if earlier is None else Put(value, earlier.id, id, earlier.version)


def _by_day(
    found: Mapping[bytes, Record[SideEffects]],
) -> dict[tuple[bytes, ReportDay], Record[SideEffects]]:
    return {(it.value.session, it.value.when): it for it in sorted(found.values(), key=lambda it: it.seq)}


def _urges_by_day(found: Mapping[bytes, Record[Urge]]) -> dict[tuple[bytes, ReportDay], Record[Urge]]:
    return {(it.value.session, it.value.when): it for it in sorted(found.values(), key=lambda it: it.seq)}


def _in_order(found: Mapping[bytes, Record[MonthlyCheck]]) -> tuple[Record[MonthlyCheck], ...]:
    return tuple(sorted(found.values(), key=lambda it: (it.value.at, it.seq)))
