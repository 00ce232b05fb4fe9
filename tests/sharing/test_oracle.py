"""At no step can anybody open what the oracle forbids, nor not open, once caught up, what it allows.

Each database is walked for at least a thousand steps, in lives of sixty: see `walk`. Looked at is what the verbs give
and what the rows give to whoever holds the key of a link.
"""

import pytest
from sqlalchemy import func, select

from kapjournal.database.tables import grants, record_history, records, rekeys
from kapjournal.errors import LinkOver, NotAllowed
from kapjournal.journal.values import Entry, VoiceNote
from kapjournal.records import Snapshot, Work, links
from kapjournal.records.files import PREFIX, part_ids
from kapjournal.sharing import accepting, reading
from kapjournal.sharing.log import access_log
from kapjournal.vault.errors import VaultError
from kapjournal.vault.links import open_granted
from kapjournal.vault.sealed_records import Place
from tests.cast import ZONE, Cast, content
from tests.sharing.acts import ACTS, settle
from tests.sharing.oracle import Agreement, counts, everything
from tests.sharing.walk import PATIENTS, THERAPISTS, Life

STEPS, LIFE = 1020, 60


class Judge:
    """Compares what is open with what may be."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.views: dict[str, Snapshot] = {}
        self.kept: set[tuple[bytes, bytes, bytes]] = set()

    def after_a_step(self) -> None:
        life = self.life
        self.views = {name: life.view(name) for name in PATIENTS}
        for it in life.agreements:
            self._look_at_rows(it)
        with life.cast.engine.connect() as connection:
            rows = connection.execute(select(grants.c.link, grants.c.record, grants.c.sealed))
            self.kept |= {(bytes(row.link), bytes(row.record), bytes(row.sealed)) for row in rows}
        chosen = life.agreement()
        for it in life.agreements:
            # What has ended by its date, and nobody has tidied up yet, is looked at each time.
            if it is chosen or (it.is_over(life.today) and not it.ended):
                self._look_through_verbs(it)

    def when_settled(self) -> None:
        """Everything that is allowed is open, of nothing else is there a row, and all counts are right."""
        life = self.life
        for name in PATIENTS:
            settle(life, name)
        self.after_a_step()
        with life.cast.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(rekeys)) == 0
        for it in life.agreements:
            allowed = self._allowed(it)
            self._play_back(it, allowed)
            if not it.is_over(life.today):
                assert self._open(it)[0].keys() == allowed, life.story
            if not it.ended:
                self._look_through_verbs(it)
                self._look_at_grants(it, self._open(it)[1])
                self._look_at_list(it)

    def at_the_end(self) -> None:
        """Every patient has every word, and the log is whole."""
        life = self.life
        for name in PATIENTS:
            work, by = Work(life.cast.new_store(), life.cast.at), life.signed_in(name)
            found = work.complete(by)
            assert not found.damaged
            there = {id: it.value.text for id, it in found.all(Entry).items()}
            there |= {it.id: it.value.text for it in work.deleted(by) if isinstance(it.value, Entry)}
            assert all(life.words[name][id] == text for id, text in there.items())
            for id in found.all(Entry):
                assert len(work.history(by, id)) == self._states(by.account, id)
            for id, note in found.all(VoiceNote).items():
                assert work.file(by, id, note.value.size).startswith(b"OggS")
            assert access_log(work, by=by, most=1000).whole

    def _states(self, owner: bytes, id: bytes) -> int:
        past = record_history
        with self.life.cast.engine.connect() as connection:
            count = select(func.count()).select_from(past).where(past.c.owner == owner, past.c.id == id)
            return connection.scalar(count) or 0

    def _allowed(self, it: Agreement) -> set[bytes]:
        return set() if it.ended or it.paused else it.opens(self.views[it.patient])

    def _open(self, it: Agreement) -> tuple[dict[bytes, object], Snapshot | None]:
        """What the rows give to whoever holds the key of the link."""
        life = self.life
        with life.cast.engine.connect() as connection:
            row = links.to_therapist(connection, life.by[it.therapist].account, it.id)
            if row is None:
                left = select(func.count()).select_from(grants).where(grants.c.link == it.id)
                assert connection.scalar(left) == 0
                return {}, None
            opened = links.open_shared(connection, row, it.key, life.cast.store.decoder)
        return dict(everything(opened)), opened

    def _look_at_rows(self, it: Agreement) -> None:
        life, allowed = self.life, self._allowed(it)
        found, opened = self._open(it)
        assert found.keys() <= allowed, (life.seed, life.story)
        if not it.is_over(life.today) and opened is not None:
            assert not opened.damaged, (life.seed, life.story)
            own = dict(everything(self.views[it.patient]))
            assert all(own[id] == value for id, value in found.items()), (life.seed, life.story)
            assert it.open_before & allowed <= found.keys(), (life.seed, life.story)
        it.open_before = frozenset(found)

    def _play_back(self, it: Agreement, allowed: set[bytes]) -> None:
        """A grant that somebody has kept opens no state, not even an earlier one, of what is closed by now."""
        owner = self.life.by[it.patient].account
        notes = {id[:PREFIX] for id in allowed}
        with self.life.cast.engine.connect() as connection:
            for link, id, sealed in self.kept:
                if link != it.id or id in allowed or id[:PREFIX] in notes:
                    continue
                for table in (records, record_history):
                    for row in connection.execute(
                        select(table).where(table.c.owner == owner, table.c.id == id)
                    ):
                        with pytest.raises(VaultError):
                            open_granted(
                                it.key,
                                link,
                                Place(owner, id, row.kind, row.gen, row.version),
                                row.body,
                                sealed,
                            )

    def _look_at_grants(self, it: Agreement, opened: Snapshot | None) -> None:
        """Every grant opens, and stands for something that is wanted."""
        life = self.life
        assert opened is not None
        notes = opened.all(VoiceNote).values()
        parts = {part for note in notes for part in part_ids(note.id, note.value.size)}
        with life.cast.engine.connect() as connection:
            owner = life.by[it.patient].account
            assert links.granted(connection, owner, it.id) == parts | dict(everything(opened)).keys()
            row = links.to_therapist(connection, life.by[it.therapist].account, it.id)
            assert row is not None
            assert all(links.open_shared_bytes(connection, row, it.key, part) for part in parts)
            drafts = [id for id, note in opened.all(Entry).items() if not note.value.finished]
            tombs = select(grants.c.record).join(records, records.c.id == grants.c.record)
            gone = connection.execute(tombs.where(records.c.deleted.is_not(None))).all()
        assert (drafts, gone) == ([], [])

    def _look_at_list(self, it: Agreement) -> None:
        life = self.life
        by = life.signed_in(it.therapist)
        [listed] = [row for row in accepting.patients(life.work(it.therapist), by=by) if row.link == it.id]
        if it.is_over(life.today):
            assert (listed.state, listed.digest) == ("over", None)
        elif it.paused and it.accepted:
            assert (listed.state, listed.digest) == ("paused", None)
        elif listed.digest is not None:
            told = {name: getattr(listed.digest, name) for name in counts(())}
            assert told == counts([] if it.paused else self._open(it)[0].values())
            assert listed.digest.scope.entries == listed.digest.scope.recordings == ()

    def _look_through_verbs(self, it: Agreement) -> None:
        life = self.life
        now = life.cast.now(ZONE)
        by, patient = life.signed_in(it.therapist), life.signed_in(it.patient)
        closed = it.is_over(life.today) or it.paused
        tab = life.work(it.therapist)
        if closed or not it.accepted:
            with pytest.raises((LinkOver, NotAllowed)):
                reading.summary(tab, by=by, link=it.id, content=content(), now=now)
        else:
            page = reading.summary(tab, by=by, link=it.id, content=content(), now=now)
            ahead = reading.preview(life.work(it.patient), by=patient, link=it.id, content=content(), now=now)
            assert page == ahead, (life.seed, life.story)
            self._look_at_notes(it)
        if closed:
            with pytest.raises(LinkOver):
                reading.preview(life.work(it.patient), by=patient, link=it.id, content=content(), now=now)
        for name in {*PATIENTS, *THERAPISTS} - {it.therapist}:
            with pytest.raises(NotAllowed):
                reading.summary(
                    life.work(name), by=life.signed_in(name), link=it.id, content=content(), now=now
                )

    def _look_at_notes(self, it: Agreement) -> None:
        life = self.life
        by, found = life.signed_in(it.therapist), self._open(it)[0]
        entries = list(self.views[it.patient].all(Entry))
        for id in life.rng.sample(entries, min(3, len(entries))):
            if id in found:
                assert reading.shared_entry(life.work(it.therapist), by=by, link=it.id, entry=id).id == id
            else:
                with pytest.raises(NotAllowed):
                    reading.shared_entry(life.work(it.therapist), by=by, link=it.id, entry=id)
        for id in self.views[it.patient].all(VoiceNote):
            if id not in found:
                with pytest.raises(NotAllowed):
                    reading.play_shared(life.work(it.therapist), by=by, link=it.id, recording=id)


def walk(cast: Cast, seed: int, steps: int = LIFE) -> Life:
    life = Life(cast, seed)
    judge = Judge(life)
    for number in range(steps):
        life.step(ACTS)
        judge.after_a_step()
        if number % 10 == 9:
            judge.when_settled()
    judge.at_the_end()
    return life


@pytest.mark.parametrize("part", range(2))
def test_nothing_is_open_but_what_may_be(
    cast: Cast, part: int, record_property: pytest.FixtureRequest
) -> None:
    steps = refused = 0
    for number in range(STEPS // LIFE // 2 + 1):
        life = walk(cast, 1000 * part + number)
        steps += life.tally["steps"]
        refused += life.tally["refused"]
    record_property("steps", steps)  # type: ignore[operator]
    print(f"{steps} steps on {cast.engine.dialect.name}, {refused} refused")
    assert steps >= STEPS // 2
    assert refused < steps / 3
