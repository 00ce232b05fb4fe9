"""Who may do what: every verb, tried by everybody, on things of Alice.

`MATRIX` is written by hand, one row a verb; a verb without a row fails. Alice is a patient, Bob her therapist,
Charlie another therapist, Dora another patient. Nobody holds a token that was never given out; the other
browser shows Alice's own token.
"""

import os
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest
from pyotp import TOTP
from sqlalchemy import select

import kapjournal.today as today_verbs
from kapjournal.clock import moment
from kapjournal.content import load_content
from kapjournal.database.tables import (
    accounts,
    backup_codes,
    factors,
    record_history,
    records,
    sign_ins,
    wraps,
)
from kapjournal.errors import KapjournalError, NotAllowed, SecondFactorMissing, SignedOut, WrongPassphrase
from kapjournal.journal import prompts, reading, sessions, steps, voice, writing
from kapjournal.journal.values import INTENTION, Session
from kapjournal.measures import check_ins, responses, side_effects
from kapjournal.measures.scoring import Answer
from kapjournal.measures.values import Effect
from kapjournal.people import confirming, preferences, safety_card, second_factor, signing_in
from kapjournal.records import Record, SignedIn, Work
from kapjournal.verbs import REGISTRY
from tests.cast import BROWSER, OTHER_BROWSER, PASSPHRASE, Cast
from tests.journal.desk import Box, done, planned, written
from tests.measures.forms import Sheet, responded, shipped
from tests.modules import domain_modules

CANARY = "zinnober"
CONTENT = msgspec.structs.replace(load_content(), packs=())
"""Without packs, so that only a person's own questions are offered."""
PHQ = shipped(CONTENT, "phq-9")

Outcome = str | type[KapjournalError]
READS: Outcome = "gets what is hers"
LOOKS: Outcome = "may look, and it says nothing of Alice's texts"
CHANGES: Outcome = "changes what is stored for Alice"
OWN: Outcome = "acts on their own things, of which Alice's are none"


class Stage(NamedTuple):
    """Things of Alice, each with the canary word in every text."""

    cast: Cast
    session: Record[Session]
    gone_session: bytes
    entry: bytes
    gone_entry: bytes
    check_in: bytes
    gone_check_in: bytes
    recording: bytes
    gone_recording: bytes
    step: bytes
    gone_step: bytes
    own_prompt: bytes
    gone_own_prompt: bytes
    device: bytes
    draft: bytes
    response: bytes
    gone_response: bytes


class Row(NamedTuple):
    """A verb asked about Alice's things, and what becomes of it for each person."""

    ask: Callable[[Stage, Work, SignedIn], object]
    alice: Outcome
    bob: Outcome
    charlie: Outcome
    dora: Outcome


def owner_only(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome) -> Row:
    return Row(ask, alice, NotAllowed, NotAllowed, NotAllowed)


def each_their_own(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome) -> Row:
    return Row(ask, alice, OWN, OWN, OWN)


def patients_their_own(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome) -> Row:
    return Row(ask, alice, NotAllowed, NotAllowed, OWN)


def draft(id: bytes) -> writing.Draft:
    return writing.Draft(id, os.urandom(16), "somebody else's words", base_version=2)


def change_passphrase(s: Stage, w: Work, by: SignedIn) -> None:
    present = PASSPHRASE.format(name="alice")
    signing_in.change_passphrase(w, by=by, present=present, new="a new orbit of lanterns")


def new_code(s: Stage, w: Work, by: SignedIn) -> object:
    present = PASSPHRASE.format(name="alice")
    return signing_in.new_code(w, by=by, passphrase=present)


def confirm(s: Stage, w: Work, by: SignedIn) -> None:
    s.cast.later(60)  # so that the minute of the proof is another one
    confirming.confirm(s.cast.work(), by=by, passphrase=PASSPHRASE.format(name="alice"))


