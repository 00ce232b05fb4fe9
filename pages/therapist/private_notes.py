"""A therapist's own notes about one patient, also after the link has ended."""

from kapjournal.language import _
from kapjournal.sharing.accepting import patient
from pages.parts import fields, nav, private_note_list, signed_in, words


def draw() -> None:
    link = fields.given_id("link")
    name = patient(signed_in.work(), by=signed_in.by(), link=link).value.name
    fields.heading(words.plain(name) or _("A patient without a name"))
    private_note_list.draw(link)
    nav.link("patients", _("Back to patients"))


draw()
