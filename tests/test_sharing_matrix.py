"""Who may do what about sharing: every verb of `kapjournal.sharing`, tried by everybody, on links of Alice.

Bob is linked with Alice, and Charlie with nobody; both have a second factor. `SHOWN` stands in what is shared with
Bob, `HIDDEN` in everything else of Alice, also in what she calls him.
"""

import os
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from kapjournal.database.tables import access_log, accounts, grants, links, record_history, records, rekeys
from kapjournal.errors import KapjournalError, NotAllowed, SignedOut
from kapjournal.journal.voice import Recording, keep_recording
from kapjournal.journal.writing import About, Draft
from kapjournal.records import SignedIn, Work
from kapjournal.sharing import accepting, catching_up, codes, linking, log, notes, paper, reading
from kapjournal.sharing.values import Scope
from kapjournal.verbs import REGISTRY
from tests.cast import BROWSER, OTHER_BROWSER, Cast, content
from tests.journal.desk import written
from tests.sharing.desk import code_of, linked, offered, seen, with_factor

SHOWN, HIDDEN = "zinnober", "karmesin"

Outcome = str | type[KapjournalError]
READS: Outcome = "gets what is hers"
LOOKS: Outcome = "may look, and it says nothing of Alice's texts"
CHANGES: Outcome = "changes what is stored for Alice"
OWN: Outcome = "acts on their own things, of which Alice's are none"
LISTED: Outcome = "is told what Alice says with the link"
GRANTED: Outcome = "gets what is granted and nothing else, and a line of Alice's log says so"
BETWEEN: Outcome = "changes the link between them and nothing of Alice's journal"


class Stage(NamedTuple):
    """Links of Alice to Bob, accepted, offered and paused, and what is theirs."""

    cast: Cast
    link: bytes
    offer: bytes
    paused: bytes
    shown: bytes
    hidden: bytes
    recording: bytes
    note: bytes
    gone_note: bytes
    code: str


class Row(NamedTuple):
    """A verb asked about Alice's links, and what becomes of it for each person."""

    ask: Callable[[Stage, Work, SignedIn], object]
    alice: Outcome
    bob: Outcome
    charlie: Outcome
    dora: Outcome


def hers(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome = CHANGES) -> Row:
    return Row(ask, alice, NotAllowed, NotAllowed, NotAllowed)


def his(ask: Callable[[Stage, Work, SignedIn], object], bob: Outcome = OWN) -> Row:
    return Row(ask, NotAllowed, bob, NotAllowed, NotAllowed)


def each_their_own(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome) -> Row:
    return Row(ask, alice, OWN, OWN, OWN)


def patients_their_own(ask: Callable[[Stage, Work, SignedIn], object], alice: Outcome) -> Row:
    return Row(ask, alice, NotAllowed, NotAllowed, OWN)


def add_link(s: Stage, w: Work, by: SignedIn) -> object:
    return linking.add_link(
        w, by=by, code=s.code, scope=Scope(), name="B.", save_id=os.urandom(16), now=s.cast.now()
    )


def look(verb: Callable[..., object], **about: Any) -> Callable[[Stage, Work, SignedIn], object]:
    """A look of a therapist or a preview, with the content and the moment where they are asked for."""
    return lambda s, w, by: verb(w, by=by, link=s.link, **{name: value(s) for name, value in about.items()})


WITH = {"content": lambda _s: content(), "now": lambda s: s.cast.now()}
WHOLE = Scope(categories=("check_ins",))