def turn_on(s: Stage, w: Work, by: SignedIn) -> object:
    secret = second_factor.begin(w, by=by).secret
    given = second_factor.turn_on(w, by=by, secret=secret, code=TOTP(secret).at(w.now))
    s.cast.secrets[by.account] = secret
    return given


def change_plan(s: Stage, w: Work, by: SignedIn) -> object:
    starts = moment(s.cast.at, "UTC")
    return sessions.plan_session(
        w, by=by, starts=starts, route="im", session=s.session, save_id=os.urandom(16)
    )


def rate(s: Stage, w: Work, by: SignedIn) -> object:
    return check_ins.check_in(w, by=by, ratings={"mood": 0}, when=s.cast.now(), save_id=os.urandom(16))


def answer(s: Stage, w: Work, by: SignedIn) -> object:
    return responses.answer_item(
        w,
        by=by,
        measure=PHQ,
        # Others begin one of their own: under Alice's id, theirs would be taken for hers by the rows that follow.
        response=s.draft if by.account == s.cast.alice.account else os.urandom(16),
        answer=Answer("9", "1"),
        save_id=os.urandom(16),
        now=s.cast.now(),
    )


def plan_step(s: Stage, w: Work, by: SignedIn) -> object:
    plan = steps.Plan(action="x", cue="x")
    return steps.plan_step(
        w, by=by, session=s.session.id, plan=plan, now=s.cast.now(), save_id=os.urandom(16)
    )


def ask_oneself(s: Stage, w: Work, by: SignedIn) -> object:
    return prompts.add_own_prompt(w, by=by, text="x", phase=None, now=s.cast.now(), save_id=os.urandom(16))


def go_on(s: Stage, w: Work, by: SignedIn) -> None:
    [record] = prompts.own_prompts(s.cast.work(), by=s.cast.alice)
    prompts.go_on(w, by=by, prompt=prompts.as_prompt(record), now=s.cast.now())


def report(s: Stage, w: Work, by: SignedIn) -> object:
    return side_effects.report_side_effects(
        w, by=by, session=s.session.id, when="same_day", effects=(), urge=0, now=s.cast.now()
    )


def check_month(s: Stage, w: Work, by: SignedIn) -> object:
    check = {"memory": 0, "craving": 0}
    return side_effects.check_month(w, by=by, check=check, now=s.cast.now(), save_id=os.urandom(16))


def look_at_intention(s: Stage, w: Work, by: SignedIn) -> object:
    entry = reading.entry(s.cast.work(), by=s.cast.alice, id=s.entry).value
    return writing.is_kept(w, by=by, entry=msgspec.structs.replace(entry, prompt=INTENTION))


def fill_in(s: Stage, w: Work, by: SignedIn) -> object:
    # Alice has a card, the others would begin one.
    base = 1 if by.account == s.cast.alice.account else 0
    return safety_card.change_safety_card(
        w, by=by, part="signs", given=["x"], base_version=base, now=s.cast.now()
    )


