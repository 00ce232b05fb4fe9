"""The one page a therapist reads, made of what is shared and of nothing else. Pure.

Invariants: equal shares, digest and local day give an equal summary, whoever asks and in whatever order the records
come; what is not shared leaves no trace in it, neither number nor title. Nothing is interpreted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict, TypeVar

from kapjournal.clock import Moment, moment
from kapjournal.content import Content
from kapjournal.insights.before_after import before_after
from kapjournal.insights.mood import MoodSeries, mood_series
from kapjournal.insights.periods import Period
from kapjournal.journal.phases import DAY, planned_end
from kapjournal.journal.values import Dose, Entry, Session, Step, VoiceNote
from kapjournal.measures.check_ins import RATINGS
from kapjournal.measures.values import (
    CheckIn,
    Craving,
    MonthlyCheck,
    Response,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Record, Snapshot
from kapjournal.sharing import summary_after as after
from kapjournal.sharing import summary_entries as words
from kapjournal.sharing.scores import last_scores, score_lines
from kapjournal.sharing.summary_values import BeforeAfter, Quality, Sitting, Summary
from kapjournal.sharing.values import Digest, LastScore

SHARED = (
    CheckIn,
    Craving,
    Dose,
    Entry,
    MonthlyCheck,
    Response,
    Session,
    SideEffects,
    Step,
    Substances,
    Urge,
    VoiceNote,
)
About = TypeVar("About", Entry, SideEffects, Urge)
Points = Sequence[tuple[int, int]]


class DigestFacts(TypedDict):
    """The fields of a `Digest` that follow from what is shared."""

    last_session: str
    scores: tuple[LastScore, ...]
    check_ins: int
    responses: int
    sessions: int
    entries: int
    recordings: int
    side_effects: int
    substances: int
    steps: int


def digest_facts(opened: Snapshot, content: Content) -> DigestFacts:
    """What the therapist's list is told of a link."""
    taken = _taken(opened)
    count = {cls: len(opened.all(cls)) for cls in SHARED}
    return {
        "last_session": taken[-1].value.wall if taken else "",
        "scores": last_scores(opened, content),
        "check_ins": count[CheckIn],
        "responses": sum(1 for it in opened.all(Response).values() if it.value.finished),
        "sessions": count[Session],
        "entries": len(words.shared_entries(opened)),
        "recordings": count[VoiceNote],
        "side_effects": count[SideEffects] + count[MonthlyCheck],
        "substances": count[Craving] + count[Urge] + count[Substances],
        "steps": count[Step],
    }


def summarise(opened: Snapshot, digest: Digest, content: Content, now: Moment) -> Summary:
    """The summary of a link as of `now`, by the calendar of the patient.

    `opened` holds what the link opens and nothing else.
    """
    today = moment(now.at, digest.zone)
    shared_on = moment(digest.shared_at, digest.zone)
    # Where nothing later is shared, the days since are not days without ratings.
    until = min(today.day, shared_on.day) if not digest.scope.goes_on else today.day
    taken, entries, asked = _taken(opened), words.shared_entries(opened), words.Asked(content)
    latest = taken[-1] if taken else None
    session = latest.id if latest else _newest_mentioned(opened)
    thread, wanted = words.thread(entries, session, asked), words.wanted(entries, asked)
    mood = _mood(opened, taken, until)
    coming, unmarked = _ahead(opened, latest, now.at)
    first_shown = date.fromordinal(mood.first_day).isoformat() if mood else digest.scope.since
    return Summary(
        language=digest.language,
        name=digest.my_name,
        purpose=digest.purpose,
        attention=digest.attention,
        day=today.day.isoformat(),
        shared_on=shared_on.day.isoformat(),
        ends_on=_utc_day(digest.ends),
        since=digest.scope.since,
        goes_on=digest.scope.goes_on,
        categories=digest.scope.categories,
        session=_sitting(latest, opened, today.day) if latest else None,
        sessions=len(taken),
        coming=_sitting(coming, opened, today.day) if coming else None,
        unmarked=unmarked,
        thread=thread,
        mood=mood,
        sides=_sides(opened, taken, until),
        scores=score_lines(opened, content),
        reports=after.reports(opened, session),
        month=after.month(opened),
        use=after.use(opened),
        cravings=after.cravings(opened, first_shown, until.isoformat()),
        wishes=after.wishes(opened, session),
        domains=words.touched(entries, asked),
        steps=after.steps(opened),
        wanted=wanted,
        excerpts=words.excerpts(entries, asked, but=(thread.intention, thread.stays, wanted)),
        recordings=words.recordings(opened, asked),
        recordings_shared=len(opened.all(VoiceNote)),
        quality=_quality(opened, entries, mood),
    )


def _taken(opened: Snapshot) -> Sequence[Record[Session]]:
    """The shared sessions that took place, oldest first."""
    return opened.derived("shared sessions", Session, _done)


