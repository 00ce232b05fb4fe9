"""Bad input about sharing, on both databases: kept as it was given, or refused by name; then nothing has changed."""

import os
from typing import Any

import pytest
from sqlalchemy import select

from kapjournal.database.tables import access_log, grants, links, records
from kapjournal.errors import MistypedTherapistCode, NotAllowed, OutOfRange, TooLong, UnsuitableText
from kapjournal.journal.writing import Draft
from kapjournal.sharing import accepting, codes, linking, notes, paper
from kapjournal.sharing.values import CATEGORIES, Scope
from tests import naughty
from tests.cast import Cast, content
from tests.journal.desk import Box, written
from tests.sharing.desk import linked, offered, previewed, seen, settle
from tests.test_bad_input import LONGEST, on_one_line, tried
from tests.test_malicious_database import spoken


def stored(cast: Cast) -> list[Any]:
    with cast.engine.connect() as connection:
        tables = (records, links, grants, access_log)
        return [sorted(map(tuple, connection.execute(select(it)))) for it in tables]


@pytest.mark.parametrize("field", ["name", "my_name", "purpose", "attention"])
def test_what_is_said_with_a_link_is_kept_as_it_was_typed(cast: Cast, field: str) -> None:
    link = linked(cast, "check_ins")

    def say(text: str) -> None:
        linking.say_with_link(cast.work(), by=cast.alice, link=link, **{field: text})  # type: ignore[arg-type, misc]
        kept = linking.my_link(cast.work(cast.new_store()), by=cast.alice, link=link).value
        assert getattr(kept, field) == (on_one_line(text) if field in linking.LINES else text.strip())

    assert tried(say)
    assert previewed(cast, link) == seen(cast, link)


def test_a_name_that_runs_from_right_to_left_stays_a_name(cast: Cast) -> None:
    """It is shown as typed; the page isolates it. Nothing else on the list moves."""
    for name in naughty.DIRECTION:
        link = linked(cast, words={"my_name": name})
        assert accepting.patient(cast.work(), by=cast.bob, link=link).value.name == on_one_line(name)


def test_what_a_patient_is_called_and_what_is_noted_are_kept_as_typed(cast: Cast) -> None:
    link = linked(cast)

    def call(text: str) -> None:
        before = accepting.patient(cast.work(), by=cast.bob, link=link).value.name
        accepting.call_patient(cast.work(), by=cast.bob, link=link, name=text)
        kept = accepting.patient(cast.work(cast.new_store()), by=cast.bob, link=link).value.name
        assert kept == (on_one_line(text) or before)

    def note(text: str) -> None:
        draft = Draft(os.urandom(16), os.urandom(16), text)
        saved = notes.write_note(cast.work(), by=cast.bob, link=link, draft=draft, now=cast.now())
        assert notes.note(cast.work(cast.new_store()), by=cast.bob, id=saved.record.id).value.text == text

    assert tried(call)
    assert tried(note)


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "nul \0", "half \ud800"])
def test_what_cannot_be_kept_is_refused_and_nothing_changes(cast: Cast, text: str) -> None:
    link = linked(cast, "check_ins")
    before = stored(cast)
    for field in ("name", "my_name", "purpose", "attention"):
        with pytest.raises((TooLong, UnsuitableText)):
            linking.say_with_link(cast.work(), by=cast.alice, link=link, **{field: text})  # type: ignore[arg-type, misc]
        with pytest.raises((TooLong, UnsuitableText)):
            offered(cast, "check_ins", words={field: text})
        with pytest.raises((TooLong, UnsuitableText)):
            paper.paper(
                cast.work(), by=cast.alice, scope=Scope(), content=content(), now=cast.now(), **{field: text}
            )
    with pytest.raises((TooLong, UnsuitableText)):
        accepting.call_patient(cast.work(), by=cast.bob, link=link, name=text)
    draft = Draft(os.urandom(16), os.urandom(16), text)
    with pytest.raises((TooLong, UnsuitableText)):
        notes.write_note(cast.work(), by=cast.bob, link=link, draft=draft, now=cast.now())
    assert stored(cast) == before


def test_anything_that_is_no_code_is_mistyped(cast: Cast) -> None:
    for text in naughty.ALL:
        with pytest.raises(MistypedTherapistCode):
            codes.find_therapist(cast.work(), by=cast.alice, code=text)


