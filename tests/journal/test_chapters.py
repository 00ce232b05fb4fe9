"""The journal is grouped by session."""

from kapjournal.clock import moment
from kapjournal.journal.reading import Chapter, chapters
from kapjournal.journal.sessions import delete_session
from kapjournal.journal.writing import move_entry
from tests.cast import ZONE, Cast
from tests.journal.desk import DAY, HOUR, done, planned, written


def shape(found: tuple[Chapter, ...]) -> list[tuple[int, list[str]]]:
    return [(it.number, [record.value.text for record in it.entries]) for it in found]


def test_an_empty_journal_has_no_chapters(cast: Cast) -> None:
    planned(cast, cast.alice)
    assert chapters(cast.work(), by=cast.alice) == ()


def test_entries_stand_with_their_session_newest_first(cast: Cast) -> None:
    first, second = done(cast, cast.alice, 9 * DAY), done(cast, cast.alice, 2 * DAY)
    for text, session in (("a", first), ("b", first), ("c", second), ("d", first)):
        written(cast, cast.alice, text, session=session.id)
        cast.later(60)
    assert shape(chapters(cast.work(), by=cast.alice)) == [(1, ["d", "b", "a"]), (2, ["c"])]


def test_entries_of_no_session_stand_between_the_sessions_around_them(cast: Cast) -> None:
    before = written(cast, cast.alice, "before")
    move_entry(cast.work(), by=cast.alice, entry=before.id, when=moment(cast.at - DAY, ZONE))
    first = done(cast, cast.alice)
    for text, about in (("a", b""), ("b", first.id), ("c", b"")):
        cast.later(60)
        written(cast, cast.alice, text, session=about)
    found = chapters(cast.work(), by=cast.alice)
    assert shape(found) == [(1, ["c", "a"]), (1, ["b"]), (0, ["before"])]
    assert [it.session and it.session.id for it in found] == [None, first.id, None]


def test_sessions_are_counted_in_the_order_they_start(cast: Cast) -> None:
    later = planned(cast, cast.alice, DAY)
    earlier = done(cast, cast.alice, 5 * HOUR)
    for session in (later, earlier):
        written(cast, cast.alice, "x", session=session.id)
    numbers = {it.session.id: it.number for it in chapters(cast.work(), by=cast.alice) if it.session}
    assert numbers == {earlier.id: 1, later.id: 2}


def test_the_entries_of_a_deleted_session_stay(cast: Cast) -> None:
    session = done(cast, cast.alice)
    written(cast, cast.alice, "a", session=session.id)
    delete_session(cast.work(), by=cast.alice, session=session.id)
    assert shape(chapters(cast.work(), by=cast.alice)) == [(0, ["a"])]


def test_a_search_keeps_the_groups(cast: Cast) -> None:
    session = done(cast, cast.alice)
    for text, about in (("the sea", session.id), ("the river", session.id), ("a sea", b"")):
        written(cast, cast.alice, text, session=about)
        cast.later(60)
    found = chapters(cast.work(), by=cast.alice, words="SEA")
    assert shape(found) == [(1, ["a sea"]), (1, ["the sea"])]
    assert [it.session is None for it in found] == [True, False]
    assert chapters(cast.work(), by=cast.alice, words="violin") == ()
    assert len(chapters(cast.work(), by=cast.alice, words="  ")) == 2


def test_nobody_sees_the_chapters_of_somebody_else(cast: Cast) -> None:
    written(cast, cast.alice, "a", session=done(cast, cast.alice).id)
    for by in (cast.bob, cast.charlie, cast.dora):
        assert chapters(cast.work(), by=by) == ()
