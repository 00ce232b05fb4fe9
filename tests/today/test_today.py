"""What to offer now."""

import os

from kapjournal.journal.values import Phase
from kapjournal.journal.writing import About
from kapjournal.measures.check_ins import check_in
from kapjournal.records.rows import NEWEST_NOTES
from kapjournal.today import DRAFT_SECONDS, Today, today
from tests.cast import Cast
from tests.journal.desk import DAY, HOUR, Box, done, many, planned, written


def now(cast: Cast) -> Today:
    return today(cast.work(), by=cast.alice)


def test_an_empty_journal_offers_the_time_between_sessions(cast: Cast) -> None:
    found = now(cast)
    assert (found.arc.phase, found.number) == ("between", 0)
    assert found[2:] == (None, None, None)


def test_the_session_of_the_phase_is_counted_from_one(cast: Cast) -> None:
    done(cast, cast.alice, 30 * DAY)
    done(cast, cast.alice, 2 * HOUR)
    planned(cast, cast.alice, 14 * DAY)
    found = now(cast)
    assert (found.arc.phase, found.number) == ("same_day", 2)
    assert found.arc.coming is not None


def test_before_a_session_its_own_number_is_told(cast: Cast) -> None:
    done(cast, cast.alice, 30 * DAY)
    planned(cast, cast.alice, 2 * DAY)
    assert (now(cast).arc.phase, now(cast).number) == ("prep", 2)


def test_the_newest_draft_is_there_to_go_on_with(cast: Cast) -> None:
    for text in ("one", "two"):
        Box(cast, cast.alice).push(text)
        cast.later(60)
    draft = now(cast).draft
    assert draft is not None
    assert draft.value.text == "two"


def test_a_draft_older_than_two_days_is_not_urged_on_anybody(cast: Cast) -> None:
    Box(cast, cast.alice).push("one")
    begun = cast.at
    for seconds, offered in ((DRAFT_SECONDS - 1, True), (DRAFT_SECONDS, False)):
        cast.at = begun + seconds
        found = today(cast.work(), by=cast.enter("alice"))
        assert bool(found.draft) is offered


def test_in_the_first_days_the_first_capture_of_the_session_is_shown(cast: Cast) -> None:
    session = done(cast, cast.alice, 11 * HOUR)
    phases: tuple[Phase, ...] = ("prep", "same_day", "same_day")
    for text, phase in zip(("before", "first", "second"), phases, strict=True):
        written(cast, cast.alice, text, session=session.id, phase=phase)
        cast.later(60)
    written(cast, cast.alice, "of no session", phase="same_day")
    assert now(cast).captured is None
    cast.later(HOUR - 120)
    captured = today(cast.work(), by=cast.enter("alice")).captured
    assert captured is not None
    assert captured.value.text == "first"


def test_a_capture_that_is_not_finished_or_of_an_earlier_session_is_not_shown(cast: Cast) -> None:
    earlier, latest = done(cast, cast.alice, 9 * DAY), done(cast, cast.alice, 20 * HOUR)
    written(cast, cast.alice, "earlier", session=earlier.id, phase="same_day")
    Box(cast, cast.alice).push("draft", about=About(latest.id, "same_day"))
    assert now(cast).arc.phase == "days_1_3"
    assert now(cast).captured is None


def test_the_latest_check_in_is_the_one_of_the_latest_moment(cast: Cast) -> None:
    for mood in (3, 8):
        check_in(cast.work(), by=cast.alice, ratings={"mood": mood}, when=cast.now(), save_id=os.urandom(16))
        cast.later(60)
    latest = now(cast).last_check_in
    assert latest is not None
    assert latest.value.mood == 8


def test_today_does_not_open_the_whole_journal(cast: Cast) -> None:
    many(cast, cast.alice, NEWEST_NOTES + 1)
    work = cast.work(cast.new_store())
    today(work, by=cast.alice)
    assert not work.reading(cast.alice).complete


def test_a_therapist_and_another_patient_have_a_today_of_their_own(cast: Cast) -> None:
    session = done(cast, cast.alice, 20 * HOUR)
    written(cast, cast.alice, "The cello.", session=session.id, phase="same_day")
    for by in (cast.bob, cast.dora):
        found = today(cast.work(), by=by)
        assert (found.arc.phase, found.number, *found[2:]) == ("between", 0, None, None, None)
