"""A therapist's links: what is offered, accepting it, and the list of patients who share.

What is offered counts only if it opens with the two key pairs; accepting pins the patient's key in the therapist's
vault.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Literal, NamedTuple

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import LinkOver, NotAllowed, SharingRefused
from kapjournal.people.second_factor import require_factor
from kapjournal.records import Put, Record, SignedIn, Work, accounts, events, links
from kapjournal.records.events import Event
from kapjournal.records.links import LinkRow
from kapjournal.records.work import DAY, new_id
from kapjournal.sharing.values import Digest, Patient
from kapjournal.texts import checked_line
from kapjournal.vault.codes import comparison_code
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import VaultKeys
from kapjournal.vault.links import Ends, open_digest, open_offer, seal_answer
from kapjournal.verbs import verb

NAME_LENGTH = 100
State = Literal["offered", "open", "paused", "over", "refused"]

_decode_digest = msgspec.json.Decoder(Digest).decode


class Listed(NamedTuple):
    """A line of the therapist's list: `patient` is None until accepted, `digest` where nothing is open.

    `comparison` are the characters that both screens show. `is_new` says whether more or something else is shared than
    when the therapist last looked.
    """

    link: bytes
    state: State
    patient: Record[Patient] | None
    digest: Digest | None
    comparison: str = ""
    is_new: bool = False


@verb
def patients(work: Work, *, by: SignedIn) -> tuple[Listed, ...]:
    """Everybody who shares or shared with this therapist, offers first, then those with something new, then by name.

    Raises NotAllowed, SecondFactorMissing.
    """
    known = _patients(work, by)
    with work.authorised(by) as (connection, access):
        found = {row.id: row for row in links.of_therapist(connection, by.account)}
        today = max(work.now, accounts.latest(connection)) // DAY
        listed = [_listed(row, known.get(row.id), access.keys, today) for row in found.values()]
    gone = [Listed(id, "over", it, None) for id, it in known.items() if id not in found]
    return tuple(sorted([*listed, *gone], key=_order))


@verb
def patient(work: Work, *, by: SignedIn, link: bytes) -> Record[Patient]:
    """The therapist's own side of a link they accepted, also of one that has ended.

    Raises NotAllowed, SecondFactorMissing.
    """
    known = _patients(work, by).get(link)
    if known is None:
        raise NotAllowed
    return known


@verb
def accept(work: Work, *, by: SignedIn, link: bytes, name: str = "", now: Moment) -> Record[Patient]:
    """Accept what a patient offers, after both have compared the eight characters. Accepting again changes nothing.

    `name` is the patient in the therapist's words. Raises NotAllowed, SecondFactorMissing, SharingRefused, LinkOver.
    """
    known = _patients(work, by).get(link)
    if known is not None:
        return known
    with work.authorised(by, writing=True) as (connection, access):
        row = links.to_therapist(connection, by.account, link)
        if row is None:
            raise NotAllowed
        links.lock(connection, by.account, row.owner)
        if max(work.now, accounts.latest(connection)) // DAY > row.ends:
            raise LinkOver
        ends = _ends(row, access.keys)
        digest, link_key = _offered(row, access.keys)
        value = Patient(
            **now._asdict(),
            owner=row.owner,
            owner_key=row.patient_key,
            key=link_key,
            name=checked_line(name, NAME_LENGTH) or digest.my_name,
        )
        saved: Record[Patient] = work.save(by, Put(value, link, new_id()))[0].record
        links.set_answer(connection, row.owner, link, seal_answer(link_key, ends, _encode({"at": now.at})))
        events.note(connection, row.owner, row.patient_key, Event("accepted", now.at, link))
    return saved


@verb
def decline(work: Work, *, by: SignedIn, link: bytes) -> None:
    """End a link from the therapist's side, accepted or not; the patient's log says so. Raises NotAllowed."""
    known = _patients(work, by).get(link)
    with work.authorised(by, writing=True) as (connection, _access):
        row = links.to_therapist(connection, by.account, link)
        if row is None:
            raise NotAllowed
        links.lock(connection, by.account, row.owner)
        key = known.value.owner_key if known else row.patient_key
        with suppress(VaultError):  # somebody has put what is no key into the database
            events.note(connection, row.owner, key, Event("declined", work.now, link))
        links.remove(connection, row.owner, link)


@verb
def call_patient(work: Work, *, by: SignedIn, link: bytes, name: str) -> Record[Patient]:
    """Change what a patient is called in the therapist's list. Raises NotAllowed, TooLong, ChangedElsewhere."""
    known = patient(work, by=by, link=link)
    changed = msgspec.structs.replace(known.value, name=checked_line(name, NAME_LENGTH) or known.value.name)
    return known if changed == known.value else work.restate(by, known, changed)


def head(row: LinkRow, key: bytes) -> Digest:
    """The head of what a link shares. Raises SharingRefused."""
    try:
        return _decode_digest(open_digest(key, row.owner, row.id, row.digest))
    except (VaultError, msgspec.MsgspecError) as error:
        raise SharingRefused from error


_encode = msgspec.json.Encoder().encode


def _patients(work: Work, by: SignedIn) -> Mapping[bytes, Record[Patient]]:
    if work.role(by) != "therapist":
        raise NotAllowed
    require_factor(work, by=by)
    return work.reading(by).all(Patient)


def _ends(row: LinkRow, keys: VaultKeys) -> Ends:
    return Ends(row.id, row.owner, row.therapist, row.patient_key, keys.public_key())


def _offered(row: LinkRow, keys: VaultKeys) -> tuple[Digest, bytes]:
    """What an offer shows before it is accepted, and the link key. Raises SharingRefused."""
    try:
        link_key = open_offer(keys, _ends(row, keys), row.offer)
    except VaultError as error:
        raise SharingRefused from error
    return head(row, link_key), link_key


def _listed(row: LinkRow, known: Record[Patient] | None, keys: VaultKeys, today: int) -> Listed:
    patient_key = known.value.owner_key if known else row.patient_key
    comparison = comparison_code(row.id, patient_key, keys.public_key())
    try:
        digest = head(row, known.value.key) if known else _offered(row, keys)[0]
    except SharingRefused:
        return Listed(row.id, "refused", known, None, comparison)
    if today > min(row.ends, digest.ends):
        return Listed(row.id, "over", known, None, comparison)
    if known is None:
        return Listed(row.id, "offered", None, digest, comparison)
    if digest.paused:
        return Listed(row.id, "paused", known, None, comparison)
    is_new = digest.mark != known.value.looked
    return Listed(row.id, "open", known, digest, comparison, is_new)


def _order(it: Listed) -> tuple[bool, bool, bool, str, bytes]:
    name = it.patient.value.name if it.patient else ""
    return it.state != "offered", it.state in ("over", "refused"), not it.is_new, name.casefold(), it.link
