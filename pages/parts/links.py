"""How a link of a patient stands, in words, and the buttons that close it: the same on every page that shows one."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import streamlit as st

from kapjournal.errors import SignedOut
from kapjournal.insights import say
from kapjournal.journal.sessions import arc
from kapjournal.language import _, ngettext
from kapjournal.records import Record
from kapjournal.sharing import linking
from kapjournal.sharing.keeping import is_over
from kapjournal.sharing.linking import Standing, may_share
from kapjournal.sharing.values import CATEGORIES, Category, Link, Scope
from pages.parts import notices, signed_in, style, words
from pages.parts.words import LOCALE

State = Literal["ended", "left", "refused", "paused", "waiting", "open"]
EPOCH = date(1970, 1, 1).toordinal()


def state(link: Record[Link], found: Mapping[bytes, Standing]) -> State:
    """How a link stands, given how all of them do; "left" is ended by the therapist."""
    here = found.get(link.id)
    if is_over(link.value, signed_in.work().now):
        return "ended"
    if here is None:
        return "left"
    if here.refused:
        return "refused"
    if link.value.paused_at:
        return "paused"
    return "open" if here.accepted else "waiting"


def in_words(link: Link, state: State) -> str:
    """How a link stands, as Markdown."""
    texts = {
        "ended": _("Ended. {name} cannot open anything here."),
        "left": _("{name} has ended this. Nothing is open to them."),
        "refused": _("Not shared: the keys are not those that you and {name} agreed on. Stop this one."),
        "paused": _("Paused. {name} cannot open anything until you go on."),
        "waiting": _(
            "Waiting until {name} accepts. Until then their page shows only your name and why you share."
        ),
        "open": _("Shared until {day}."),
    }
    return texts[state].format(name=words.plain(link.name), day=last_day(link.ends))


def last_day(ends: int) -> str:
    """The last day of a link in words; `ends` counts from 1970."""
    return say.local_day(date.fromordinal(EPOCH + ends).isoformat(), LOCALE)


def what(scope: Scope) -> str:
    """What is shared, in one line."""
    named = categories()
    parts = [named[it] for it in CATEGORIES if it in scope.categories]
    if scope.entries:
        text = ngettext("{count} entry", "{count} entries", len(scope.entries))
        parts.append(text.format(count=len(scope.entries)))
    if scope.recordings:
        text = ngettext("{count} recording", "{count} recordings", len(scope.recordings))
        parts.append(text.format(count=len(scope.recordings)))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:] or _("Nothing yet")


def categories() -> dict[Category, str]:
    """The categories as the patient ticks them, in short."""
    return {
        "check_ins": _("check-ins"),
        "measures": _("questionnaires"),
        "item_9": _("item 9"),
        "sessions": _("sessions"),
        "dose": _("dose"),
        "side_effects": _("side effects"),
        "substances": _("substances and craving"),
        "steps": _("steps"),
    }


def period_line(scope: Scope) -> str:
    """From which day on, and whether what comes later is shared too."""
    first = say.local_day(scope.since, LOCALE) if scope.since else _("the beginning")
    if scope.goes_on:
        return _("From {first} on, also what comes later.").format(first=first)
    return _("From {first} until you chose it. Nothing that comes later.").format(first=first)


def compare(link: Link, code: str) -> None:
    """The eight characters that both screens show."""
    text = _(
        "When you are in one room, compare these eight characters. {name} sees the same ones and then accepts."
    )
    st.write(text.format(name=words.plain(link.name)))
    with st.container(key="compare", horizontal_alignment="center"):
        st.text(code)


def buttons(link: Record[Link], state: State) -> None:
    """Pause or go on, and stop: one tap each."""
    id, label = link.id.hex(), words.plain(link.value.name)
    with st.container(key=f"closing_{id}", horizontal=True, gap="small"):
        if state in ("open", "waiting"):
            st.button(_("Pause"), key=f"pause_{id}", icon=":material/pause:", on_click=pause, args=(link.id,))
        elif state == "paused":
            st.button(
                _("Go on"), key=f"resume_{id}", icon=":material/play_arrow:", on_click=resume, args=(link.id,)
            )
        stopping = _("Put away") if state == "left" else _("Stop sharing")
        st.button(stopping, key=f"stop_{id}", icon=":material/block:", on_click=stop, args=(link.id, label))


def stop(link: bytes, label: str) -> None:
    """End a link for good."""
    with notices.telling():
        linking.stop(signed_in.work(), by=signed_in.by(), link=link)
        notices.say(closed(label))


def pause(link: bytes) -> None:
    """Close everything to a link until it goes on."""
    with notices.telling():
        it = linking.pause(signed_in.work(), by=signed_in.by(), link=link)
        notices.say(
            _("Paused. {name} cannot open anything until you go on.").format(name=words.plain(it.value.name))
        )


def resume(link: bytes) -> None:
    """Open a link again."""
    with notices.telling():
        it = linking.resume(signed_in.work(), by=signed_in.by(), link=link, now=signed_in.now())
        notices.say(_("Shared again until {day}.").format(day=last_day(it.value.ends)))


def closed(label: str) -> str:
    """What stopping does and does not do; `label` is the therapist as Markdown."""
    text = _(
        "From now on {name} cannot open this here. What {name} already read, copied or printed cannot be taken back."
    )
    return text.format(name=label)


def may_share_today() -> bool:
    """Whether anything new may be shared: not on the day of a session before having slept."""
    return may_share(arc(signed_in.work(), by=signed_in.by(), now=signed_in.now()))


def dim_today() -> None:
    """On the day of a session, for eyes that light hurts."""
    if not may_share_today():
        style.dim()


def live() -> list[Record[Link]]:
    """The links to which single notes can be opened now; looks at nothing that is not opened already."""
    work, by = signed_in.work(), signed_in.by()
    return [
        it
        for it in linking.my_links(work, by=by)
        if not is_over(it.value, work.now) and not it.value.paused_at
    ]


def is_sharing() -> bool:
    """Whether anything is open to anybody, or will be when they accept; looks at nothing that is not opened already."""
    try:
        return bool(live())
    except SignedOut:
        return False