MATRIX: dict[str, Row] = {
    "people.preferences.preferences": each_their_own(
        lambda s, w, by: preferences.preferences(w, by=by), READS
    ),
    "people.preferences.change_preferences": each_their_own(
        lambda s, w, by: preferences.change_preferences(w, by=by, now=s.cast.now(), name="x"), CHANGES
    ),
    "people.preferences.set_idle": patients_their_own(
        lambda s, w, by: preferences.set_idle(w, by=by, minutes=30), CHANGES
    ),
    "people.safety_card.safety_card": each_their_own(
        lambda s, w, by: safety_card.safety_card(w, by=by), READS
    ),
    "people.safety_card.change_safety_card": patients_their_own(fill_in, CHANGES),
    "people.signing_in.sign_out": each_their_own(lambda s, w, by: signing_in.sign_out(w, by=by), CHANGES),
    "people.signing_in.devices": each_their_own(lambda s, w, by: signing_in.devices(w, by=by), LOOKS),
    "people.signing_in.end_device": owner_only(
        lambda s, w, by: signing_in.end_device(w, by=by, device=s.device), CHANGES
    ),
    "people.signing_in.change_passphrase": Row(
        change_passphrase, CHANGES, WrongPassphrase, WrongPassphrase, WrongPassphrase
    ),
    "people.signing_in.new_code": Row(new_code, CHANGES, WrongPassphrase, WrongPassphrase, WrongPassphrase),
    "people.confirming.confirm": Row(confirm, CHANGES, WrongPassphrase, WrongPassphrase, WrongPassphrase),
    "people.confirming.require_confirmed": each_their_own(
        lambda s, w, by: confirming.require_confirmed(w, by=by), LOOKS
    ),
    "people.second_factor.begin": each_their_own(lambda s, w, by: second_factor.begin(w, by=by), LOOKS),
    "people.second_factor.is_on": each_their_own(lambda s, w, by: second_factor.is_on(w, by=by), LOOKS),
    "people.second_factor.backup_codes_left": each_their_own(
        lambda s, w, by: second_factor.backup_codes_left(w, by=by), LOOKS
    ),
    "people.second_factor.require_factor": Row(
        lambda s, w, by: second_factor.require_factor(w, by=by),
        LOOKS,
        SecondFactorMissing,
        SecondFactorMissing,
        SecondFactorMissing,
    ),
    "people.second_factor.new_backup_codes": Row(
        lambda s, w, by: second_factor.new_backup_codes(w, by=by),
        CHANGES,
        SecondFactorMissing,
        SecondFactorMissing,
        SecondFactorMissing,
    ),
    "people.second_factor.turn_off": Row(
        lambda s, w, by: second_factor.turn_off(w, by=by),
        CHANGES,
        NotAllowed,
        NotAllowed,
        SecondFactorMissing,
    ),
    "people.second_factor.turn_on": each_their_own(turn_on, CHANGES),
    "journal.sessions.plan_session": owner_only(change_plan, CHANGES),
    "journal.sessions.mark_done": owner_only(
        lambda s, w, by: sessions.mark_done(w, by=by, session=s.session.id, ended=s.cast.now()), CHANGES
    ),
    "journal.sessions.mark_not_done": owner_only(
        lambda s, w, by: sessions.mark_not_done(w, by=by, session=s.session.id), CHANGES
    ),
    "journal.sessions.record_facts": owner_only(
        lambda s, w, by: sessions.record_facts(
            w, by=by, session=s.session.id, facts=sessions.Facts(dose="x"), now=s.cast.now()
        ),
        CHANGES,
    ),
    "journal.sessions.delete_session": owner_only(
        lambda s, w, by: sessions.delete_session(w, by=by, session=s.session.id), CHANGES
    ),
    "journal.sessions.bring_back_session": owner_only(
        lambda s, w, by: sessions.bring_back_session(w, by=by, session=s.gone_session), CHANGES
    ),
    "journal.sessions.sessions": each_their_own(lambda s, w, by: sessions.sessions(w, by=by), READS),
    "journal.sessions.session": owner_only(
        lambda s, w, by: sessions.session(w, by=by, id=s.session.id), READS
    ),
    "journal.sessions.dose_of": each_their_own(
        lambda s, w, by: sessions.dose_of(w, by=by, session=s.session.id), READS
    ),
    "journal.sessions.arc": each_their_own(lambda s, w, by: sessions.arc(w, by=by, now=s.cast.now()), READS),
    "journal.sessions.say_slept": owner_only(
        lambda s, w, by: sessions.say_slept(w, by=by, session=s.session.id), CHANGES
    ),
    "journal.sessions.get_ready": owner_only(
        lambda s, w, by: sessions.get_ready(w, by=by, session=s.session.id, items=["quiet"]), CHANGES
    ),
    "journal.steps.plan_step": owner_only(plan_step, CHANGES),
    "journal.steps.say_step": owner_only(
        lambda s, w, by: steps.say_step(w, by=by, step=s.step, outcome="did"), CHANGES
    ),
    "journal.steps.steps": each_their_own(
        lambda s, w, by: steps.steps(w, by=by, session=s.session.id), READS
    ),
    "journal.steps.open_step": each_their_own(lambda s, w, by: steps.open_step(w, by=by), READS),
    "journal.steps.step": owner_only(lambda s, w, by: steps.step(w, by=by, id=s.step), READS),
    "journal.steps.delete_step": owner_only(
        lambda s, w, by: steps.delete_step(w, by=by, step=s.step), CHANGES
    ),
    "journal.steps.bring_back_step": owner_only(
        lambda s, w, by: steps.bring_back_step(w, by=by, step=s.gone_step), CHANGES
    ),
    "journal.prompts.seen": each_their_own(lambda s, w, by: prompts.seen(w, by=by), LOOKS),
    "journal.prompts.go_on": patients_their_own(go_on, CHANGES),
    "journal.prompts.own_prompts": each_their_own(lambda s, w, by: prompts.own_prompts(w, by=by), READS),
    "journal.prompts.add_own_prompt": patients_their_own(ask_oneself, CHANGES),
    "journal.prompts.delete_own_prompt": owner_only(
        lambda s, w, by: prompts.delete_own_prompt(w, by=by, prompt=s.own_prompt), CHANGES
    ),
    "journal.prompts.bring_back_own_prompt": owner_only(
        lambda s, w, by: prompts.bring_back_own_prompt(w, by=by, prompt=s.gone_own_prompt), CHANGES
    ),
    "journal.writing.write": patients_their_own(
        lambda s, w, by: writing.write(
            w, by=by, draft=draft(s.entry), about=writing.About(), now=s.cast.now()
        ),
        CHANGES,
    ),
    "journal.writing.is_kept": each_their_own(look_at_intention, LOOKS),
    "journal.writing.finish": owner_only(
        lambda s, w, by: writing.finish(w, by=by, entry=s.entry, now=s.cast.now()), READS
    ),
    "journal.writing.move_entry": owner_only(
        lambda s, w, by: writing.move_entry(w, by=by, entry=s.entry, when=s.cast.now()), CHANGES
    ),
    "journal.writing.delete_entry": owner_only(
        lambda s, w, by: writing.delete_entry(w, by=by, entry=s.entry), CHANGES
    ),
    "journal.writing.bring_back": owner_only(
        lambda s, w, by: writing.bring_back(w, by=by, entry=s.gone_entry), CHANGES
    ),
    "journal.reading.entry": owner_only(lambda s, w, by: reading.entry(w, by=by, id=s.entry), READS),
    "journal.reading.entries": each_their_own(lambda s, w, by: reading.entries(w, by=by), READS),
    "journal.reading.drafts": each_their_own(lambda s, w, by: reading.drafts(w, by=by), READS),
    "journal.reading.session_entries": each_their_own(
        lambda s, w, by: reading.session_entries(w, by=by, session=s.session.id), READS
    ),
    "journal.reading.recent_entries": each_their_own(
        lambda s, w, by: reading.recent_entries(w, by=by), READS
    ),
    "journal.reading.chapters": each_their_own(lambda s, w, by: reading.chapters(w, by=by), READS),
    "journal.reading.search": each_their_own(lambda s, w, by: reading.search(w, by=by, words=CANARY), READS),
    "journal.reading.earlier_versions": owner_only(
        lambda s, w, by: reading.earlier_versions(w, by=by, entry=s.entry), READS
    ),
    "journal.reading.deleted_entries": each_their_own(
        lambda s, w, by: reading.deleted_entries(w, by=by), READS
    ),
    "measures.check_ins.check_in": patients_their_own(rate, CHANGES),
    "measures.check_ins.check_ins": each_their_own(lambda s, w, by: check_ins.check_ins(w, by=by), LOOKS),
    "measures.check_ins.points": each_their_own(
        lambda s, w, by: check_ins.points(w, by=by, rating="craving"), LOOKS
    ),
    "measures.check_ins.delete_check_in": owner_only(
        lambda s, w, by: check_ins.delete_check_in(w, by=by, check_in=s.check_in), CHANGES
    ),
    "measures.check_ins.bring_back_check_in": owner_only(
        lambda s, w, by: check_ins.bring_back_check_in(w, by=by, check_in=s.gone_check_in), CHANGES
    ),
    "measures.responses.answer_item": patients_their_own(answer, CHANGES),
    "measures.responses.submit": owner_only(
        lambda s, w, by: responses.submit(w, by=by, measure=PHQ, response=s.draft, now=s.cast.now()), CHANGES
    ),
    "measures.responses.draft": each_their_own(
        lambda s, w, by: responses.draft(w, by=by, measure=PHQ), LOOKS
    ),
    "measures.responses.answers": owner_only(
        lambda s, w, by: responses.answers(w, by=by, measure=PHQ, response=s.response), LOOKS
    ),
    "measures.responses.responses": each_their_own(
        lambda s, w, by: responses.responses(w, by=by, measure="phq-9"), LOOKS
    ),
    "measures.responses.latest": each_their_own(
        lambda s, w, by: responses.latest(w, by=by, measure="phq-9"), LOOKS
    ),
    "measures.responses.scores": each_their_own(
        lambda s, w, by: responses.scores(w, by=by, content=CONTENT, measure="phq-9"), LOOKS
    ),
    "measures.responses.delete_response": owner_only(
        lambda s, w, by: responses.delete_response(w, by=by, response=s.response), CHANGES
    ),
    "measures.responses.bring_back_response": owner_only(
        lambda s, w, by: responses.bring_back_response(w, by=by, response=s.gone_response), CHANGES
    ),
    "journal.voice.keep_recording": patients_their_own(
        lambda s, w, by: voice.keep_recording(
            w,
            by=by,
            recording=voice.Recording(os.urandom(16), b"OggS and more", 1),
            about=writing.About(),
            now=s.cast.now(),
        ),
        CHANGES,
    ),
    "journal.voice.recording": owner_only(lambda s, w, by: voice.recording(w, by=by, id=s.recording), LOOKS),
    "journal.voice.recordings": each_their_own(lambda s, w, by: voice.recordings(w, by=by), LOOKS),
    "journal.voice.recent_recordings": each_their_own(
        lambda s, w, by: voice.recent_recordings(w, by=by), LOOKS
    ),
    "journal.voice.session_recordings": each_their_own(
        lambda s, w, by: voice.session_recordings(w, by=by, session=s.session.id), LOOKS
    ),
    "journal.voice.play": owner_only(lambda s, w, by: voice.play(w, by=by, recording=s.recording), READS),
    "journal.voice.delete_recording": owner_only(
        lambda s, w, by: voice.delete_recording(w, by=by, recording=s.recording), CHANGES
    ),
    "journal.voice.bring_back_recording": owner_only(
        lambda s, w, by: voice.bring_back_recording(w, by=by, recording=s.gone_recording), CHANGES
    ),
    "journal.voice.deleted_recordings": each_their_own(
        lambda s, w, by: voice.deleted_recordings(w, by=by), LOOKS
    ),
    "measures.side_effects.report_side_effects": owner_only(report, CHANGES),
    "measures.side_effects.side_effects": each_their_own(
        lambda s, w, by: side_effects.side_effects(w, by=by, session=s.session.id, when="same_day"), LOOKS
    ),
    "measures.side_effects.urge_after": each_their_own(
        lambda s, w, by: side_effects.urge_after(w, by=by, session=s.session.id, when="same_day"), LOOKS
    ),
    "measures.side_effects.check_month": patients_their_own(check_month, CHANGES),
    "measures.side_effects.monthly_checks": each_their_own(
        lambda s, w, by: side_effects.monthly_checks(w, by=by), LOOKS
    ),
    "today.today": each_their_own(
        lambda s, w, by: today_verbs.today(w, by=by, now=s.cast.now(), content=CONTENT), READS
    ),
    "today.offered": each_their_own(
        lambda s, w, by: today_verbs.offered(w, by=by, phase="hard", now=s.cast.now(), content=CONTENT),
        READS,
    ),
}