def test_a_code_is_found_however_it_is_typed(cast: Cast) -> None:
    from tests.sharing.desk import code_of

    code = code_of(cast, cast.bob)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        f"  {code.replace('-', ' – ')}\n",
        code.replace("0", "O"),
    ):
        assert codes.find_therapist(cast.work(), by=cast.alice, code=typed).account == cast.bob.account


DAYS: list[Any] = [0, -1, 367, 10**9, True, 1.0, "7", None, float("nan")]


@pytest.mark.parametrize("days", DAYS)
def test_an_end_that_is_none_changes_nothing(cast: Cast, days: Any) -> None:
    link = linked(cast, "check_ins")
    before = stored(cast)
    with pytest.raises(OutOfRange, match="days"):
        linking.set_end(cast.work(), by=cast.alice, link=link, days=days, now=cast.now())
    assert stored(cast) == before


SCOPES: dict[str, Scope] = {
    "an unknown category": Scope(categories=("everything",)),  # type: ignore[arg-type]
    "a category in another script": Scope(categories=("check_ins\u200b",)),  # type: ignore[arg-type]
    "item 9 alone": Scope(categories=("item_9",)),
    "a dose alone": Scope(categories=("dose",)),
    "a day that is none": Scope(since="2026-02-30"),
    "a day in another notation": Scope(since="20260201"),
    "a week": Scope(since="2026-W05-1"),
    "a day that is a number": Scope(since=20260201),  # type: ignore[arg-type]
    "a day with a time": Scope(since="2026-02-01T10:00"),
}


@pytest.mark.parametrize("name", SCOPES)
def test_a_scope_that_is_none_is_refused_and_nothing_changes(cast: Cast, name: str) -> None:
    link = linked(cast, "check_ins")
    before = stored(cast)
    with pytest.raises(OutOfRange):
        linking.change_scope(cast.work(), by=cast.alice, link=link, scope=SCOPES[name], now=cast.now())
    with pytest.raises(OutOfRange):
        paper.paper(cast.work(), by=cast.alice, scope=SCOPES[name], content=content(), now=cast.now())
    assert stored(cast) == before


def test_no_text_is_taken_for_a_day(cast: Cast) -> None:
    link = linked(cast)
    for text in filter(None, naughty.ALL):
        with pytest.raises(OutOfRange):
            linking.change_scope(
                cast.work(), by=cast.alice, link=link, scope=Scope(since=text), now=cast.now()
            )


def test_ids_of_others_of_other_kinds_and_of_nothing_are_refused(cast: Cast) -> None:
    link, box = linked(cast, "check_ins"), Box(cast, cast.alice)
    box.push("a draft")
    sound = spoken(cast, b"a")
    wrong = {
        "somebody else's": written(cast, cast.dora, "hers").id,
        "a draft": box.id,
        "a part of a recording": sound[:12] + bytes(4),
        "the link itself": link,
        "nothing": b"",
        "too long": bytes(400),
        "nobody's": os.urandom(16),
    }
    before = stored(cast)
    for note in wrong.values():
        for field in ("entries", "recordings"):
            with pytest.raises(NotAllowed):
                linking.change_scope(
                    cast.work(), by=cast.alice, link=link, scope=Scope(**{field: (note,)}), now=cast.now()
                )
        with pytest.raises(NotAllowed):
            linking.share_note(cast.work(), by=cast.alice, link=link, note=note, now=cast.now())
    with pytest.raises(NotAllowed):
        linking.change_scope(
            cast.work(), by=cast.alice, link=link, scope=Scope(entries=(sound,)), now=cast.now()
        )
    for other in (os.urandom(16), b"", bytes(400)):
        with pytest.raises(NotAllowed):
            linking.stop(cast.work(), by=cast.alice, link=other)
        with pytest.raises(NotAllowed):
            seen(cast, other)
    assert stored(cast) == before


def test_something_named_twice_is_shared_once(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast, *CATEGORIES, *CATEGORIES, entries=(entry, entry))
    settle(cast)
    kept = linking.my_link(cast.work(), by=cast.alice, link=link).value.scope
    assert kept.categories == CATEGORIES
    assert seen(cast, link).quality.entries == 1
    linking.keep_note(cast.work(), by=cast.alice, link=link, note=entry)
    assert linking.my_link(cast.work(), by=cast.alice, link=link).value.scope.entries == ()
