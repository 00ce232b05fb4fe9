"""Opening the application: the server secret's cases, a database that is gone, the reaper."""

import os
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from kapjournal.application import Application, accept_secret, open_application
from kapjournal.errors import SettingsRefused, SignedOut, StorageUnavailable
from kapjournal.journal.reading import entries
from kapjournal.people.signing_in import recover, sign_up
from kapjournal.records import accounts
from kapjournal.settings import new_secret, read_settings
from tests.cast import BROWSER

PASSPHRASE = "lantern orbit walnut tide"


def opened(data: Path, **more: str) -> Application:
    return open_application(read_settings({"KAPJOURNAL_DATA": str(data), **more}), environ={})


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_journal(request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of a database where nothing is yet, once on each engine."""
    if request.param == "sqlite":
        return {}
    return {"DATABASE_URL": request.getfixturevalue("empty_address")}


def closed(application: Application) -> None:
    application.close()


def arrive(application: Application) -> str:
    """Sign somebody up; their recovery code."""
    arrival = sign_up(
        application.work(), login="alice", passphrase=PASSPHRASE, role="patient", browser=BROWSER, label=""
    )
    assert arrival.recovery_code is not None
    return arrival.recovery_code


def test_an_empty_local_database_gets_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    closed(opened(tmp_path))
    for name in ("kapjournal.secret", "kapjournal.sqlite3"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    closed(opened(tmp_path))


def test_a_secret_that_went_missing_stops_the_start(tmp_path: Path) -> None:
    application = opened(tmp_path)
    arrive(application)
    closed(application)
    (tmp_path / "kapjournal.secret").unlink()
    with pytest.raises(SettingsRefused, match="KAPJOURNAL_SECRET"):
        opened(tmp_path)


def test_another_secret_stops_the_start(tmp_path: Path) -> None:
    closed(opened(tmp_path))
    with pytest.raises(SettingsRefused, match="not the one"):
        opened(tmp_path, KAPJOURNAL_SECRET=new_secret())


def test_postgresql_without_a_secret_stops_the_start(postgres_address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="KAPJOURNAL_SECRET is missing"):
        opened(tmp_path, DATABASE_URL=postgres_address)


def test_a_lost_secret_is_replaced_and_recovery_codes_still_open(tmp_path: Path) -> None:
    application = opened(tmp_path)
    code = arrive(application)
    closed(application)
    other = new_secret()
    accept_secret(read_settings({"KAPJOURNAL_DATA": str(tmp_path), "KAPJOURNAL_SECRET": other}))
    application = opened(tmp_path, KAPJOURNAL_SECRET=other)
    back = recover(
        application.work(), code=code, login="alice", passphrase=PASSPHRASE, browser=BROWSER, label=""
    ).signed_in
    assert entries(application.work(), by=back) == ()
    closed(application)


def test_a_missing_database_beside_a_secret_is_never_an_empty_journal(tmp_path: Path) -> None:
    closed(opened(tmp_path))
    (tmp_path / "kapjournal.sqlite3").unlink()
    with pytest.raises(SettingsRefused, match="Restore"):
        opened(tmp_path)


def test_the_reaper_forgets_who_has_been_idle(tmp_path: Path) -> None:
    application = opened(tmp_path)
    arrival = sign_up(
        application.work(), login="alice", passphrase=PASSPHRASE, role="patient", browser=BROWSER, label=""
    )
    application.work().reading(arrival.signed_in)
    assert len(application.store.snapshots) == 1
    start = application.clock()
    application.clock = lambda: start + 61 * 60
    application.reap()
    assert len(application.store.snapshots) == 0
    with pytest.raises(SignedOut):
        application.work().reading(arrival.signed_in)
    closed(application)


def test_the_right_secret_from_the_environment_opens_either_database(
    empty_journal: dict[str, str], tmp_path: Path
) -> None:
    secret = new_secret()
    first = opened(tmp_path, **empty_journal, KAPJOURNAL_SECRET=secret)
    second = opened(tmp_path, **empty_journal, KAPJOURNAL_SECRET=secret)
    assert first.store.lineage == second.store.lineage
    assert len(first.store.lineage) == 16
    assert first.store.secret == second.store.secret
    assert not (tmp_path / "kapjournal.secret").exists()
    closed(first)
    closed(second)


def test_another_or_no_secret_opens_neither_database(empty_journal: dict[str, str], tmp_path: Path) -> None:
    closed(opened(tmp_path, **empty_journal, KAPJOURNAL_SECRET=new_secret()))
    with pytest.raises(SettingsRefused, match="not the one"):
        opened(tmp_path, **empty_journal, KAPJOURNAL_SECRET=new_secret())
    with pytest.raises(SettingsRefused, match="KAPJOURNAL_SECRET is missing"):
        opened(tmp_path, **empty_journal)


def test_two_databases_have_two_lineages(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "one"), opened(tmp_path / "two")
    assert first.store.lineage != second.store.lineage
    assert first.store.secret != second.store.secret
    closed(first)
    closed(second)


def test_servers_that_start_together_agree(
    empty_journal: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, really = new_secret(), accounts.anybody
    monkeypatch.setattr(accounts, "anybody", lambda connection: time.sleep(0.1) or really(connection))

    def start(_number: int) -> Application:
        return opened(tmp_path, **empty_journal, KAPJOURNAL_SECRET=secret)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(start, range(4)))
    assert len({it.store.lineage for it in found}) == 1
    for application in found:
        closed(application)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe\x00", b"A" * 44])
def test_a_secret_file_that_is_none_stops_the_start(tmp_path: Path, content: bytes) -> None:
    closed(opened(tmp_path))
    (tmp_path / "kapjournal.secret").write_bytes(content)
    with pytest.raises(SettingsRefused, match=r"KAPJOURNAL_SECRET|not the one"):
        opened(tmp_path)


def test_a_secret_is_on_the_disk_before_anything_depends_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file)))
    closed(opened(tmp_path))
    assert [(it.st_ino, it.st_size) for it in synced] == [
        ((tmp_path / "kapjournal.secret").stat().st_ino, len(new_secret()) + 1)
    ]


def test_accepting_a_secret_needs_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="KAPJOURNAL_SECRET is missing"):
        accept_secret(read_settings({"KAPJOURNAL_DATA": str(tmp_path)}))


def test_accepting_a_secret_ends_every_sign_in(tmp_path: Path) -> None:
    application, other = opened(tmp_path), new_secret()
    arrive(application)
    closed(application)
    accept_secret(read_settings({"KAPJOURNAL_DATA": str(tmp_path), "KAPJOURNAL_SECRET": other}))
    application = opened(tmp_path, KAPJOURNAL_SECRET=other)
    with application.store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sign_ins")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM wraps WHERE purpose = 'sign-in'")).scalar() == 0
    closed(application)


@pytest.mark.parametrize("lost", ["nothing was ever there", "its facts are lost"])
def test_a_database_without_facts_opens_after_accepting_a_secret(tmp_path: Path, lost: str) -> None:
    secret = new_secret()
    if lost == "its facts are lost":
        application = opened(tmp_path, KAPJOURNAL_SECRET=secret)
        arrive(application)
        with application.store.engine.begin() as connection:
            connection.execute(text("DELETE FROM facts"))
        closed(application)
        with pytest.raises(SettingsRefused, match="not the one"):
            opened(tmp_path, KAPJOURNAL_SECRET=secret)
    accept_secret(read_settings({"KAPJOURNAL_DATA": str(tmp_path), "KAPJOURNAL_SECRET": secret}))
    closed(opened(tmp_path, KAPJOURNAL_SECRET=secret))


def test_cleaning_goes_on_after_a_failure_and_stops_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.application.REAP_SECONDS", 0.01)
    application, reaped = opened(tmp_path), []

    def reap() -> None:
        reaped.append(1)
        raise StorageUnavailable

    reap.__name__ = "reap"
    monkeypatch.setattr(application, "reap", reap)
    application.start_cleaning()
    started = {it for it in threading.enumerate() if it.name.startswith("kapjournal ")}
    for _patience in range(500):
        if len(reaped) >= 3:
            break
        time.sleep(0.01)
    closed(application)
    for thread in started:
        thread.join(5)
    assert len(reaped) >= 3
    assert len(started) == 2
    assert not any(thread.is_alive() for thread in started)


def test_a_unit_of_work_happens_at_one_moment(tmp_path: Path) -> None:
    application = opened(tmp_path)
    application.clock = lambda: 1_790_000_000.7
    assert application.work().now == 1_790_000_000
    assert application.now(None).zone == application.now("nowhere").zone == "UTC"
    assert application.now("Asia/Kathmandu").wall == "2026-09-21T19:58"
    closed(application)
