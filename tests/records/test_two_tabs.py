"""Two tabs on one entry: pushes, lost answers, late arrivals, reloads, deleting. No acknowledged word is lost.

The oracle: an acknowledged text stands somewhere, is in history or among what was deleted, or was replaced by
somebody who had it before their eyes.
"""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from kapjournal.errors import NotAllowed
from kapjournal.journal.values import Entry
from kapjournal.records import Put, Record, Saved, rows
from tests.cast import Cast
from tests.records.boxes import Box, note

TABS = st.integers(0, 1)


class Tab:
    """A tab with the box open, as the editor in the browser keeps it, and the server it speaks to."""

    def __init__(self, cast: Cast, record: bytes) -> None:
        self.store = cast.new_store()
        self.box = Box(record)
        self.text = self.sent = ""
        self.saved = True
        self.answered = b""
        self.on_the_way: list[Put] = []
        self.knows: frozenset[str] = frozenset()

    def put(self, *, keep: bool) -> Put:
        """What the box sends: the same text under the same save_id, new text under the next one."""
        if self.text != self.sent or not self.box.counter:
            self.sent, self.saved = self.text, False
            return self.box.put(self.text, keep=keep)
        box = self.box
        return Put(note(self.text), box.record, box.save_id, box.base, box.after, copy_if_stale=True)

    def hear(self, put: Put, saved: Saved) -> None:
        if put.save_id[:8] != self.box.writer or put.save_id < self.answered:
            return
        self.answered = put.save_id
        self.box.hear(saved)
        self.saved |= put.save_id == self.box.save_id

    def reload(self, stands: Record[Entry] | None) -> None:
        """Open the record as it stands now; words that were not acknowledged are still in the tab."""
        shown = stands.value.text if stands else ""
        box, lost = self.box, not self.saved or self.text != self.sent
        save_id = box.save_id if self.text == self.sent else box.writer + (box.counter + 1).to_bytes(8)
        if lost and self.text != shown and not (stands and stands.save_id == save_id):
            self.box = Box(box.record, box.base, after=[save_id, *box.after])
            self.sent = ""
        else:
            self.box = Box(box.record, stands.version if stands else 0)
            self.text = self.sent = shown
            self.saved = True
        self.answered = b""


class TwoTabs(RuleBasedStateMachine):
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        with self.cast.engine.begin() as connection:
            for table in ("records", "record_history"):
                connection.execute(text(f"DELETE FROM {table}"))
        self.typed = 0
        self.tabs = [Tab(self.cast, bytes(16)), Tab(self.cast, bytes(16))]
        self.acknowledged: set[str] = set()
        self.knew: dict[str, frozenset[str]] = {"": frozenset()}

    # What people and networks do

    @rule(tab=TABS, pushed=st.sampled_from(["heard", "unheard", "slow", "not yet"]), keep=st.booleans())
    def write(self, tab: int, pushed: str, keep: bool) -> None:
        it = self.tabs[tab]
        self.typed += 1
        it.text = f"<{self.typed}>"
        it.knows |= {it.text}
        self.knew[it.text] = it.knows
        if pushed == "slow":
            it.on_the_way.append(it.put(keep=keep))
        elif pushed != "not yet":
            self._deliver(it, it.put(keep=keep), heard=pushed == "heard")

    @rule(tab=TABS, heard=st.booleans())
    def push_again(self, tab: int, heard: bool) -> None:
        it = self.tabs[tab]
        if not it.saved or it.text != it.sent:
            self._deliver(it, it.put(keep=False), heard)

    @rule(tab=TABS, heard=st.booleans(), which=st.integers(0, 3))
    def arrive_late(self, tab: int, heard: bool, which: int) -> None:
        it = self.tabs[tab]
        if it.on_the_way:
            self._deliver(it, it.on_the_way[which % len(it.on_the_way)], heard)

    @rule(tab=TABS)
    def reload(self, tab: int) -> None:
        it = self.tabs[tab]
        it.reload(self._stands(it))
        it.knows |= self.knew[it.text] | {it.text}

    @rule(tab=TABS, act=st.sampled_from(["finish", "delete", "bring back"]))
    def tap(self, tab: int, act: str) -> None:
        it, by = self.tabs[tab], self.cast.alice
        work, stands = self.cast.work(it.store), self._stands(it)
        try:
            if act == "finish" and stands is not None:
                work.restate(by, stands, stands.value)
            elif act == "delete":
                work.delete(by, it.box.record)
            elif act == "bring back":
                work.undelete(by, it.box.record)
        except NotAllowed:
            assert act == "bring back" or stands is None

    # What must hold

    @invariant()
    def no_acknowledged_text_is_lost(self) -> None:
        found = self._everything()
        known = found.union(*(self.knew[words] for words in found))
        assert self.acknowledged <= known

    @invariant()
    def both_servers_show_the_same(self) -> None:
        one, two = (
            {it.id: (it.version, it.value.text) for it in self._notes(tab).values()} for tab in self.tabs
        )
        assert one == two

    def _deliver(self, it: Tab, put: Put, heard: bool) -> None:
        saved = self.cast.work(it.store).save(self.cast.alice, put)[0]
        if heard:
            it.hear(put, saved)
            self.acknowledged.add(put.value.text)

    def _notes(self, it: Tab) -> dict[bytes, Record[Entry]]:
        return dict(self.cast.work(it.store).reading(self.cast.alice).all(Entry))

    def _stands(self, it: Tab) -> Record[Entry] | None:
        return self._notes(it).get(it.box.record)

    def _everything(self) -> set[str]:
        """Every text that can be read or brought back."""
        work, by = self.cast.work(), self.cast.alice
        standing = self._notes(self.tabs[0])
        gone = work.deleted(by)
        past = [it for id in {*standing, *(it.id for it in gone)} for it in work.history(by, id)]
        return {it.value.text for it in (*standing.values(), *gone, *past)}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_acknowledged_text_is_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run(cast, monkeypatch, examples=40)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_no_acknowledged_text_is_lost_on_a_server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run(cast, monkeypatch, examples=5)


def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, examples: int) -> None:
    monkeypatch.setattr(rows, "HISTORY", 1000)  # what is cut off after twenty is not lost by accident
    machine = type("Machine", (TwoTabs,), {"cast": cast})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=25, deadline=None)
    )
