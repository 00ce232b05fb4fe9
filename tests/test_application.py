"""Opening the application: the server secret's cases, a database that is gone, the reaper."""

import stat
from pathlib import Path

import pytest

from kapjournal.application import Application, accept_secret, open_application
from kapjournal.errors import SettingsRefused, SignedOut, StorageUnavailable
from kapjournal.journal.reading import entries
from kapjournal.people.signing_in import recover, sign_up
from kapjournal.settings import new_secret, read_settings
from tests.cast import BROWSER

PASSPHRASE = "lantern orbit walnut tide"


def opened(data: Path, **more: str) -> Application:
    return open_application(read_settings({"KAPJOURNAL_DATA": str(data), **more}), environ={})


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


def test_a_database_file_removed_under_the_server_is_told(tmp_path: Path) -> None:
    application = opened(tmp_path)
    (tmp_path / "kapjournal.sqlite3").unlink()
    with pytest.raises(StorageUnavailable):
        arrive(application)
    closed(application)


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
