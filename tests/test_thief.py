"""A thief of the database, its files or its logs finds no word of anybody."""

import base64
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from kapjournal.database.tables import metadata
from kapjournal.journal.sessions import Facts, mark_done, plan_session, record_facts
from kapjournal.journal.writing import About, Draft, delete_entry, finish, write
from kapjournal.measures.check_ins import check_in
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import sign_up
from kapjournal.records import SignedIn
from tests.cast import BROWSER, Cast

WORD = "Zimtstern7Q"


def forms(word: str) -> list[bytes]:
    """A word as it might stand in a file: plain, wide, hexadecimal, and in base64 at each of three offsets."""
    plain = word.encode()
    based = [base64.b64encode(bytes(offset) + plain)[offset * 2 : -4].lstrip(b"A") for offset in range(3)]
    return [
        plain,
        plain.lower(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        plain.hex().encode(),
        *based,
    ]


def found_in(data: bytes) -> list[bytes]:
    return [form for form in forms(WORD) if len(form) > 6 and form in data]


def live(cast: Cast) -> SignedIn:
    """Everything a person can type, with the word in it."""
    passphrase = f"lantern orbit walnut {WORD}"
    login = f"{WORD}@example.org"
    by = sign_up(
        cast.work(), login=login, passphrase=passphrase, role="patient", browser=BROWSER, label=WORD
    ).signed_in
    now = cast.now()
    change_preferences(cast.work(), by=by, now=now, name=WORD, recovery_written_down=True)
    session = plan_session(
        cast.work(),
        by=by,
        starts=now,
        route="iv",
        place=WORD,
        escort=WORD,
        bring=WORD,
        save_id=os.urandom(16),
    )
    mark_done(cast.work(), by=by, session=session.id, ended=now)
    record_facts(cast.work(), by=by, session=session.id, facts=Facts(minutes=50, dose=WORD), now=now)
    check_in(cast.work(), by=by, ratings={"mood": 3, "craving": 4}, when=now, save_id=os.urandom(16))
    for n in range(3):
        draft = Draft(os.urandom(16), os.urandom(16), f"{WORD} {n} " * 50)
        about = About(session.id, "same_day", "same_day.still", 1)
        write(cast.work(), by=by, draft=draft, about=about, now=now)
        finish(cast.work(), by=by, entry=draft.id, now=now)
    delete_entry(cast.work(), by=by, entry=draft.id)
    return by


def dump(cast: Cast) -> Iterator[bytes]:
    """Every value of every table."""
    with cast.engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def files(cast: Cast, tmp_path: Path) -> Iterator[bytes]:
    if cast.engine.dialect.name == "postgresql":
        with cast.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
            folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
    else:
        folder = tmp_path
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def test_the_search_finds_a_planted_word() -> None:
    for offset in range(3):
        planted = base64.b64encode(bytes(offset) + f"before {WORD} after".encode())
        assert found_in(planted), offset
    assert found_in(f"x{WORD}y".encode("utf-16-le"))
    assert not found_in(b"nothing of the kind")


def test_no_word_stands_in_the_database_its_files_or_the_log(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live(cast)
    assert found_in(b"".join(dump(cast))) == []
    assert [found for data in files(cast, tmp_path) for found in found_in(data)] == []
    assert found_in(caplog.text.encode()) == []


def test_every_mood_has_the_same_size(cast: Cast) -> None:
    for mood in range(11):
        check_in(cast.work(), by=cast.alice, ratings={"mood": mood}, when=cast.now(), save_id=os.urandom(16))
    with cast.engine.connect() as connection:
        sizes = connection.execute(
            text("SELECT DISTINCT length(body) FROM records WHERE kind = 'rating'")
        ).all()
    assert len(sizes) == 1
