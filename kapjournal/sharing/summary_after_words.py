"""The words of the summary for the time after sessions: side effects, monthly checks, substances, steps."""

from collections.abc import Iterable

from kapjournal.insights import say
from kapjournal.journal.words import outcomes
from kapjournal.language import _, ngettext
from kapjournal.measures.side_effect_words import answers, flags, lasted, strengths
from kapjournal.measures.side_effect_words import effects as effect_names
from kapjournal.measures.values import Effect, ReportDay
from kapjournal.sharing.summary_blocks import Block, Fact, Note, Words, absent, fact
from kapjournal.sharing.summary_values import Cravings, Month, Report, Summary


def effects(it: Summary, locale: str) -> Iterable[Block]:
    """Side effects of the session, and the latest monthly check."""
    for report in it.reports:
        yield from _report(report, locale)
    if it.month:
        day = say.near_day(it.month.day, it.day, locale)
        yield Fact(_("Monthly check"), " · ".join([day, *_month(it.month)]))
        if it.month.blood_in_urine:
            yield Note(_("Monthly check: blood in the urine"), "urgent")
    if not it.reports and not it.month:
        yield absent(it, "side_effects", _("No report."))
    elif not it.reports and it.session:
        yield Note(_("No report after this session."))


def substances(it: Summary, locale: str) -> Iterable[Block]:
    """Craving, the wish for more after the session, and the latest monthly answers."""
    named = answers()
    if it.cravings:
        yield Fact(_("Craving"), _cravings(it.cravings, it.day, locale))
    if it.wishes:
        days = {"same_day": _("same day"), "next_day": _("next day")}
        told = [f"{days[wish.when]}: {named[wish.strength].lower()}" for wish in it.wishes]
        yield Fact(_("Wish for more"), " · ".join(told))
    if it.use:
        asked = ((_("craving"), it.use.craving), (_("alcohol or other drugs"), it.use.others))
        told = [f"{name}: {named[answer].lower()}" for name, answer in asked if answer is not None]
        yield Fact(_("Monthly check"), " · ".join([say.near_day(it.use.day, it.day, locale), *told]))
    if not (it.cravings or it.wishes or it.use):
        yield absent(it, "substances", _("Nothing noted."))


def steps(it: Summary, locale: str) -> Iterable[Block]:
    """The newest steps with what was said of them."""
    if not it.steps:
        yield absent(it, "steps", _("No step planned."))
    for step in it.steps:
        said = outcomes()[step.outcome].lower() if step.outcome else _("nothing said yet")
        above = [say.near_day(step.day, it.day, locale), *([step.clock] if step.clock else []), said]
        yield Words(" · ".join(above), step.action)
        yield from fact(_("When"), step.cue)
        yield from fact(_("Obstacle"), step.obstacle)


def _report(it: Report, locale: str) -> Iterable[Block]:
    day = _days()[it.when]
    yield Fact(day, " · ".join(_effect(effect) for effect in it.effects) or _("none named"))
    if it.flags:
        ticked = say.listed([f"“{flags()[flag]}”" for flag in it.flags], locale)
        yield Note(_("{day}, ticked as urgent: {flags}").format(day=day, flags=ticked), "urgent")


def _effect(it: Effect) -> str:
    told = f"{effect_names()[it.name].lower()} ({strengths()[it.strength].lower()}"
    return f"{told}, {lasted()[it.lasted].lower()})" if it.lasted else f"{told})"


def _month(it: Month) -> Iterable[str]:
    asked = (
        (_("pain or burning when passing water"), it.urinary_pain),
        (_("going more often, or in a hurry"), it.urinary_frequency),
        (_("trouble with memory"), it.memory),
    )
    if it.blood_in_urine is not None:
        yield _("blood in the urine: yes") if it.blood_in_urine else _("blood in the urine: no")
    for name, answer in asked:
        if answer is not None:
            yield f"{name}: {answers()[answer].lower()}"


def _cravings(it: Cravings, today: str, locale: str) -> str:
    text = ngettext(
        "{count} rating: {last} of 10 on {day}",
        "{count} ratings from {low} to {high} of 10, last {last} on {day}",
        it.count,
    )
    return text.format(
        count=say.number(it.count, locale),
        low=it.low,
        high=it.high,
        last=it.last,
        day=say.near_day(it.day, today, locale),
    )


def _days() -> dict[ReportDay, str]:
    return {"same_day": _("Same day"), "next_day": _("Next day")}