MATRIX: dict[str, Row] = {
    "sharing.codes.my_code": Row(lambda s, w, by: codes.my_code(w, by=by), NotAllowed, OWN, OWN, NotAllowed),
    "sharing.codes.find_therapist": patients_their_own(
        lambda s, w, by: codes.find_therapist(w, by=by, code=s.code), LOOKS
    ),
    "sharing.linking.add_link": patients_their_own(add_link, CHANGES),
    "sharing.linking.my_links": each_their_own(lambda s, w, by: linking.my_links(w, by=by), READS),
    "sharing.linking.my_link": hers(lambda s, w, by: linking.my_link(w, by=by, link=s.link), READS),
    "sharing.linking.standing": each_their_own(lambda s, w, by: linking.standing(w, by=by), LOOKS),
    "sharing.linking.change_scope": hers(
        lambda s, w, by: linking.change_scope(w, by=by, link=s.link, scope=WHOLE, now=s.cast.now())
    ),
    "sharing.linking.share_note": hers(
        lambda s, w, by: linking.share_note(w, by=by, link=s.link, note=s.hidden, now=s.cast.now())
    ),
    "sharing.linking.keep_note": hers(
        lambda s, w, by: linking.keep_note(w, by=by, link=s.link, note=s.shown)
    ),
    "sharing.linking.say_with_link": hers(
        lambda s, w, by: linking.say_with_link(w, by=by, link=s.link, attention="x")
    ),
    "sharing.linking.set_end": hers(
        lambda s, w, by: linking.set_end(w, by=by, link=s.link, days=90, now=s.cast.now())
    ),
    "sharing.linking.pause": hers(lambda s, w, by: linking.pause(w, by=by, link=s.link)),
    "sharing.linking.resume": hers(
        lambda s, w, by: linking.resume(w, by=by, link=s.paused, now=s.cast.now())
    ),
    "sharing.linking.stop": hers(lambda s, w, by: linking.stop(w, by=by, link=s.link)),
    "sharing.catching_up.is_behind": each_their_own(lambda s, w, by: catching_up.is_behind(w, by=by), LOOKS),
    "sharing.catching_up.catch_up": patients_their_own(
        lambda s, w, by: catching_up.catch_up(w, by=by), CHANGES
    ),
    "sharing.accepting.patients": Row(
        lambda s, w, by: accepting.patients(w, by=by), NotAllowed, LISTED, OWN, NotAllowed
    ),
    "sharing.accepting.patient": his(lambda s, w, by: accepting.patient(w, by=by, link=s.link), LISTED),
    "sharing.accepting.accept": his(
        lambda s, w, by: accepting.accept(w, by=by, link=s.offer, name="x", now=s.cast.now()), BETWEEN
    ),
    "sharing.accepting.decline": his(lambda s, w, by: accepting.decline(w, by=by, link=s.link), BETWEEN),
    "sharing.accepting.call_patient": his(
        lambda s, w, by: accepting.call_patient(w, by=by, link=s.link, name="x")
    ),
    "sharing.reading.summary": his(look(reading.summary, **WITH), GRANTED),
    "sharing.reading.shared_notes": his(look(reading.shared_notes, content=WITH["content"]), GRANTED),
    "sharing.reading.shared_entry": his(look(reading.shared_entry, entry=lambda s: s.shown), GRANTED),
    "sharing.reading.play_shared": his(look(reading.play_shared, recording=lambda s: s.recording), GRANTED),
    "sharing.reading.preview": hers(look(reading.preview, **WITH), READS),
    "sharing.notes.write_note": his(
        lambda s, w, by: notes.write_note(
            w, by=by, link=s.link, draft=Draft(os.urandom(16), os.urandom(16), "x"), now=s.cast.now()
        )
    ),
    "sharing.notes.notes": his(lambda s, w, by: notes.notes(w, by=by, link=s.link)),
    "sharing.notes.note": his(lambda s, w, by: notes.note(w, by=by, id=s.note)),
    "sharing.notes.delete_note": his(lambda s, w, by: notes.delete_note(w, by=by, note=s.note)),
    "sharing.notes.bring_back_note": his(lambda s, w, by: notes.bring_back_note(w, by=by, note=s.gone_note)),
    "sharing.paper.paper": hers(
        lambda s, w, by: paper.paper(
            w, by=by, scope=Scope(entries=(s.hidden,)), content=content(), now=s.cast.now()
        ),
        READS,
    ),
    "sharing.paper.save_paper": hers(
        lambda s, w, by: paper.save_paper(
            w, by=by, scope=Scope(entries=(s.hidden,)), content=content(), now=s.cast.now()
        )
    ),
    "sharing.log.access_log": patients_their_own(lambda s, w, by: log.access_log(w, by=by), READS),
}


@pytest.fixture
def stage(cast: Cast, derivations: object) -> Stage:
    for therapist in (cast.bob, cast.charlie):
        with_factor(cast, therapist)
    shown, hidden = (written(cast, cast.alice, text).id for text in (SHOWN, HIDDEN))
    sound = Recording(os.urandom(16), b"OggS " + SHOWN.encode(), 7)
    recording = keep_recording(cast.work(), by=cast.alice, recording=sound, about=About(), now=cast.now()).id
    words = {"name": HIDDEN, "my_name": SHOWN, "purpose": SHOWN, "attention": SHOWN}
    link = linked(cast, entries=(shown,), recordings=(recording,), words=words)
    seen(cast, link)
    paused = linked(cast, entries=(hidden,), words=words)
    linking.pause(cast.work(), by=cast.alice, link=paused)
    kept, gone = (noted(cast, link) for _note in range(2))
    notes.delete_note(cast.work(), by=cast.bob, note=gone)
    offer = offered(cast, words=words).id
    code = code_of(cast, cast.bob)
    assert cast.dora
    return Stage(cast, link, offer, paused, shown, hidden, recording, kept, gone, code)


