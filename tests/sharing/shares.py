"""What a link may open, made by hand: records without a database, and the digest that stands at their head."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kapjournal.clock import Moment, moment_at_wall
from kapjournal.journal.values import INTENTION, Dose, Entry, Session, Step, VoiceNote
from kapjournal.measures.apart import beside
from kapjournal.measures.values import (
    AnswerApart,
    CheckIn,
    Craving,
    Effect,
    MonthlyCheck,
    Response,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Record, Snapshot, Value
from kapjournal.records.snapshots import nothing
from kapjournal.sharing.values import Category, Digest, Scope

ZONE = "Europe/Berlin"
TODAY = datetime(2026, 11, 20, 18, 0)
KINDS: dict[Category, tuple[type[Value], ...]] = {
    "check_ins": (CheckIn,),
    "measures": (Response,),
    "item_9": (AnswerApart,),
    "sessions": (Session,),
    "dose": (Dose,),
    "side_effects": (SideEffects, MonthlyCheck),
    "substances": (Craving, Urge, Substances),
    "steps": (Step,),
}


def ago(days: float) -> Moment:
    """A moment so many days before now; below 0, one to come."""
    return moment_at_wall(TODAY - timedelta(days=days), ZONE)


NOW = ago(0)


def named(name: str) -> bytes:
    """The id that a name stands for."""
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def record(value: Value, name: str = "") -> Record[Any]:
    """A record whose id follows from its name, or else from what is in it."""
    id = named(name or msgspec.json.encode(value).decode())
    return Record(id, 1, 1, id, value, 512)


def opened(*found: Record[Any]) -> Snapshot:
    """What a link opens: just these."""
    return nothing(named("alice"), "patient").after(found, 1, complete=True)


def digest(*categories: Category, **fields: Any) -> Digest:
    """What stands at the head of a link that shares these categories."""
    scope = Scope(categories=categories)
    known = {"my_name": "Alice", "purpose": "our talks", "attention": "I sleep badly.", "scope": scope}
    return Digest(**{**known, "ends": NOW.at // 86_400 + 30, "shared_at": ago(40).at, "zone": ZONE, **fields})


def session(name: str, days: float, *, ended: bool = True, **fields: Any) -> Record[Session]:
    at = ago(days)
    value = Session(**at._asdict(), ended_at=at.at + 3600 if ended else 0, **{"route": "iv", **fields})
    return record(value, name)


def check_in(days: float, mood: int | None = 5, **ratings: int) -> Record[CheckIn]:
    return record(CheckIn(**ago(days)._asdict(), mood=mood, **ratings))


def entry(text: str, days: float, prompt: str = "", of: str = "", **fields: Any) -> Record[Entry]:
    at = ago(days)
    about = {"session": named(of) if of else b"", "prompt": prompt, "prompt_version": 1}
    return record(Entry(**{**at._asdict(), "text": text, "finished": at.at + 60, **about, **fields}))


def response(measure: str, codes: str, days: float, version: int = 1) -> Record[Response]:
    """Answers by their codes, one letter each; a dot for none."""
    at = ago(days)
    answers = tuple(code if code != "." else "" for code in codes)
    return record(Response(**at._asdict(), measure=measure, version=version, answers=answers, finished=at.at))


def phq(eight: str, nine: str, days: float) -> tuple[Record[Response], Record[AnswerApart]]:
    """A PHQ-9 as it is kept: eight answers, and the ninth apart."""
    given = response("phq-9", f"{eight}..", days)
    apart = AnswerApart(
        **ago(days)._asdict(), response=given.id, measure="phq-9", version=1, item="9", code=nine
    )
    id = beside(given.id, 8)
    return given, Record(id, 1, 1, id, apart, 512)


def everything() -> tuple[Record[Any], ...]:
    """Something of every kind, around two sessions and one to come."""
    latest = named("latest")
    after = ago(3)
    return (
        session("first", 20),
        session("latest", 4, place="Room 2", escort="Jonas", bring="Blanket", minutes=50, relief=6),
        session("coming", -6, ended=False, place="Room 3"),
        record(Dose(**after._asdict(), session=latest, amount="as agreed")),
        *(check_in(days, 3 + (days < 4) * 3, anxiety=4) for days in range(30)),
        record(Craving(**ago(2)._asdict(), craving=3)),
        entry("To be softer.", 5, INTENTION, "latest", phase="prep"),
        entry(
            "Green.\nA door.\n\nWarm hands.\nNothing else.", 4, "same_day.words", "latest", phase="same_day"
        ),
        entry("The door stays.", 2, "days_1_3.reread", "latest", phase="days_1_3"),
        entry("I want to talk about the door.", 2, "days_1_3.meeting", "latest", phase="days_1_3"),
        entry("A walk by the river.", 1, "between.outside"),
        record(VoiceNote(**ago(1)._asdict(), media="audio/webm", seconds=85, size=9)),
        record(
            SideEffects(
                **after._asdict(), session=latest, when="same_day", effects=(Effect("nausea", 2, "hours"),)
            )
        ),
        record(Urge(**after._asdict(), session=latest, when="same_day", strength=1)),
        record(MonthlyCheck(**ago(9)._asdict(), urinary_pain=1, blood_in_urine=False)),
        record(Substances(**ago(9)._asdict(), craving=2, others=0)),
        record(
            Step(**ago(2)._asdict(), session=latest, action="Call my sister", cue="after tea", outcome="did")
        ),
        *phq("22222222", "1", 30),
        *phq("11111110", "1", 2),
        response("gad-7", "2222222", 30),
        response("gad-7", "2222221", 2),
    )


def shared(*categories: Category, entries: bool = False) -> Snapshot:
    """What is open of `everything` if these categories are shared."""
    kinds = tuple(kind for it in categories for kind in KINDS[it])
    notes = (Entry, VoiceNote) if entries else ()
    return opened(*(it for it in everything() if isinstance(it.value, (*kinds, *notes))))
