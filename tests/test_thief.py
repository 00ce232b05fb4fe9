"""A thief of the database, its files or its logs finds no word of anybody."""

import base64
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from kapjournal.content import Item, Measure, Option, load_content
from kapjournal.database.tables import facts, metadata
from kapjournal.journal.prompts import add_own_prompt, as_prompt, delete_own_prompt, go_on
from kapjournal.journal.sessions import Facts, mark_done, plan_session, record_facts
from kapjournal.journal.steps import Plan, delete_step, plan_step
from kapjournal.journal.voice import Recording, delete_recording, keep_recording
from kapjournal.journal.writing import About, Draft, delete_entry, finish, write
from kapjournal.measures.check_ins import check_in
from kapjournal.measures.responses import delete_response
from kapjournal.measures.side_effects import check_month, report_side_effects
from kapjournal.measures.values import Effect, EffectName, RedFlag
from kapjournal.people.preferences import change_preferences
from kapjournal.people.safety_card import PARTS, PARTS_WITH_PHONES, change_safety_card
from kapjournal.people.signing_in import finish_sign_in, sign_in, sign_up
from kapjournal.people.values import Contact, Half
from kapjournal.records import SignedIn
from kapjournal.vault.codes import read_backup_code, read_recovery_code
from tests.cast import BROWSER, PASSPHRASE, SECRET, Cast
from tests.measures.forms import Sheet, responded, shipped

WORD = "Zimtstern7Q"
ALICE = {"login": "alice", "passphrase": PASSPHRASE.format(name="alice")}
PLANTED = "Muskatbluete8R"
CHOSEN: tuple[EffectName, RedFlag, str, str] = (
    "mood_crash",
    "cannot_be_woken",
    "urinary_frequency",
    "craving",
)
"""What Alice chose from lists; the names of values, too, stand nowhere."""
NAMES = (
    *CHOSEN,
    "side-effects",
    "monthly-check",
    "substances",
    "own-prompt",
    "answer-apart",
    "pc-ptsd-5",
    "northclinic-rest",
)


def forms(plain: bytes, *wide: bytes) -> list[bytes]:
    """Bytes as they might stand in a file: plain, hexadecimal, and in base64 whatever stands before them."""
    based = [base64.b64encode(bytes(before) + plain) for before in range(3)]
    # The first characters depend on what stands before, the last ones on what comes after.
    inner = [based[before][(0, 2, 4)[before] : -4] for before in range(3)]
    return [plain, *wide, plain.hex().encode(), plain.hex().upper().encode(), *inner]


FORMS = forms(WORD.encode(), WORD.lower().encode(), WORD.encode("utf-16-le"), WORD.encode("utf-16-be"))


def found_in(data: bytes, sought: list[bytes] = FORMS) -> list[bytes]:
    return [form for form in sought if form in data]


def live(cast: Cast) -> SignedIn:
    """Everything a person can type, with the word in it."""
    passphrase = f"lantern orbit walnut {WORD}"
    login = f"{WORD}@example.org"
    by = sign_up(
        cast.work(), login=login, passphrase=passphrase, role="patient", browser=BROWSER, label=WORD
    ).signed_in
    now = cast.now()
    change_preferences(cast.work(), by=by, now=now, name=WORD, recovery_written_down=True)
    for version, part in enumerate(PARTS):
        given = [Contact(WORD, WORD)] if part in PARTS_WITH_PHONES else [WORD]
        change_safety_card(cast.work(), by=by, part=part, given=given, base_version=version, now=now)
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
    feel_unwell(cast, by, session.id)
    answer_forms(cast, by)
    plan_ahead(cast, by, session.id)
    for n in range(3):
        draft = Draft(os.urandom(16), os.urandom(16), f"{WORD} {n} " * 50)
        about = About(session.id, "same_day", "same_day.still", 1)
        write(cast.work(), by=by, draft=draft, about=about, now=now)
        finish(cast.work(), by=by, entry=draft.id, now=now)
    delete_entry(cast.work(), by=by, entry=draft.id)
    for _time in range(2):
        sound = Recording(os.urandom(16), b"OggS" + WORD.encode() * 100_000, 9)
        keep_recording(cast.work(), by=by, recording=sound, about=About(session.id), now=now)
    delete_recording(cast.work(), by=by, recording=sound.id)
    return by


def feel_unwell(cast: Cast, by: SignedIn, session: bytes) -> None:
    """What is answered by choosing: no word of a person's own, but names that tell a lot."""
    report_side_effects(
        cast.work(),
        by=by,
        session=session,
        when="same_day",
        effects=[Effect(CHOSEN[0], 3)],
        flags=[CHOSEN[1]],
        urge=3,
        now=cast.now(),
    )
    check = {CHOSEN[2]: 2, CHOSEN[3]: 3, "others": 1}
    check_month(cast.work(), by=by, check=check, now=cast.now(), save_id=os.urandom(16))


def answer_forms(cast: Cast, by: SignedIn) -> None:
    """A questionnaire handed in, one paused, one deleted; in a clinic's own one the chosen code is the word itself."""
    phq, own = shipped(load_content(), "phq-9"), clinics_own()
    responded(cast, by, phq, *"111111113")
    Sheet(cast, by, phq).fill(*"1111", "2")
    responded(cast, by, shipped(load_content(), "pc-ptsd-5"), "no")
    responded(cast, by, own, WORD)
    gone = responded(cast, by, own, WORD)
    delete_response(cast.work(), by=by, response=gone.id)


