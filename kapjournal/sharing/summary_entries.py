"""What the summary takes from shared entries and voice notes: only those, and of a long one only its beginning."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from kapjournal.content import Content, Prompt
from kapjournal.journal.values import INTENTION, Entry, Phase, VoiceNote
from kapjournal.journal.words import domains
from kapjournal.records import Record, Snapshot
from kapjournal.sharing.summary_values import Excerpt, Recording, Thread
from kapjournal.texts import excerpt

STAYS = ("days_1_3.reread", "month_1.stayed")
"""Prompts that ask for what stays."""
WANTED = ("days_1_3.meeting", "month_1.with-team", "flat.team", "pre_course.therapist")
"""Prompts that ask what the patient wants from a meeting with the therapist."""
AFTERWARDS: tuple[Phase, ...] = ("days_1_3", "week_1", "month_1", "flat")
MOST_EXCERPTS = MOST_RECORDINGS = 3
LINES, CAPTURED = 3, 270
OWN_WORDS = 200
OTHER_WORDS = 160

Entries = Sequence[Record[Entry]]


class Asked:
    """Prompts by id, looked up once."""

    def __init__(self, content: Content) -> None:
        self._known: Mapping[str, Prompt] = {it.id: it for pack in content.packs for it in pack.prompts}

    def text(self, id: str) -> str:
        """The question; "" on a blank page, and for one that is the patient's own or no longer shipped."""
        found = self._known.get(id)
        return found.text if found else ""

    def domain(self, id: str) -> str:
        """The part of life it is about, "" for none."""
        found = self._known.get(id)
        return found.domain if found else ""


def shared_entries(opened: Snapshot) -> Entries:
    """The finished entries, oldest first."""
    return opened.derived("shared entries", Entry, _finished)


def thread(entries: Entries, session: bytes, asked: Asked) -> Thread:
    """One session from intention to what stays; empty without a session."""
    mine = [it for it in entries if session and it.value.session == session]
    intentions = [it for it in mine if it.value.prompt == INTENTION]
    captured = [it for it in mine if it.value.phase == "same_day"]
    later = [it for it in mine if it.value.phase in AFTERWARDS and it.value.prompt not in WANTED]
    stays = [it for it in later if it.value.prompt in STAYS] or later
    return Thread(
        intention=_excerpt(intentions[-1], asked) if intentions else None,
        captured=_lines(it.value.text for it in captured),
        captured_on=captured[0].value.wall[:10] if captured else "",
        stays=_excerpt(stays[-1], asked) if stays else None,
    )


def wanted(entries: Entries, asked: Asked) -> Excerpt | None:
    """What the patient said last that they want from a meeting."""
    found = [it for it in entries if it.value.prompt in WANTED]
    return _excerpt(found[-1], asked) if found else None


def excerpts(
    entries: Entries, asked: Asked, *, but: Sequence[Excerpt | None] = (), most: int = MOST_EXCERPTS
) -> tuple[Excerpt, ...]:
    """The newest shared entries, newest first, `but` for those that stand elsewhere on the page."""
    elsewhere = {it.id for it in but if it is not None}
    others = (it for it in reversed(entries) if it.id.hex() not in elsewhere)
    return tuple(_excerpt(it, asked, OTHER_WORDS) for it in islice(others, most))


def recordings(opened: Snapshot, asked: Asked, *, most: int = MOST_RECORDINGS) -> tuple[Recording, ...]:
    """The newest shared voice notes, newest first."""
    found = sorted(opened.all(VoiceNote).values(), key=lambda it: (it.value.at, it.id), reverse=True)
    return tuple(
        Recording(
            id=it.id.hex(),
            day=it.value.wall[:10],
            prompt=it.value.prompt,
            asked=asked.text(it.value.prompt),
            seconds=it.value.seconds,
        )
        for it in found[:most]
    )


def touched(entries: Entries, asked: Asked) -> tuple[tuple[str, int], ...]:
    """How many shared entries belong to each domain, in the order of the wheel."""
    counts = Counter(asked.domain(it.value.prompt) for it in entries)
    return tuple((name, counts[name]) for name in domains() if counts[name])


def _excerpt(it: Record[Entry], asked: Asked, length: int = OWN_WORDS) -> Excerpt:
    return Excerpt(
        id=it.id.hex(),
        day=it.value.wall[:10],
        prompt=it.value.prompt,
        asked=asked.text(it.value.prompt),
        text=excerpt(it.value.text, length),
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """The first three lines; the fewer there are, the more of each."""
    lines = [line for text in texts for line in text[: 4 * CAPTURED].splitlines() if line.strip()][:LINES]
    return tuple(excerpt(line, CAPTURED // len(lines)) for line in lines)


def _finished(found: Mapping[bytes, Record[Entry]]) -> Entries:
    return sorted((it for it in found.values() if it.value.finished), key=lambda it: (it.value.at, it.id))
