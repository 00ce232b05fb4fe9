"""The invented course: complete, repeatable, and never beside real data."""

import json
from pathlib import Path

import msgspec
import pytest

from kapjournal.__main__ import main
from kapjournal.application import Application, open_application
from kapjournal.demo import fill
from kapjournal.demo.shares import able_to_look
from kapjournal.errors import KapjournalError, SecondFactorMissing
from kapjournal.journal.phases import arc_at
from kapjournal.journal.prompts import PHASES
from kapjournal.journal.reading import drafts, entries
from kapjournal.journal.sessions import arc, sessions
from kapjournal.journal.steps import OUTCOMES
from kapjournal.journal.values import INTENTION, Session, Step
from kapjournal.measures.check_ins import check_ins
from kapjournal.measures.responses import scores
from kapjournal.measures.side_effects import monthly_checks, whom_to_call
from kapjournal.measures.values import MonthlyCheck, SideEffects, Substances, Urge
from kapjournal.people.preferences import preferences
from kapjournal.people.safety_card import PARTS, safety_card
from kapjournal.people.signing_in import sign_in
from kapjournal.people.values import Contact
from kapjournal.records import Record, SignedIn
from kapjournal.settings import Settings, read_settings
from kapjournal.sharing.accepting import patients
from kapjournal.sharing.catching_up import is_behind
from kapjournal.sharing.reading import summary

CANARY = "xylophone"
BROWSER = bytes(32)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"KAPJOURNAL_DATA": str(tmp_path / "data")})


def sign_in_as(application: Application, how: dict[str, str]) -> SignedIn:
    return sign_in(application.work(), **how, browser=BROWSER, label="").signed_in


def test_both_people_can_sign_in_and_have_their_roles(settings: Settings) -> None:
    people = fill(settings, years=0.1)
    application = open_application(settings)
    roles = {role: application.work().role(sign_in_as(application, how)) for role, how in people.items()}
    assert roles == {"patient": "patient", "therapist": "therapist"}
    application.close()


def test_the_therapist_sees_what_the_patient_shares_once_a_second_factor_is_set_up(
    settings: Settings,
) -> None:
    people = fill(settings, years=0.2, canary=CANARY)
    application = open_application(settings)
    therapist = sign_in_as(application, people["therapist"])
    with pytest.raises(SecondFactorMissing):
        patients(application.work(), by=therapist)
    with able_to_look(application, therapist):
        [listed] = patients(application.work(), by=therapist)
        now = application.now("Europe/Berlin")
        seen = summary(
            application.work(), by=therapist, link=listed.link, content=application.content, now=now
        )
    assert listed.state == "open"
    assert all(CANARY in text for text in (seen.name, seen.purpose, seen.attention))
    assert (seen.quality.entries, seen.shares("item_9"), seen.shares("dose")) == (6, False, False)
    assert seen.mood
    assert seen.session
    assert not is_behind(application.work(), by=sign_in_as(application, people["patient"]))
    application.close()


