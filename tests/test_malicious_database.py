"""Somebody who writes to the database: what they change, and the named outcome. Nothing is ever read or forged."""

import hashlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from kapjournal.database.tables import (
    accounts,
    backup_codes,
    factors,
    guesses,
    record_history,
    records,
    sign_ins,
    wraps,
)
from kapjournal.errors import (
    ConfirmFirst,
    DamagedRecord,
    DamagedRecording,
    FactorCodeRefused,
    HalfEnded,
    NotAllowed,
    RecoveryRefused,
    SecondFactorLost,
    SecondFactorMissing,
    SignedOut,
    SignInRefused,
    StorageUnavailable,
)
from kapjournal.journal.reading import entries, entry
from kapjournal.journal.voice import Recording, keep_recording, play, recordings
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.people.confirming import require_confirmed
from kapjournal.people.guessing import FREE_TRIES
from kapjournal.people.second_factor import is_on, require_factor
from kapjournal.people.signing_in import finish_sign_in, recover, sign_in, sign_out
from kapjournal.people.values import Half
from kapjournal.records import SignedIn
from kapjournal.records.files import PART_BYTES
from kapjournal.vault.codes import new_backup_code, read_backup_code, write_code
from kapjournal.vault.factors import backup_code_id
from kapjournal.vault.wraps import LOCKED, wrap_for_recovery
from tests.cast import BROWSER, PASSPHRASE, Cast

Attack = Callable[[Connection, bytes, bytes], object]
pytestmark = pytest.mark.usefixtures("derivations")
NEW = "meadow copper violin thread"
ALICE = {"login": "alice", "passphrase": PASSPHRASE.format(name="alice")}


def written(cast: Cast, words: str, *, by: Any = None) -> bytes:
    draft = Draft(os.urandom(16), os.urandom(16), words)
    who = by or cast.alice
    write(cast.work(), by=who, draft=draft, about=About(), now=cast.now())
    finish(cast.work(), by=who, entry=draft.id, now=cast.now())
    return draft.id


def row(connection: Connection, id: bytes) -> Any:
    return connection.execute(select(records).where(records.c.id == id)).one()


def change(connection: Connection, id: bytes, **values: Any) -> None:
    connection.execute(update(records).where(records.c.id == id).values(**values))


def flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def forge(connection: Connection, mine: bytes, _other: bytes) -> None:
    """Without the key, a body can only be copied from elsewhere."""
    copy = row(connection, mine)._asdict() | {"id": os.urandom(16), "seq": 999, "save_id": os.urandom(16)}
    connection.execute(insert(records).values(**copy))
    connection.execute(update(accounts).where(accounts.c.id == copy["owner"]).values(seq=999))
    change(connection, mine, body=b"")


DAMAGE: dict[str, Attack] = {
    "the body of another record": lambda c, mine, other: change(c, mine, body=row(c, other).body),
    "body and key of another record": lambda c, mine, other: change(
        c, mine, body=row(c, other).body, dek=row(c, other).dek
    ),
    "a flipped bit in the body": lambda c, mine, other: change(c, mine, body=flip(row(c, mine).body, 100)),
    "a flipped bit in the key": lambda c, mine, other: change(c, mine, dek=flip(row(c, mine).dek, 40)),
    "a body cut short": lambda c, mine, other: change(c, mine, body=row(c, mine).body[:-1]),
    "an empty body": lambda c, mine, other: change(c, mine, body=b""),
    "another kind": lambda c, mine, other: change(c, mine, kind="form"),
    "another version": lambda c, mine, other: change(c, mine, version=7),
    "another generation": lambda c, mine, other: change(c, mine, gen=2),
    "a version below any": lambda c, mine, other: change(c, mine, version=-1),
    "a generation below any": lambda c, mine, other: change(c, mine, gen=-1),
    "a format of the future": lambda c, mine, other: change(c, mine, body=b"KJ\x09" + row(c, mine).body[3:]),
    "a forged entry": forge,
}


@pytest.mark.parametrize("attack", DAMAGE.values(), ids=DAMAGE)
def test_that_entry_is_damaged_and_the_others_open(cast: Cast, attack: Attack) -> None:
    mine, other = written(cast, "mine"), written(cast, "other")
    with cast.engine.begin() as connection:
        attack(connection, mine, other)
    cast.store.snapshots.clear()
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["other"]
    with pytest.raises(DamagedRecord):
        entry(cast.work(), by=cast.alice, id=mine)


