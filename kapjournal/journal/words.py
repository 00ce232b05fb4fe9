"""The words of sessions, steps and prompts."""

from kapjournal.journal.values import Outcome, Route
from kapjournal.language import _


def routes() -> dict[Route, str]:
    """How ketamine is given, in words."""
    return {
        "iv": _("Infusion (IV)"),
        "im": _("Injection (IM)"),
        "nasal": _("Nasal spray"),
        "oral": _("Lozenge"),
        "other": _("Another way"),
    }


def outcomes() -> dict[Outcome, str]:
    """What can be said of a step."""
    return {"did": _("Did it"), "not_yet": _("Not yet"), "let_go": _("Let it go")}


def domains() -> dict[str, str]:
    """The parts of life that a prompt can be about, in the order of the wheel."""
    return {
        "mind": _("Mind"),
        "body": _("Body"),
        "spirit": _("Spirit"),
        "relationships": _("People"),
        "lifestyle": _("Daily life"),
        "nature": _("Nature"),
    }
