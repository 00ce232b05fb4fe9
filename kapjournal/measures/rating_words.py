"""The words of check-ins."""

from kapjournal.language import _


def ratings() -> dict[str, tuple[str, str, str]]:
    """What can be rated: its name, and what 0 and 10 mean."""
    return {
        "mood": (_("Mood"), _("very low"), _("very good")),
        "anxiety": (_("Anxiety"), _("none"), _("as bad as it gets")),
        "energy": (_("Energy"), _("none"), _("full")),
        "pain": (_("Pain"), _("none"), _("as bad as it gets")),
        "craving": (_("Craving"), _("none"), _("as strong as it gets")),
        "sleep": (_("Sleep last night"), _("very poor"), _("very good")),
        "connectedness": (_("Feeling connected"), _("not at all"), _("very much")),
        "hope": (_("Hope"), _("none"), _("a lot")),
    }


def rated(name: str) -> str:
    """What is rated, as it stands in the middle of a sentence."""
    return {
        "mood": _("mood"),
        "anxiety": _("anxiety"),
        "energy": _("energy"),
        "pain": _("pain"),
        "craving": _("craving"),
        "sleep": _("sleep"),
        "connectedness": _("feeling of being connected"),
        "hope": _("hope"),
    }[name]