def spoken(cast: Cast, sound: bytes) -> bytes:
    """A recording of three parts, the last one short."""
    it = Recording(os.urandom(16), b"OggS" + sound * (2 * PART_BYTES), 60)
    keep_recording(cast.work(), by=cast.alice, recording=it, about=About(), now=cast.now())
    return it.id


def part(id: bytes, number: int) -> bytes:
    return id[:12] + number.to_bytes(4)


def exchange(connection: Connection, one: bytes, two: bytes) -> None:
    for id, there in [(one, row(connection, two)), (two, row(connection, one))]:
        change(connection, id, body=there.body, dek=there.dek)


def drop(connection: Connection, id: bytes) -> None:
    connection.execute(delete(records).where(records.c.id == id))


PARTS: dict[str, Attack] = {
    "two parts exchanged": lambda c, mine, _: exchange(c, part(mine, 0), part(mine, 1)),
    "a part of another recording": lambda c, mine, other: change(
        c, part(mine, 1), body=row(c, part(other, 1)).body, dek=row(c, part(other, 1)).dek
    ),
    "an entry's body": lambda c, mine, other: change(
        c, part(mine, 1), body=row(c, other).body, dek=row(c, other).dek
    ),
    "a flipped bit": lambda c, mine, _: change(c, part(mine, 0), body=flip(row(c, part(mine, 0)).body, 9999)),
    "a part cut short": lambda c, mine, _: change(c, part(mine, 2), body=row(c, part(mine, 2)).body[:-1]),
    "an empty part": lambda c, mine, _: change(c, part(mine, 0), body=b""),
    "no last part": lambda c, mine, _: drop(c, part(mine, 2)),
    "no first part": lambda c, mine, _: drop(c, part(mine, 0)),
    "a part hidden": lambda c, mine, _: change(c, part(mine, 1), deleted=1),
    "a part of another kind": lambda c, mine, _: change(c, part(mine, 1), kind="session"),
    "another version": lambda c, mine, _: change(c, part(mine, 1), version=2),
    "another generation": lambda c, mine, _: change(c, part(mine, 1), gen=2),
    "a version below any": lambda c, mine, _: change(c, part(mine, 1), version=-1),
    "the last part under another number": lambda c, mine, _: c.execute(
        update(records).where(records.c.id == part(mine, 2)).values(id=part(mine, 9))
    ),
}


@pytest.mark.parametrize("attack", PARTS.values(), ids=PARTS)
def test_that_recording_is_damaged_and_the_others_play(cast: Cast, attack: Attack) -> None:
    mine, other = spoken(cast, b"a"), spoken(cast, b"b")
    with cast.engine.begin() as connection:
        attack(connection, mine, other)
    cast.store.snapshots.clear()
    with pytest.raises(DamagedRecording):
        play(cast.work(), by=cast.alice, recording=mine)
    assert play(cast.work(), by=cast.alice, recording=other).data.endswith(b"bbb")
    assert {it.id for it in recordings(cast.work(), by=cast.alice)} == {mine, other}


