"""What a summary says, in the order in which it is read: the one list of words for the page and for the PDF.

Invariants: what a patient typed stands at the end of its text, so that no writing direction in it reaches our words;
of what is not shared nothing is said but that it is not.
"""

from collections.abc import Callable, Iterable

from kapjournal.insights import say
from kapjournal.insights import words as mood_words
from kapjournal.journal.prompts import OWN
from kapjournal.journal.words import domains, routes
from kapjournal.language import _, ngettext
from kapjournal.measures.rating_words import ratings
from kapjournal.sharing import summary_after_words as after
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Part, Words, absent, fact, texts
from kapjournal.sharing.summary_values import Excerpt, Recording, ScoreLine, Sitting, Summary
from kapjournal.sharing.values import CATEGORIES, Category

Maker = Callable[[Summary, str], Iterable[Block]]
DASH = "–"


def parts(it: Summary, locale: str = "en") -> tuple[Part, ...]:
    """The summary from top to bottom; `locale` is a Babel name for dates and numbers."""
    title = _("Summary of {day}").format(day=say.local_day(it.day, locale))
    makers: tuple[tuple[str, str, Maker], ...] = (
        ("head", title, _head),
        ("attention", _("Marked for attention"), _attention),
        ("session", _("Latest session"), _session),
        ("coming", _("Next session"), _coming),
        ("thread", _("From intention to what stays"), _thread),
        ("mood", _("Mood"), _mood),
        ("scores", _("Scores"), _scores),
        ("sides", _("Before and after the session"), _sides),
        ("effects", _("Side effects and monthly check"), after.effects),
        ("substances", _("Craving and substances"), after.substances),
        ("domains", _("Parts of life touched"), _domains),
        ("steps", _("Steps"), after.steps),
        ("wanted", _("For this meeting"), _wanted),
        ("entries", _("Chosen entries"), _entries),
        ("quality", _("About these data"), _quality),
    )
    made = (Part(name, title, tuple(make(it, locale))) for name, title, make in makers)
    return tuple(part for part in made if part.blocks)


def lines(it: Summary, locale: str = "en") -> tuple[str, ...]:
    """Every text of the summary in the order in which it is read."""
    return tuple(
        text
        for part in parts(it, locale)
        for text in (part.title, *(text for block in part.blocks for text in texts(block)))
    )


def categories() -> dict[Category, str]:
    """What can be shared as a whole, in the order in which it is offered."""
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


def _head(it: Summary, locale: str) -> Iterable[Block]:
    named = categories()
    shared = [named[name] for name in CATEGORIES if it.shares(name)]
    others = [named[name] for name in CATEGORIES if not it.shares(name)]
    if it.quality.entries or it.recordings_shared:
        shared.append(_("chosen entries"))
    yield from fact(_("Patient"), it.name)
    yield from fact(_("Shared for"), it.purpose)
    yield Fact(_("Shared"), " · ".join(shared) or _("nothing yet"))
    yield from fact(_("Not shared"), " · ".join(others))
    yield Fact(_("Period"), _period(it, locale))
    yield Fact(_("Sharing"), _sharing(it, locale))
    yield Note(_("Not monitored in real time."), "strong")


def _period(it: Summary, locale: str) -> str:
    first = say.local_day(it.since, locale) if it.since else _("the beginning")
    if it.goes_on:
        return _("from {first} on").format(first=first)
    return _("from {first} to {last}").format(first=first, last=say.local_day(it.shared_on, locale))


def _sharing(it: Summary, locale: str) -> str:
    begun = _("since {day}") if it.goes_on else _("on {day}")
    ends = _("until {day}").format(day=say.local_day(it.ends_on, locale)) if it.ends_on else _("no end set")
    return f"{begun.format(day=say.local_day(it.shared_on, locale))} · {ends}"


def _attention(it: Summary, _locale: str) -> Iterable[Block]:
    if it.attention:
        yield Words("", it.attention)


