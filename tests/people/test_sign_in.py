"""Come back with login name and passphrase; what is wrong is not said, and costs the same."""

import pytest
from sqlalchemy import select, update

from kapjournal.database.tables import wraps as wrap_rows
from kapjournal.errors import Busy, SignedOut, SignInRefused
from kapjournal.journal.reading import drafts
from kapjournal.journal.writing import About, Draft, write
from kapjournal.people.signing_in import sign_out
from kapjournal.records.work import new_id
from kapjournal.vault import wraps
from tests.cast import PASSPHRASE, Cast, Watched


@pytest.mark.parametrize("login", ["alice", "ALICE", "  aLiCe", "ａlice"])
def test_the_right_passphrase_opens_the_same_account(cast: Cast, login: str) -> None:
    alice = cast.alice
    assert cast.enter(login, PASSPHRASE.format(name="alice")).account == alice.account


@pytest.mark.parametrize("role", ["patient", "therapist"])
def test_an_arrival_names_the_role(cast: Cast, role: str) -> None:
    cast.arrive("erin", role)  # type: ignore[arg-type]
    assert cast.work().role(cast.enter("erin")) == role


def test_what_was_written_is_there_after_signing_in_elsewhere(cast: Cast) -> None:
    draft = Draft(new_id(), new_id(), "The sea was warm.")
    write(cast.work(), by=cast.alice, draft=draft, about=About(), now=cast.now())
    elsewhere = cast.new_store()
    again = cast.enter("alice", store=elsewhere)
    assert [it.value.text for it in drafts(cast.work(elsewhere), by=again)] == ["The sea was warm."]


@pytest.mark.parametrize("typed", ["", "lantern orbit walnut alice tidE", " lantern orbit walnut alice tide"])
def test_a_wrong_passphrase_is_refused(cast: Cast, typed: str) -> None:
    cast.arrive("alice", "patient")
    with pytest.raises(SignInRefused):
        cast.enter("alice", typed)


def test_a_wrong_passphrase_and_an_unknown_login_look_and_cost_the_same(
    cast: Cast, derivations: Watched
) -> None:
    cast.arrive("alice", "patient")
    answers, costs = [], []
    for login in ("alice", "nobody at all", "", "x" * 300, "half\ud800"):
        before = derivations.calls
        with pytest.raises(SignInRefused) as refused:
            cast.enter(login, "not the passphrase")
        answers.append(repr(refused.value))
        costs.append(derivations.calls - before)
    assert set(answers) == {"SignInRefused()"}
    assert set(costs) == {1}


def test_the_passphrase_of_somebody_else_does_not_fit(cast: Cast) -> None:
    cast.arrive("alice", "patient")
    cast.arrive("dora", "patient")
    with pytest.raises(SignInRefused):
        cast.enter("alice", PASSPHRASE.format(name="dora"))


@pytest.mark.parametrize("column", ["blob", "salt", "parameters"])
def test_a_passphrase_wrap_that_was_changed_in_the_database_does_not_open(cast: Cast, column: str) -> None:
    cast.arrive("alice", "patient")
    changed = {"blob": bytes(32) + b"?" * 60, "salt": bytes(16), "parameters": "m=8 t=1"}[column]
    with cast.engine.begin() as connection:
        connection.execute(
            update(wrap_rows).where(wrap_rows.c.purpose == "passphrase").values({column: changed})
        )
    with pytest.raises(SignInRefused):
        cast.enter("alice")


def test_a_stored_wrap_is_remade_when_the_price_has_risen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.arrive("alice", "patient")
    before = passphrase_parameters(cast)
    monkeypatch.setattr(wraps, "PASSES", 2)
    cast.enter("alice")
    assert passphrase_parameters(cast) != before
    assert cast.enter("alice")


def passphrase_parameters(cast: Cast) -> str:
    wanted = select(wrap_rows.c.parameters).where(wrap_rows.c.purpose == "passphrase")
    with cast.engine.connect() as connection:
        return str(connection.execute(wanted).scalar_one())


def test_somebody_sent_away_as_busy_has_not_used_up_a_try(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.arrive("alice", "patient")
    queue = cast.store.derivations._places
    places = 0
    while queue.acquire(blocking=False):
        places += 1
    for _try in range(20):
        with pytest.raises(Busy):
            cast.enter("alice")
    queue.release(places)
    assert cast.enter("alice")


def test_signing_out_ends_the_sign_in_at_once(cast: Cast) -> None:
    here = cast.alice
    assert cast.work().role(here) == "patient"
    sign_out(cast.work(), by=here)
    assert cast.store.snapshots.get(here.sign_in) is None
    for _twice in range(2):
        with pytest.raises(SignedOut):
            sign_out(cast.work(), by=here)


def test_signing_out_leaves_other_devices_alone(cast: Cast) -> None:
    here = cast.alice
    there = cast.enter("alice")
    sign_out(cast.work(), by=here)
    assert cast.work().role(there) == "patient"