@pytest.mark.parametrize("attack", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_header_damages_that_recording(cast: Cast, attack: Attack) -> None:
    mine, other = spoken(cast, b"a"), spoken(cast, b"b")
    with cast.engine.begin() as connection:
        attack(connection, mine, other)
    cast.store.snapshots.clear()
    with pytest.raises(DamagedRecording):
        play(cast.work(), by=cast.alice, recording=mine)
    assert [it.id for it in recordings(cast.work(), by=cast.alice)] == [other]


def test_a_part_moved_to_another_person_does_not_open(cast: Cast) -> None:
    mine, hers = spoken(cast, b"a"), cast.dora
    with cast.engine.begin() as connection:
        change(connection, part(mine, 0), owner=hers.account, seq=50)
    for by, error in ((cast.alice, DamagedRecording), (hers, NotAllowed)):
        with pytest.raises(error):
            play(cast.work(), by=by, recording=mine)


def test_a_record_moved_to_another_person_does_not_open(cast: Cast) -> None:
    mine = written(cast, "mine")
    with cast.engine.begin() as connection:
        owner = cast.dora.account
        change(connection, mine, owner=owner, seq=50)
        connection.execute(update(accounts).where(accounts.c.id == owner).values(seq=50))
    cast.store.snapshots.clear()
    assert entries(cast.work(), by=cast.dora) == ()
    with pytest.raises(DamagedRecord):
        entry(cast.work(), by=cast.dora, id=mine)


def test_an_earlier_state_can_be_put_back_as_the_threat_model_says(cast: Cast) -> None:
    mine = written(cast, "first")
    with cast.engine.begin() as connection:
        before = row(connection, mine)._asdict()
    push = Draft(mine, os.urandom(16), "second", base_version=before["version"])
    write(cast.work(), by=cast.alice, draft=push, about=About(), now=cast.now())
    with cast.engine.begin() as connection:
        connection.execute(delete(record_history))
        change(connection, mine, **{name: before[name] for name in ("version", "body", "dek")})
    cast.store.snapshots.clear()
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["first"]


@pytest.mark.parametrize("values", [{"kind": "file"}, {"kind": "anything"}, {"deleted": 1}])
def test_a_record_can_be_hidden_which_is_no_more_than_deleting_it(cast: Cast, values: dict[str, Any]) -> None:
    mine = written(cast, "mine")
    written(cast, "other")
    with cast.engine.begin() as connection:
        change(connection, mine, **values)
    cast.store.snapshots.clear()
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["other"]
    with pytest.raises((NotAllowed, DamagedRecord)):
        entry(cast.work(), by=cast.alice, id=mine)


def test_numbers_put_back_deny_saving_and_nothing_else(cast: Cast) -> None:
    written(cast, "mine")
    with cast.engine.begin() as connection:
        before = connection.execute(select(accounts.c.seq)).scalar_one()
        connection.execute(update(accounts).values(seq=0))
    cast.store.snapshots.clear()
    with pytest.raises(StorageUnavailable):
        written(cast, "new")
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["mine"]
    with cast.engine.begin() as connection:
        connection.execute(update(accounts).values(seq=before))
    written(cast, "new")
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["new", "mine"]


def test_another_public_key_does_not_become_the_accounts_own(cast: Cast) -> None:
    written(cast, "mine")
    with cast.engine.begin() as connection:
        right = connection.execute(select(accounts.c.public_key)).scalar_one()
        connection.execute(update(accounts).values(public_key=bytes(32)))
    with cast.work().authorised(cast.alice) as (_connection, access):
        assert access.keys.public_key() == right
    assert [it.value.text for it in entries(cast.work(), by=cast.alice)] == ["mine"]


WRAP: dict[str, Callable[[Any], dict[str, Any]]] = {
    "the whole of somebody else's": lambda other: {
        "salt": other.salt,
        "parameters": other.parameters,
        "blob": other.blob,
    },
    "somebody else's salt": lambda other: {"salt": other.salt},
    "half a salt": lambda other: {"salt": other.salt[:8]},
    "a cheaper derivation within the bounds": lambda other: {"parameters": "m=47105 t=1"},
    "a cheaper derivation": lambda other: {"parameters": "m=8 t=1"},
    "no pass": lambda other: {"parameters": "m=47104 t=0"},
    "a derivation that would take all memory": lambda other: {"parameters": "m=9000000 t=1"},
    "a derivation that would never end": lambda other: {"parameters": "m=47104 t=99"},
    "parameters that are none": lambda other: {"parameters": "{}"},
    "somebody else's blob": lambda other: {"blob": other.blob},
    "a flipped bit in the commitment": lambda other: {"blob": flip(other.blob, 0)},
    "no blob": lambda other: {"blob": b""},
}


@pytest.mark.parametrize("attack", WRAP.values(), ids=WRAP)
def test_a_changed_passphrase_wrap_lets_nobody_in_and_the_recovery_code_still_opens(
    cast: Cast, attack: Callable[[Any], dict[str, Any]]
) -> None:
    arrival = cast.arrive("alice", "patient")
    dora = cast.dora.account
    with cast.engine.begin() as connection:
        found = connection.execute(select(wraps).where(wraps.c.purpose == "passphrase")).all()
        other = next(it for it in found if it.owner == dora)
        mine = (wraps.c.owner == arrival.signed_in.account) & (wraps.c.purpose == "passphrase")
        connection.execute(update(wraps).where(mine).values(**attack(other)))
    for typed in ("alice", "dora"):
        with pytest.raises(SignInRefused):
            cast.enter("alice", PASSPHRASE.format(name=typed))
    assert arrival.recovery_code is not None
    assert come_back(cast, arrival.recovery_code).account == arrival.signed_in.account


def come_back(cast: Cast, code: str) -> SignedIn:
    typed = {"login": "alice again", "passphrase": NEW}
    return recover(cast.work(), code=code, **typed, browser=BROWSER, label="").signed_in


def test_swapped_login_names_let_nobody_in(cast: Cast) -> None:
    logins = {by.account: name for by, name in ((cast.alice, "alice"), (cast.dora, "dora"))}
    with cast.engine.begin() as connection:
        one, two = connection.execute(select(accounts.c.id, accounts.c.login)).all()
        for login, id in ((b"away", one.id), (one.login, two.id), (two.login, one.id)):
            connection.execute(update(accounts).where(accounts.c.id == id).values(login=login))
    for name in logins.values():
        with pytest.raises(SignInRefused):
            cast.enter(name)


def test_a_forged_recovery_wrap_takes_an_account_away_and_opens_nothing(cast: Cast) -> None:
    """Recovery works without the server secret, so that it can be forged; the key that it wraps cannot."""
    mine, code = written(cast, "mine"), bytes(20)
    forged = wrap_for_recovery(cast.alice.account, "patient", os.urandom(32), code)
    with cast.engine.begin() as connection:
        connection.execute(insert(wraps).values(owner=cast.alice.account, **forged._asdict()))
    thief = come_back(cast, write_code(code))
    assert thief.account == cast.alice.account
    assert entries(cast.work(), by=thief) == ()
    with pytest.raises(DamagedRecord):
        entry(cast.work(), by=thief, id=mine)
    with pytest.raises(SignInRefused):
        cast.enter("alice")


@pytest.mark.parametrize("values", [{"role": "therapist"}, {"role": "operator"}, {"role": ""}])
def test_nobody_gets_another_role(cast: Cast, values: dict[str, Any]) -> None:
    arrival = cast.arrive("alice", "patient")
    assert entries(cast.work(), by=arrival.signed_in) == ()
    with cast.engine.begin() as connection:
        connection.execute(update(accounts).values(**values))
    with pytest.raises(SignedOut):
        entries(cast.work(), by=arrival.signed_in)
    with pytest.raises(SignInRefused):
        cast.enter("alice")
    assert arrival.recovery_code is not None
    with pytest.raises(RecoveryRefused):
        come_back(cast, arrival.recovery_code)
    with cast.engine.begin() as connection:
        connection.execute(update(accounts).values(role="patient"))
    assert entries(cast.work(), by=cast.enter("alice")) == ()


def test_a_therapist_does_not_get_a_patients_long_sign_in(cast: Cast) -> None:
    assert cast.bob
    with cast.engine.begin() as connection:
        connection.execute(update(accounts).values(role="patient"))
    with pytest.raises(SignInRefused):
        cast.enter("bob@example.org")


def test_counters_of_guesses_can_be_reset_as_the_threat_model_says(cast: Cast) -> None:
    assert cast.alice
    for _round in range(2):
        for _try in range(FREE_TRIES):
            with pytest.raises(SignInRefused):
                cast.enter("alice", "wrong")
        with cast.engine.begin() as connection:
            connection.execute(delete(guesses))


LONGER: dict[str, Attack] = {
    "a later end": lambda c, *_: c.execute(update(sign_ins).values(expires=10**10)),
    "a longer idle time": lambda c, *_: c.execute(update(sign_ins).values(idle=10**8)),
    "activity in the future": lambda c, *_: c.execute(update(sign_ins).values(seen=10**9)),
}


@pytest.mark.parametrize("attack", LONGER.values(), ids=LONGER)
def test_a_sign_in_cannot_be_made_to_last(cast: Cast, attack: Attack) -> None:
    assert entries(cast.work(), by=cast.alice) == ()
    with cast.engine.begin() as connection:
        attack(connection, b"", b"")
    cast.later(24 * 3600)
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


def test_idle_time_can_be_stretched_up_to_the_end_as_the_threat_model_says(cast: Cast) -> None:
    assert entries(cast.work(), by=cast.alice) == ()
    with cast.engine.begin() as connection:
        connection.execute(update(sign_ins).values(idle=10**6))
    cast.later(24 * 3600 - 1)
    assert entries(cast.work(), by=cast.alice) == ()


def test_the_authenticated_end_cannot_be_moved(cast: Cast) -> None:
    with cast.engine.begin() as connection:
        mine = (wraps.c.owner == cast.alice.account) & (wraps.c.purpose == "sign-in")
        connection.execute(update(wraps).where(mine).values(parameters=str(cast.at + 10**9)))
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


def test_a_sign_in_of_another_browser_needs_the_token_too(cast: Cast) -> None:
    other = cast.alice._replace(browser=b"x" * 32)
    with cast.engine.begin() as connection:
        connection.execute(update(sign_ins).values(browser=other.browser))
    assert entries(cast.work(), by=other) == ()
    for refused in (cast.alice, other._replace(token=os.urandom(32))):
        with pytest.raises(SignedOut):
            entries(cast.work(), by=refused)


def test_a_replayed_sign_in_ends_at_its_own_time_as_the_threat_model_says(cast: Cast) -> None:
    assert entries(cast.work(), by=cast.alice) == ()
    with cast.engine.begin() as connection:
        kept = connection.execute(select(sign_ins)).one()._asdict()
        wrap = connection.execute(select(wraps).where(wraps.c.purpose == "sign-in")).one()._asdict()
    sign_out(cast.work(), by=cast.alice)
    with cast.engine.begin() as connection:
        connection.execute(insert(sign_ins).values(**kept))
        connection.execute(insert(wraps).values(**wrap))
    assert entries(cast.work(), by=cast.alice) == ()
    cast.at += 25 * 3600
    with pytest.raises(SignedOut):
        entries(cast.work(), by=cast.alice)


Lock = Callable[[Connection, bytes], object]


def passphrase_wrap(connection: Connection, account: bytes) -> Any:
    mine = (wraps.c.owner == account) & (wraps.c.purpose == "passphrase")
    return connection.execute(select(wraps).where(mine)).one()


def rewrite(connection: Connection, account: bytes, **values: Any) -> None:
    mine = (wraps.c.owner == account) & (wraps.c.purpose == "passphrase")
    connection.execute(update(wraps).where(mine).values(**values))


def drop_factor(connection: Connection, _account: bytes) -> None:
    connection.execute(delete(factors))


def drop_everything_but_the_ways_in(connection: Connection, _account: bytes) -> None:
    for table in (factors, backup_codes, records, record_history):
        connection.execute(delete(table))


def take_the_secret_of_another(connection: Connection, account: bytes) -> None:
    other = connection.execute(select(factors.c.secret).where(factors.c.owner != account)).scalar_one()
    connection.execute(update(factors).where(factors.c.owner == account).values(secret=other))


LOST: dict[str, Lock] = {
    "the row of the second factor deleted": drop_factor,
    "and with it everything the account has": drop_everything_but_the_ways_in,
    "the secret of somebody else": take_the_secret_of_another,
    "a secret of one's own making": lambda c, _: c.execute(update(factors).values(secret=os.urandom(64))),
    "no secret": lambda c, _: c.execute(update(factors).values(secret=b"")),
}


@pytest.mark.parametrize("attack", LOST.values(), ids=LOST)
def test_who_knows_the_passphrase_does_not_get_rid_of_the_second_factor(cast: Cast, attack: Lock) -> None:
    cast.turn_on_factor(cast.bob)
    cast.turn_on_factor(cast.dora)
    with cast.engine.begin() as connection:
        attack(connection, cast.bob.account)
    with pytest.raises(SecondFactorLost):
        cast.enter("bob@example.org")
    with pytest.raises(SecondFactorMissing):
        require_factor(cast.work(), by=cast.bob)


UNLOCKED: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "the word taken out": lambda mine, _: {"parameters": mine.parameters.removesuffix(LOCKED)},
    "the word in other letters": lambda mine, _: {"parameters": mine.parameters.upper()},
    "the word twice": lambda mine, _: {"parameters": mine.parameters + LOCKED},
    "the lock of somebody else": lambda _mine, other: {"blob": other.blob},
    "the open wrap of somebody else": lambda _mine, other: {
        "salt": other.salt,
        "parameters": other.parameters.removesuffix(LOCKED),
        "blob": other.blob,
    },
    "no blob": lambda _mine, _other: {"blob": b""},
    "a format of the future": lambda mine, _: {"blob": b"KJ\x09" + mine.blob[3:]},
}


