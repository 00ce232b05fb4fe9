"""A questionnaire over time, in words."""

from kapjournal.insights import say
from kapjournal.insights.measure import MOST, MeasureCourse, MeasurePoint, band_of
from kapjournal.language import _


def sentence(course: MeasureCourse, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    if not course.points:
        return _("Your {measure} over time appears here after you have answered it twice.").format(
            measure=course.title
        )
    if not course.enough:
        last = _("Your {measure} was {total} on {day}{band}.")
        more = _("A line appears here once you have answered the same form twice.")
        return f"{_told(course, last, course.points[-1], locale)} {more}"
    first = _told(course, _("Your first {measure} was {total} on {day}{band}."), course.compared[0], locale)
    last = _told(course, _("Your last was {total} on {day}{band}."), course.compared[-1], locale)
    shows = [
        *_latest(course, locale),
        _("A dotted line marks the first."),
        *say.session_marks(len(course.sessions)),
    ]
    return " ".join([first, last, _change(course, locale), *_older(course), *shows])


def alt_text(course: MeasureCourse, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    parts = [
        _("Chart of your {measure} from 0 to {highest}, {count} answers.").format(
            measure=course.title,
            highest=say.number(course.highest, locale),
            count=say.number(len(course.drawn), locale),
        ),
        _("A dotted line marks the first."),
    ]
    if course.bands:
        parts.append(_("Thin lines part the ranges that have a name."))
    return " ".join([*parts, *say.session_marks(len(course.sessions))])


def table(course: MeasureCourse, locale: str = "en") -> say.Table:
    """One row an answer, oldest first."""
    return say.Table(
        (_("Day"), _("Total"), _("Often called")),
        tuple(
            (say.short_day(it.day, locale), say.number(it.total, locale), _band(course, it) or "–")
            for it in course.points
        ),
    )


def _told(course: MeasureCourse, text: str, point: MeasurePoint, locale: str) -> str:
    label = _band(course, point)
    return text.format(
        measure=course.title,
        total=say.number(point.total, locale),
        day=say.day(point.day, locale),
        band=_(", in the range often called {label}").format(label=label) if label else "",
    )


def _band(course: MeasureCourse, point: MeasurePoint) -> str:
    found = band_of(course, point.total)
    return found.label if found else ""


def _change(course: MeasureCourse, locale: str) -> str:
    """The change is named only where it counts."""
    change = course.change or 0
    if course.counts:
        text = _("{points} points lower") if change < 0 else _("{points} points higher")
        how = text.format(points=say.number(abs(change), locale))
        return _("That is {how}, a change that counts: the threshold is {least} points ({source}).").format(
            how=how, least=say.number(course.thresholds.counts, locale), source=course.thresholds.source
        )
    if course.worth_discussing:
        text = _(
            "The two are far enough apart to be worth discussing, but closer than the {least} points that lie "
            "beyond measurement error ({source})."
        )
    else:
        text = _("There is no clear change: it would take {least} points ({source}).")
    return text.format(least=say.number(course.thresholds.counts, locale), source=course.thresholds.source)


def _latest(course: MeasureCourse, locale: str) -> list[str]:
    if len(course.drawn) == len(course.points):
        return []
    return [_("The picture shows the latest {count} answers.").format(count=say.number(MOST, locale))]


def _older(course: MeasureCourse) -> list[str]:
    if len(course.compared) == len(course.points):
        return []
    return [_("Answers to an earlier version of the form are shown, but not compared.")]
