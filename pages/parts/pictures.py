"""The pictures beside the ratings over time: what each one needs is read here, and nothing that another one needs."""

from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

from kapjournal.charts.average import average_figure
from kapjournal.charts.before_after import before_after_figure
from kapjournal.charts.calendar import calendar_figure
from kapjournal.charts.domains import domains_figure
from kapjournal.charts.lasting import lasting_figure
from kapjournal.charts.measure import measure_figure
from kapjournal.charts.side_by_side import side_by_side_figure
from kapjournal.charts.side_effects import side_effects_figure
from kapjournal.content import Measure
from kapjournal.insights import (
    average_words,
    before_after_words,
    calendar,
    domains,
    lasting_words,
    measure_words,
    side_by_side,
    side_effects,
)
from kapjournal.insights.average import average_course
from kapjournal.insights.before_after import before_after
from kapjournal.insights.lasting import lasting
from kapjournal.insights.measure import Band, MeasurePoint, Thresholds, measure_course
from kapjournal.insights.mood import mood_series
from kapjournal.insights.periods import Period
from kapjournal.journal.reading import entries
from kapjournal.journal.sessions import sessions
from kapjournal.journal.words import domains as domain_words
from kapjournal.language import _
from kapjournal.measures import side_effect_words
from kapjournal.measures.check_ins import check_ins, points
from kapjournal.measures.rating_words import rated
from kapjournal.measures.responses import scores
from kapjournal.measures.side_effects import side_effects as report_of
from kapjournal.measures.values import ReportDay
from pages.parts import check_in_form, origin, signed_in, words
from pages.parts import measure_words as totals
from pages.parts.figures import Picture

LOCALE = words.LOCALE
REPORTS: tuple[ReportDay, ...] = ("same_day", "next_day")


def kinds() -> dict[str, str]:
    """The pictures there are, by name."""
    return {
        "lasting": _("How long it lasted"),
        "average": _("The days around a session"),
        "before_after": _("Before and after each session"),
        "side_by_side": _("Ratings side by side"),
        "side_effects": _("Side effects by session"),
        "domains": _("What I wrote about"),
        "calendar": _("A calendar of days"),
    }


def of(kind: str) -> Picture:
    """One of them."""
    makers: dict[str, Callable[[], Picture]] = {
        "lasting": _lasting,
        "average": _average,
        "before_after": _before_after,
        "side_by_side": _side_by_side,
        "side_effects": _side_effects,
        "domains": _domains,
        "calendar": _calendar,
    }
    return makers[kind]()


def of_measure(measure: Measure) -> Picture | None:
    """The totals of a measure over time; None for one that cannot show a change."""
    if not measure.thresholds:
        return None
    work, by = signed_in.work(), signed_in.by()
    answered = scores(work, by=by, content=signed_in.application().content, measure=measure.id)
    found = [
        MeasurePoint(_day(it.response.value.wall), it.score.total, it.score.version)
        for it in answered
        if it.score is not None
    ]
    counting = measure.thresholds[-1]
    course = measure_course(
        found,
        _sessions(),
        title=measure.title,
        highest=totals.most(measure),
        bands=[Band(it.words, it.least, it.most) for it in measure.bands],
        thresholds=Thresholds(
            counting.at_least,
            counting.citation.partition(",")[0],
            measure.thresholds[0].at_least if len(measure.thresholds) > 1 else None,
        ),
    )
    return _picture(
        course,
        measure_words,
        measure_figure,
        _(
            "The dotted line is the first answer. A change is named only from the published threshold on: {citation}."
        ).format(citation=counting.citation),
    )


def _picture(shown: Any, speak: ModuleType, figure: Callable[..., Any], how: str) -> Picture:
    """What `speak` says of a value that has `enough`, and the drawing of it."""
    return Picture(
        shown.enough,
        lambda palette: figure(shown, palette, LOCALE),
        speak.alt_text(shown, LOCALE),
        speak.sentence(shown, LOCALE),
        speak.table(shown, LOCALE),
        how,
    )