@pytest.mark.parametrize("attack", UNLOCKED.values(), ids=UNLOCKED)
def test_nobody_takes_the_lock_off_without_the_server_secret(
    cast: Cast, attack: Callable[[Any, Any], dict[str, Any]]
) -> None:
    arrival = cast.arrive("alice", "patient")
    for by in (arrival.signed_in, cast.dora):
        cast.turn_on_factor(by)
    with cast.engine.begin() as connection:
        mine, other = (
            passphrase_wrap(connection, it) for it in (arrival.signed_in.account, cast.dora.account)
        )
        rewrite(connection, arrival.signed_in.account, **attack(mine, other))
        connection.execute(delete(factors))
    with pytest.raises(SignInRefused):
        cast.enter("alice")
    assert arrival.recovery_code is not None
    assert come_back(cast, arrival.recovery_code).account == arrival.signed_in.account


def test_a_backup_code_or_the_recovery_code_helps_whose_second_factor_was_deleted(cast: Cast) -> None:
    arrival = cast.arrive("alice", "patient")
    codes = cast.turn_on_factor(arrival.signed_in)
    with cast.engine.begin() as connection:
        drop_factor(connection, b"")
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    assert finish_sign_in(cast.work(), half=half, code=codes[0], browser=BROWSER, label="")
    assert arrival.recovery_code is not None
    back = come_back(cast, arrival.recovery_code)
    assert not is_on(cast.work(), by=back)
    again = sign_in(cast.work(), login="alice again", passphrase=NEW, browser=BROWSER, label="")
    assert not isinstance(again, Half)


