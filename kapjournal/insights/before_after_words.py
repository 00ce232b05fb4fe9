"""Both sides of each session in words."""

from kapjournal.insights import say
from kapjournal.insights.before_after import LEAST_DAYS, NOTICEABLE, BeforeAfter, Sides
from kapjournal.language import _, ngettext


def sentence(shown: BeforeAfter, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    if not shown.enough:
        text = _(
            "Your {rating} before and after a session appears here once it is rated on {least} of the 3 days before "
            "and on {least} of the 3 days after."
        )
        return text.format(rating=shown.name, least=say.number(LEAST_DAYS, locale))
    shows = say.latest(len(shown.rated), locale)
    return " ".join([_coverage(shown, locale), *_differences(shown, locale), *_mean(shown, locale), *shows])


def alt_text(shown: BeforeAfter, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _(
        "Chart of your {rating} on a scale from 0 to 10, before and after each of {sessions}. An open ring is the "
        "mean before, a filled dot the mean after."
    )
    return text.format(rating=shown.name, sessions=say.sessions(len(shown.rated), locale))


def table(shown: BeforeAfter, locale: str = "en") -> say.Table:
    """One row a session, oldest first; a dash where too few days are rated."""
    return say.Table(
        (_("Session"), _("Before"), _("After"), _("Difference")),
        tuple(
            (
                say.short_day(it.session, locale),
                _or_dash(it.before, locale),
                _or_dash(it.after, locale),
                _or_dash(it.difference, locale),
            )
            for it in shown.sessions
        ),
    )


def _coverage(shown: BeforeAfter, locale: str) -> str:
    count = len(shown.sessions)
    text = ngettext(
        "{rated} of {count} session has ratings of your {rating} on both sides.",
        "{rated} of {count} sessions have ratings of your {rating} on both sides.",
        count,
    )
    return text.format(
        rated=say.number(len(shown.rated), locale), count=say.number(count, locale), rating=shown.name
    )


def _differences(shown: BeforeAfter, locale: str) -> list[str]:
    """How many were higher, lower and about the same; nothing is said of none."""
    found = [_way(it) for it in shown.rated]
    words = [
        (1, _("at least 1 point higher after {count}")),
        (-1, _("at least 1 point lower after {count}")),
        (0, _("about the same after {count}")),
    ]
    told = [text.format(count=say.number(found.count(way), locale)) for way, text in words if way in found]
    return [_("It was {how}.").format(how=say.listed(told, locale))]


def _mean(shown: BeforeAfter, locale: str) -> list[str]:
    """The mean difference with its interval, where there are enough sessions for one."""
    mean = shown.mean
    if mean is None:
        return []
    if mean.low <= 0 <= mean.high:
        text = _("Over all of them there is no clear difference: {mean} points, likely range {span}.")
    elif mean.mean > 0:
        text = _("On average it was {mean} points higher after, likely range {span}.")
    else:
        text = _("On average it was {mean} points lower after, likely range {span}.")
    away = mean.low <= 0 <= mean.high or mean.mean > 0
    low, high = (mean.low, mean.high) if away else (-mean.high, -mean.low)
    return [
        text.format(
            mean=say.tenths(mean.mean if away else -mean.mean, locale), span=say.span(low, high, locale)
        )
    ]


def _way(sides: Sides) -> int:
    difference = sides.difference or 0
    return 0 if abs(difference) < NOTICEABLE else 1 if difference > 0 else -1


def _or_dash(value: float | None, locale: str) -> str:
    return "–" if value is None else say.tenths(value, locale)