@pytest.fixture
def stage(cast: Cast, derivations: object) -> Stage:
    alice = cast.alice
    cast.turn_on_factor(alice)
    device, now = cast.enter("alice").sign_in, cast.now()
    preferences.change_preferences(cast.work(), by=alice, now=now, name=CANARY, extras=("craving",))
    safety_card.change_safety_card(
        cast.work(), by=alice, part="doing", given=[CANARY], base_version=0, now=now
    )
    session = done(cast, alice)
    facts = sessions.Facts(relief=9, dose=CANARY)
    sessions.record_facts(cast.work(), by=alice, session=session.id, facts=facts, now=now)
    session = planned(
        cast,
        alice,
        -7200,
        place=CANARY,
        session=sessions.session(cast.work(), by=alice, id=session.id),
    )
    gone_session = planned(cast, alice, place=CANARY).id
    sessions.delete_session(cast.work(), by=alice, session=gone_session)
    entry = written(cast, alice, f"{CANARY} one", session=session.id, phase="same_day")
    Box(cast, alice, opens=entry).push(f"{CANARY} two")
    Box(cast, alice).push(f"{CANARY} draft")
    gone_entry = written(cast, alice, f"{CANARY} gone").id
    writing.delete_entry(cast.work(), by=alice, entry=gone_entry)
    kept, gone = (rated(cast, save_id) for save_id in (os.urandom(16), os.urandom(16)))
    check_ins.delete_check_in(cast.work(), by=alice, check_in=gone)
    recording, gone_recording = (spoken(cast, session.id) for _time in range(2))
    voice.delete_recording(cast.work(), by=alice, recording=gone_recording)
    feel_unwell(cast, session.id)
    step, gone_step = (stepped(cast, session.id) for _step in range(2))
    steps.delete_step(cast.work(), by=alice, step=gone_step)
    own_prompt, gone_own_prompt = (asked(cast) for _prompt in range(2))
    prompts.delete_own_prompt(cast.work(), by=alice, prompt=gone_own_prompt)
    prompts.go_on(cast.work(), by=alice, prompt=load_content().prompts("hard")[0], now=now)
    response, gone_response = (responded(cast, alice, PHQ, *"111111113").id for _time in range(2))
    responses.delete_response(cast.work(), by=alice, response=gone_response)
    draft = Sheet(cast, alice, PHQ)
    draft.fill(*"000000003")
    return Stage(
        cast,
        session,
        gone_session,
        entry.id,
        gone_entry,
        kept,
        gone,
        recording,
        gone_recording,
        step,
        gone_step,
        own_prompt,
        gone_own_prompt,
        device,
        draft.response,
        response,
        gone_response,
    )


