"""Words that several pages use: dates, sessions, phases, in the person's language and zone."""

import re
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time

from kapjournal.clock import Moment
from kapjournal.content import Prompt
from kapjournal.journal.prompts import OWN
from kapjournal.journal.values import Phase, Ready, Session
from kapjournal.journal.words import routes
from kapjournal.language import _, ngettext

LOCALE = "en"
MARKDOWN = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$:&]")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def question(prompt: Prompt | None) -> str:
    """A prompt as a heading. A person's own question stands there letter for letter, not as Markdown."""
    if prompt is None:
        return _("Blank page")
    return MARKDOWN.sub(r"\\\g<0>", prompt.text) if prompt.id.startswith(OWN) else prompt.text


def name(text: str) -> str:
    """A name within a sentence: a writing direction in it does not reach our words."""
    return DIRECTIONS.sub("", text)


def plain(text: str) -> str:
    """A name within Markdown, letter for letter."""
    return MARKDOWN.sub(r"\\\g<0>", name(text))


def phases() -> dict[Phase, str]:
    """The packs of questions by the part of the arc they are for."""
    return {
        "pre_course": _("Before you begin"),
        "prep": _("Before a session"),
        "pre_session": _("Just before"),
        "same_day": _("The day of a session"),
        "days_1_3": _("The first days"),
        "week_1": _("The first week"),
        "month_1": _("The weeks after"),
        "between": _("Between sessions"),
        "hard": _("When it is hard"),
        "flat": _("When nothing came"),
    }


def branches() -> dict[Phase, str]:
    """The two ways that are always open, as somebody would say it."""
    return {"hard": _("This is hard right now"), "flat": _("Nothing came")}


def ready() -> dict[Ready, str]:
    """The practical list before a session."""
    return {
        "escort": _("Somebody takes me home"),
        "quiet": _("The rest of the day is free"),
        "fasting": _("Food and drink as my clinic said"),
        "bring": _("My things are packed"),
        "phone": _("Phone off once my ride is settled"),
    }


def day(wall: str, *, today: date | None = None) -> str:
    """A day as a person says it: today, yesterday, or its date."""
    when = date.fromisoformat(wall[:10])
    if today is not None and when == today:
        return _("Today")
    if today is not None and (today - when).days == 1:
        return _("Yesterday")
    skeleton = "MMMEd" if today is not None and when.year == today.year else "yMMMEd"
    return str(format_skeleton(skeleton, datetime.combine(when, datetime.min.time()), locale=LOCALE))


def month(wall: str) -> str:
    """A month with its year."""
    when = datetime.combine(date.fromisoformat(wall[:10]), datetime.min.time())
    return str(format_skeleton("yMMM", when, locale=LOCALE))


def clock_time(wall: str) -> str:
    """A wall time."""
    return str(format_time(datetime.fromisoformat(wall).time(), "short", locale=LOCALE))


def day_and_time(wall: str, *, today: date | None = None) -> str:
    """A day and a time."""
    return f"{day(wall, today=today)}, {clock_time(wall)}"


@lru_cache(maxsize=100)
def long_day(when: date) -> str:
    """A day of the week with its date."""
    return str(format_date(when, "full", locale=LOCALE))


def session_name(number: int) -> str:
    """A session by its place in the course."""
    return _("Session {number}").format(number=number)


def session_line(session: Session, *, today: date) -> str:
    """A session in one line."""
    return f"{day_and_time(session.wall, today=today)} · {routes()[session.route]}"


def days_after(session: Session, now: Moment) -> str:
    """How long ago a session was, in the person's own calendar days."""
    days = (now.day - date.fromisoformat(session.wall[:10])).days
    if days <= 0:
        return _("The day of your session")
    if days == 1:
        return _("The day after your session")
    return ngettext("{count} day after your session", "{count} days after your session", days).format(
        count=_number_word(days)
    )


def days_before(session: Session, now: Moment) -> str:
    """How far off a session is."""
    days = (date.fromisoformat(session.wall[:10]) - now.day).days
    if days <= 0:
        return _("Your session is today")
    if days == 1:
        return _("Your session is tomorrow")
    return ngettext("{count} day until your session", "{count} days until your session", days).format(
        count=_number_word(days)
    )


def _number_word(number: int) -> str:
    words = (_("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"))
    return words[number - 2] if 2 <= number <= 7 else str(number)
