"""What was written about, by domain: mind, body, spirit, relationships, lifestyle, nature.

Minimum: `LEAST` entries whose prompt belongs to a domain. A count says what was written about, not what matters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from kapjournal.insights import say
from kapjournal.language import _, ngettext

LEAST = 5


class Share(NamedTuple):
    """A domain in the person's language, and how many entries are about it."""

    label: str
    entries: int


class Domains(msgspec.Struct, frozen=True, gc=False):
    """`shares` in the order of the wheel; `others` are entries of no domain, such as a blank page."""

    shares: tuple[Share, ...]
    others: int

    @property
    def entries(self) -> int:
        """Entries of a domain."""
        return sum(it.entries for it in self.shares)

    @property
    def enough(self) -> bool:
        """Whether there is a picture to show."""
        return self.entries >= LEAST


def domains(written: Iterable[str | None], labels: Sequence[tuple[str, str]]) -> Domains:
    """Count the domains of entries; `labels` are the domains of the wheel, in its order, with their words."""
    counts = Counter(written)
    shares = tuple(Share(label, counts[name]) for name, label in labels)
    return Domains(shares, counts.total() - sum(it.entries for it in shares))


def sentence(shown: Domains, locale: str = "en") -> str:
    """What the picture shows, or what is missing to see it."""
    if not shown.enough:
        text = _(
            "What you write about appears here after {least} entries to a question. So far there are {entries}."
        )
        return text.format(least=say.number(LEAST, locale), entries=say.number(shown.entries, locale))
    named = [it for it in sorted(shown.shares, key=lambda it: -it.entries) if it.entries]
    counted = [
        _("{domain} ({count})").format(domain=it.label, count=say.number(it.entries, locale)) for it in named
    ]
    parts = [
        _("{entries} entries belong to a part of the wheel: {domains}.").format(
            entries=say.number(shown.entries, locale), domains=say.listed(counted, locale)
        )
    ]
    if shown.others:
        more = ngettext(
            "{count} more belongs to none, such as a blank page.",
            "{count} more belong to none, such as blank pages.",
            shown.others,
        )
        parts.append(more.format(count=say.number(shown.others, locale)))
    return " ".join([*parts, _("No part needs to be full.")])


def alt_text(shown: Domains, locale: str = "en") -> str:
    """What kind of picture this is, for somebody who does not see it."""
    text = _("Wheel of {count} parts; the larger a part, the more entries are about it.")
    return text.format(count=say.number(len(shown.shares), locale))


def table(shown: Domains, locale: str = "en") -> say.Table:
    """One row a domain, in the order of the wheel."""
    rows = ((it.label, say.number(it.entries, locale)) for it in shown.shares)
    return say.Table((_("Domain"), _("Entries")), tuple(rows))