def _lasting() -> Picture:
    shown = lasting(_points("mood"), _sessions(), _today(), rated("mood"))
    return _picture(
        shown,
        lasting_words,
        lasting_figure,
        _(
            "The level before is the mean of the seven days before a session, the level after that of days 1 to 3. "
            "A lift has ended when the mean of three days is half-way back and stays there. Where days are missing "
            "or the next session came first, only “at least” can be said."
        ),
    )


def _average() -> Picture:
    shown = average_course(_points("mood"), _sessions(), _today(), rated("mood"))
    return _picture(
        shown,
        average_words,
        average_figure,
        _(
            "The mean of every day around all your sessions. The band is where the mean would lie nine times in ten "
            "if the same kind of sessions came again. Points with fewer than three sessions are left out."
        ),
    )


def _before_after() -> Picture:
    shown = before_after(_points("mood"), _sessions(), _today(), rated("mood"))
    return _picture(
        shown,
        before_after_words,
        before_after_figure,
        _(
            "The mean of the three days before a session, and of the three days after it. The day itself is left out."
        ),
    )


def _side_by_side() -> Picture:
    today, marks = _today(), _sessions()
    chosen = [
        it for it in ("mood", "sleep", "pain", "craving") if it == "mood" or it in check_in_form.names()
    ]
    series = [mood_series(_points(it), marks, Period.MONTHS_3, today, rated(it)) for it in chosen]
    shown = side_by_side.side_by_side(series)
    return _picture(
        shown,
        side_by_side,
        side_by_side_figure,
        _(
            "The last three months, one rating below the other. What moves together need not be cause and effect."
        ),
    )


def _side_effects() -> Picture:
    work, by = signed_in.work(), signed_in.by()
    names = side_effect_words.effects()
    reports = [
        side_effects.Report(
            _day(session.value.wall), tuple((names[it.name], it.strength) for it in record.value.effects)
        )
        for session in sessions(work, by=by)
        for day in REPORTS
        if (record := report_of(work, by=by, session=session.id, when=day)) is not None
    ]
    seen = side_effects.side_effects_seen(reports, _sessions(), _today())
    return Picture(
        seen.enough,
        lambda palette: side_effects_figure(seen, palette, LOCALE),
        side_effects.alt_text(seen, LOCALE),
        side_effects.sentence(seen, LOCALE),
        side_effects.table(seen, side_effect_words.strengths(), LOCALE),
        _("The strongest that you noted for each effect on the day of a session or on the day after."),
    )


def _domains() -> Picture:
    labels = list(domain_words().items())
    written = [
        prompt.domain if (prompt := origin.asked(it.value)) else None
        for it in entries(signed_in.work(), by=signed_in.by())
    ]
    shown = domains.domains(written, labels)
    return _picture(
        shown,
        domains,
        domains_figure,
        _("Each entry counts for the part of life that its question is about. Blank pages count for none."),
    )


def _calendar() -> Picture:
    work, by = signed_in.work(), signed_in.by()
    shown = calendar.calendar(
        [_day(it.value.wall) for it in entries(work, by=by)],
        [_day(it.value.wall) for it in check_ins(work, by=by)],
        _sessions(),
        _today(),
    )
    return _picture(
        shown,
        calendar,
        calendar_figure,
        _("The last thirteen weeks. An empty day is a day, nothing more."),
    )


def _points(rating: str) -> tuple[tuple[int, int], ...]:
    return points(signed_in.work(), by=signed_in.by(), rating=rating)


def _sessions() -> list[int]:
    """The days of the sessions that took place."""
    found = sessions(signed_in.work(), by=signed_in.by())
    return [_day(it.value.wall) for it in found if it.value.ended_at]


def _today() -> int:
    return signed_in.now().day.toordinal()


def _day(wall: str) -> int:
    return date.fromisoformat(wall[:10]).toordinal()
