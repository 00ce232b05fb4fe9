"""A sign-in is checked at every verb: known, alive, of this browser. Nothing stays open behind it."""

import pytest
from sqlalchemy.exc import OperationalError

from kapjournal.application import Application
from kapjournal.content import load_content
from kapjournal.errors import SignedOut
from kapjournal.people.signing_in import end_device, sign_out
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from tests.cast import NOON, OTHER_BROWSER, Cast
from tests.records.boxes import Box, rows_of, save, words_of
from tests.records.test_sync import statements

MINUTE, HOUR = 60, 3600


def application(cast: Cast) -> Application:
    return Application(read_settings({}), cast.store, lambda: cast.at, load_content())


def touch(cast: Cast, by: SignedIn) -> None:
    cast.work().touch(by)


def ended(cast: Cast, by: SignedIn) -> bool:
    try:
        cast.work(cast.new_store()).reading(by)
    except SignedOut:
        return True
    return False


@pytest.mark.parametrize(("who", "minutes"), [("alice", 60), ("bob", 15)])
def test_a_sign_in_ends_by_idleness(cast: Cast, who: str, minutes: int) -> None:
    by = getattr(cast, who)
    cast.at = NOON // MINUTE * MINUTE + minutes * MINUTE - 1
    assert not ended(cast, by)
    cast.at += 1
    assert ended(cast, by)


@pytest.mark.parametrize(("who", "hours"), [("alice", 24), ("bob", 8)])
def test_a_sign_in_ends_for_good_however_much_is_done(cast: Cast, who: str, hours: int) -> None:
    by = getattr(cast, who)
    while cast.at < NOON + hours * HOUR - 10 * MINUTE:
        cast.later(10 * MINUTE)
        touch(cast, by)
    cast.at = NOON + hours * HOUR - 1
    assert not ended(cast, by)
    cast.later(1)
    assert ended(cast, by)


def test_activity_is_written_at_most_once_a_minute(cast: Cast) -> None:
    by, written = cast.alice, []
    for _second in range(130):
        with statements(cast.engine) as asked:
            touch(cast, by)
        written += [statement for statement in asked if statement.startswith("UPDATE")]
        cast.later(1)
    assert len(written) == 2
    assert rows_of(cast.engine, "seen", "sign_ins") == [((NOON + 129) // MINUTE,)]


def test_activity_never_goes_back(cast: Cast) -> None:
    late, early = cast.work(), cast.work()
    early.reading(cast.alice)
    late.now += 5 * MINUTE
    early.now += 2 * MINUTE
    late.touch(cast.alice)
    early.touch(cast.alice)
    assert rows_of(cast.engine, "seen", "sign_ins") == [(NOON // MINUTE + 5,)]


def test_a_visit_that_cannot_be_noted_takes_no_page_away(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_given: object) -> None:
        raise OperationalError("UPDATE sign_ins", {}, Exception("database is locked"))

    by = cast.alice
    cast.later(2 * MINUTE)
    work = cast.work()
    with monkeypatch.context() as patched:
        patched.setattr("kapjournal.records.work.accounts.seen", locked)
        work.touch(by)
    assert rows_of(cast.engine, "seen", "sign_ins") == [(NOON // MINUTE,)]
    work.touch(by)
    assert rows_of(cast.engine, "seen", "sign_ins") == [(NOON // MINUTE + 2,)]


def test_reading_and_saving_are_no_activity(cast: Cast) -> None:
    box = Box()
    save(cast, box.put("B"))
    for _time in range(3):
        cast.later(10 * MINUTE)
        save(cast, box.put("Blue"))
        words_of(cast)
    assert rows_of(cast.engine, "seen", "sign_ins") == [(NOON // MINUTE,)]


@pytest.mark.parametrize("change", ["account", "token", "browser"])
def test_every_part_of_a_sign_in_must_be_right(cast: Cast, change: str) -> None:
    wrong = {"account": cast.dora.account, "token": bytes(32), "browser": OTHER_BROWSER}
    with pytest.raises(SignedOut):
        cast.work().reading(cast.alice._replace(**{change: wrong[change]}))
    assert not ended(cast, cast.alice)


def test_another_server_secret_opens_nothing(cast: Cast) -> None:
    by, other = cast.alice, cast.new_store()
    other.secret = bytes(32)
    with pytest.raises(SignedOut):
        cast.work(other).reading(by)


def test_a_wrong_browser_does_not_take_away_what_the_right_one_opened(cast: Cast) -> None:
    save(cast, Box().put("Blue"))
    cast.work().reading(cast.alice)
    with pytest.raises(SignedOut):
        cast.work().reading(cast.alice._replace(token=bytes(32)))
    assert len(cast.store.snapshots) == 1


def test_nothing_is_written_by_a_sign_in_that_has_ended(cast: Cast) -> None:
    by, work = cast.alice, cast.work()
    work.reading(by)
    cast.later(61 * MINUTE)
    with pytest.raises(SignedOut):
        save(cast, Box().put("Blue"))
    assert rows_of(cast.engine, "id") == []


def test_signing_out_forgets_what_was_opened(cast: Cast) -> None:
    save(cast, Box().put("Blue"))
    cast.work().reading(cast.alice)
    sign_out(cast.work(), by=cast.alice)
    assert len(cast.store.snapshots) == 0
    assert ended(cast, cast.alice)
    assert rows_of(cast.engine, "id", "sign_ins") == []
    assert [purpose for (purpose,) in rows_of(cast.engine, "purpose", "wraps")] == ["passphrase", "recovery"]


def test_an_end_found_out_forgets_what_was_opened(cast: Cast) -> None:
    cast.work().reading(cast.alice)
    assert len(cast.store.snapshots) == 1
    cast.later(61 * MINUTE)
    with pytest.raises(SignedOut):
        cast.work().reading(cast.alice)
    assert len(cast.store.snapshots) == 0


def test_a_run_that_outlives_its_sign_in_leaves_nothing_open(cast: Cast) -> None:
    running = cast.work()
    running.reading(cast.alice)
    end_device(cast.work(), by=cast.enter("alice"), device=cast.alice.sign_in)
    running.now += MINUTE
    running.touch(cast.alice)
    assert cast.store.snapshots.get(cast.alice.sign_in) is None


def test_the_reaper_forgets_a_closed_tab(cast: Cast) -> None:
    cast.work().reading(cast.alice)
    cast.later(59 * MINUTE)
    application(cast).reap()
    assert len(cast.store.snapshots) == 1
    cast.later(MINUTE)
    application(cast).reap()
    assert len(cast.store.snapshots) == 0


def test_the_reaper_leaves_a_tab_in_use_alone(cast: Cast) -> None:
    cast.work().reading(cast.alice)
    cast.later(30 * MINUTE)
    touch(cast, cast.alice)
    cast.later(45 * MINUTE)
    application(cast).reap()
    assert len(cast.store.snapshots) == 1


def test_sign_ins_that_ended_are_cleaned_away(cast: Cast) -> None:
    by = cast.alice
    cast.later(30 * MINUTE)
    assert cast.dora
    cast.later(30 * MINUTE)
    application(cast).purge()
    assert rows_of(cast.engine, "id", "sign_ins") == [(cast.dora.sign_in,)]
    assert ended(cast, by)
    assert not ended(cast, cast.dora)


def test_a_sign_in_does_not_show_its_token(cast: Cast) -> None:
    assert repr(cast.alice) == str(cast.alice) == f"{cast.alice}" == "SignedIn(…)"
    assert repr(cast.store) == "Store(…)"