def test_further_patients_share_wait_and_pause(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapjournal.demo.add_course", lambda *_args, **_more: None)
    people = fill(settings, years=0.1, patients=10)
    application = open_application(settings)
    therapist = sign_in_as(application, people["therapist"])
    with able_to_look(application, therapist):
        states = [it.state for it in patients(application.work(), by=therapist)]
    assert (states.count("open"), states.count("offered"), states.count("paused")) == (9, 1, 1)
    application.close()


def test_a_year_has_an_entry_and_two_check_ins_a_day(settings: Settings) -> None:
    people = fill(settings, years=1)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    assert len(entries(work, by=by)) == 365
    assert len(check_ins(work, by=by)) == 730
    assert 20 <= len(sessions(work, by=by)) <= 52
    application.close()


def test_the_course_ends_now_with_a_draft_and_a_session_ahead(settings: Settings) -> None:
    people = fill(settings, years=0.2)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    coming = arc(work, by=by, now=application.now("Europe/Berlin")).coming
    assert coming is not None
    assert 4 < (coming.value.at - work.now) / 86_400 < 6
    assert work.now - drafts(work, by=by)[0].value.at < 86_400
    assert all(it.value.at < work.now for it in (*entries(work, by=by), *check_ins(work, by=by)))
    for cls in (Step, SideEffects, Urge, MonthlyCheck, Substances):
        found = work.reading(by).all(cls).values()
        assert found
        assert all(it.value.at < work.now for it in found)
    assert preferences(work, by=by).recovery_written_down
    application.close()


def test_entries_stand_in_every_phase_with_prompts_of_that_phase(settings: Settings) -> None:
    people = fill(settings, years=1)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    written, course = [it.value for it in entries(work, by=by)], sessions(work, by=by)
    assert {it.phase for it in written} == set(PHASES) - {"in_session"}
    for it in written:
        prompts = {prompt.id for prompt in application.content.prompts(it.phase)}
        assert not it.prompt or it.prompt in prompts
        if it.phase not in ("hard", "flat"):
            assert arc_at([as_known(session, it.at) for session in course], it.at, it.zone).phase == it.phase
    application.close()


def as_known(session: Record[Session], at: int) -> Record[Session]:
    """A session as it was known at a moment: not yet done before it began."""
    if session.value.at <= at:
        return session
    value = msgspec.structs.replace(session.value, ended_at=0, slept_at=0)
    return msgspec.structs.replace(session, value=value)


def test_every_session_has_one_intention_from_before_it_began(settings: Settings) -> None:
    people = fill(settings, years=0.3)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    begun = {it.id: it.value.at for it in sessions(work, by=by)}
    intentions = [it.value for it in entries(work, by=by) if it.value.prompt == INTENTION]
    assert sorted(it.session for it in intentions) == sorted(begun)
    assert all(it.at < begun[it.session] for it in intentions)
    application.close()


def test_after_every_session_the_patient_has_slept_and_has_said_how_it_was(settings: Settings) -> None:
    people = fill(settings, years=1)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    done = [it for it in sessions(work, by=by) if it.value.ended_at]
    assert all(it.value.ended_at < it.value.slept_at < it.value.ended_at + 86_400 for it in done)
    planned = [it.value for it in work.reading(by).all(Step).values()]
    assert {it.session for it in planned} < {it.id for it in done}
    assert {it.outcome for it in planned} == set(OUTCOMES)
    assert all(bool(it.outcome) == bool(it.said_at) for it in planned)
    reports = [it.value for it in work.reading(by).all(SideEffects).values()]
    assert len({(it.session, it.when) for it in reports}) == len(reports) > len(done)
    assert all(whom_to_call(it) is None for it in reports)
    assert 8 <= len(monthly_checks(work, by=by)) <= 12
    application.close()


@pytest.mark.parametrize(("id", "least", "most"), [("phq-9", 24, 27), ("gad-7", 24, 27), ("pcl-5", 11, 13)])
def test_questionnaires_were_answered_regularly_and_on_no_session_day(
    settings: Settings, id: str, least: int, most: int
) -> None:
    people = fill(settings, years=1)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    scored = scores(work, by=by, content=application.content, measure=id)
    assert least <= len(scored) <= most
    totals = [it.score.total for it in scored if it.score]
    assert len(totals) == len(scored)
    assert len(set(totals)) > 4
    days = {it.value.wall[:10] for it in sessions(work, by=by)}
    assert not days & {it.response.value.wall[:10] for it in scored}
    assert all(it.response.value.at < work.now for it in scored)
    application.close()


def test_mood_is_higher_after_a_session_than_before_the_next(settings: Settings) -> None:
    people = fill(settings, years=1)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    ended = [it.value.ended_at for it in sessions(work, by=by) if it.value.ended_at]

    def mean_mood(first_day: int, last_day: int) -> float:
        moods = [
            it.value.mood
            for it in check_ins(work, by=by)
            if it.value.mood is not None
            and any(first_day <= (it.value.at - at) / 86_400 < last_day for at in ended)
        ]
        return sum(moods) / len(moods)

    assert mean_mood(0, 2) > mean_mood(-2, 0) + 1
    application.close()


def test_the_canary_stands_in_every_text(settings: Settings) -> None:
    people = fill(settings, years=0.2, canary=CANARY)
    application = open_application(settings)
    work, by = application.work(), sign_in_as(application, people["patient"])
    texts = [it.value.text for it in (*entries(work, by=by), *drafts(work, by=by))]
    texts += [
        text for it in sessions(work, by=by) for text in (it.value.place, it.value.escort, it.value.bring)
    ]
    planned = [it.value for it in work.reading(by).all(Step).values()]
    assert planned
    texts += [text for it in planned for text in (it.action, it.cue, it.obstacle)]
    card = safety_card(work, by=by)
    assert card is not None
    for part in PARTS:
        texts += [it.name if isinstance(it, Contact) else it for it in getattr(card.value, part)]
    assert all(CANARY in text for text in texts)
    assert all(30 <= len(it.value.text) <= 900 for it in entries(work, by=by))
    application.close()


def test_the_same_seed_gives_the_same_people(tmp_path: Path) -> None:
    first, second, other = (
        fill(read_settings({"KAPJOURNAL_DATA": str(tmp_path / name)}), years=0.05, seed=seed)
        for name, seed in (("first", 7), ("second", 7), ("other", 8))
    )
    assert first == second
    assert first != other


def test_a_database_with_accounts_is_refused(settings: Settings) -> None:
    fill(settings, years=0.05)
    with pytest.raises(KapjournalError, match="empty folder"):
        fill(settings, years=0.05)


def test_a_course_of_one_day_is_possible(settings: Settings) -> None:
    assert set(fill(settings, years=0)) == {"patient", "therapist"}


def test_the_command_prints_one_line_of_json_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPJOURNAL_DATA", "unused")
    assert main(["demo", "--data", str(tmp_path / "data"), "--years", "0.05", "--seed", "3"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert {role: set(how) for role, how in json.loads(printed).items()} == {
        "patient": {"login", "passphrase"},
        "therapist": {"login", "passphrase"},
    }