def _done(found: Mapping[bytes, Record[Session]]) -> Sequence[Record[Session]]:
    done = (it for it in found.values() if it.value.ended_at and not it.value.cancelled_at)
    return sorted(done, key=lambda it: (it.value.at, it.id))


def _ahead(opened: Snapshot, latest: Record[Session] | None, at: int) -> tuple[Record[Session] | None, str]:
    """The next session, and when one began that was to end by now and of which nothing is said since."""
    open_ = [it for it in opened.all(Session).values() if not it.value.ended_at and not it.value.cancelled_at]
    coming = [it for it in open_ if planned_end(it.value) > at]
    since = latest.value.at if latest else 0
    past = [it.value.wall for it in open_ if since < it.value.at and planned_end(it.value) <= at]
    return min(coming, key=lambda it: (it.value.at, it.id), default=None), max(past, default="")


def _sitting(record: Record[Session], opened: Snapshot, today: date) -> Sitting:
    it = record.value
    doses = [dose for dose in opened.all(Dose).values() if dose.value.session == record.id]
    newest = max(doses, key=lambda dose: (dose.value.at, dose.id), default=None)
    return Sitting(
        wall=it.wall,
        route=it.route,
        place=it.place,
        escort=it.escort,
        bring=it.bring,
        days=(today - date.fromisoformat(it.wall[:10])).days,
        minutes=it.minutes,
        intensity=it.intensity,
        challenge=it.challenge,
        relief=it.relief,
        systolic=it.systolic,
        diastolic=it.diastolic,
        dose=newest.value.amount if newest else "",
    )


def _newest_mentioned(opened: Snapshot) -> bytes:
    """Where no session is shared: the one that was written or reported about last."""
    about = [*_about(opened.all(Entry)), *_about(opened.all(SideEffects)), *_about(opened.all(Urge))]
    return max(about)[2] if about else b""


def _about(found: Mapping[bytes, Record[About]]) -> list[tuple[int, bytes, bytes]]:
    return [(it.value.at, it.id, it.value.session) for it in found.values() if it.value.session]


def _mood(opened: Snapshot, taken: Sequence[Record[Session]], until: date) -> MoodSeries | None:
    if not opened.all(CheckIn):
        return None
    return mood_series(_points(opened)["mood"], _days(taken), Period.MONTHS_3, until.toordinal(), "mood")


def _sides(opened: Snapshot, taken: Sequence[Record[Session]], until: date) -> tuple[BeforeAfter, ...]:
    """The ratings on both sides of the latest session, those that have enough on both."""
    if not taken:
        return ()
    points = _points(opened) | {"craving": _craving(opened)}
    near = range((here := _days(taken)[-1]) - 4, here + 5)
    found = []
    for name in RATINGS:
        close = [it for it in points[name] if it[0] in near]
        sides = before_after(close, _days(taken), until.toordinal(), name).sessions
        if sides and sides[-1].before is not None and sides[-1].after is not None:
            found.append(BeforeAfter(name, sides[-1].before, sides[-1].after))
    return tuple(found)


def _points(opened: Snapshot) -> dict[str, Points]:
    return opened.derived("shared ratings", CheckIn, _ratings)


def _ratings(found: Mapping[bytes, Record[CheckIn]]) -> dict[str, Points]:
    """Every rating but craving, as (local day, rating)."""
    days = [(_day(it.value.wall), it.value) for it in found.values()]
    names = [name for name in RATINGS if name != "craving"]
    return {
        name: [(day, rating) for day, it in days if (rating := getattr(it, name)) is not None]
        for name in names
    }


def _craving(opened: Snapshot) -> Points:
    return [(_day(it.value.wall), it.value.craving) for it in opened.all(Craving).values()]


def _quality(opened: Snapshot, entries: words.Entries, mood: MoodSeries | None) -> Quality:
    gap = max(mood.gaps, key=lambda it: (it.last - it.first, it.first), default=None) if mood else None
    return Quality(
        ratings=sum(it.count for it in mood.dots) if mood else 0,
        rated_days=mood.rated_days if mood else 0,
        gap_days=gap.last - gap.first + 1 if gap else 0,
        gap_from=date.fromordinal(gap.first).isoformat() if gap else "",
        entries=len(entries),
        later=sum(it.value.finished - it.value.at > DAY for it in entries),
        imported=sum(it.value.origin != "here" for cls in SHARED for it in opened.all(cls).values()),
        damaged=len(opened.damaged),
    )


def _days(taken: Sequence[Record[Session]]) -> list[int]:
    return [_day(it.value.wall) for it in taken]


def _day(wall: str) -> int:
    return date.fromisoformat(wall[:10]).toordinal()


def _utc_day(days: int) -> str:
    """A day that is counted from 1970, "" for none."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + days).isoformat() if days else ""
