"""A therapist and many patients with a year each who share with them, from now on, each over a link of their own.

The therapist is signed in several times, each time in another browser, so that the first look after a sign-in can be
measured more than once: with every backup code once.
"""

from random import Random
from typing import NamedTuple

from pyotp import TOTP

from bench.people import PASSPHRASE, Person, arrive, as_person, cheap_derivations, new_browser
from kapjournal.application import Application
from kapjournal.demo import add_course, another
from kapjournal.demo.shares import share
from kapjournal.people import second_factor
from kapjournal.people.preferences import change_preferences
from kapjournal.people.signing_in import finish_sign_in, sign_in
from kapjournal.people.values import Half
from kapjournal.sharing.codes import my_code

PATIENTS = 200
LOGIN = "therapist"


class Practice(NamedTuple):
    """The sign-ins of one therapist, and the links that are open to them, in hexadecimal."""

    sign_ins: list[Person]
    links: list[str]


def make_practice(application: Application, patients: int) -> Practice:
    """So many patients who share with a new therapist."""
    therapist = arrive(application, LOGIN, "therapist")
    work, by = application.work(), therapist.by
    change_preferences(
        work, by=by, now=application.now("Europe/Berlin"), name="Dr. Bench", recovery_written_down=True
    )
    secret = second_factor.begin(work, by=by).secret
    backup = second_factor.turn_on(work, by=by, secret=secret, code=TOTP(secret).at(work.now))
    code = my_code(application.work(), by=by)
    links = [_add_patient(application, therapist, code, number) for number in range(patients)]
    return Practice([_again(application, it) for it in backup], links)


def _add_patient(application: Application, therapist: Person, code: str, number: int) -> str:
    patient = arrive(application, f"patient-{number}", "patient").by
    add_course(application, patient, years=1, rng=Random(number))
    application.work().touch(therapist.by)
    link = share(application, patient, therapist.by, code, another(number))
    application.work().forget(patient)
    return link.hex()


def _again(application: Application, backup_code: str) -> Person:
    """Another sign-in of the therapist."""
    cookie, mark = new_browser(application)
    with cheap_derivations():
        half = sign_in(application.work(), login=LOGIN, passphrase=PASSPHRASE, browser=mark, label="")
    assert isinstance(half, Half)
    arrival = finish_sign_in(application.work(), half=half, code=backup_code, browser=mark, label="")
    return as_person(cookie, arrival.signed_in)
