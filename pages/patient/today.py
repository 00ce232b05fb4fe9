"""What to do now: one main thing, never more than three."""

from collections.abc import Callable

import streamlit as st

from kapjournal.clock import Moment
from kapjournal.journal.words import routes
from kapjournal.language import _
from kapjournal.today import Today, today
from pages.parts import fields, signed_in, style, today_cards, words
from pages.parts.today_cards import Card

MOST = 3


def title(it: Today, now: Moment) -> str:
    session = it.arc.session
    match it.arc.phase:
        case "same_day" | "days_1_3" | "week_1" if session:
            return words.days_after(session.value, now)
        case "prep" | "pre_session" if session:
            return words.days_before(session.value, now)
    return _("Today")


def below(it: Today, now: Moment) -> str:
    day = words.long_day(now.day)
    if it.arc.session is None:
        return day
    return f"{day} · {words.session_name(it.number)} · {routes()[it.arc.session.value.route]}"


def cards(it: Today) -> list[Card | None]:
    """What this phase offers, the most important first; None where there is nothing to say."""
    c = today_cards
    asked = c.asked(it)
    match it.arc.phase:
        case "prep":
            return [asked, c.ready(it), c.writing(it), c.measures(it), c.check_in(it)]
        case "pre_session":
            return [asked, c.ready(it), c.check_in(it), c.writing(it)]
        case "days_1_3":
            return [asked, c.writing(it), c.report(it), c.check_in(it), c.session(it)]
        case "week_1":
            return [asked, c.writing(it), c.step(it), c.check_in(it)]
        case "pre_course":
            return [asked, c.writing(it), c.measures(it) or c.session(it), c.check_in(it)]
    return [asked, c.writing(it), c.month(it) or c.measures(it) or c.session(it), c.check_in(it)]


def calm(it: Today) -> None:
    """During a session: the time, a contact, and nothing to do."""
    style.dim(alone=True)
    assert it.arc.session is not None
    session = it.arc.session
    fields.heading(_("Nothing to do here."), _("You can put the phone away."))
    times = _("Since {start}. Planned for {count} minutes.")
    st.write(times.format(start=words.clock_time(session.value.wall), count=session.value.planned_minutes))
    if session.value.escort:
        st.text(_("Takes you home: {name}").format(name=session.value.escort))
    today_cards.over_now(session)


def capture(it: Today, now: Moment) -> None:
    """The day of a session: say what is there, rest, sleep."""
    style.dim()
    fields.heading(title(it, now), _("Nothing to work out today."))
    today_cards.capture(it)
    for card in (today_cards.asked(it), today_cards.report(it)):
        if card:
            card()
    today_cards.slept(it)
    if it.rules:
        today_cards.rules(expanded=True)


def draw() -> None:
    now = signed_in.now()
    content = signed_in.application().content
    it = today(signed_in.work(), by=signed_in.by(), now=now, content=content)
    if it.guards.nothing:
        calm(it)
        return
    if it.guards.capture_only:
        capture(it, now)
        return
    fields.heading(title(it, now), below(it, now))
    shown: list[Callable[[], None]] = [card for card in cards(it) if card is not None]
    for card in shown[:MOST]:
        card()
    if it.rules:
        today_cards.slept(it)
        today_cards.rules(expanded=False)


draw()
