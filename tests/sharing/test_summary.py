"""The summary as a value: what is shared is in it, and nothing else leaves a trace."""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
import pytest

from kapjournal.clock import moment
from kapjournal.content import Content, load_content
from kapjournal.journal.values import INTENTION, Entry, Step
from kapjournal.measures.values import CheckIn, Craving, Effect, SideEffects
from kapjournal.records import Record
from kapjournal.records.snapshots import Damaged
from kapjournal.sharing.summary import digest_facts, summarise
from kapjournal.sharing.summary_entries import CAPTURED, OWN_WORDS
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import CATEGORIES, Category, Scope
from tests.sharing.shares import (
    KINDS,
    NOW,
    ZONE,
    ago,
    check_in,
    digest,
    entry,
    everything,
    named,
    opened,
    record,
    session,
    shared,
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def made(content: Content, *found: Record[Any], **fields: Any) -> Summary:
    return summarise(opened(*found), digest(*CATEGORIES, **fields), content, NOW)


def test_the_head_is_that_of_the_digest_in_days_of_the_patient(content: Content) -> None:
    scope = Scope(categories=("check_ins",), since="2026-10-01", goes_on=False)
    late = moment(1_790_892_000, "UTC").at  # 22:00 UTC is after midnight in Berlin
    it = made(content, purpose="talks", scope=scope, shared_at=late, ends=20_800)
    assert (it.name, it.purpose, it.attention) == ("Alice", "talks", "I sleep badly.")
    assert (it.day, it.shared_on, it.ends_on) == ("2026-11-20", "2026-10-02", "2026-12-13")
    assert (it.since, it.goes_on, it.categories) == ("2026-10-01", False, ("check_ins",))


def test_a_link_without_an_end_has_none(content: Content) -> None:
    assert made(content, ends=0).ends_on == ""


def test_the_latest_session_that_took_place_is_told(content: Content) -> None:
    it = made(content, *everything())
    assert it.session is not None
    assert (it.session.wall[:10], it.session.days, it.session.place) == ("2026-11-16", 4, "Room 2")
    assert (it.session.escort, it.session.bring, it.session.dose) == ("Jonas", "Blanket", "as agreed")
    assert (it.session.minutes, it.session.relief, it.session.intensity) == (50, 6, None)
    assert it.sessions == 2
    assert it.coming is not None
    assert (it.coming.wall[:10], it.coming.place) == ("2026-11-26", "Room 3")


def test_a_session_that_did_not_take_place_is_left_out(content: Content) -> None:
    gone = {"cancelled_at": NOW.at}
    it = made(content, session("a", 4, **gone), session("b", -4, ended=False, **gone))
    assert (it.session, it.coming, it.sessions, it.unmarked) == (None, None, 0, "")


def test_a_session_that_nobody_marked_is_told_until_there_is_a_later_one(content: Content) -> None:
    unmarked = session("unmarked", 3, ended=False)
    assert made(content, unmarked, session("before", 9)).unmarked == unmarked.value.wall
    assert made(content, unmarked, session("after", 1)).unmarked == ""


def test_a_session_under_way_is_the_next_one_and_not_unmarked(content: Content) -> None:
    it = made(content, session("now", 1 / 48, ended=False))
    assert it.coming is not None
    assert it.unmarked == ""


def test_the_thread_is_of_the_latest_session_alone(content: Content) -> None:
    other = entry("Of another session.", 19, INTENTION, "first", phase="prep")
    it = made(content, *everything(), other).thread
    assert it.intention is not None
    assert it.stays is not None
    assert (it.intention.text, it.stays.text) == ("To be softer.", "The door stays.")
    assert it.intention.asked == "What is one intention you would like to hold lightly?"
    assert it.captured == ("Green.", "A door.", "Warm hands.")
    assert it.captured_on == "2026-11-16"


def test_without_sessions_the_thread_is_of_the_one_that_was_written_about_last(content: Content) -> None:
    old = entry("Of another session.", 19, INTENTION, "first", phase="prep")
    it = summarise(opened(old, *entries()), digest(), content, NOW)
    assert it.session is None
    assert it.thread.intention is not None
    assert it.thread.intention.text == "To be softer."


def entries() -> list[Record[Entry]]:
    return [it for it in everything() if isinstance(it.value, Entry)]


def test_long_texts_are_shown_by_their_beginning(content: Content) -> None:
    long = "word " * 4000
    it = made(
        content,
        session("latest", 4),
        entry(long, 4, "same_day.words", "latest", phase="same_day"),
        entry(long, 3, INTENTION, "latest", phase="prep"),
        entry(long, 2),
    )
    assert it.thread.intention is not None
    shown = [it.thread.intention.text, it.excerpts[0].text, it.excerpts[1].text]
    assert all(len(text) <= OWN_WORDS + 2 and text.endswith(" …") for text in shown)
    assert len("".join(it.thread.captured)) <= CAPTURED + 2


def test_a_draft_is_never_shown(content: Content) -> None:
    it = made(content, entry("A secret draft.", 1, finished=0))
    assert it.excerpts == ()
    assert it.quality.entries == 0


def test_what_the_patient_wants_is_told_and_no_entry_twice(content: Content) -> None:
    it = made(content, *everything())
    assert it.wanted is not None
    assert it.wanted.text == "I want to talk about the door."
    assert [excerpt.text for excerpt in it.excerpts] == [
        "A walk by the river.",
        "Green. A door. Warm hands. Nothing else.",
    ]
    assert it.quality.entries == 5
    [recording] = it.recordings
    assert (recording.seconds, recording.day, it.recordings_shared) == (85, "2026-11-19", 1)


def test_excerpts_lead_to_their_entries(content: Content) -> None:
    given = entry("A walk.", 1, "between.outside")
    [excerpt] = made(content, given).excerpts
    assert bytes.fromhex(excerpt.id) == given.id
    assert excerpt.asked == "What did you notice the last time you were outside?"


def test_the_mood_line_has_the_last_ninety_days_and_the_sessions(content: Content) -> None:
    it = made(content, *everything(), *(check_in(days, 9) for days in range(91, 200)))
    assert it.mood is not None
    assert it.mood.last_day - it.mood.first_day == 89
    assert [it.mood.last_day - day for day in it.mood.sessions] == [20, 4]
    assert it.mood.rated_days == it.quality.rated_days == 30
    assert max(dot.high for dot in it.mood.dots) == 6


def test_where_nothing_later_is_shared_the_line_ends_there(content: Content) -> None:
    """The days since are not days without ratings."""
    scope = Scope(categories=CATEGORIES, goes_on=False)
    days = range(40, 70)
    it = made(content, *(check_in(day) for day in days), scope=scope)
    assert it.mood is not None
    assert (it.mood.last_day - it.mood.first_day, it.mood.gaps) == (29, ())
    later = made(content, *(check_in(day) for day in days))
    assert later.mood is not None
    assert later.mood.last_day - it.mood.last_day == 40


def test_both_sides_of_the_session_are_told_for_every_rating_that_has_them(content: Content) -> None:
    sides = {side.rating: (side.before, side.after) for side in made(content, *everything()).sides}
    assert sides == {"mood": (3.0, 6.0), "anxiety": (4.0, 4.0)}


def test_ratings_of_another_session_are_not_its_before(content: Content) -> None:
    rated = [check_in(days, 5) for days in (1, 2, 3, 5, 6)]
    assert made(content, session("latest", 4), *rated).sides
    assert not made(content, session("latest", 4), session("close", 5), *rated).sides


def test_the_newer_report_of_a_day_counts(content: Content) -> None:
    def report(hours: int, *effects: Effect) -> Record[SideEffects]:
        at = ago(4 - hours / 24)
        value = SideEffects(**at._asdict(), session=named("s"), when="next_day", effects=effects)
        return record(value)

    it = made(content, session("s", 4), report(20, Effect("nausea", 3)), report(22))
    assert [(report.when, report.effects) for report in it.reports] == [("next_day", ())]


def test_what_came_after_is_told(content: Content) -> None:
    it = made(content, *everything())
    assert [(report.when, report.effects[0].name) for report in it.reports] == [("same_day", "nausea")]
    assert it.month is not None
    assert (it.month.day, it.month.urinary_pain, it.month.blood_in_urine) == ("2026-11-11", 1, False)
    assert it.use is not None
    assert (it.use.craving, it.use.others) == (2, 0)
    assert [(wish.when, wish.strength) for wish in it.wishes] == [("same_day", 1)]
    assert it.cravings is not None
    assert (it.cravings.count, it.cravings.last, it.cravings.day) == (1, 3, "2026-11-18")
    assert [(step.action, step.outcome) for step in it.steps] == [("Call my sister", "did")]
    assert it.domains == (("mind", 1), ("nature", 1))


def test_craving_is_of_the_days_of_the_mood_line(content: Content) -> None:
    old = record(Craving(**ago(100)._asdict(), craving=9))
    it = made(content, *everything(), old)
    assert it.cravings is not None
    assert it.cravings.high == 3


def test_data_quality_says_what_the_records_say(content: Content) -> None:
    at = ago(9)
    imported = record(CheckIn(**at._asdict(), mood=4, origin="daylio 17"))
    late = entry("Written later.", 9, finished=NOW.at)
    it = made(content, imported, late, check_in(1), check_in(1.2), check_in(2), entry("At once.", 3)).quality
    assert (it.ratings, it.rated_days, it.entries, it.later, it.imported) == (4, 3, 2, 1, 1)
    assert (it.gap_days, it.gap_from) == (6, "2026-11-12")


def test_a_record_that_does_not_open_is_counted_and_the_others_stand(content: Content) -> None:
    shares = opened(*everything()).after([Damaged(named("broken"), "note", 2)], 2)
    it = summarise(shares, digest(*CATEGORIES), content, NOW)
    assert it.quality.damaged == 1
    assert it.session is not None


PARTS: dict[Category, Callable[[Summary], object]] = {
    "check_ins": lambda it: (it.mood, it.quality.ratings),
    "measures": lambda it: it.scores,
    "item_9": lambda it: [score.apart for score in it.scores],
    "sessions": lambda it: (it.session, it.coming),
    "dose": lambda it: it.session and it.session.dose,
    "side_effects": lambda it: (it.reports, it.month),
    "substances": lambda it: (it.cravings, it.use, it.wishes),
    "steps": lambda it: it.steps,
}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_that_is_not_shared_leaves_no_trace(content: Content, category: Category) -> None:
    others = [it for it in CATEGORIES if it != category]
    without = [it for it in everything() if not isinstance(it.value, KINDS[category])]
    it = summarise(shared(*others, entries=True), digest(*others), content, NOW)
    assert it == summarise(opened(*without), digest(*others), content, NOW)
    everything_shared = summarise(opened(*everything()), digest(*CATEGORIES), content, NOW)
    assert PARTS[category](it) != PARTS[category](everything_shared)


def test_nothing_shared_is_an_empty_page(content: Content) -> None:
    it = summarise(opened(), digest(), content, NOW)
    assert (it.session, it.mood, it.scores, it.excerpts, it.steps) == (None, None, (), (), ())
    assert msgspec.structs.replace(it.quality) == type(it.quality)()


def test_one_check_in_is_enough_for_a_page(content: Content) -> None:
    it = made(content, check_in(0, 7))
    assert it.mood is not None
    assert (it.mood.rated_days, it.mood.segments, it.sides) == (1, (), ())


def test_equal_shares_give_equal_bytes_in_whatever_order_they_come(content: Content) -> None:
    found, rng = list(everything()), Random(1)
    first = msgspec.json.encode(made(content, *found))
    for _time in range(5):
        rng.shuffle(found)
        assert msgspec.json.encode(made(content, *found)) == first


def test_it_survives_its_own_bytes(content: Content) -> None:
    it = made(content, *everything())
    assert msgspec.json.decode(msgspec.json.encode(it), type=Summary) == it


def test_preview_and_page_are_equal_wherever_they_are_looked_at(content: Content) -> None:
    """The therapist sits in another zone; the days are those of the patient."""
    shares, head = opened(*everything()), digest(*CATEGORIES)
    pages = [summarise(shares, head, content, moment(NOW.at, zone)) for zone in (ZONE, "Pacific/Kiritimati")]
    assert pages[0] == pages[1]


def test_ten_years_of_everything_fit_on_the_page(content: Content) -> None:
    days = range(0, 3650)
    steps = (record(Step(**ago(it)._asdict(), session=b"", action=f"Step {it}", cue="x")) for it in days)
    it = made(
        content,
        *(session(f"s{day}", day + 0.5) for day in range(0, 3650, 14)),
        *(check_in(day, day % 11) for day in days),
        *(entry(f"Entry {day}", day, "between.outside") for day in days),
        *steps,
    )
    assert (it.sessions, it.quality.entries, it.domains) == (261, 3650, (("nature", 3650),))
    assert len(msgspec.json.encode(it)) < 20_000


def test_the_digest_counts_what_is_shared(content: Content) -> None:
    facts = digest_facts(opened(*everything()), content)
    assert facts["last_session"] == session("latest", 4).value.wall
    counts = {name: number for name, number in facts.items() if isinstance(number, int)}
    assert counts == {
        "check_ins": 30,
        "responses": 4,
        "sessions": 3,
        "entries": 5,
        "recordings": 1,
        "side_effects": 2,
        "substances": 3,
        "steps": 1,
    }
    assert [score.name for score in facts["scores"]] == ["GAD-7", "PHQ-9"]
    assert digest_facts(opened(), content)["last_session"] == ""
