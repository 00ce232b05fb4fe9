"""Settings are checked at start, and every problem says what to do."""

import base64
from pathlib import Path

import pytest

from kapjournal.errors import SettingsRefused
from kapjournal.settings import NAMES, new_secret, read_settings

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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAPJOURNAL_SECRET", "c2hvcnQ="),
        ("KAPJOURNAL_SECRET", "A" * 43),
        ("KAPJOURNAL_SECRET", base64.b64encode(bytes(33)).decode()),
        ("KAPJOURNAL_SECRET", "é" * 44),
        ("KAPJOURNAL_CLOUD", "2"),
        ("KAPJOURNAL_CLOUD", "yes"),
        ("KAPJOURNAL_MEMORY_MB", "15"),
        ("KAPJOURNAL_MEMORY_MB", "65537"),
        ("KAPJOURNAL_MEMORY_MB", "64.0"),
        ("KAPJOURNAL_MEMORY_MB", "-64"),
        ("KAPJOURNAL_MEMORY_MB", "٦٤"),
        ("KAPJOURNAL_MEMORY_MB", "9" * 5000),
        ("KAPJOURNAL_PORT", "0"),
        ("KAPJOURNAL_PORT", "65536"),
        ("KAPJOURNAL_PORT", "http"),
        ("KAPJOURNAL_", "1"),
        ("KAPJOURNAL_secret", "1"),
        ("DATABASE_URL", "sqlite:///kapjournal.sqlite3"),
        ("DATABASE_URL", "db.example.org/kapjournal"),
    ],
)
def test_a_wrong_value_is_refused_from_either_place_and_not_repeated(name: str, value: str) -> None:
    for places in (({name: value}, None), ({}, {name: value})):
        with pytest.raises(SettingsRefused, match=name) as refusal:
            read_settings(*places)
        assert len(value) < 3 or value not in str(refusal.value)


@pytest.mark.parametrize("value", ["1", "true", "TRUE", True, 1])
def test_a_switch_is_on(value: object) -> None:
    assert read_settings({}, {"KAPJOURNAL_CLOUD": value}).cloud


@pytest.mark.parametrize("value", ["0", "false", "", False, 0])
def test_a_switch_is_off(value: object) -> None:
    assert not read_settings({}, {"KAPJOURNAL_CLOUD": value}).cloud


def test_what_is_left_empty_was_not_set() -> None:
    empty = dict.fromkeys(["DATABASE_URL", *sorted(NAMES - {"KAPJOURNAL_CLOUD"})], "")
    assert read_settings(empty) == read_settings({})


def test_what_is_not_ours_is_left_alone() -> None:
    others = {"PATH": "/bin", "DATABASE": "x", "kapjournal_port": "x"}
    assert read_settings(others, {"theme": {"base": "dark"}, **others}) == read_settings({})


@pytest.mark.parametrize("connections", [None, "", [], {"kapjournal": None}, {"other": {"url": "x"}}])
def test_secrets_without_a_database_are_fine(connections: object) -> None:
    assert read_settings({}, {"connections": connections}).database_url is None


def test_the_address_of_the_database_is_taken_from_the_nearest_place() -> None:
    table = {"connections": {"kapjournal": {"url": "postgresql://localhost/table"}}}
    plain = table | {"DATABASE_URL": "postgresql://localhost/plain"}
    environ = {"DATABASE_URL": "postgres://localhost/environ"}
    found = [read_settings(*it).database_url for it in ((environ, plain), ({}, plain), ({}, table))]
    assert [it and it.rsplit("/", 1)[1] for it in found] == ["environ", "plain", "table"]


def test_a_secret_may_have_space_around_it() -> None:
    written = new_secret()
    assert read_settings({"KAPJOURNAL_SECRET": f" {written}\n"}).secret == base64.b64decode(written)


def test_a_clinics_own_content_is_a_folder_from_either_place() -> None:
    assert read_settings({}).content is None
    assert read_settings({"KAPJOURNAL_CONTENT": "own"}).content == Path("own")
    assert read_settings({}, {"KAPJOURNAL_CONTENT": "/srv/own"}).content == Path("/srv/own")


def test_settings_do_not_show_themselves() -> None:
    settings = read_settings({"DATABASE_URL": "postgresql://kapjournal:hunter2@localhost/x"})
    assert repr(settings) == str(settings) == f"{settings}" == "Settings(…)"
