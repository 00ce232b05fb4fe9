"""A patient connects with a therapist: by code, accepted, compared; and ends it."""

import os

import pytest
from sqlalchemy import select, update

from kapjournal.database.tables import accounts, grants, links
from kapjournal.errors import (
    LinkOver,
    MistypedTherapistCode,
    NoSuchTherapist,
    NotAllowed,
    OutOfRange,
    SecondFactorMissing,
    SharingRefused,
    TooLong,
)
from kapjournal.people.preferences import change_preferences
from kapjournal.sharing import accepting, codes, linking
from kapjournal.sharing.values import Scope
from kapjournal.vault.codes import therapist_mark, write_therapist_code
from tests.cast import Cast
from tests.journal.desk import written
from tests.sharing.desk import code_of, linked, offered, previewed, seen, settle, with_factor


def test_a_code_finds_its_therapist_and_what_they_call_themself(cast: Cast) -> None:
    change_preferences(cast.work(), by=cast.bob, now=cast.now(), name="Dr. Bob Berger")
    found = codes.find_therapist(cast.work(), by=cast.alice, code=code_of(cast, cast.bob).lower())
    assert (found.account, found.calls_themself) == (cast.bob.account, "Dr. Bob Berger")


def test_a_code_with_a_wrong_letter_is_mistyped(cast: Cast) -> None:
    code = code_of(cast, cast.bob)
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    with pytest.raises(MistypedTherapistCode):
        codes.find_therapist(cast.work(), by=cast.alice, code=wrong)


def test_a_code_of_a_patient_of_oneself_or_of_nobody_finds_nobody(cast: Cast) -> None:
    for who in (cast.dora.account, cast.alice.account, bytes(16)):
        code = write_therapist_code(therapist_mark(who, b"k" * 32))
        with pytest.raises(NoSuchTherapist):
            codes.find_therapist(cast.work(), by=cast.alice, code=code)


def test_a_code_of_a_deleted_account_finds_nobody(cast: Cast) -> None:
    code = code_of(cast, cast.bob)
    with cast.engine.begin() as connection:
        connection.execute(accounts.delete().where(accounts.c.id == cast.bob.account))
    with pytest.raises(NoSuchTherapist):
        codes.find_therapist(cast.work(), by=cast.alice, code=code)


@pytest.mark.parametrize("column", ["public_key", "code"])
def test_a_key_or_code_that_was_swapped_in_the_database_is_refused(cast: Cast, column: str) -> None:
    code, other = code_of(cast, cast.bob), code_of(cast, cast.charlie)
    with cast.engine.begin() as connection:
        theirs = connection.execute(
            select(accounts.c[column]).where(accounts.c.id == cast.charlie.account)
        ).scalar_one()
        move = update(accounts).where(accounts.c.id == cast.charlie.account)
        connection.execute(move.values({column: os.urandom(12)}))
        swap = update(accounts).where(accounts.c.id == cast.bob.account)
        connection.execute(swap.values({column: theirs}))
    with pytest.raises(SharingRefused):
        codes.find_therapist(cast.work(), by=cast.alice, code=code if column == "public_key" else other)


def test_a_therapist_needs_a_second_factor_for_everything_about_patients(cast: Cast) -> None:
    for ask in (codes.my_code, accepting.patients):
        with pytest.raises(SecondFactorMissing):
            ask(cast.work(), by=cast.charlie)


def test_both_screens_show_the_same_eight_characters(cast: Cast) -> None:
    link = offered(cast, "check_ins").id
    [listed] = accepting.patients(cast.work(), by=cast.bob)
    here = linking.standing(cast.work(), by=cast.alice)[link]
    assert (listed.state, listed.comparison) == ("offered", here.comparison)
    assert not here.accepted
    accepting.accept(cast.work(), by=cast.bob, link=link, now=cast.now())
    assert linking.standing(cast.work(), by=cast.alice)[link].accepted


def test_nothing_is_shown_before_the_therapist_accepts(cast: Cast) -> None:
    link = offered(cast, "check_ins").id
    settle(cast)
    with pytest.raises(NotAllowed):
        seen(cast, link)