def stepped(cast: Cast, session: bytes) -> bytes:
    plan = steps.Plan(action=CANARY, cue=CANARY, obstacle=CANARY)
    return steps.plan_step(
        cast.work(), by=cast.alice, session=session, plan=plan, now=cast.now(), save_id=os.urandom(16)
    ).id


def asked(cast: Cast) -> bytes:
    return prompts.add_own_prompt(
        cast.work(), by=cast.alice, text=CANARY, phase=None, now=cast.now(), save_id=os.urandom(16)
    ).id


def feel_unwell(cast: Cast, session: bytes) -> None:
    """Alice's side effects with an urge, and her monthly check with substances."""
    side_effects.report_side_effects(
        cast.work(),
        by=cast.alice,
        session=session,
        when="same_day",
        effects=[Effect("nausea", 2)],
        flags=["fainted"],
        urge=3,
        now=cast.now(),
    )
    check = {"memory": 2, "blood_in_urine": True, "craving": 3}
    side_effects.check_month(cast.work(), by=cast.alice, check=check, now=cast.now(), save_id=os.urandom(16))


def spoken(cast: Cast, session: bytes) -> bytes:
    it = voice.Recording(os.urandom(16), b"OggS " + CANARY.encode(), 7)
    about = writing.About(session)
    return voice.keep_recording(cast.work(), by=cast.alice, recording=it, about=about, now=cast.now()).id


