"""A card to hand to a patient: a therapist's code in letters and for a camera, and the way to begin sharing."""

import segno

from kapjournal.exports.pdf import Pdf, soft, typeset
from kapjournal.language import _

LOCALE = "en"


def therapist_card_pdf(code: str, name: str, address: str) -> Pdf:
    """The card for a `code`; `name` is what the therapist calls themself, and `address` where the camera is led."""
    return typeset(
        "therapist_card",
        {
            "language": LOCALE,
            "title": _("Share your journal with your therapist"),
            "name": soft(name),
            "code": code,
            "code_label": _("Code"),
            "qr": _dark(address) if address else None,
            "qr_alt": _("QR code for the address {address}").format(address=address),
            "steps_title": _("How to begin"),
            "steps": [
                _("Sign in to kapjournal and open Share."),
                _("Type this code, or scan it with the camera of your phone."),
                _("Choose what to share. Nothing is shared by itself."),
                _("When we meet, we compare eight characters on both screens."),
            ],
            "note": _("You can stop at any time. Nobody monitors your journal in real time."),
            "missing": _("Some characters of this card could not be printed here."),
        },
    )


def _dark(text: str) -> list[list[int]]:
    """The rows of the QR code, 1 for dark, without the quiet zone."""
    return [list(row) for row in segno.make(text, micro=False).matrix]
