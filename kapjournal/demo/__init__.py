"""A fresh database filled with an invented patient's course, for trying out, for tests and for measuring.

She shares a part of it with an invented therapist, and so do as many further patients as somebody wants to have.
"""

import os
from random import Random

from kapjournal.application import Application, open_application
from kapjournal.demo.course import DAYS_A_YEAR, EXTRAS, ZONE, Course
from kapjournal.demo.forms import kept_apart
from kapjournal.demo.sentences import (
    ATTENTION,
    CARD,
    OTHER_ATTENTIONS,
    OTHER_PURPOSES,
    OTHERS,
    PURPOSE,
    WORDS,
)
from kapjournal.demo.shares import Said, able_to_look, offer, share
from kapjournal.errors import SettingsRefused
from kapjournal.journal.sessions import sessions
from kapjournal.measures.values import Response
from kapjournal.people.preferences import change_preferences
from kapjournal.people.safety_card import change_safety_card
from kapjournal.people.signing_in import sign_out, sign_up
from kapjournal.people.values import Contact, Role
from kapjournal.records import SignedIn, accounts
from kapjournal.settings import Settings
from kapjournal.sharing.linking import pause

NAMES: dict[Role, str] = {"patient": "Maya", "therapist": "Dr. Lindqvist"}
LOGINS: dict[Role, str] = {"patient": "maya", "therapist": "lindqvist"}
PASSPHRASE_WORDS = 5


def fill(
    settings: Settings, *, years: float = 1.0, canary: str = "", seed: int = 1, patients: int = 0
) -> dict[str, dict[str, str]]:
    """Sign up a patient with `years` of records up to now, and her therapist; how each of them signs in.

    So many further `patients` with a year each share with the same therapist. The passphrases follow from `seed` like
    everything else, so they protect nothing. `canary` is put into every text. Raises SettingsRefused if the database
    has accounts already.
    """
    rng = Random(seed)  # noqa: S311  # invented data must be the same each time
    application = open_application(settings)
    try:
        _refuse_accounts(application)
        patient, patients_way_in = _arrive(application, "patient", rng, canary)
        therapist, therapists_way_in = _arrive(application, "therapist", rng, canary)
        add_course(application, patient, years=years, rng=rng, canary=canary)
        add_card(application, patient, canary=canary)
        with able_to_look(application, therapist) as code:
            words = (NAMES["therapist"], NAMES["patient"], PURPOSE, ATTENTION)
            said = Said(*(f"{text} {canary}".strip() for text in words))
            share(application, patient, therapist, code, said)
            for number in range(patients):
                _add_another(application, therapist, code, number, canary)
        for by in (patient, therapist):
            sign_out(application.work(), by=by)
    finally:
        application.close()
    return {"patient": patients_way_in, "therapist": therapists_way_in}


def add_course(
    application: Application, by: SignedIn, *, years: float, rng: Random, canary: str = ""
) -> None:
    """Append `years` of sessions, check-ins and entries up to now to what a patient has."""
    course = Course(application.now(ZONE), max(1, round(years * DAYS_A_YEAR)), rng, canary)
    work = application.work()
    work.append(by, course.sessions())
    known = sessions(work, by=by)
    work.forget(by)  # or every batch would be opened again to see whether it is shared
    rated = course.check_ins(known)
    work.append(by, [*course.doses(known), *rated])
    work.append(by, course.entries(known, application.content))
    work.append(by, course.aftermath(known))
    work.append(by, course.responses(rated, known, application.content))
    answered = sorted(work.reading(by).all(Response).values(), key=lambda it: it.seq)
    work.save(by, *kept_apart(answered, application.content, rng))


def another(number: int) -> Said:
    """What the patient of this number says with a link; every one has a name of their own."""
    turn, place = divmod(number, len(OTHERS))
    return Said(
        NAMES["therapist"],
        f"{OTHERS[place]} {chr(ord('A') + turn % 26)}.",
        OTHER_PURPOSES[number % len(OTHER_PURPOSES)],
        OTHER_ATTENTIONS[number % len(OTHER_ATTENTIONS)],
    )


def add_card(application: Application, by: SignedIn, *, canary: str = "") -> None:
    """Fill in a safety card."""
    for version, (part, given) in enumerate(CARD.items()):
        marked = [
            Contact(f"{it.name} {canary}", it.phone) if isinstance(it, Contact) else f"{it} {canary}"
            for it in given
        ]
        change_safety_card(
            application.work(),
            by=by,
            part=part,
            given=marked,
            base_version=version,
            now=application.now(ZONE),
        )


def _add_another(application: Application, therapist: SignedIn, code: str, number: int, canary: str) -> None:
    """A further patient with a year. Most share; one in ten waits to be accepted, one in ten has paused."""
    rng = Random(number)  # noqa: S311  # as above
    patient, _way_in = _arrive(application, "patient", rng, canary, login=f"patient-{number}")
    add_course(application, patient, years=1, rng=rng, canary=canary)
    said = Said(*(f"{text} {canary}".strip() for text in another(number)))
    match number % 10:
        case 4:
            offer(application, patient, code, said)
        case 7:
            pause(application.work(), by=patient, link=share(application, patient, therapist, code, said))
        case _:
            share(application, patient, therapist, code, said)
    sign_out(application.work(), by=patient)


def _refuse_accounts(application: Application) -> None:
    with application.work().unauthorised() as connection:
        if accounts.anybody(connection):
            raise SettingsRefused(
                "This database has accounts already, and invented data does not belong beside real data. "
                "Choose an empty folder with --data."
            )


def _arrive(
    application: Application, role: Role, rng: Random, canary: str, *, login: str = ""
) -> tuple[SignedIn, dict[str, str]]:
    how = {
        "login": login or LOGINS[role],
        "passphrase": " ".join(rng.sample(WORDS.split(), PASSPHRASE_WORDS)),
    }
    browser = os.urandom(32)
    arrival = sign_up(application.work(), **how, role=role, browser=browser, label="Demo")
    change_preferences(
        application.work(),
        by=arrival.signed_in,
        now=application.now(ZONE),
        name=f"{NAMES[role]} {canary}".strip(),
        extras=EXTRAS if role == "patient" else (),
        recovery_written_down=True,
    )
    return arrival.signed_in, how
