"""A patient's links: add one, choose what it shares, pause it, end it.

Every change of a link is a line of the access log in the same transaction. Taking away takes effect with the commit;
giving more is done by `catching_up` in small steps.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict, Unpack

import msgspec

from kapjournal.clock import Moment
from kapjournal.errors import DamagedRecord, LinkOver, NotAllowed, NotToday, OutOfRange
from kapjournal.journal.phases import Arc
from kapjournal.journal.sessions import arc
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.people.confirming import require_confirmed
from kapjournal.records import Put, Record, SignedIn, Work, events, links
from kapjournal.records.events import Event
from kapjournal.records.work import DAY, new_id
from kapjournal.sharing.codes import find_therapist
from kapjournal.sharing.keeping import is_over
from kapjournal.sharing.scopes import there
from kapjournal.sharing.values import CATEGORIES, Link, Scope
from kapjournal.texts import checked_line, checked_text
from kapjournal.vault.codes import comparison_code
from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import new_key
from kapjournal.vault.links import Ends, open_answer, seal_offer
from kapjournal.verbs import verb

DAYS = 30
MOST_DAYS = 366
LINES = {"name": 100, "my_name": 100}
TEXTS = {"purpose": 500, "attention": 2_000}


class Words(TypedDict, total=False):
    """What a patient may say with a link; fields as in `Link`."""

    name: str
    my_name: str
    purpose: str
    attention: str


class Standing(NamedTuple):
    """How a link stands: whether the therapist has accepted, and the characters that both screens show.

    `refused` says that what the database holds is not what both sides agreed on.
    """

    accepted: bool
    comparison: str
    refused: bool = False


@verb
def add_link(
    work: Work,
    *,
    by: SignedIn,
    code: str,
    scope: Scope,
    days: int = DAYS,
    save_id: bytes,
    now: Moment,
    **words: Unpack[Words],
) -> Record[Link]:
    """Connect this patient with the therapist of a code, for so many days (1 to 366). Repeating a save_id adds nothing.

    Raises NotAllowed, ConfirmFirst, NotToday, MistypedTherapistCode, NoSuchTherapist, SharingRefused, OutOfRange,
    TooLong, UnsuitableText.
    """
    found = find_therapist(work, by=by, code=code)
    require_confirmed(work, by=by)
    _refuse_on_the_day(arc(work, by=by, now=now))
    known = work.reading(by).get(Link, save_id)
    if known is not None:
        return known
    said = checked_words(words)
    link = Link(
        **now._asdict(),
        therapist=found.account,
        therapist_key=found.public_key,
        key=new_key(),
        scope=checked_scope(work, by, scope),
        ends=_last_day(work, days),
        catching_up=True,
        name=said.get("name") or found.calls_themself,
        my_name=said.get("my_name", ""),
        purpose=said.get("purpose", ""),
        attention=said.get("attention", ""),
    )
    with work.alone(by) as (connection, access):
        link = msgspec.structs.replace(link, **_chosen(work, by, link.scope))
        ends = Ends(save_id, by.account, link.therapist, access.keys.public_key(), link.therapist_key)
        links.add(
            connection,
            by.account,
            save_id,
            therapist=link.therapist,
            offer=seal_offer(access.keys, ends, link.key),
            digest=b"",
            ends=link.ends,
        )
        saved: Record[Link] = work.save(by, Put(link, save_id, new_id()))[0].record
        _log(work, by, "link", saved, link.name)
    return saved


@verb
def my_links(work: Work, *, by: SignedIn) -> tuple[Record[Link], ...]:
    """All links of this patient, the newest first, ended ones last."""
    return work.reading(by).derived("links", Link, _newest_first)


@verb
def my_link(work: Work, *, by: SignedIn, link: bytes) -> Record[Link]:
    """One link. Raises NotAllowed."""
    return work.own(by, Link, link)


@verb
def standing(work: Work, *, by: SignedIn) -> Mapping[bytes, Standing]:
    """How the links stand that have not ended, by id."""
    known = {it.id: it for it in my_links(work, by=by)}
    with work.authorised(by) as (connection, access):
        mine = access.keys.public_key()
        return {
            row.id: _standing(known[row.id].value, row, mine)
            for row in links.of_patient(connection, by.account)
            if row.id in known
        }


@verb
def change_scope(work: Work, *, by: SignedIn, link: bytes, scope: Scope, now: Moment) -> Record[Link]:
    """Share this and nothing else from now on; less is possible at any time. Raises NotToday, LinkOver, NotAllowed."""

    def chosen(it: Link) -> dict[str, Any]:
        wished = checked_scope(work, by, scope, than=it.scope)
        is_less = _is_narrower(wished, it.scope)
        if not is_less:
            _refuse_on_the_day(arc(work, by=by, now=now))
        if wished == it.scope:
            return {}
        # Less of what was chosen once is still what was there when it was chosen.
        keeps = is_less and not it.scope.goes_on
        return {"scope": wished} | ({} if keeps else _chosen(work, by, wished))

    return _change(work, by, link, "scope", chosen)


@verb
def share_note(work: Work, *, by: SignedIn, link: bytes, note: bytes, now: Moment) -> Record[Link]:
    """Share one entry or recording. Raises NotAllowed (also for a draft), NotToday, LinkOver."""
    _refuse_on_the_day(arc(work, by=by, now=now))
    field = _field_of(work, by, note)

    def more(it: Link) -> dict[str, Any]:
        chosen = getattr(it.scope, field)
        if note in chosen:
            return {}
        return {"scope": msgspec.structs.replace(it.scope, **{field: (*chosen, note)})}

    return _change(work, by, link, "grant", more)


@verb
def keep_note(work: Work, *, by: SignedIn, link: bytes, note: bytes) -> Record[Link]:
    """Stop sharing one entry or recording. Raises NotAllowed, LinkOver."""

    def less(it: Link) -> dict[str, Any]:
        rest = {
            field: tuple(id for id in getattr(it.scope, field) if id != note)
            for field in ("entries", "recordings")
        }
        scope = msgspec.structs.replace(it.scope, **rest)
        return {} if scope == it.scope else {"scope": scope}

    return _change(work, by, link, "revoke", less)


@verb
def say_with_link(work: Work, *, by: SignedIn, link: bytes, **words: Unpack[Words]) -> Record[Link]:
    """Change what is said with a link, such as what the patient wants to talk about. Raises LinkOver, TooLong, …"""
    return _change(work, by, link, "", lambda _it: checked_words(words), also_paused=True)


@verb
def set_end(work: Work, *, by: SignedIn, link: bytes, days: int, now: Moment) -> Record[Link]:
    """Let a link end in so many days from now (1 to 366). Raises NotToday for a later end, LinkOver, OutOfRange."""
    ends = _last_day(work, days)

    def until(it: Link) -> dict[str, Any]:
        if ends > it.ends:
            _refuse_on_the_day(arc(work, by=by, now=now))
        return {"ends": ends}

    return _change(work, by, link, "end", until, also_paused=True)


@verb
def pause(work: Work, *, by: SignedIn, link: bytes) -> Record[Link]:
    """Close everything to a link until it is resumed. Raises NotAllowed, LinkOver."""
    return _change(
        work,
        by,
        link,
        "pause",
        lambda it: {} if it.paused_at else {"paused_at": work.now},
        also_paused=True,
    )


@verb
def resume(work: Work, *, by: SignedIn, link: bytes, now: Moment) -> Record[Link]:
    """Go on sharing after a pause. Raises NotAllowed, NotToday, LinkOver."""
    _refuse_on_the_day(arc(work, by=by, now=now))
    return _change(
        work, by, link, "resume", lambda it: {"paused_at": 0} if it.paused_at else {}, also_paused=True
    )


@verb
def stop(work: Work, *, by: SignedIn, link: bytes) -> Record[Link]:
    """End a link for good, at any time: its key is forgotten, its grants are gone with the commit. Raises NotAllowed.

    Stopping again changes nothing; stopping what has ended by itself tidies it up, and the log says so. A link that
    does not open any more is ended as well, before DamagedRecord is raised.
    """
    try:
        present = work.own(by, Link, link)
    except DamagedRecord:
        with work.alone(by) as (connection, _access):
            links.remove(connection, by.account, link)
        raise
    if present.value.ended_at:
        return present
    with work.alone(by) as (connection, _access):
        what = "over" if is_over(present.value, work.now) else "stop"
        if link not in links.ids_of(connection, by.account) and what == "stop":
            what = ""  # the therapist has ended it, and the log has it
        over = {"ended_at": work.now, "key": b"", "scope": Scope(), "once": (), "attention": ""}
        return _change(work, by, link, what, lambda it: {} if it.ended_at else over, also_over=True)


def may_share(place: Arc) -> bool:
    """Whether anything new may be shared at this point of the arc: not on the day of a session before having slept."""
    if place.phase == "same_day" and place.session is not None:
        return bool(place.session.value.slept_at)
    return place.phase != "in_session"


def _refuse_on_the_day(place: Arc) -> None:
    if not may_share(place):
        raise NotToday


def _change(
    work: Work,
    by: SignedIn,
    link: bytes,
    what: str,
    changes_of: Callable[[Link], Mapping[str, Any]],
    *,
    also_paused: bool = False,
    also_over: bool = False,
) -> Record[Link]:
    """Change a link as it stands now, whatever another tab has done to it; `what` is noted in the log.

    Raises NotAllowed, LinkOver.
    """
    with work.alone(by):
        present = work.newest(by, Link, link)
        if not also_over and is_over(present.value, work.now):
            raise LinkOver
        if present.value.paused_at and not (also_paused or also_over):
            raise LinkOver
        changes = dict(changes_of(present.value))
        if all(getattr(present.value, name) == value for name, value in changes.items()):
            return present
        saved = work.restate(by, present, msgspec.structs.replace(present.value, catching_up=True, **changes))
        if what:
            _log(work, by, what, saved, saved.value.name)
    return saved


def _log(work: Work, by: SignedIn, what: str, link: Record[Link], detail: str) -> None:
    with work.authorised(by, writing=True) as (connection, access):
        event = Event(what, work.now, link.id, detail)
        events.note(connection, by.account, access.keys.public_key(), event)


def _chosen(work: Work, by: SignedIn, scope: Scope) -> dict[str, Any]:
    """What is kept with a scope that is chosen now."""
    return {"once": there(scope, work.reading(by)), "chosen_at": 0 if scope.goes_on else work.now}


def _standing(link: Link, row: links.LinkRow, mine: bytes) -> Standing:
    ends = Ends(row.id, row.owner, link.therapist, mine, link.therapist_key)
    comparison = comparison_code(row.id, mine, link.therapist_key)
    if row.answer is None:
        return Standing(accepted=False, comparison=comparison)
    try:
        open_answer(link.key, ends, row.answer)
    except VaultError:
        return Standing(accepted=False, comparison=comparison, refused=True)
    return Standing(accepted=True, comparison=comparison)


def _field_of(work: Work, by: SignedIn, note: bytes) -> str:
    """Where a note is named in a scope. Raises NotAllowed for a draft, and for what is no note of this person."""
    kinds: dict[str, Callable[[], Record[Any]]] = {
        "entries": lambda: work.own(by, Entry, note),
        "recordings": lambda: work.own(by, VoiceNote, note),
    }
    for field, find in kinds.items():
        try:
            record = find()
        except NotAllowed:
            continue
        if getattr(record.value, "finished", 1):
            return field
    raise NotAllowed


def _is_narrower(scope: Scope, than: Scope) -> bool:
    parts = ("categories", "entries", "recordings")
    within = all(set(getattr(scope, it)) <= set(getattr(than, it)) for it in parts)
    return within and scope.since >= than.since and (than.goes_on or not scope.goes_on)


def checked_scope(work: Work, owner: SignedIn, scope: Scope, than: Scope | None = None) -> Scope:
    """A scope of this person's own things, categories in order. Raises OutOfRange, NotAllowed.

    Notes that are in the present scope may stay in it, also those that are deleted and may be brought back.
    """
    if not set(scope.categories) <= set(CATEGORIES):
        raise OutOfRange("categories")
    if "item_9" in scope.categories and "measures" not in scope.categories:
        raise OutOfRange("item_9")
    if "dose" in scope.categories and "sessions" not in scope.categories:
        raise OutOfRange("dose")
    if scope.since:
        _check_day(scope.since)
    for field in ("entries", "recordings"):
        known = getattr(than, field) if than else ()
        if any(it not in known and _field_of(work, owner, it) != field for it in getattr(scope, field)):
            raise NotAllowed
    in_order = tuple(it for it in CATEGORIES if it in scope.categories)
    return msgspec.structs.replace(scope, categories=in_order)


def _check_day(day: str) -> None:
    try:
        is_plain = date.fromisoformat(day).isoformat() == day
    except (TypeError, ValueError) as error:
        raise OutOfRange("since") from error
    if not is_plain:
        raise OutOfRange("since")


def checked_words(words: Words) -> dict[str, str]:
    """What is said with a link, as it is kept. Raises OutOfRange, TooLong, UnsuitableText."""
    if not set(words) <= {*LINES, *TEXTS}:
        raise OutOfRange("words")
    lines = {name: checked_line(str(text), LINES[name]) for name, text in words.items() if name in LINES}
    texts = {
        name: checked_text(str(text).strip(), TEXTS[name]) for name, text in words.items() if name in TEXTS
    }
    return lines | texts


def _last_day(work: Work, days: int) -> int:
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        raise OutOfRange("days")
    return work.now // DAY + days


def _newest_first(found: Mapping[bytes, Record[Link]]) -> tuple[Record[Link], ...]:
    return tuple(sorted(found.values(), key=lambda it: (bool(it.value.ended_at), -it.value.at, it.id)))
