"""The safety card as a PDF: the card, the crisis lines of a country, its emergency number, the day it was made."""

from datetime import date

from babel.dates import format_date

from kapjournal.content import Country, Line
from kapjournal.exports.pdf import Pdf, soft, typeset
from kapjournal.language import _
from kapjournal.people.phones import dialled
from kapjournal.people.safety_card import PARTS, part_words
from kapjournal.people.values import Contact, SafetyCard

LOCALE = "en"


def safety_card_pdf(card: SafetyCard, country: Country, *, made: date) -> Pdf:
    """The card for a phone or for paper; parts without a line are left out."""
    return typeset(
        "safety_card",
        {
            "language": LOCALE,
            "title": _("Safety card"),
            "made": _("Made on {day}").format(day=_day(made)),
            "parts": [part for name in PARTS if (part := _part(card, name))["lines"]],
            "lines_title": _("Crisis lines: {country}").format(country=country.name),
            "lines": [_line(it) for it in country.lines],
            "emergency_title": _("If somebody is in danger"),
            "emergency": [
                {"name": it.label, "phone": it.number, "dial": it.number} for it in country.emergency
            ],
            "emergency_note": _("Call the emergency number of the place where you are."),
            "missing": _("Some characters of this card could not be printed here."),
        },
    )


def _part(card: SafetyCard, name: str) -> dict[str, object]:
    title = {str(part): words[0] for part, words in part_words().items()}[name]
    return {"title": title, "lines": [_own_line(it) for it in getattr(card, name)]}


def _own_line(it: str | Contact) -> dict[str, str]:
    if isinstance(it, Contact):
        return {"name": soft(it.name), "phone": soft(it.phone), "dial": dialled(it.phone)}
    return {"name": soft(it), "phone": "", "dial": ""}


def _line(it: Line) -> dict[str, str]:
    text = _("text {word} to {number}") if it.sms_text else _("text {number}")
    ways = [text.format(word=it.sms_text, number=it.sms)] if it.sms else []
    ways += [way.removeprefix("https://") for way in (it.chat, it.web) if way]
    checked = _("checked on {day}, hours may have changed").format(day=_day(it.last_verified))
    return {
        "name": it.name,
        "phone": it.phone_display or "",
        "dial": it.phone or "",
        "more": " · ".join([*ways, it.hours, checked]),
    }


def _day(day: date) -> str:
    return str(format_date(day, "long", locale=LOCALE))
