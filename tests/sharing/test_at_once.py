"""Several people and tabs at the same moment: the last choice that was committed holds, nobody waits for ever."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from kapjournal.database.tables import grants, links, rekeys
from kapjournal.errors import ChangedElsewhere, KapjournalError, LinkOver, NotAllowed
from kapjournal.journal.values import Entry
from kapjournal.measures.check_ins import check_in, check_ins
from kapjournal.measures.values import CheckIn
from kapjournal.records import Store
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.reading import preview, summary
from kapjournal.sharing.values import Scope
from tests.cast import Cast, content
from tests.journal.desk import Box, written
from tests.sharing.desk import linked, opened, seen, settle
from tests.sharing.test_grants import kinds

ROUNDS = 25
MANY_ROUNDS = 200
MAY_HAPPEN = (ChangedElsewhere, LinkOver, NotAllowed)

Act = Callable[[Store, int], object]


def at_once(cast: Cast, rounds: int, *acts: Act, in_step: bool = True) -> list[KapjournalError]:
    """Everybody does their thing so many times, each on a server of their own; the named errors on the way."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> list[KapjournalError]:
        store, errors = cast.new_store(), []
        for number in range(rounds):
            if in_step or number == 0:
                barrier.wait(60)
            try:
                act(store, number)
            except MAY_HAPPEN as error:
                errors.append(error)
        return errors

    with ThreadPoolExecutor(len(acts)) as threads:
        return [error for found in threads.map(run, acts) for error in found]


def rates(cast: Cast) -> Act:
    return lambda store, n: check_in(
        cast.work(store), by=cast.alice, ratings={"mood": n % 11}, when=cast.now(), save_id=os.urandom(16)
    )


def looks(cast: Cast, link: Callable[[], bytes]) -> Act:
    return lambda store, _n: summary(
        cast.work(store), by=cast.bob, link=link(), content=content(), now=cast.now()
    )


def catches_up(cast: Cast) -> Act:
    return lambda store, _n: catch_up(cast.work(store), by=cast.alice)


def open_rows(cast: Cast, link: bytes) -> set[bytes]:
    with cast.engine.connect() as connection:
        return {
            bytes(it)
            for it in connection.execute(select(grants.c.record).where(grants.c.link == link)).scalars()
        }


def test_two_tabs_grant_and_take_back_one_entry_at_once(cast: Cast) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast)
    errors = at_once(
        cast,
        ROUNDS,
        lambda store, _n: linking.share_note(
            cast.work(store), by=cast.alice, link=link, note=entry, now=cast.now()
        ),
        lambda store, _n: linking.keep_note(cast.work(store), by=cast.alice, link=link, note=entry),
        catches_up(cast),
    )
    assert errors == []
    settle(cast)
    chosen = linking.my_link(cast.work(), by=cast.alice, link=link).value.scope.entries
    assert open_rows(cast, link) == {*chosen}
    with cast.engine.connect() as connection:
        assert connection.execute(select(rekeys)).all() == []
    cast.store.snapshots.clear()
    assert cast.work().own(cast.alice, Entry, entry).value.text == "the sea"


@pytest.mark.parametrize("last", ["share", "keep"])
def test_the_last_choice_holds(cast: Cast, last: str) -> None:
    entry = written(cast, cast.alice, "the sea").id
    link = linked(cast)
    one, two = cast.work(cast.new_store()), cast.work(cast.new_store())
    for work in (one, two):
        work.complete(cast.alice)

    def share() -> None:
        linking.share_note(one, by=cast.alice, link=link, note=entry, now=cast.now())

    def keep() -> None:
        linking.keep_note(two, by=cast.alice, link=link, note=entry)

    for act in (keep, share) if last == "share" else (share, keep):
        act()
    settle(cast)
    assert open_rows(cast, link) == ({entry} if last == "share" else set())