def rated(cast: Cast, save_id: bytes) -> bytes:
    ratings = {"mood": 1, "craving": 9}
    return check_ins.check_in(
        cast.work(), by=cast.alice, ratings=ratings, when=cast.now(), save_id=save_id
    ).id


def stored(cast: Cast) -> list[tuple[Any, ...]]:
    """Every byte that the database holds for Alice."""
    own = [
        (table, table.c.owner) for table in (records, record_history, sign_ins, wraps, factors, backup_codes)
    ]
    with cast.engine.connect() as connection:
        return [
            tuple(row)
            for table, owner in [(accounts, accounts.c.id), *own]
            for row in connection.execute(
                select(table).where(owner == cast.alice.account).order_by(*table.primary_key)
            )
        ]


def outcome(row: Row, stage: Stage, by: SignedIn) -> tuple[Outcome, object]:
    """What becomes of a verb: an error's class, or what it did to Alice's rows and gave back."""
    before = stored(stage.cast)
    try:
        given = row.ask(stage, stage.cast.work(), by)
    except KapjournalError as error:
        assert stored(stage.cast) == before
        return type(error), error
    if by.account == stage.cast.alice.account:
        return (CHANGES if stored(stage.cast) != before else READS if tells(given) else LOOKS), given
    assert stored(stage.cast) == before
    return ("gets what is Alice's" if tells(given) else OWN), given