def _session(it: Summary, locale: str) -> Iterable[Block]:
    if it.session:
        yield Fact(_("Date"), f"{_when(it.session, locale)} · {_ago(it.session.days, locale)}")
        yield from _plan(it.session)
        yield from fact(_("How it was"), " · ".join(_numbers(it.session)))
        unknown = _("not noted") if it.shares("dose") else _("not shared")
        yield Fact(_("Dose"), it.session.dose or unknown)
        text = ngettext(
            "{count} shared session took place.",
            "{count} shared sessions took place; this is the latest.",
            it.sessions,
        )
        yield Note(text.format(count=say.number(it.sessions, locale)), "quiet")
    else:
        yield absent(it, "sessions", _("No session has taken place yet."))
    if it.unmarked:
        text = _("A session was planned for {day}. It is not noted whether it took place.")
        yield Note(text.format(day=say.local_day(it.unmarked, locale)))


def _coming(it: Summary, locale: str) -> Iterable[Block]:
    if it.coming:
        yield Fact(_("Planned"), _when(it.coming, locale))
        yield from _plan(it.coming)


def _when(it: Sitting, locale: str) -> str:
    return f"{say.local_time(it.wall, locale)} · {routes()[it.route]}"


def _plan(it: Sitting) -> Iterable[Block]:
    yield from fact(_("Where"), it.place)
    yield from fact(_("Way home"), it.escort)
    yield from fact(_("To bring"), it.bring)


def _numbers(it: Sitting) -> Iterable[str]:
    if it.minutes:
        yield ngettext("{count} minute", "{count} minutes", it.minutes).format(count=it.minutes)
    rated = (
        (_("intensity {number} of 10"), it.intensity),
        (_("challenge {number} of 10"), it.challenge),
        (_("relief {number} of 10"), it.relief),
    )
    for text, number in rated:
        if number is not None:
            yield text.format(number=number)
    if it.systolic is not None and it.diastolic is not None:
        yield f"{it.systolic}/{it.diastolic} mmHg"


def _thread(it: Summary, locale: str) -> Iterable[Block]:
    found = it.thread
    if found.intention:
        yield _words(_("Intention"), found.intention, it, locale)
    if found.captured:
        above = _("Captured · {day}").format(day=say.near_day(found.captured_on, it.day, locale))
        yield Words(above, "\n".join(found.captured))
    if found.stays:
        yield _words(_("What stays"), found.stays, it, locale)


def _mood(it: Summary, locale: str) -> Iterable[Block]:
    if it.mood is None:
        yield absent(it, "check_ins", _("No check-in yet."))
        return
    if it.mood.dots:
        yield Line(it.mood, mood_words.alt_text(it.mood, locale, own=False))
    yield Note(mood_words.reported(it.mood, locale))


def _scores(it: Summary, locale: str) -> Iterable[Block]:
    if not it.scores:
        yield absent(it, "measures", _("No measure has been answered yet."))
        return
    head = (_("Measure"), _("First"), _("Last"), _("Change"))
    yield say.Table(head, tuple(_row(score, it.day, locale) for score in it.scores))
    for score in it.scores:
        yield from (Fact(_asked_apart(score.name, item), answer) for item, answer in score.apart)
        yield from (Note(f"{score.name}: {flag}", "urgent") for flag in score.flags)
    for score in it.scores:
        yield from _sources(score)


def _asked_apart(measure: str, item: str) -> str:
    return _("{measure}, question {item}").format(measure=measure, item=item)


def _sources(it: ScoreLine) -> Iterable[Block]:
    for words, citation in it.cuts:
        yield Note(f"{it.name}: {words} ({citation})", "quiet")
    if it.threshold:
        text = _("{measure}: “{words}” is {points} points or more ({source}).")
        if not it.counts:
            text = _("{measure}: “{words}” is less than {points} points ({source}).")
        told = text.format(measure=it.name, words=it.words, points=it.threshold, source=it.citation)
        yield Note(told, "quiet")
    if it.without:
        text = _(
            "{measure} is the {full} without a question that is not shared. "
            "The ranges and thresholds of the {full} do not apply to it."
        )
        yield Note(text.format(measure=it.name, full=it.without), "quiet")


def _row(it: ScoreLine, today: str, locale: str) -> tuple[str, ...]:
    text = (
        _("{total} of {highest} ({day}), often called {band}")
        if it.band
        else _("{total} of {highest} ({day})")
    )
    last = text.format(
        total=it.total, highest=it.highest, day=say.near_day(it.day, today, locale), band=it.band
    )
    if it.first is None or it.points is None:
        return it.name, DASH, last, DASH
    first = f"{it.first} ({say.near_day(it.first_day, today, locale)})"
    points = f"{it.points:+d}".replace("-", "\u2212") if it.points else "0"
    return it.name, first, last, f"{points}, {it.words}" if it.words else points


