"""The words of side-effect reports and monthly checks."""

from kapjournal.language import _
from kapjournal.measures.values import EffectName, Lasted, RedFlag


def effects() -> dict[EffectName, str]:
    """What can be noticed after a session."""
    return {
        "nausea": _("Nausea"),
        "dizziness": _("Dizziness"),
        "headache": _("Headache"),
        "sedation": _("Very sleepy"),
        "dissociated": _("Still far away from myself"),
        "confusion": _("Confused"),
        "perceptions": _("Seeing or hearing things"),
        "anxiety": _("Anxious"),
        "palpitations": _("Heart racing"),
        "pressure": _("High blood pressure, measured"),
        "breathing": _("Trouble breathing"),
        "mood_crash": _("Mood crashed"),
    }


def flags() -> dict[RedFlag, str]:
    """What must not wait."""
    return {
        "chest_pain": _("Chest pain"),
        "cannot_breathe": _("I cannot breathe"),
        "fainted": _("I fainted"),
        "cannot_be_woken": _("Somebody could not wake me"),
        "confused_over_a_day": _("Badly confused for more than a day"),
    }


def strengths() -> dict[int, str]:
    """How strong an effect is."""
    return {1: _("A little"), 2: _("Clearly"), 3: _("Strongly")}


def answers() -> dict[int, str]:
    """How much of something there is, with nothing as an answer of its own."""
    return {0: _("Not at all"), **strengths()}


def lasted() -> dict[Lasted, str]:
    """How long an effect lasted."""
    return {"minutes": _("Minutes"), "hours": _("Hours"), "day": _("A day"), "still": _("Still there")}