def test_backup_codes_cannot_be_forged(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    code = new_backup_code()
    data = read_backup_code(code)
    tries = [data, hashlib.sha256(data).digest(), backup_code_id(bytes(32), cast.alice.account, data)]
    with cast.engine.begin() as connection:
        for id in tries:
            connection.execute(insert(backup_codes).values(owner=cast.alice.account, id=id))
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    with pytest.raises(FactorCodeRefused):
        finish_sign_in(cast.work(), half=half, code=code, browser=BROWSER, label="")


def test_a_code_that_was_used_can_be_made_to_work_again_as_the_threat_model_says(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    code = cast.code_of(cast.alice.account)
    for _time in range(2):
        half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
        assert isinstance(half, Half)
        assert finish_sign_in(cast.work(), half=half, code=code, browser=BROWSER, label="")
        with cast.engine.begin() as connection:
            connection.execute(update(factors).values(used=0))
    cast.later(90)
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    with pytest.raises(FactorCodeRefused):
        finish_sign_in(cast.work(), half=half, code=code, browser=BROWSER, label="")


def test_a_passphrase_wrap_from_before_can_be_put_back_as_the_threat_model_says(cast: Cast) -> None:
    with cast.engine.begin() as connection:
        before = passphrase_wrap(connection, cast.alice.account)
    cast.turn_on_factor(cast.alice)
    with cast.engine.begin() as connection:
        rewrite(connection, cast.alice.account, parameters=before.parameters, blob=before.blob)
    arrival = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert not isinstance(arrival, Half)


def test_half_a_sign_in_cannot_be_made_a_whole_one(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    with cast.engine.begin() as connection:
        connection.execute(update(wraps).where(wraps.c.purpose == "half").values(purpose="sign-in"))
        here = {"owner": half.account, "id": half.id, "browser": BROWSER, "label": b""}
        connection.execute(insert(sign_ins).values(**here, seen=10**9, idle=10**6, expires=10**10))
    with pytest.raises(SignedOut):
        cast.work().role(SignedIn(half.account, half.token, BROWSER))


def test_half_a_sign_in_cannot_be_made_to_last(cast: Cast) -> None:
    codes = cast.turn_on_factor(cast.alice)
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    with cast.engine.begin() as connection:
        connection.execute(update(wraps).where(wraps.c.purpose == "half").values(parameters="9999999999"))
    with pytest.raises(HalfEnded):
        finish_sign_in(cast.work(), half=half, code=codes[0], browser=BROWSER, label="")


@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (1, True), (10**6, True), (-(10**6), True)])
def test_a_proof_of_the_passphrase_can_be_dated_as_the_threat_model_says(
    cast: Cast, minutes: int, asked: bool
) -> None:
    by = cast.alice
    cast.later(30 * 60)
    with cast.engine.begin() as connection:
        connection.execute(update(sign_ins).values(confirmed=cast.at // 60 + minutes))
    if asked:
        with pytest.raises(ConfirmFirst):
            require_confirmed(cast.work(), by=by)
    else:
        require_confirmed(cast.work(), by=by)