def test_a_scope_is_changed_while_the_patient_writes(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    scopes = [Scope(categories=("check_ins",)), Scope(categories=("steps",))]
    errors = at_once(
        cast,
        ROUNDS,
        rates(cast),
        lambda store, n: linking.change_scope(
            cast.work(store), by=cast.alice, link=link, scope=scopes[n % 2], now=cast.now()
        ),
        catches_up(cast),
    )
    assert errors == []
    assert len(check_ins(cast.work(), by=cast.alice)) == ROUNDS
    settle(cast)
    last = linking.my_link(cast.work(), by=cast.alice, link=link).value.scope
    expected = {"CheckIn": ROUNDS} if last == scopes[0] else {}
    assert kinds(opened(cast, link)) == expected


def test_an_entry_that_is_written_on_is_never_half_shared(cast: Cast) -> None:
    """While Alice edits, shares and takes back, Bob finds a whole text or none, and nothing damaged."""
    entry = written(cast, cast.alice, "text 0")
    link = linked(cast, entries=(entry.id,))
    box, pages = Box(cast, cast.alice, opens=entry), []

    def look(store: Store, _n: int) -> None:
        pages.append(summary(cast.work(store), by=cast.bob, link=link, content=content(), now=cast.now()))

    errors = at_once(cast, ROUNDS, lambda _store, n: box.push(f"text {n}"), look, catches_up(cast))
    assert errors == []
    assert len(pages) == ROUNDS
    assert {page.quality.damaged for page in pages} == {0}
    assert all(it.text.startswith("text ") for page in pages for it in page.excerpts)
    assert all(len(page.excerpts) == 1 for page in pages)


def test_four_at_once_never_wait_for_each_other_for_ever(cast: Cast) -> None:
    """Bob looks, Alice writes, changes what is shared, stops and begins again: no deadlock, no lost check-in."""
    current = [linked(cast, "check_ins")]

    def stop_and_begin(_store: Store, n: int) -> None:
        if n % 40 == 39:
            linking.stop(cast.work(), by=cast.alice, link=current[0])
            current[0] = linked(cast, "check_ins")

    def change(store: Store, n: int) -> None:
        work, link = cast.work(store), current[0]
        if n % 3 == 0:
            linking.pause(work, by=cast.alice, link=link)
        elif n % 3 == 1:
            linking.resume(work, by=cast.alice, link=link, now=cast.now())
        else:
            linking.say_with_link(work, by=cast.alice, link=link, attention=str(n))
        catch_up(cast.work(store), by=cast.alice)

    acts = looks(cast, lambda: current[0]), rates(cast), stop_and_begin, change
    at_once(cast, MANY_ROUNDS, *acts, in_step=False)
    assert len(check_ins(cast.work(cast.new_store()), by=cast.alice)) == MANY_ROUNDS
    linking.resume(cast.work(), by=cast.alice, link=current[0], now=cast.now())
    settle(cast)
    assert kinds(opened(cast, current[0])) == {"CheckIn": MANY_ROUNDS}
    page = preview(cast.work(), by=cast.alice, link=current[0], content=content(), now=cast.now())
    assert page == seen(cast, current[0])


def test_accepting_declining_and_stopping_at_once(cast: Cast) -> None:
    """Both ends of a link take the locks of both in one order."""
    from tests.sharing.desk import offered

    for _round in range(8):
        link = offered(cast, "check_ins").id
        at_once(
            cast,
            1,
            lambda store, _n, it=link: accepting.accept(
                cast.work(store), by=cast.bob, link=it, now=cast.now()
            ),
            lambda store, _n, it=link: accepting.decline(cast.work(store), by=cast.bob, link=it),
            lambda store, _n, it=link: linking.stop(cast.work(store), by=cast.alice, link=it),
            rates(cast),
        )
    settle(cast)
    with cast.engine.connect() as connection:
        assert connection.execute(select(links)).all() == connection.execute(select(grants)).all() == []
    assert len(cast.work().reading(cast.alice).all(CheckIn)) == 8
