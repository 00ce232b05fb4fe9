"""A key lives for one unit of work: afterwards nothing in the process holds it."""

import gc
import os

import pytest

from kapjournal.errors import ChangedElsewhere, StorageUnavailable
from kapjournal.people.signing_in import devices
from kapjournal.records import Put, SignedIn, rows
from kapjournal.records.work import new_id
from tests.cast import Cast
from tests.records.boxes import Box, note, save, words_of, written

BATCH = 1000


def masked(data: bytes) -> bytes:
    """What tells a key without being it; masking twice gives it back."""
    return bytes(byte ^ 0x55 for byte in data)


def keys_of(cast: Cast, by: SignedIn) -> list[bytes]:
    """An account's vault key and record key, masked."""
    with cast.work().authorised(by) as (_connection, access):
        return [masked(access.keys.vault_key), masked(access.keys.record_key)]


def holders(masked_keys: list[bytes]) -> int:
    """How many byte strings that can be reached from anywhere contain one of the keys."""
    gc.collect()
    keys = [masked(key) for key in masked_keys]
    waiting = gc.get_objects()
    seen, found = {id(it) for it in (*waiting, *keys)}, 0
    while waiting:
        reached = []
        for start in range(0, len(waiting), BATCH):
            for it in gc.get_referents(*waiting[start : start + BATCH]):
                if type(it) is str or id(it) in seen:
                    continue
                seen.add(id(it))
                if isinstance(it, bytes | bytearray):
                    found += any(key in it for key in keys)
                else:
                    reached.append(it)
        waiting = reached
    return found


def test_the_search_finds_a_key_that_is_kept() -> None:
    kept = [{"deep": (b"before " + masked(secret) + b" after",)} for secret in [os.urandom(32)]]
    secret = [masked(kept[0]["deep"][0][7:39])]
    assert holders(secret) == 1
    kept.clear()
    assert holders(secret) == 0


def test_nothing_holds_a_key_after_a_unit_of_work(cast: Cast) -> None:
    keys = keys_of(cast, cast.alice)
    work = cast.work()
    record = work.save(cast.alice, Box().put("Blue"))[0].record
    work.restate(cast.alice, record, note("Blue light."))
    work.delete(cast.alice, record.id)
    work.undelete(cast.alice, record.id)
    work.append(cast.alice, [note("Green")])
    work.history(cast.alice, record.id)
    work.deleted(cast.alice)
    with work.writing(cast.alice):
        work.save(cast.alice, Box().put("Red"))
    work.touch(cast.alice)
    devices(work, by=cast.alice)
    assert words_of(cast, cast.store) == ["Blue light.", "Green", "Red"]
    assert holders(keys) == 0


def test_nothing_holds_a_key_after_a_failure(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, record = keys_of(cast, cast.alice), written(cast, "Blue")

    def unavailable(*_arguments: object) -> None:
        raise StorageUnavailable

    with pytest.raises(ChangedElsewhere):
        save(cast, Put(note("Blue"), record.id, new_id(), base_version=7))
    monkeypatch.setattr(rows, "replace_record", unavailable)
    with pytest.raises(StorageUnavailable):
        save(cast, Put(note("Blue"), record.id, new_id(), base_version=1))
    assert holders(keys) == 0
