"""Which prompts to offer: least used first, in the order of the pack, at most one that asks for meaning."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kapjournal.content import Prompt
from kapjournal.journal.values import Entry
from kapjournal.records import Record

SITTING = 3


def used(entries: Iterable[Record[Entry]]) -> Counter[str]:
    """How often each prompt was answered."""
    return Counter(it.value.prompt for it in entries if it.value.prompt)


def sitting(pack: Sequence[Prompt], answered: Counter[str], length: int = SITTING) -> tuple[int, ...]:
    """Places in the pack (counted from 0) of the prompts for one sitting."""
    by_use = sorted(range(len(pack)), key=lambda place: (answered[pack[place].id], place))
    meaning = [place for place in by_use if pack[place].interpretive]
    chosen = [place for place in by_use if place not in meaning[1:]][:length]
    return tuple(sorted(chosen, key=by_use.index))
