"""How long it lasted, in words."""

from kapjournal.insights import say
from kapjournal.insights.lasting import LEAST, LIFT, Lasted, Lasting, Outcome
from kapjournal.insights.turnbull import Median
from kapjournal.language import _, ngettext


def sentence(shown: Lasting, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    parts = [_lifts(shown, locale)] if shown.sessions else []
    if shown.median is None:
        text = _(
            "How long it lasted appears here once your {rating} differed from before by at least {lift} point "
            "after {least} sessions. It takes ratings on 3 days of the week before and on 2 of the 3 days after."
        )
        needed = text.format(
            rating=shown.name, lift=say.number(LIFT, locale), least=say.number(LEAST, locale)
        )
        return " ".join([*parts, needed])
    shows = say.latest(len(shown.sessions), locale)
    return " ".join([*parts, _median(shown.median, locale), *_uncertain(shown.median, locale), *shows])


def alt_text(shown: Lasting, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _(
        "Chart with a bar for each of {sessions}: days until your {rating} was back half-way to the level before. "
        "A thin end shows what is not known, an arrow that the end was not seen."
    )
    return text.format(sessions=say.sessions(len(shown.sessions), locale), rating=shown.name)


def table(shown: Lasting, locale: str = "en") -> say.Table:
    """One row a session, oldest first."""
    rows = ((say.short_day(it.session, locale), length(it, shown.rises, locale)) for it in shown.sessions)
    return say.Table((_("Session"), _("Half-way back after")), tuple(rows))


def length(it: Lasted, rises: bool, locale: str = "en") -> str:
    """How long one session lasted: `9 days`, `8 to 11 days`, `at least 9 days`, or why that cannot be said."""
    if it.outcome is Outcome.TOO_FEW:
        return _("too few ratings")
    if it.outcome is Outcome.NO_LIFT:
        return _("no lift to measure") if rises else _("no drop to measure")
    if it.high is None:
        return _("at least {days}").format(days=say.days(it.low, locale))
    if it.high - it.low == 1:
        return say.days(it.high, locale)
    return _("{first} to {days}").format(first=say.number(it.low + 1, locale), days=say.days(it.high, locale))


def _lifts(shown: Lasting, locale: str) -> str:
    """How many sessions had a lift, had none, and cannot be told."""
    if shown.rises:
        text = _("After {lifts} of {sessions} your {rating} was at least {least} point higher than before.")
    else:
        text = _("After {lifts} of {sessions} your {rating} was at least {least} point lower than before.")
    told = text.format(
        lifts=say.number(len(shown.lifts), locale),
        sessions=say.sessions(len(shown.sessions), locale),
        rating=shown.name,
        least=say.number(LIFT, locale),
    )
    few = sum(it.outcome is Outcome.TOO_FEW for it in shown.sessions)
    if not few:
        return told
    missing = ngettext(
        "For {count} there are too few ratings to tell.",
        "For {count} there are too few ratings to tell.",
        few,
    )
    return f"{told} {missing.format(count=say.number(few, locale))}"


def _median(found: Median, locale: str) -> str:
    if found.days is None:
        text = _(
            "Most of these were not yet half-way back to the level before when a new session came or ratings ended: "
            "half of them lasted at least {days}."
        )
        return text.format(days=say.days(found.at_least, locale))
    text = _("Half of these were half-way back to the level before within about {days}.")
    return text.format(days=say.days(found.days, locale))


def _uncertain(found: Median, locale: str) -> list[str]:
    if found.low is None:
        return [_("With so few, this may well be different for the next.")]
    if found.high is None:
        text = _("This is uncertain: anything from {days} upward fits as well.")
        return [text.format(days=say.days(found.low, locale))]
    if found.low == found.high:
        return []
    text = _("This is uncertain: {low} to {days} fit as well.")
    return [text.format(low=say.number(found.low, locale), days=say.days(found.high, locale))]
