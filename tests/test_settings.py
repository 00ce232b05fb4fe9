"""Settings are checked at start, and every problem says what to do."""

import base64

import pytest

from kapjournal.clock import clock_from
from kapjournal.database.engine import postgres_engine
from kapjournal.errors import SettingsRefused
from kapjournal.settings import new_secret, read_settings

WRONG = {
    "KAPJOURNAL_SECRET": "short",
    "KAPJOURNAL_CLOUD": "perhaps",
    "KAPJOURNAL_MEMORY_MB": "lots",
    "KAPJOURNAL_PORT": "99999",
    "KAPJOURNAL_SECERT": "x",
    "DATABASE_URL": "mysql://localhost/x",
}


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        read_settings({name: value})


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(WRONG)
    assert all(name in str(refused.value) for name in WRONG)


def test_the_environment_wins_over_the_secrets_file() -> None:
    secrets = {"KAPJOURNAL_MEMORY_MB": 64, "connections": {"kapjournal": {"url": "postgresql://localhost/a"}}}
    settings = read_settings({"KAPJOURNAL_MEMORY_MB": "32"}, secrets)
    assert (settings.memory_mb, settings.database_url) == (32, "postgresql://localhost/a")


def test_without_anything_everything_is_local() -> None:
    settings = read_settings({})
    assert (settings.database_url, settings.secret, settings.host, settings.disappears) == (
        None,
        None,
        "127.0.0.1",
        False,
    )


def test_the_cloud_without_a_database_is_said_to_disappear() -> None:
    assert read_settings({"KAPJOURNAL_CLOUD": "1"}).disappears
    assert not read_settings({"KAPJOURNAL_CLOUD": "1", "DATABASE_URL": "postgresql://localhost/a"}).disappears


def test_a_new_secret_is_32_random_bytes_and_is_never_shown() -> None:
    first, second = new_secret(), new_secret()
    assert len(base64.b64decode(first)) == 32
    assert first != second
    assert first not in repr(read_settings({"KAPJOURNAL_SECRET": first}))


def test_the_test_clock_is_refused_outside_of_tests() -> None:
    with pytest.raises(SettingsRefused):
        clock_from({"KAPJOURNAL_TEST_CLOCK": "somewhere"})


@pytest.mark.parametrize(
    "address", ["postgresql://db.example.org/x", "postgresql://db.example.org/x?sslmode=require"]
)
def test_a_database_elsewhere_has_to_prove_who_it_is(address: str) -> None:
    with pytest.raises(SettingsRefused, match="verify-full"):
        postgres_engine(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgres://127.0.0.1/x",
        "postgresql:///x?host=/tmp",
        "postgresql://db.example.org/x?sslmode=verify-full",
    ],
)
def test_a_database_here_or_with_a_verified_name_is_accepted(address: str) -> None:
    assert postgres_engine(address).dialect.name == "postgresql"
