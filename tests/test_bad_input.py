"""Bad input through every text field, on both databases: kept as it was given, or refused by name.

Single lines keep one space for each run of white space. After a refusal nothing is saved.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pyotp
import pytest
from sqlalchemy import func, select

from kapjournal.clock import known_zone, moment, moment_at_wall
from kapjournal.database.tables import accounts, records
from kapjournal.errors import (
    KapjournalError,
    LoginTaken,
    MistypedFactorCode,
    MistypedRecoveryCode,
    NotAllowed,
    OutOfRange,
    SignInRefused,
    TooLong,
    TooManyTries,
    UnsuitableLogin,
    UnsuitableText,
    WeakPassphrase,
    WrongPassphrase,
)
from kapjournal.journal.prompts import add_own_prompt, own_prompts
from kapjournal.journal.reading import drafts, entries, entry, search
from kapjournal.journal.sessions import Facts, dose_of, get_ready, mark_done, record_facts, sessions
from kapjournal.journal.steps import Plan, plan_step, say_step, steps
from kapjournal.journal.values import INTENTION
from kapjournal.journal.writing import About, finish
from kapjournal.measures.check_ins import check_in, check_ins, points
from kapjournal.measures.side_effects import check_month, report_side_effects
from kapjournal.measures.values import Effect
from kapjournal.people import signing_in
from kapjournal.people.browsers import browser_label
from kapjournal.people.confirming import confirm
from kapjournal.people.passphrases import check_passphrase
from kapjournal.people.preferences import UNSET, change_preferences, preferences
from kapjournal.people.safety_card import Part, change_safety_card, safety_card
from kapjournal.people.second_factor import begin, turn_on
from kapjournal.people.signing_in import devices, finish_sign_in, recover, sign_in, sign_up
from kapjournal.people.values import Contact, Half
from kapjournal.vault.wraps import unwrap_with_passphrase, wrap_for_passphrase
from tests import naughty
from tests.cast import BROWSER, PASSPHRASE, ZONE, Cast, Watched
from tests.journal.desk import Box, done, planned, written

LONGEST = 100_000
PRESENT = PASSPHRASE.format(name="alice")


@pytest.fixture(autouse=True)
def _free_derivations(derivations: Watched) -> Watched:
    return derivations


def tried(attempt: Callable[[str], object]) -> list[str]:
    """The texts that were taken. Everything else was refused as what it is."""
    taken: list[str] = []
    refused: list[str] = []
    too_long: list[str] = []
    for text in naughty.ALL:
        try:
            attempt(text)
        except UnsuitableText:
            refused.append(text)
        except TooLong:
            too_long.append(text)
        else:
            taken.append(text)
    assert refused == [text for text in naughty.ALL if text in naughty.REFUSED]
    assert all(len(text) > 100 for text in too_long)
    return taken


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def rows(cast: Cast, table: Any = records) -> int:
    with cast.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_the_list_has_every_class_and_no_doubles() -> None:
    assert len(naughty.ALL) >= 150
    assert len(set(naughty.ALL)) == len(naughty.ALL)


def test_an_entry_is_kept_to_the_letter_and_found_again(cast: Cast) -> None:
    boxes: list[Box] = []

    def write(text: str) -> None:
        box = Box(cast, cast.alice)
        box.push(text)
        boxes.append(box)

    texts = sorted(text for text in tried(write) if text.strip())
    for box in boxes:
        finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())
    work = cast.work(cast.new_store())
    assert sorted(it.value.text for it in entries(work, by=cast.alice)) == texts
    for text in texts:
        assert text in [it.value.text for it in search(work, by=cast.alice, words=text[:500])], text
    assert len(texts) > 150


def test_searching_for_anything_is_harmless(cast: Cast) -> None:
    written(cast, cast.alice, "sky")
    for words in naughty.ALL:
        found = search(cast.work(), by=cast.alice, words=words)
        assert len(found) == (0 if words.strip() else 1)


def test_the_lines_of_a_plan_are_kept_each_on_one_line(cast: Cast) -> None:
    taken = tried(lambda text: planned(cast, cast.alice, place=text, escort=text))
    found = sessions(cast.work(cast.new_store()), by=cast.alice)
    assert sorted(it.value.place for it in found) == sorted(map(on_one_line, taken))
    assert all(it.value.escort == it.value.place for it in found)
    assert len(taken) > len(naughty.ALL) - len(naughty.REFUSED) - 10


def test_what_to_bring_is_kept_with_its_lines(cast: Cast) -> None:
    taken = tried(lambda text: planned(cast, cast.alice, bring=text))
    found = sorted(it.value.bring for it in sessions(cast.work(cast.new_store()), by=cast.alice))
    assert found == sorted(text.strip() for text in taken)


def test_a_dose_is_kept_on_one_line(cast: Cast) -> None:
    session = done(cast, cast.alice).id

    def record(text: str) -> None:
        facts = Facts(dose=text)
        record_facts(cast.work(), by=cast.alice, session=session, facts=facts, now=cast.now())
        dose = dose_of(cast.work(cast.new_store()), by=cast.alice, session=session)
        assert (dose.value.amount if dose else "") == on_one_line(text)

    assert tried(record)


def planned_step(cast: Cast, session: bytes, **plan: str) -> None:
    given = Plan(**({"action": "x", "cue": "x"} | plan))
    plan_step(cast.work(), by=cast.alice, session=session, plan=given, now=cast.now(), save_id=os.urandom(16))


@pytest.mark.parametrize("field", ["action", "cue", "obstacle"])
def test_a_text_of_a_step_is_kept_on_one_line(cast: Cast, field: str) -> None:
    session = done(cast, cast.alice).id

    def plan(text: str) -> None:
        with suppress(OutOfRange):
            planned_step(cast, session, **{field: text})

    taken = [on_one_line(text) for text in tried(plan)]
    found = [
        getattr(it.value, field) for it in steps(cast.work(cast.new_store()), by=cast.alice, session=session)
    ]
    assert sorted(found) == sorted(text for text in taken if text or field == "obstacle")


def test_no_bad_time_or_outcome_of_a_step_is_kept(cast: Cast) -> None:
    session = done(cast, cast.alice).id
    planned_step(cast, session)
    [before] = steps(cast.work(), by=cast.alice, session=session)
    for text in filter(None, naughty.ALL):
        with pytest.raises(OutOfRange, match="clock"):
            planned_step(cast, session, clock=text)
        with pytest.raises(OutOfRange, match="outcome"):
            say_step(cast.work(), by=cast.alice, step=before.id, outcome=text)  # type: ignore[arg-type]  # refused
    assert steps(cast.work(), by=cast.alice, session=session) == (before,)


def test_a_question_of_ones_own_is_kept_on_one_line(cast: Cast) -> None:
    def ask(text: str) -> None:
        with suppress(OutOfRange):
            add_own_prompt(
                cast.work(), by=cast.alice, text=text, phase=None, now=cast.now(), save_id=os.urandom(16)
            )

    taken = filter(None, map(on_one_line, tried(ask)))
    found = [it.value.text for it in own_prompts(cast.work(cast.new_store()), by=cast.alice)]
    assert sorted(found) == sorted(taken)


def test_an_intention_is_kept_to_the_letter(cast: Cast) -> None:
    session = planned(cast, cast.alice)

    def intend(text: str) -> None:
        box = Box(cast, cast.alice)
        box.push(text, about=About(session.id, "prep", INTENTION, 1))
        found = entry(cast.work(cast.new_store()), by=cast.alice, id=box.id)
        assert (found.value.text, found.value.session) == (text, session.id)

    assert tried(intend)


def test_no_bad_item_effect_flag_or_answer_is_kept(cast: Cast) -> None:
    session, now = done(cast, cast.alice).id, cast.now()
    before = rows(cast)
    for text in naughty.ALL:
        unknown: Any = text
        with pytest.raises(OutOfRange, match="ready"):
            get_ready(cast.work(), by=cast.alice, session=session, items=[unknown])
        for wrong in (
            {"effects": [Effect(unknown, 1)]},
            {"effects": [Effect("nausea", unknown)]},
            {"effects": (), "flags": [unknown]},
            {"effects": (), "urge": unknown},
            {"effects": (), "when": unknown},
        ):
            given: dict[str, Any] = {"when": "same_day"} | wrong
            with pytest.raises(OutOfRange, match="effects"):
                report_side_effects(cast.work(), by=cast.alice, session=session, now=now, **given)
        for check in ({text: 1}, {"memory": unknown}, {"blood_in_urine": unknown}, {"others": unknown}):
            with pytest.raises(OutOfRange, match="effects"):
                check_month(cast.work(), by=cast.alice, check=check, now=now, save_id=os.urandom(16))
    assert rows(cast) == before


@pytest.mark.parametrize("ended", ["1900-01-02T00:00", "2099-06-01T12:00", "2199-12-30T23:59"])
def test_a_session_that_ended_in_another_age_is_refused(cast: Cast, ended: str) -> None:
    session = planned(cast, cast.alice, -3600)
    far = moment_at_wall(datetime.fromisoformat(ended), ZONE)
    with pytest.raises(OutOfRange, match="ended"):
        mark_done(cast.work(), by=cast.alice, session=session.id, ended=far)
    assert sessions(cast.work(), by=cast.alice) == (session,)


def test_a_name_is_kept_on_one_line(cast: Cast) -> None:
    def call(text: str) -> None:
        change_preferences(cast.work(), by=cast.alice, now=cast.now(), name=text)
        assert preferences(cast.work(cast.new_store()), by=cast.alice).name == on_one_line(text)

    assert tried(call)


def test_a_line_of_the_safety_card_is_kept_on_one_line(cast: Cast) -> None:
    def fill(text: str) -> None:
        change_card(cast, "signs", text)
        card = safety_card(cast.work(cast.new_store()), by=cast.alice)
        assert (card.value.signs if card else ()) == tuple(filter(None, [on_one_line(text)]))

    assert tried(fill)


def test_a_person_on_the_safety_card_is_kept_as_typed(cast: Cast) -> None:
    def fill(text: str) -> None:
        change_card(cast, "tell", Contact("x", text[:60]), Contact(text))
        card = safety_card(cast.work(cast.new_store()), by=cast.alice)
        assert card is not None
        assert card.value.tell[0] == Contact("x", on_one_line(text[:60]))
        assert card.value.tell[1:] == tuple(it for it in [Contact(on_one_line(text))] if it.name)

    assert tried(fill)


def change_card(cast: Cast, part: Part, *given: str | Contact) -> None:
    card = safety_card(cast.work(), by=cast.alice)
    base = card.version if card else 0
    change_safety_card(cast.work(), by=cast.alice, part=part, given=given, base_version=base, now=cast.now())


@pytest.mark.parametrize("field", ["fixed_zone", "country"])
def test_no_bad_zone_or_country_is_kept(cast: Cast, field: str) -> None:
    for text in naughty.ALL:
        if text:
            with pytest.raises(OutOfRange, match=field):
                change_preferences(cast.work(), by=cast.alice, now=cast.now(), **{field: text})  # type: ignore[misc]
    assert preferences(cast.work(cast.new_store()), by=cast.alice) == UNSET


def test_no_bad_rating_is_kept_or_asked_for(cast: Cast) -> None:
    for text in naughty.ALL:
        with pytest.raises(OutOfRange):
            check_in(cast.work(), by=cast.alice, ratings={text: 3}, when=cast.now(), save_id=os.urandom(16))
        with pytest.raises(OutOfRange):
            points(cast.work(), by=cast.alice, rating=text)
        with pytest.raises(OutOfRange):
            check_in(
                cast.work(),
                by=cast.alice,
                ratings={"mood": text},  # type: ignore[dict-item]  # what is refused
                when=cast.now(),
                save_id=os.urandom(16),
            )
    assert check_ins(cast.work(), by=cast.alice) == ()


def test_a_login_name_is_refused_or_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "check_passphrase", lambda _passphrase, *, login: None)
    for text in naughty.ALL:
        before = rows(cast, accounts)
        try:
            account = sign_up(
                cast.work(), login=text, passphrase="x", role="patient", browser=BROWSER, label="x"
            ).signed_in.account
        except (UnsuitableLogin, LoginTaken):
            assert rows(cast, accounts) == before
        else:
            assert cast.enter(text, "x").account == account


def test_a_passphrase_is_refused_or_works() -> None:
    account, key, secret = bytes(16), bytes(32), bytes(32)
    for text in naughty.ALL:
        passphrase = f"lantern {text} orbit walnut"
        with suppress(WeakPassphrase, TooLong):
            check_passphrase(passphrase, login="alice")
        wrap = wrap_for_passphrase(account, "patient", key, passphrase, secret)
        assert unwrap_with_passphrase(account, "patient", wrap, passphrase, secret) == key


def test_signing_in_with_anything_is_refused(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    for text in naughty.ALL:
        for login, passphrase in ((text, "lantern orbit walnut tide"), ("alice", text)):
            with pytest.raises((SignInRefused, TooManyTries)):
                cast.enter(login, passphrase)


def test_anything_that_is_no_recovery_code_is_mistyped(cast: Cast) -> None:
    for text in naughty.ALL:
        with pytest.raises(MistypedRecoveryCode):
            recover(cast.work(), code=text, login="erin", passphrase="x", browser=BROWSER, label="x")


def test_anything_that_is_no_code_of_a_second_factor_is_mistyped_and_no_guess(cast: Cast) -> None:
    it = begin(cast.work(), by=cast.alice)
    cast.turn_on_factor(cast.alice)
    half = sign_in(cast.work(), login="alice", passphrase=PRESENT, browser=BROWSER, label="x")
    assert isinstance(half, Half)
    for text in naughty.ALL:
        with pytest.raises(MistypedFactorCode):
            finish_sign_in(cast.work(), half=half, code=text, browser=BROWSER, label="x")
        with pytest.raises(MistypedFactorCode):
            turn_on(cast.work(), by=cast.alice, secret=it.secret, code=text)
        with pytest.raises(OutOfRange, match="secret"):
            turn_on(cast.work(), by=cast.alice, secret=text, code="123456")
    code = cast.code_of(cast.alice.account)
    assert finish_sign_in(cast.work(), half=half, code=code, browser=BROWSER, label="x")


def test_any_name_stands_in_the_address_for_an_authenticator_app(cast: Cast) -> None:
    for name in tried(lambda text: change_preferences(cast.work(), by=cast.alice, now=cast.now(), name=text)):
        change_preferences(cast.work(), by=cast.alice, now=cast.now(), name=name)
        it = begin(cast.work(), by=cast.alice)
        assert it.uri.isascii()
        assert pyotp.parse_uri(it.uri).provisioning_uri() == it.uri


def test_anything_else_is_not_the_passphrase(cast: Cast) -> None:
    by = cast.alice
    for text in naughty.ALL:
        with pytest.raises((WrongPassphrase, TooManyTries)):
            confirm(cast.work(), by=by, passphrase=text)


def test_a_browser_is_named_in_our_words_whatever_it_calls_itself() -> None:
    assert {browser_label(text) for text in naughty.ALL} == {"Browser"}


def test_the_label_of_a_device_is_kept(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    for text in (*naughty.EMOJI, *naughty.DIRECTION, naughty.COMBINING[1]):
        arrival = sign_in(cast.work(), login="alice", passphrase=PRESENT, browser=BROWSER, label=text)
        [label] = [it.label for it in devices(cast.work(), by=arrival.signed_in) if it.this]
        assert label == text[:100].strip()


def test_no_text_makes_a_zone_that_is_none() -> None:
    assert {known_zone(text) for text in naughty.ALL} == {"UTC"}


@pytest.mark.parametrize("length", [0, 1, LONGEST])
@pytest.mark.parametrize("letter", ["x", "😀", "\u0301"])
def test_a_text_of_up_to_100_000_characters_is_kept(cast: Cast, length: int, letter: str) -> None:
    text = letter * length
    box = Box(cast, cast.alice)
    box.push(text)
    kept = finish(cast.work(), by=cast.alice, entry=box.id, now=cast.now())
    assert (kept and kept.value.text) == (text or None)
    assert [it.value.text for it in entries(cast.work(cast.new_store()), by=cast.alice)] == (
        [text] if text else []
    )


def test_a_text_that_is_longer_is_refused_with_its_length_and_nothing_is_lost(cast: Cast) -> None:
    box = Box(cast, cast.alice)
    box.push("x" * LONGEST)
    for length in (LONGEST + 1, 10 * LONGEST):
        with pytest.raises(TooLong) as refused:
            box.push("x" * length)
        assert (refused.value.length, refused.value.limit) == (length, LONGEST)
    [draft] = drafts(cast.work(cast.new_store()), by=cast.alice)
    assert draft.value.text == "x" * LONGEST


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "no such zone"])
@pytest.mark.parametrize("year", [1, 1898, 2201, 9999])
def test_a_date_of_another_age_is_refused(zone: str, year: int) -> None:
    for month, day in ((1, 1), (12, 31)):
        for hour in (0, 23):
            with pytest.raises(OutOfRange, match="date"):
                moment_at_wall(datetime(year, month, day, hour), zone)


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -float("inf"), -1e18, 1e18])
def test_a_moment_that_is_none_is_refused(at: float) -> None:
    with pytest.raises(OutOfRange, match="date"):
        moment(at, ZONE)


@pytest.mark.parametrize("wall", ["1900-01-02T00:00", "2099-06-01T12:00", "2199-12-30T23:59"])
def test_a_date_that_exists_but_is_out_of_reach_saves_nothing(cast: Cast, wall: str) -> None:
    far = moment_at_wall(datetime.fromisoformat(wall), ZONE)
    with pytest.raises(OutOfRange, match="date"):
        planned(cast, cast.alice, far.at - cast.at)
    with pytest.raises(OutOfRange, match="date"):
        check_in(cast.work(), by=cast.alice, ratings={"mood": 3}, when=far, save_id=os.urandom(16))
    assert rows(cast) == 0


@pytest.mark.parametrize("id", [b"", b"x", bytes(15), bytes(17), b"\xff" * 1000])
def test_an_id_that_is_none_is_not_found(cast: Cast, id: bytes) -> None:
    with pytest.raises(NotAllowed):
        entry(cast.work(), by=cast.alice, id=id)
    with pytest.raises(KapjournalError):
        finish(cast.work(), by=cast.alice, entry=id, now=cast.now())
