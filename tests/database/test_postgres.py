"""PostgreSQL: connections that break, locks that last, and no unverified host."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url

from kapjournal.database import postgres
from kapjournal.database.migrate import migrate
from kapjournal.database.postgres import postgres_engine
from kapjournal.errors import SettingsRefused, StorageUnavailable
from tests.cast import Cast, Watched
from tests.database.servers import plain_engine
from tests.records.boxes import Box, rows_of, save, words_of

REMOTE = "postgresql://kapjournal:hunter2@db.example.org/kapjournal"
LOCAL = "postgresql://kapjournal@localhost/kapjournal"


@pytest.fixture
def hosted(empty_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database on a server, of which locks are waited for a tenth of a second."""
    monkeypatch.setattr(postgres, "BUSY_MS", 100)
    monkeypatch.setattr(postgres, "STATEMENT_MS", 300)
    engine = postgres_engine(empty_address)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def people(hosted: Engine, derivations: Watched) -> Cast:
    cast = Cast(hosted)
    assert cast.alice
    return cast


@pytest.fixture
def operator(empty_address: str) -> Iterator[Engine]:
    """Somebody else's connections to the same database."""
    engine = plain_engine(empty_address)
    yield engine
    engine.dispose()


def kill_backends(operator: Engine) -> None:
    with operator.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_backend_that_was_killed_between_two_saves_is_not_noticed(people: Cast, operator: Engine) -> None:
    save(people, Box().put("Blue"))
    kill_backends(operator)
    save(people, Box().put("Green"))
    assert words_of(people) == ["Blue", "Green"]


def test_a_save_whose_backend_is_killed_is_saved_once_by_its_retry(people: Cast, operator: Engine) -> None:
    put = Box().put("Blue")
    event.listen(people.engine, "commit", lambda _connection: kill_backends(operator), once=True)
    with pytest.raises(StorageUnavailable):
        save(people, put)
    assert words_of(people) == []
    assert not save(people, put).copied
    assert words_of(people) == ["Blue"]


def test_an_answer_lost_after_the_commit_is_made_good_by_the_retry(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect, put = cast.engine.dialect, Box().put("Blue")
    really = dialect.do_commit

    def commit_and_break(connection: object) -> None:
        really(connection)
        raise dialect.loaded_dbapi.OperationalError("the connection is lost")

    assert cast.alice
    with monkeypatch.context() as breaking:
        breaking.setattr(dialect, "do_commit", commit_and_break)
        with pytest.raises(StorageUnavailable):
            save(cast, put)
    assert not save(cast, put).copied
    assert rows_of(cast.engine, "seq, version") == [(1, 1)]
    assert words_of(cast, cast.store) == ["Blue"]


def test_a_row_that_somebody_holds_is_waited_for_and_then_unavailable(people: Cast, operator: Engine) -> None:
    put = Box().put("Blue")
    with operator.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        connection.execute(text("SELECT * FROM accounts FOR UPDATE"))
        with pytest.raises(StorageUnavailable):
            save(people, put)
        connection.rollback()
    save(people, put)
    assert words_of(people) == ["Blue"]


def test_a_statement_that_lasts_too_long_is_given_up(people: Cast) -> None:
    def sleep() -> None:
        with people.work().unauthorised() as connection:
            connection.execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(StorageUnavailable):
        sleep()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    engine = postgres_engine("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StorageUnavailable):
        migrate(engine)


@pytest.mark.parametrize(
    "address",
    [
        REMOTE,
        REMOTE + "?sslmode=require",
        REMOTE + "?sslmode=verify-ca",
        REMOTE.replace("postgresql:", "postgres:"),
        "postgresql://kapjournal@10.0.0.7/kapjournal",
        LOCAL + "?host=db.example.org",
        LOCAL + "?host=db.example.org&host=localhost",
        LOCAL + "?host=localhost,db.example.org",
        LOCAL + "?hostaddr=203.0.113.5",
        LOCAL + "?service=far_away",
        "postgresql://localhost.example.org/kapjournal",
    ],
)
def test_another_machine_must_prove_who_it_is(address: str) -> None:
    with pytest.raises(SettingsRefused, match=r"DATABASE_URL must end in \?sslmode=verify-full") as refusal:
        postgres_engine(address)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("name", ["PGHOST", "PGHOSTADDR", "PGSERVICE"])
def test_a_host_from_the_environment_counts_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "203.0.113.5")
    with pytest.raises(SettingsRefused, match="sslmode=verify-full"):
        postgres_engine("postgresql:///kapjournal")


@pytest.mark.parametrize(
    "address",
    [
        REMOTE + "?sslmode=verify-full",
        REMOTE + "?sslmode=verify-full&sslrootcert=system",
        LOCAL,
        "postgresql://kapjournal@127.0.0.1:5433/kapjournal",
        "postgresql://kapjournal@[::1]/kapjournal",
        "postgresql+psycopg://kapjournal@/kapjournal?host=/run/postgresql",
        "postgresql:///kapjournal",
    ],
)
def test_a_verified_host_and_this_machine_are_accepted(address: str) -> None:
    assert postgres_engine(address).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "address", ["postgresql://db.example.org:port/x", "postgresql://a:hunter2@[::1/x", "postgresql:"]
)
def test_an_address_that_is_none_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(SettingsRefused, match="DATABASE_URL cannot be read") as refusal:
        postgres_engine(address)
    assert "hunter2" not in str(refusal.value)


def test_an_engine_does_not_show_its_password() -> None:
    engine = postgres_engine(REMOTE + "?sslmode=verify-full")
    assert "hunter2" not in repr(engine)
    assert make_url(REMOTE).password == "hunter2"
