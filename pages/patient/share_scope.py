"""Change one part of a link: what is shared, from when, until when, what is said with it, the names."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from kapjournal.language import _
from kapjournal.sharing import linking
from kapjournal.sharing.values import Link
from pages.parts import fields, links, nav, notices, scope_fields, signed_in, words


class Part(NamedTuple):
    """A part: its title, its fields as they are now, and the verb that keeps what is chosen."""

    title: str
    draw: Callable[[Link], None]
    keep: Callable[[bytes], object]


def parts() -> dict[str, Part]:
    f = scope_fields
    return {
        "what": Part(_("What {name} may see"), lambda it: f.what(it.scope), keep_what),
        "since": Part(_("From when"), lambda it: f.since(it.scope), keep_since),
        "end": Part(_("Until when"), lambda it: f.end(it.ends), keep_end),
        "said": Part(_("What you say with it"), lambda it: f.said(it.purpose, it.attention), keep_said),
        "names": Part(_("Names"), lambda it: f.names(it.name, it.my_name), keep_names),
    }


def keep_what(link: bytes) -> None:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    scope = scope_fields.read_what(linking.my_link(work, by=by, link=link).value.scope)
    linking.change_scope(work, by=by, link=link, scope=scope, now=now)


def keep_since(link: bytes) -> None:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    scope = scope_fields.read_since(linking.my_link(work, by=by, link=link).value.scope)
    linking.change_scope(work, by=by, link=link, scope=scope, now=now)


def keep_end(link: bytes) -> None:
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    linking.set_end(work, by=by, link=link, days=scope_fields.read_end(), now=now)


def keep_said(link: bytes) -> None:
    linking.say_with_link(signed_in.work(), by=signed_in.by(), link=link, **scope_fields.read_said())


def keep_names(link: bytes) -> None:
    linking.say_with_link(signed_in.work(), by=signed_in.by(), link=link, **scope_fields.read_names())


def save(part: Part, link: bytes) -> None:
    with notices.telling():
        part.keep(link)
        notices.say(_("Kept. This is how it is from now on."))
        nav.leave_to("share_link", link=link.hex())


def draw() -> None:
    links.dim_today()
    record = linking.my_link(signed_in.work(), by=signed_in.by(), link=fields.given_id("link"))
    known = parts()
    part = known.get(st.query_params.get("part", ""), known["what"])
    fields.heading(part.title.format(name=words.plain(record.value.name)))
    if part.keep in (keep_what, keep_since, keep_end) and not links.may_share_today():
        st.write(_("On the day of a session you can share less, not more, until you have slept."))
    part.draw(record.value)
    st.button(
        _("Keep this"), type="primary", width="stretch", key="keep", on_click=save, args=(part, record.id)
    )
    nav.link("share_link", _("Back without a change"), link=record.id.hex())


draw()