def tells(given: object) -> bool:
    return CANARY in repr(given)


def test_every_verb_has_a_row_and_every_row_a_verb() -> None:
    assert domain_modules()
    elsewhere = {name for name in REGISTRY if name.startswith("sharing.")}  # tests/test_sharing_matrix.py
    assert set(MATRIX) == set(REGISTRY) - elsewhere


STRANGERS: dict[str, Callable[[Stage, Row], tuple[SignedIn, Outcome]]] = {
    "nobody": lambda s, row: (SignedIn(s.cast.alice.account, os.urandom(32), BROWSER), SignedOut),
    "other browser": lambda s, row: (s.cast.alice._replace(browser=OTHER_BROWSER), SignedOut),
    "Bob": lambda s, row: (s.cast.enter("bob@example.org"), row.bob),
    "Charlie": lambda s, row: (s.cast.enter("charlie"), row.charlie),
    "Dora": lambda s, row: (s.cast.enter("dora"), row.dora),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_but_alice_gets_or_changes_what_is_hers(stage: Stage, stranger: str) -> None:
    assert stage.cast.bob
    assert stage.cast.charlie
    assert stage.cast.dora
    ids = [
        *map(
            repr, (stage.entry, stage.session.id, stage.recording, stage.step, stage.device, stage.response)
        ),
        stage.own_prompt.hex(),
    ]
    for name, row in MATRIX.items():
        by, expected = STRANGERS[stranger](stage, row)
        found, given = outcome(row, stage, by)
        assert (name, found) == (name, expected)
        assert not tells(given), name
        assert all(id not in repr(given) for id in ids), name


@pytest.mark.parametrize("name", MATRIX)
def test_alice_may(stage: Stage, name: str) -> None:
    found, _given = outcome(MATRIX[name], stage, stage.cast.alice)
    assert found == MATRIX[name].alice
