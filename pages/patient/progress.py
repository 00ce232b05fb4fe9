"""Progress: ratings over time, with the sessions marked."""

from datetime import date

import streamlit as st

from kapjournal.charts.frame import CONFIG
from kapjournal.charts.mood import mood_figure
from kapjournal.charts.palette import DARK, LIGHT
from kapjournal.insights.mood import MoodSeries, mood_series
from kapjournal.insights.periods import Period, Unit
from kapjournal.insights.words import alt_text, period_label, sentence, table_rows
from kapjournal.journal.sessions import sessions
from kapjournal.language import _
from kapjournal.measures.check_ins import points
from kapjournal.measures.rating_words import rated, ratings
from pages.parts import check_in_form, fields, nav, quiet, signed_in, words


def series(rating: str, period: Period) -> MoodSeries:
    work, by = signed_in.work(), signed_in.by()
    marks = [
        date.fromisoformat(it.value.wall[:10]).toordinal()
        for it in sessions(work, by=by)
        if it.value.ended_at
    ]
    return mood_series(
        points(work, by=by, rating=rating),
        marks,
        period,
        signed_in.now().day.toordinal(),
        rated(rating),
    )


def picture(shown: MoodSeries) -> None:
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    st.plotly_chart(
        mood_figure(shown, palette, words.LOCALE),
        config=CONFIG,
        key="picture",
        theme="streamlit",
        alt=alt_text(shown, words.LOCALE),
    )
    st.write(sentence(shown, words.LOCALE))


def table(shown: MoodSeries) -> None:
    rows = table_rows(shown)
    if rows and st.checkbox(_("Table"), key="table"):
        st.table(
            {
                _("Day"): [_when(shown, row.date) for row in reversed(rows)],
                _("Mean"): [f"{row.mean:.1f}" for row in reversed(rows)],
                _("Ratings"): [str(row.ratings) for row in reversed(rows)],
            }
        )
    with st.expander(_("How this is worked out")):
        st.write(
            _(
                "A dot is the mean of a day. The line is the mean of the last seven days, drawn where at least "
                "three of them have a check-in; it breaks where there are none. Dashed lines are sessions. Over "
                "a long time, a dot stands for a week or a month."
            )
        )


def _when(shown: MoodSeries, day: str) -> str:
    return words.month(day) if shown.unit is Unit.MONTH else words.day(day)


def draw() -> None:
    fields.heading(_("Progress"))
    if quiet.capture_only():
        st.write(_("There is nothing to look at today. Rest. The pictures will be here tomorrow."))
        return
    labels = {name: ratings()[name][0] for name in check_in_form.names()}
    period = st.segmented_control(
        _("Period"),
        list(Period),
        format_func=period_label,
        default=Period.MONTHS_3,
        key="period",
        required=True,
        width="stretch",
        label_visibility="collapsed",
    )
    rating = st.selectbox(
        _("What to show"),
        list(labels),
        format_func=labels.__getitem__,
        key="rating",
        filter_mode=None,
        label_visibility="collapsed",
    )
    shown = series(rating, Period(period))
    st.header(_("{rating} around your sessions").format(rating=labels[rating]), anchor=False)
    if shown.rated_days:
        picture(shown)
        table(shown)
    else:
        st.write(sentence(shown, words.LOCALE))
        nav.link("check_in", _("Check in"), icon=":material/add:")
    nav.link("pictures", _("More pictures"), icon=":material/monitoring:")
    nav.link("measures", _("Questionnaires"), icon=":material/checklist_rtl:")


draw()
