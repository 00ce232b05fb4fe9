"""The average course in words."""

from kapjournal.insights import say
from kapjournal.insights.average import LEAST, AverageCourse
from kapjournal.insights.before_after import NOTICEABLE
from kapjournal.language import _


def sentence(course: AverageCourse, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    if not course.enough:
        text = _(
            "Your average course appears here once {least} sessions have ratings of your {rating} on the same "
            "days before and after. So far there are ratings around {sessions}."
        )
        return text.format(
            rating=course.name,
            least=say.number(LEAST, locale),
            sessions=say.sessions(course.sessions, locale),
        )
    parts = [
        _("This is the mean of your {rating} around {sessions}.").format(
            rating=course.name, sessions=say.sessions(course.sessions, locale)
        ),
        *_weeks(course, locale),
        _("The band shows how uncertain the mean is; the numbers below count the sessions behind it."),
        _("Not every session counts on every day, so a bend in the line may come from that alone."),
    ]
    return " ".join(parts)


def alt_text(course: AverageCourse, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _(
        "Chart of your mean {rating} on a scale from 0 to 10, from {first} days before to {last} days after a "
        "session. A band shows how uncertain it is, and an upright line marks the session."
    )
    days = [point.day for point in course.points] or [0]
    return text.format(
        rating=course.name, first=say.number(-days[0], locale), last=say.number(days[-1], locale)
    )


def table(course: AverageCourse, locale: str = "en") -> say.Table:
    """One row a day."""
    return say.Table(
        (_("Days from the session"), _("Mean"), _("Likely range"), _("Sessions")),
        tuple(
            (
                say.number(it.day, locale),
                say.tenths(it.mean, locale),
                say.span(it.low, it.high, locale),
                say.number(it.sessions, locale),
            )
            for it in course.points
        ),
    )


def _weeks(course: AverageCourse, locale: str) -> list[str]:
    """The means before and after, and whether the first two are far enough apart to tell."""
    before, after, third = course.mean(-7, -1), course.mean(1, 7), course.mean(15, 21)
    if before is None or after is None:
        return []
    told = [
        _("It was {before} in the week before and {after} in the week after.").format(
            before=say.tenths(before, locale), after=say.tenths(after, locale)
        )
    ]
    # As rounded, so that the words fit the numbers beside them.
    if abs(round(after, 1) - round(before, 1)) < NOTICEABLE:
        told.append(
            _("That is about the same: less than {least} point apart.").format(
                least=say.number(NOTICEABLE, locale)
            )
        )
    if third is not None:
        told.append(_("In the third week it was {mean}.").format(mean=say.tenths(third, locale)))
    return told
