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
