"""What an account owns about itself."""

from typing import ClassVar, Literal, NamedTuple

import msgspec

from kapjournal.records import SignedIn, Value
from kapjournal.records.accounts import Ways
from kapjournal.records.values import Kind
from kapjournal.vault.keys import fingerprint

Role = Literal["patient", "therapist"]
Extra = Literal["pain", "craving", "sleep", "connectedness", "hope"]


class Preferences(Value, frozen=True, gc=False, kw_only=True, tag="preferences"):
    """How the app behaves for one person.

    `fixed_zone` is an IANA name, empty for the phone's; `country` an ISO 3166 code, empty for a guess from
    the zone; `idle_minutes` 5..240; `name` up to 100 characters.
    """

    kind: ClassVar[Kind] = "setting"

    name: str = ""
    fixed_zone: str = ""
    country: str = ""
    extras: tuple[Extra, ...] = ()
    idle_minutes: int = 60
    recovery_written_down: bool = False


class Contact(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Somebody to reach; `phone` as it was typed, empty if there is none."""

    name: str
    phone: str = ""


class SafetyCard(Value, frozen=True, gc=False, kw_only=True, tag="safety_card"):
    """What helps in a hard hour, in the patient's own words: each part a few short lines or people."""

    kind: ClassVar[Kind] = "setting"

    signs: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    distractions: tuple[str, ...] = ()
    tell: tuple[Contact, ...] = ()
    professionals: tuple[Contact, ...] = ()
    safer: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Device(NamedTuple):
    """A place where the person is signed in; `last_used` and `ends` are UTC seconds."""

    id: bytes
    label: str
    last_used: int
    ends: int
    this: bool


class Half(NamedTuple):
    """Half a sign-in: the passphrase was right, or a recovery code that brought new `ways` in; a code is to come."""

    account: bytes
    token: bytes
    ways: Ways | None = None

    def __repr__(self) -> str:
        return "Half(…)"

    @property
    def id(self) -> bytes:
        """What it is found by."""
        return fingerprint(self.token)


class Arrival(NamedTuple):
    """A sign-in that has just begun, with the recovery code where a new one was made."""

    signed_in: SignedIn
    role: Role
    recovery_code: str | None = None