def test_accepting_twice_changes_nothing(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    once = accepting.accept(cast.work(), by=cast.bob, link=link, now=cast.now())
    assert accepting.accept(cast.work(), by=cast.bob, link=link, now=cast.now()) == once


def test_another_therapist_cannot_accept_or_look(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    with_factor(cast, cast.charlie)
    assert accepting.patients(cast.work(), by=cast.charlie) == ()
    with pytest.raises(NotAllowed):
        accepting.accept(cast.work(), by=cast.charlie, link=link, now=cast.now())
    with pytest.raises(NotAllowed):
        seen(cast, link, cast.charlie)


def test_an_offer_pointed_at_another_therapist_is_refused(cast: Cast) -> None:
    link = offered(cast, "check_ins").id
    with_factor(cast, cast.charlie)
    with cast.engine.begin() as connection:
        connection.execute(update(links).values(therapist=cast.charlie.account))
    [listed] = accepting.patients(cast.work(), by=cast.charlie)
    assert listed.state == "refused"
    with pytest.raises(SharingRefused):
        accepting.accept(cast.work(), by=cast.charlie, link=link, now=cast.now())


def test_saving_the_same_form_twice_adds_one_link(cast: Cast) -> None:
    save_id, code = os.urandom(16), code_of(cast, cast.bob)
    for _time in range(2):
        linking.add_link(
            cast.work(), by=cast.alice, code=code, scope=Scope(), save_id=save_id, now=cast.now(), name="B"
        )
    assert len(linking.my_links(cast.work(), by=cast.alice)) == 1


def test_stopping_takes_effect_with_the_commit(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    seen(cast, link)
    linking.stop(cast.work(), by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        seen(cast, link)
    with cast.engine.connect() as connection:
        assert connection.execute(select(grants)).all() == connection.execute(select(links)).all() == []
    assert [it.state for it in accepting.patients(cast.work(), by=cast.bob)] == ["over"]
    linking.stop(cast.work(), by=cast.alice, link=link)


def test_stopping_works_from_a_tab_that_was_left_behind(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    behind = cast.work()
    linking.my_links(behind, by=cast.alice)
    linking.say_with_link(cast.work(), by=cast.alice, link=link, attention="sleep")
    linking.stop(behind, by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        seen(cast, link)


def test_a_pause_closes_everything_and_resuming_opens_it_again(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast, entries=(entry,))
    before = seen(cast, link)
    linking.pause(cast.work(), by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        seen(cast, link)
    linking.resume(cast.work(), by=cast.alice, link=link, now=cast.now())
    settle(cast)
    assert seen(cast, link) == before == previewed(cast, link)


def test_the_therapist_can_end_a_link_too(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    accepting.decline(cast.work(), by=cast.bob, link=link)
    assert linking.standing(cast.work(), by=cast.alice) == {}
    with pytest.raises(LinkOver):
        seen(cast, link)


@pytest.mark.parametrize("days", [0, -1, 367, True, 1.5])
def test_an_end_that_is_not_possible_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(OutOfRange):
        offered(cast, days=days)


@pytest.mark.parametrize("apart", ["item_9", "dose"])
def test_what_is_shared_apart_is_not_shared_alone(cast: Cast, apart: str) -> None:
    with pytest.raises(OutOfRange):
        offered(cast, apart)  # type: ignore[arg-type]


def test_names_and_words_have_their_limits(cast: Cast) -> None:
    for words in ({"name": "x" * 101}, {"attention": "x" * 2001}, {"purpose": "x" * 501}):
        with pytest.raises(TooLong):
            offered(cast, words=words)


def test_a_draft_cannot_be_shared_nor_what_is_somebody_elses(cast: Cast) -> None:
    link = linked(cast)
    for note in (os.urandom(16), written(cast, cast.dora, "hers").id):
        with pytest.raises(NotAllowed):
            linking.share_note(cast.work(), by=cast.alice, link=link, note=note, now=cast.now())
        with pytest.raises(NotAllowed):
            offered(cast, entries=(note,))


def test_a_list_says_what_is_new_since_the_last_look(cast: Cast) -> None:
    link = linked(cast, "check_ins")

    def is_new() -> bool:
        return accepting.patients(cast.work(), by=cast.bob)[0].is_new

    assert is_new()
    seen(cast, link)
    assert not is_new()
    linking.say_with_link(cast.work(), by=cast.alice, link=link, attention="sleep")
    assert is_new()
    seen(cast, link)
    linking.pause(cast.work(), by=cast.alice, link=link)
    linking.resume(cast.work(), by=cast.alice, link=link, now=cast.now())
    settle(cast)
    assert not is_new()
