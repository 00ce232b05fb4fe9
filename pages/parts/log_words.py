"""The access log in words."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kapjournal.language import _
from kapjournal.records import Record
from kapjournal.records.events import Logged
from kapjournal.sharing.values import Link
from pages.parts import words

LOOKS = frozenset({"summary", "entries", "entry", "recording", "pdf"})


def names(links: Sequence[Record[Link]]) -> dict[bytes, str]:
    """What each link is called: the therapist's name, and the day it was added where two have the same one."""
    count = Counter(it.value.name for it in links)
    return {
        it.id: words.name(it.value.name)
        if count[it.value.name] == 1
        else _("{name} (added {day})").format(name=words.name(it.value.name), day=words.day(it.value.wall))
        for it in links
    }


def sentence(it: Logged, names: Mapping[bytes, str]) -> str:
    """A line of the log: who did what."""
    if it.event is None:
        return _("This line is damaged and cannot be read.")
    known = _sentences().get(it.event.what, _("Something happened that this version does not know."))
    name = names.get(it.event.link) or words.name(it.event.detail) or _("A therapist")
    text = known.format(name=name, device=words.name(it.event.detail) or _("a browser"))
    return _("{text}, several times").format(text=text) if it.times > 1 else text


def _sentences() -> dict[str, str]:
    return {
        "summary": _("{name} looked at your page"),
        "entries": _("{name} looked through what you chose one by one"),
        "entry": _("{name} read an entry"),
        "recording": _("{name} listened to a recording"),
        "pdf": _("{name} saved your page as a PDF"),
        "link": _("You added {name}"),
        "accepted": _("{name} accepted"),
        "declined": _("{name} ended it on their side"),
        "scope": _("You changed what {name} sees"),
        "grant": _("You shared an entry or a recording with {name}"),
        "revoke": _("You stopped sharing an entry or a recording with {name}"),
        "end": _("You changed the last day for {name}"),
        "pause": _("You paused sharing with {name}"),
        "resume": _("You went on sharing with {name}"),
        "stop": _("You stopped sharing with {name}"),
        "over": _("The last day for {name} has passed"),
        "export": _("Your page was saved as a PDF here"),
        "sign_up": _("This journal was begun with {device}"),
        "sign_in": _("Signed in with {device}"),
        "recovery": _("Came back with the recovery code, with {device}"),
        "passphrase": _("The passphrase was changed"),
        "recovery_code": _("A new recovery code was made"),
        "factor_on": _("The second factor was turned on"),
        "factor_off": _("The second factor was turned off"),
    }
