"""The check-in: a few rows of numbers to tap, on Today and on its own page."""

from kapjournal.language import _
from kapjournal.measures.check_ins import ALWAYS, check_in
from kapjournal.measures.rating_words import ratings
from kapjournal.people.preferences import preferences
from pages.parts import browser, fields, notices, signed_in


def names() -> tuple[str, ...]:
    """What this person rates."""
    return (*ALWAYS, *preferences(signed_in.work(), by=signed_in.by()).extras)


def rows(chosen: tuple[str, ...]) -> list[browser.Row]:
    """One row of numbers for each rating."""
    return [fields.scale(name, *ratings()[name]) for name in chosen]


def draw(form: str, chosen: tuple[str, ...]) -> None:
    """The rows, empty for every new check-in. Call it in a fragment: a tap draws that again."""
    browser.ratings(rows(chosen), key=form, form=fields.save_id(form).hex())


def save(form: str, chosen: tuple[str, ...], *, dated: bool = False) -> None:
    """Save what was tapped, and clear the rows for the next time."""
    with notices.telling():
        check_in(
            signed_in.work(),
            by=signed_in.by(),
            ratings=browser.rated(rows(chosen), key=form, form=fields.save_id(form).hex()),
            when=fields.chosen_moment(form, signed_in.zone()) if dated else signed_in.now(),
            save_id=fields.save_id(form),
        )
        fields.new_form(form)
        notices.say(_("Your check-in is saved."))