def clinics_own() -> Measure:
    option = Option(code=WORD, text=WORD, score=1)
    item = Item(id="1", text=WORD, apart=True, options=(option,))
    return Measure(
        id="northclinic-rest",
        version=1,
        title=WORD,
        why=WORD,
        source=WORD,
        licence=WORD,
        recall=WORD,
        again_after_days=7,
        stem=WORD,
        scoring="sum",
        items=(item,),
    )


def plan_ahead(cast: Cast, by: SignedIn, session: bytes) -> None:
    """Two steps and two questions of one's own; one of each is deleted again."""
    now = cast.now()
    for _number in range(2):
        plan = Plan(action=WORD, cue=WORD, clock="07:30", obstacle=WORD)
        step = plan_step(cast.work(), by=by, session=session, plan=plan, now=now, save_id=os.urandom(16))
        own = add_own_prompt(cast.work(), by=by, text=WORD, phase=None, now=now, save_id=os.urandom(16))
        go_on(cast.work(), by=by, prompt=as_prompt(own), now=now)
    delete_step(cast.work(), by=by, step=step.id)
    delete_own_prompt(cast.work(), by=by, prompt=own.id)


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
        # Other workers use the same server, and what they drop is gone between two lines of ours.
        with suppress(FileNotFoundError):
            if path.is_file():
                yield path.read_bytes()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that takes all files of this test, temporary ones too."""
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_the_search_finds_a_planted_word_in_every_form(before: str) -> None:
    text = f"{before}{WORD} and more"
    for planted in (
        text.encode(),
        text.lower().encode(),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode().hex().encode(),
        base64.b64encode(text.encode()),
        base64.urlsafe_b64encode(text.encode()),
    ):
        assert found_in(b"\0" + planted), planted
    assert not found_in(f"{before}{WORD[:-1]} and more".encode())


def test_the_search_finds_a_word_planted_in_the_database(cast: Cast, temporary: Path) -> None:
    with cast.engine.begin() as connection:
        connection.execute(insert(facts), {"name": "planted", "value": base64.b64encode(PLANTED.encode())})
    sought = forms(PLANTED.encode())
    assert found_in(b"".join(dump(cast)), sought)
    assert any(found_in(data, sought) for data in files(cast, temporary))


def test_no_word_stands_in_the_database_its_files_or_the_log(
    cast: Cast, temporary: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for talkative in (None, "sqlalchemy", "alembic"):
        caplog.set_level(logging.DEBUG, logger=talkative)
    live(cast)
    assert found_in(b"".join(dump(cast))) == []
    assert [found for data in files(cast, temporary) for found in found_in(data)] == []
    assert "INSERT INTO records" in caplog.text
    assert found_in(caplog.text.encode()) == []


def test_no_name_of_an_answer_stands_in_the_database_or_its_files(cast: Cast, temporary: Path) -> None:
    live(cast)
    sought = [form for name in NAMES for form in forms(name.encode())]
    assert found_in(b"".join(dump(cast)), sought) == []
    if cast.engine.dialect.name == "sqlite":
        assert [found for data in files(cast, temporary) for found in found_in(data, sought)] == []


def test_no_key_code_or_token_stands_in_the_database(cast: Cast, temporary: Path) -> None:
    arrival = cast.arrive("alice", "patient")
    by, code = arrival.signed_in, arrival.recovery_code
    assert code is not None
    with cast.work().authorised(by) as (_connection, access):
        keys = [access.keys.vault_key, access.keys.record_key]
    passphrase = PASSPHRASE.format(name="alice").encode()
    secrets = [*keys, by.token, code.encode(), read_recovery_code(code), passphrase, SECRET]
    sought = [form for secret in secrets for form in forms(secret)]
    data = b"".join((*dump(cast), *files(cast, temporary)))
    assert found_in(data, sought) == []


def test_no_secret_of_a_second_factor_stands_anywhere(
    cast: Cast, temporary: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for talkative in (None, "sqlalchemy"):
        caplog.set_level(logging.DEBUG, logger=talkative)
    codes = cast.turn_on_factor(cast.alice)
    secret = cast.secrets[cast.alice.account]
    half = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(half, Half)
    finish_sign_in(cast.work(), half=half, code=codes[0], browser=BROWSER, label="")
    halved = sign_in(cast.work(), **ALICE, browser=BROWSER, label="")
    assert isinstance(halved, Half)
    written = [secret, secret.lower(), *codes, *(code.replace("-", "") for code in codes)]
    raw = [base64.b32decode(secret), halved.token, half.token, *map(read_backup_code, codes)]
    sought = [form for it in (*(text.encode() for text in written), *raw) for form in forms(it)]
    data = b"".join((*dump(cast), *files(cast, temporary), caplog.text.encode()))
    assert "INSERT INTO factors" in caplog.text
    assert found_in(data, sought) == []


def test_no_answer_to_item_9_changes_the_size_of_what_is_stored(cast: Cast) -> None:
    phq = shipped(load_content(), "phq-9")
    for code in "0123":
        responded(cast, cast.alice, phq, *"00000000", code)
    with cast.engine.connect() as connection:
        sizes = connection.execute(text("SELECT length(body), count(*) FROM records GROUP BY 1")).all()
    assert sorted(count for _size, count in sizes) in ([8], [4, 4])


def test_every_mood_has_the_same_size(cast: Cast) -> None:
    for mood in range(11):
        check_in(cast.work(), by=cast.alice, ratings={"mood": mood}, when=cast.now(), save_id=os.urandom(16))
    with cast.engine.connect() as connection:
        sizes = connection.execute(
            text("SELECT DISTINCT length(body) FROM records WHERE kind = 'rating'")
        ).all()
    assert len(sizes) == 1
