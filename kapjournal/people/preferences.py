"""How the app behaves for one person."""

import re
from collections.abc import Mapping
from typing import TypedDict, Unpack, get_args

import msgspec

from kapjournal.clock import Moment, known_zone
from kapjournal.errors import NotAllowed, OutOfRange
from kapjournal.people.values import Extra, Preferences
from kapjournal.records import Put, Record, SignedIn, Work, accounts
from kapjournal.records.work import new_id
from kapjournal.texts import checked_line
from kapjournal.vault.links import seal_card
from kapjournal.verbs import verb

IDLE_RANGE = range(5, 241)
NAME_LENGTH = 100
UNSET = Preferences(at=0, zone="UTC", wall="1970-01-01T00:00")


class Changes(TypedDict, total=False):
    """What a person may change; fields and their values as in `Preferences`."""

    name: str
    fixed_zone: str
    country: str
    extras: tuple[str, ...]
    idle_minutes: int
    recovery_written_down: bool


@verb
def preferences(work: Work, *, by: SignedIn) -> Preferences:
    """What this person set, or the defaults."""
    record = _record(work, by)
    return UNSET if record is None else record.value


@verb
def change_preferences(work: Work, *, by: SignedIn, now: Moment, **changes: Unpack[Changes]) -> Preferences:
    """Change some preferences. Raises OutOfRange, TooLong, UnsuitableText, ChangedElsewhere."""
    record = _record(work, by)
    present = UNSET if record is None else record.value
    changed = _checked(msgspec.structs.replace(present, at=now.at, zone=now.zone, wall=now.wall, **changes))
    place, version = (new_id(), 0) if record is None else (record.id, record.version)
    work.save(by, Put(changed, place, new_id(), version))
    if "idle_minutes" in changes and work.role(by) == "patient":
        set_idle(work, by=by, minutes=changed.idle_minutes)
    if "name" in changes and work.role(by) == "therapist":
        _call_oneself(work, by, changed.name)
    return changed


@verb
def set_idle(work: Work, *, by: SignedIn, minutes: int) -> None:
    """End sign-ins of this patient after so many idle minutes, 5 to 240. Raises NotAllowed, OutOfRange."""
    if work.role(by) != "patient":
        raise NotAllowed
    _check_idle(minutes)
    with work.authorised(by, writing=True) as (connection, _access):
        accounts.set_idle(connection, by.account, minutes)


def _call_oneself(work: Work, by: SignedIn, name: str) -> None:
    """A therapist's name is shown to a patient who types their code, so it is sealed under the server secret."""
    with work.authorised(by, writing=True) as (connection, _access):
        accounts.set_card(connection, by.account, seal_card(work.store.secret, by.account, name.encode()))


def _checked(it: Preferences) -> Preferences:
    _check_idle(it.idle_minutes)
    if it.fixed_zone and known_zone(it.fixed_zone) != it.fixed_zone:
        raise OutOfRange("fixed_zone")
    if it.country and not re.fullmatch("[A-Z]{2}", it.country):
        raise OutOfRange("country")
    if not set(it.extras) <= set(get_args(Extra)):
        raise OutOfRange("extras")
    return msgspec.structs.replace(it, name=checked_line(it.name, NAME_LENGTH))


def _check_idle(minutes: int) -> None:
    if type(minutes) is not int or minutes not in IDLE_RANGE:
        raise OutOfRange("idle_minutes")


def _record(work: Work, by: SignedIn) -> Record[Preferences] | None:
    return work.reading(by).derived("preferences", Preferences, _oldest)


def _oldest(found: Mapping[bytes, Record[Preferences]]) -> Record[Preferences] | None:
    """Two tabs may have made one each at the same moment; everybody then uses the same one."""
    return min(found.values(), key=lambda record: record.id, default=None)
