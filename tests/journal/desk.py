"""What somebody writes and plans in these tests, through the verbs alone."""

import os
from typing import Any

from kapjournal.clock import moment
from kapjournal.journal.sessions import mark_done, plan_session
from kapjournal.journal.values import Entry, Session
from kapjournal.journal.writing import About, Draft, finish, write
from kapjournal.records import Record, Saved, SignedIn, Store
from tests.cast import ZONE, Cast

HOUR = 3600
DAY = 24 * HOUR


class Box:
    """A text box as the editor is one: a random writer, a counter, and the state it goes on from."""

    def __init__(self, cast: Cast, by: SignedIn, *, opens: Record[Entry] | None = None) -> None:
        self.cast, self.by = cast, by
        self.id = opens.id if opens else os.urandom(16)
        self.base = opens.version if opens else 0
        self.after = (opens.save_id,) if opens else ()
        self.writer, self.counter = os.urandom(8), 0
        self.text = ""

    def push(self, text: str, *, about: About | None = None, heard: bool = True) -> Saved:
        """Save another text; not `heard`: the answer got lost on the way."""
        self.counter += 1
        self.text = text
        return self.again(about=about, heard=heard)

    def again(self, *, about: About | None = None, heard: bool = True, store: Store | None = None) -> Saved:
        """Save the last text once more under the same save_id."""
        save_id = self.writer + self.counter.to_bytes(8)
        draft = Draft(self.id, save_id, self.text, self.base, self.after)
        work = self.cast.work(store)
        saved = write(work, by=self.by, draft=draft, about=about or About(), now=self.cast.now())
        work.touch(self.by)
        if heard:
            self.id, self.base, self.after = saved.record.id, saved.record.version, (save_id,)
        return saved


def written(cast: Cast, by: SignedIn, text: str, **about: Any) -> Record[Entry]:
    """A finished entry."""
    box = Box(cast, by)
    box.push(text, about=About(**about))
    record = finish(cast.work(), by=by, entry=box.id, now=cast.now())
    assert record is not None
    return record


def many(cast: Cast, by: SignedIn, count: int) -> None:
    """So many finished entries, `text 0` the oldest."""
    now = cast.now()
    texts = [f"text {number}" for number in range(count)]
    cast.work().append(
        by, [Entry(at=now.at, zone=now.zone, wall=now.wall, text=text, finished=now.at) for text in texts]
    )


def planned(cast: Cast, by: SignedIn, starts_in: int = DAY, **more: Any) -> Record[Session]:
    """A session that starts in so many seconds (before now: negative)."""
    more = {"route": "iv", "save_id": os.urandom(16)} | more
    return plan_session(cast.work(), by=by, starts=moment(cast.at + starts_in, ZONE), **more)


def done(cast: Cast, by: SignedIn, ended_ago: int = 0) -> Record[Session]:
    """A session of an hour that ended so many seconds ago."""
    record = planned(cast, by, -ended_ago - HOUR, planned_minutes=60)
    ended = moment(cast.at - ended_ago, ZONE)
    return mark_done(cast.work(), by=by, session=record.id, ended=ended)
