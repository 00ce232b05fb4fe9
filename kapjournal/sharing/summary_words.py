"""What a summary says, in the order in which it is read: the one list of words for the page and for the PDF.

Invariants: what a patient typed stands at the end of its text, so that no writing direction in it reaches our words;
of what is not shared nothing is said but that it is not.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from babel.dates import format_time

from kapjournal.insights import say
from kapjournal.insights import words as mood_words
from kapjournal.journal.prompts import OWN
from kapjournal.journal.words import domains, outcomes, routes
from kapjournal.language import _, ngettext
from kapjournal.measures import side_effect_words as effect_words
from kapjournal.measures.rating_words import ratings
from kapjournal.measures.values import ReportDay
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Part, Words, texts
from kapjournal.sharing.summary_values import (
    Excerpt,
    Month,
    Planned,
    Recording,
    Report,
    ScoreLine,
    Sitting,
    Summary,
)
from kapjournal.sharing.values import CATEGORIES, Category

Maker = Callable[[Summary, str], Iterable[Block | None]]
DASH = "–"


def parts(it: Summary, locale: str = "en") -> tuple[Part, ...]:
    """The summary from top to bottom; `locale` is a Babel name for dates and numbers."""
    makers: tuple[tuple[str, str, Maker], ...] = (
        ("head", _("Summary"), _head),
        ("attention", _("Marked for attention"), _attention),
        ("session", _("Latest session"), _session),
        ("thread", _("From intention to what stays"), _thread),
        ("mood", _("Mood"), _mood),
        ("scores", _("Scores"), _scores),
        ("sides", _("Before and after the session"), _sides),
        ("effects", _("Side effects and monthly check"), _effects),
        ("substances", _("Craving and substances"), _substances),
        ("domains", _("Parts of life touched"), _domains),
        ("steps", _("Steps"), _steps),
        ("wanted", _("For this meeting"), _wanted),
        ("entries", _("Chosen entries"), _entries),
        ("quality", _("About these data"), _quality),
    )
    made = (
        Part(name, title, tuple(block for block in make(it, locale) if block)) for name, title, make in makers
    )
    return tuple(part for part in made if part.blocks)


def lines(it: Summary, locale: str = "en") -> tuple[str, ...]:
    """Every text of the summary in the order in which it is read."""
    return tuple(
        text
        for part in parts(it, locale)
        for text in (part.title, *(text for block in part.blocks for text in texts(block)))
    )


def categories() -> dict[Category, str]:
    """What can be shared as a whole."""
    return {
        "check_ins": _("check-ins"),
        "measures": _("measures"),
        "item_9": _("question 9 of the PHQ-9"),
        "sessions": _("sessions"),
        "dose": _("dose"),
        "side_effects": _("side effects and monthly checks"),
        "substances": _("craving and substances"),
        "steps": _("steps"),
    }


def _head(it: Summary, locale: str) -> Iterable[Block | None]:
    named = categories()
    shared = [named[name] for name in CATEGORIES if it.shares(name)]
    if it.quality.entries or it.recordings_shared:
        shared.append(_("chosen entries"))
    others = [named[name] for name in CATEGORIES if not it.shares(name)]
    yield Note(_("Not monitored in real time. Patient-reported, not verified."), strong=True)
    yield _fact(_("Patient"), it.name)
    yield _fact(_("Shared for"), it.purpose)
    yield _fact(_("Shared"), say.listed(shared, locale) if shared else _("nothing"))
    yield _fact(_("Not shared"), say.listed(others, locale) if others else "")
    yield _fact(_("Period"), _period(it, locale))
    yield _fact(_("Shared on"), _day(it.shared_on, locale))
    yield _fact(_("Ends on"), _day(it.ends_on, locale) if it.ends_on else _("no end set"))
    yield _fact(_("As of"), _day(it.day, locale))


def _period(it: Summary, locale: str) -> str:
    since = _("from {day} on").format(day=_day(it.since, locale)) if it.since else _("from the beginning")
    if it.goes_on:
        return since
    return _("{since}, nothing later than {day}").format(since=since, day=_day(it.shared_on, locale))


def _attention(it: Summary, _locale: str) -> Iterable[Block | None]:
    yield Words("", it.attention) if it.attention else None


def _session(it: Summary, locale: str) -> Iterable[Block | None]:
    if it.session:
        yield _fact(_("Date"), f"{_when(it.session.wall, locale)} · {_ago(it.session.days, locale)}")
        yield from _sitting(it.session)
        yield _fact(_("How it was"), " · ".join(_numbers(it.session)))
        yield _fact(_("Dose"), it.session.dose or ("" if it.shares("dose") else _("not shared")))
        yield _fact(_("Shared sessions"), _taken(it.sessions, locale))
    else:
        yield Note(_("No session has taken place yet.") if it.shares("sessions") else _("Not shared."))
    if it.unmarked:
        text = _("A session was planned for {day}. It is not noted whether it took place.")
        yield Note(text.format(day=_day(it.unmarked, locale)))
    if it.coming:
        yield _fact(_("Next planned"), _when(it.coming.wall, locale))
        yield from _sitting(it.coming)


def _sitting(it: Sitting) -> Iterable[Block | None]:
    yield _fact(_("How it is given"), routes()[it.route])
    yield _fact(_("Where"), it.place)
    yield _fact(_("Way home"), it.escort)
    yield _fact(_("To bring"), it.bring)


def _numbers(it: Sitting) -> Iterable[str]:
    if it.minutes:
        yield ngettext("{count} minute", "{count} minutes", it.minutes).format(count=it.minutes)
    rated = (
        (_("intensity"), it.intensity),
        (_("challenge"), it.challenge),
        (_("relief"), it.relief),
    )
    for name, number in rated:
        if number is not None:
            yield _("{name} {number} of 10").format(name=name, number=number)
    if it.systolic is not None and it.diastolic is not None:
        yield f"{it.systolic}/{it.diastolic} mmHg"


def _taken(count: int, locale: str) -> str:
    text = ngettext("{count} took place", "{count} took place, this is the latest", count)
    return text.format(count=say.number(count, locale))


def _thread(it: Summary, locale: str) -> Iterable[Block | None]:
    found = it.thread
    if found.intention:
        yield _words(_("Intention"), found.intention, locale)
    if found.captured:
        above = _("Captured, {day}").format(day=_day(found.captured_on, locale))
        yield Words(above, "\n".join(found.captured))
    if found.stays:
        yield _words(_("What stays"), found.stays, locale)


def _mood(it: Summary, locale: str) -> Iterable[Block | None]:
    if it.mood is None:
        yield _absent(it, "check_ins", _("No check-in yet."))
        return
    if it.mood.dots:
        yield Line(it.mood, mood_words.alt_text(it.mood, locale, own=False))
    yield Note(mood_words.reported(it.mood, locale))


def _scores(it: Summary, locale: str) -> Iterable[Block | None]:
    if not it.scores:
        yield _absent(it, "measures", _("No measure has been answered yet."))
        return
    head = (_("Measure"), _("First"), _("Last"), _("Change"))
    yield say.Table(head, tuple(_row(score, locale) for score in it.scores))
    for score in it.scores:
        for flag in score.flags:
            yield Note(f"{score.name}: {flag}", strong=True)
        if score.threshold:
            text = _("{measure}: a change counts from {points} points on ({source}).")
            yield Note(text.format(measure=score.name, points=score.threshold, source=score.citation))
        if score.reduced:
            text = _(
                "{measure} leaves out what is not shared. Ranges and changes of the full measure do not apply."
            )
            yield Note(text.format(measure=score.name))


def _row(it: ScoreLine, locale: str) -> tuple[str, ...]:
    last = f"{it.total} ({_short(it.day, locale)})"
    if it.first is None or it.points is None:
        return _of(it), DASH, _banded(last, it.band), DASH
    points = f"{it.points:+d}".replace("-", "\u2212") if it.points else "0"
    change = f"{points}, {it.words}" if it.words else points
    return _of(it), f"{it.first} ({_short(it.first_day, locale)})", _banded(last, it.band), change


def _of(it: ScoreLine) -> str:
    return _("{measure} (0 to {highest})").format(measure=it.name, highest=it.highest)


def _banded(total: str, band: str) -> str:
    return _("{total}, often called {band}").format(total=total, band=band) if band else total


def _sides(it: Summary, locale: str) -> Iterable[Block | None]:
    if it.session is None or it.mood is None:
        return
    if not it.sides:
        yield Note(_("Too few shared ratings on both sides."))
        return
    names = ratings()
    rows = tuple(
        (
            names[side.rating][0],
            say.tenths(side.before, locale),
            say.tenths(side.after, locale),
            _signed(side.after - side.before, locale),
        )
        for side in it.sides
    )
    yield say.Table((_("Rating"), _("Before"), _("After"), _("Difference")), rows)
    yield Note(_("Means of the three days before and the three days after, from 0 to 10."))


def _effects(it: Summary, locale: str) -> Iterable[Block | None]:
    days = _report_days()
    for report in it.reports:
        yield _fact(days[report.when], _named(report))
        if report.flags:
            ticked = say.listed([f"“{effect_words.flags()[flag]}”" for flag in report.flags], locale)
            text = _("Ticked as urgent, {day}: {flags}.")
            yield Note(text.format(day=days[report.when].lower(), flags=ticked), strong=True)
    if it.month:
        yield _fact(
            _("Month up to {day}").format(day=_day(it.month.day, locale)), " · ".join(_month(it.month))
        )
    if not it.reports and not it.month:
        yield _absent(it, "side_effects", _("No report."))
    elif not it.reports and it.session:
        yield Note(_("No report after this session."))


def _report_days() -> dict[ReportDay, str]:
    return {"same_day": _("The same day"), "next_day": _("The next day")}


def _named(it: Report) -> str:
    names, strengths, lasted = effect_words.effects(), effect_words.strengths(), effect_words.lasted()
    told = [
        ", ".join(
            [
                f"{names[effect.name]} {strengths[effect.strength].lower()}",
                *([lasted[effect.lasted].lower()] if effect.lasted else []),
            ]
        )
        for effect in it.effects
    ]
    return "; ".join(told) or _("none named")


def _month(it: Month) -> Iterable[str]:
    answers = effect_words.answers()
    asked = (
        (_("pain when urinating"), it.urinary_pain),
        (_("urinating often"), it.urinary_frequency),
        (_("memory trouble"), it.memory),
    )
    for name, answer in asked:
        if answer is not None:
            yield f"{name}: {answers[answer].lower()}"
    if it.blood_in_urine is not None:
        yield _("blood in the urine: yes") if it.blood_in_urine else _("blood in the urine: no")


def _substances(it: Summary, locale: str) -> Iterable[Block | None]:
    answers, days = effect_words.answers(), _report_days()
    found: list[Block] = []
    if it.cravings:
        text = _("{count} ratings from {low} to {high}, last {last} ({day})")
        found.append(
            Fact(
                _("Craving, 0 to 10"),
                text.format(
                    count=say.number(it.cravings.count, locale),
                    low=it.cravings.low,
                    high=it.cravings.high,
                    last=it.cravings.last,
                    day=_short(it.cravings.day, locale),
                ),
            )
        )
    for wish in it.wishes:
        text = _("Wish for more, {day}").format(day=days[wish.when].lower())
        found.append(Fact(text, answers[wish.strength].lower()))
    if it.use:
        asked = ((_("craving"), it.use.craving), (_("alcohol or other drugs"), it.use.others))
        told = [f"{name}: {answers[answer].lower()}" for name, answer in asked if answer is not None]
        found.append(Fact(_("Month up to {day}").format(day=_day(it.use.day, locale)), " · ".join(told)))
    yield from found or [_absent(it, "substances", _("Nothing noted."))]


def _domains(it: Summary, locale: str) -> Iterable[Block | None]:
    names = domains()
    told = " · ".join(f"{names[name]} {say.number(count, locale)}" for name, count in it.domains)
    yield _fact(_("Shared entries"), told)


def _steps(it: Summary, locale: str) -> Iterable[Block | None]:
    if not it.steps:
        yield _absent(it, "steps", _("No step planned."))
    for step in it.steps:
        yield from _step(step, locale)


def _step(it: Planned, locale: str) -> Iterable[Block | None]:
    said = outcomes()[it.outcome].lower() if it.outcome else _("nothing said yet")
    above = [_day(it.day, locale), *([it.clock] if it.clock else []), said]
    yield Words(" · ".join(above), it.action)
    yield _fact(_("When"), it.cue)
    yield _fact(_("If something comes up"), it.obstacle)


def _wanted(it: Summary, locale: str) -> Iterable[Block | None]:
    if it.wanted:
        yield _words(_asked(it.wanted), it.wanted, locale)


def _entries(it: Summary, locale: str) -> Iterable[Block | None]:
    count = it.quality.entries
    if not count and not it.recordings_shared:
        yield Note(_("No entry is shared."))
    for excerpt in it.excerpts:
        yield _words(_asked(excerpt), excerpt, locale)
    for recording in it.recordings:
        label = _("Voice note, {day}").format(day=_day(recording.day, locale))
        yield _fact(label, f"{_length(recording.seconds)} · {_asked(recording)}")
    if count:
        text = ngettext("{count} entry is shared.", "{count} entries are shared.", count)
        yield Note(text.format(count=say.number(count, locale)))
    if it.recordings_shared:
        text = ngettext(
            "{count} voice note is shared.", "{count} voice notes are shared.", it.recordings_shared
        )
        yield Note(text.format(count=say.number(it.recordings_shared, locale)))


def _quality(it: Summary, locale: str) -> Iterable[Block | None]:
    known = it.quality
    yield Note(_("Only what is shared is counted here."))
    if known.check_ins:
        text = _("{count} ratings on {days} days")
        yield _fact(
            _("Mood"),
            text.format(count=say.number(known.check_ins, locale), days=say.number(known.rated_days, locale)),
        )
        gap = _("{days} days from {day} on")
        told = gap.format(days=known.gap_days, day=_day(known.gap_from, locale)) if known.gap_days else ""
        yield _fact(_("Longest gap"), told or _("less than four days"))
        yield Note(_("A check-in can be made for an earlier day. It does not say when it was made."))
    if known.later:
        text = ngettext(
            "{count} entry was finished more than a day after the day it stands under.",
            "{count} entries were finished more than a day after the day they stand under.",
            known.later,
        )
        yield Note(text.format(count=known.later))
    if known.imported:
        text = ngettext(
            "{count} record comes from another journal.",
            "{count} records come from another journal.",
            known.imported,
        )
        yield Note(text.format(count=known.imported))
    if known.damaged:
        text = ngettext(
            "{count} shared record does not open.", "{count} shared records do not open.", known.damaged
        )
        yield Note(text.format(count=known.damaged), strong=True)
    yield Note(_("Shared by the patient, who can end it at any time."))


def _fact(label: str, text: str) -> Fact | None:
    return Fact(label, text) if text else None


def _absent(it: Summary, category: Category, none_yet: str) -> Note:
    """Nothing is there: because there is nothing, or because it is not shared."""
    return Note(none_yet if it.shares(category) else _("Not shared."))


def _words(above: str, it: Excerpt, locale: str) -> Words:
    return Words(f"{above} · {_day(it.day, locale)}", it.text, it.id)


def _asked(it: Excerpt | Recording) -> str:
    if it.asked:
        return it.asked
    if not it.prompt:
        return _("Blank page")
    return _("A question of their own") if it.prompt.startswith(OWN) else _("An earlier question")


def _ago(days: int, locale: str) -> str:
    if days <= 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=say.number(days, locale))


def _length(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d} min"


def _signed(value: float, locale: str) -> str:
    told = say.tenths(abs(value), locale)
    if told == say.tenths(0, locale):
        return told
    return f"+{told}" if value > 0 else f"\u2212{told}"


def _when(wall: str, locale: str) -> str:
    clock = str(format_time(datetime.fromisoformat(wall).time(), "short", locale=locale))
    return f"{_day(wall, locale)}, {clock}"


def _day(wall: str, locale: str) -> str:
    return say.short_day(date.fromisoformat(wall[:10]).toordinal(), locale)


def _short(wall: str, locale: str) -> str:
    return _day(wall, locale)