def _sides(it: Summary, locale: str) -> Iterable[Block]:
    if it.session is None or it.mood is None:
        return
    if not it.sides:
        yield Note(_("Too few shared ratings on both sides."))
        return
    rows = tuple(
        (
            ratings()[side.rating][0],
            say.tenths(side.before, locale),
            say.tenths(side.after, locale),
            say.signed(side.after - side.before, locale),
        )
        for side in it.sides
    )
    yield say.Table((_("Rating"), _("Before"), _("After"), _("Difference")), rows)
    yield Note(_("Means from 0 to 10 of the three days before and the three days after."), "quiet")


def _domains(it: Summary, locale: str) -> Iterable[Block]:
    told = (f"{domains()[name]} {say.number(count, locale)}" for name, count in it.domains)
    yield from fact(_("Shared entries"), " · ".join(told))


def _wanted(it: Summary, locale: str) -> Iterable[Block]:
    if it.wanted:
        yield _words(asked_words(it.wanted), it.wanted, it, locale)


def _entries(it: Summary, locale: str) -> Iterable[Block]:
    for excerpt in it.excerpts:
        yield _words(asked_words(excerpt), excerpt, it, locale)
    for recording in it.recordings:
        day = say.near_day(recording.day, it.day, locale)
        length = _("{minutes} minutes").format(
            minutes=f"{recording.seconds // 60}:{recording.seconds % 60:02d}"
        )
        yield Fact(_("Voice note"), f"{day} · {length} · {asked_words(recording)}")
    yield Note(_shared(it.quality.entries, it.recordings_shared, locale))


def _shared(entries: int, recordings: int, locale: str) -> str:
    if not entries and not recordings:
        return _("No entry is shared.")
    counted = (
        (ngettext("{count} entry", "{count} entries", entries), entries),
        (ngettext("{count} voice note", "{count} voice notes", recordings), recordings),
    )
    told = [text.format(count=say.number(count, locale)) for text, count in counted if count]
    return _("Shared in all: {what}.").format(what=say.listed(told, locale))


def _quality(it: Summary, locale: str) -> Iterable[Block]:
    known = it.quality
    yield Note(_("Patient-reported, not verified. Only what is shared is counted on this page."))
    if known.ratings:
        text = _("{count} on {days} days, longest gap {gap}")
        count, days = say.number(known.ratings, locale), say.number(known.rated_days, locale)
        yield Fact(_("Mood ratings"), text.format(count=count, days=days, gap=_gap(it, locale)))
        yield Note(_("A check-in can be for an earlier day. It does not say when it was made."))
    if known.later:
        text = ngettext(
            "{count} entry was finished more than a day after its date.",
            "{count} entries were finished more than a day after their date.",
            known.later,
        )
        yield Note(text.format(count=say.number(known.later, locale)))
    if known.imported:
        text = ngettext("{count} record is imported.", "{count} records are imported.", known.imported)
        yield Note(text.format(count=say.number(known.imported, locale)))
    if known.damaged:
        text = ngettext(
            "{count} shared record does not open.", "{count} shared records do not open.", known.damaged
        )
        yield Note(text.format(count=say.number(known.damaged, locale)), "strong")
    yield Note(_("Shared by the patient's own choice."))


def _gap(it: Summary, locale: str) -> str:
    if not it.quality.gap_days:
        return _("less than four days")
    text = _("{count} days from {day} on")
    return text.format(
        count=say.number(it.quality.gap_days, locale), day=say.local_day(it.quality.gap_from, locale)
    )


def _words(above: str, excerpt: Excerpt, it: Summary, locale: str) -> Words:
    return Words(f"{above} · {say.near_day(excerpt.day, it.day, locale)}", excerpt.text, excerpt.id)


def asked_words(it: Excerpt | Recording) -> str:
    """What was asked, in words also where the question is not known."""
    if it.asked:
        return it.asked
    if not it.prompt:
        return _("Blank page")
    return _("A question of their own") if it.prompt.startswith(OWN) else _("An earlier question")


def _ago(days: int, locale: str) -> str:
    if days <= 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=say.number(days, locale))