def noted(cast: Cast, link: bytes) -> bytes:
    it = Draft(os.urandom(16), os.urandom(16), "private")
    return notes.write_note(cast.work(), by=cast.bob, link=link, draft=it, now=cast.now()).record.id


def stored(cast: Cast) -> dict[str, list[tuple[Any, ...]]]:
    """Every byte about Alice's journal and her links, by table."""
    tables = (records, record_history, links, grants, rekeys, access_log)
    with cast.engine.connect() as connection:
        here = {it.name: select(it).where(it.c.owner == cast.alice.account) for it in tables}
        here["accounts"] = select(accounts).where(accounts.c.id == cast.alice.account)
        return {name: sorted(map(tuple, connection.execute(it))) for name, it in here.items()}


def outcome(row: Row, stage: Stage, by: SignedIn) -> Outcome:
    """What becomes of a verb: an error's class, or what it gave and did."""
    before = stored(stage.cast)
    try:
        given = repr(row.ask(stage, stage.cast.work(), by))
    except KapjournalError as error:
        assert stored(stage.cast) == before
        assert SHOWN not in repr(error)
        assert HIDDEN not in repr(error)
        return type(error)
    changed = {name for name, rows in stored(stage.cast).items() if rows != before[name]}
    if by.account == stage.cast.alice.account:
        return CHANGES if changed else READS if SHOWN in given or HIDDEN in given else LOOKS
    assert HIDDEN not in given
    if not changed:
        return LISTED if SHOWN in given else OWN
    if changed == {"access_log"} and SHOWN in given:
        return GRANTED
    assert changed <= {"links", "grants", "rekeys", "access_log"}, changed
    return BETWEEN


def test_every_verb_of_sharing_has_a_row() -> None:
    assert set(MATRIX) == {name for name in REGISTRY if name.startswith("sharing.")}


OUTSIDERS: dict[str, Callable[[Stage], SignedIn]] = {
    "nobody": lambda s: SignedIn(s.cast.alice.account, os.urandom(32), BROWSER),
    "other browser": lambda s: s.cast.alice._replace(browser=OTHER_BROWSER),
    "his other browser": lambda s: s.cast.bob._replace(browser=OTHER_BROWSER),
    "Charlie": lambda s: s.cast.charlie,
    "Dora": lambda s: s.cast.dora,
}


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_nobody_else_gets_or_changes_anything(stage: Stage, outsider: str) -> None:
    by = OUTSIDERS[outsider](stage)
    for name, row in MATRIX.items():
        expected = {"Charlie": row.charlie, "Dora": row.dora}.get(outsider, SignedOut)
        assert (name, outcome(row, stage, by)) == (name, expected)


@pytest.mark.parametrize("name", MATRIX)
def test_alice_may(stage: Stage, name: str) -> None:
    assert outcome(MATRIX[name], stage, stage.cast.alice) == MATRIX[name].alice


@pytest.mark.parametrize("name", MATRIX)
def test_bob_may(stage: Stage, name: str) -> None:
    assert outcome(MATRIX[name], stage, stage.cast.bob) == MATRIX[name].bob


@pytest.mark.parametrize("about", [{"entry": "hidden"}, {"recording": "hidden"}])
def test_bob_does_not_ask_for_more_than_is_granted(stage: Stage, about: dict[str, str]) -> None:
    verb = reading.shared_entry if "entry" in about else reading.play_shared
    [(argument, field)] = about.items()
    for link in (stage.link, stage.paused, stage.offer):
        with pytest.raises(KapjournalError):
            verb(stage.cast.work(), by=stage.cast.bob, link=link, **{argument: getattr(stage, field)})


def test_a_therapist_without_a_second_factor_gets_nothing(stage: Stage) -> None:
    """A factor that is gone from the database is none."""
    from kapjournal.database.tables import factors
    from kapjournal.errors import SecondFactorMissing

    with stage.cast.engine.begin() as connection:
        connection.execute(factors.delete())
    for name, row in MATRIX.items():
        if row.bob in (GRANTED, LISTED, BETWEEN):
            assert (name, outcome(row, stage, stage.cast.bob)) == (name, SecondFactorMissing)
