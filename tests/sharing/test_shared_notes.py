"""The list of all shared entries and voice notes: everything that is shared one by one, and nothing else."""

import pytest

from kapjournal.errors import LinkOver, NotAllowed, SecondFactorMissing
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.log import access_log
from kapjournal.sharing.reading import SharedNotes, shared_notes
from tests.cast import Cast, content
from tests.journal.desk import written
from tests.sharing.desk import linked, with_factor


def listed(cast: Cast, link: bytes) -> SharedNotes:
    return shared_notes(cast.work(), by=cast.bob, link=link, content=content())


def test_every_shared_entry_is_listed_and_no_other(cast: Cast) -> None:
    shared = [written(cast, cast.alice, f"the sea {number}").id for number in range(9)]
    written(cast, cast.alice, "mine alone")
    link = linked(cast, entries=tuple(shared))
    found = listed(cast, link)
    assert {it.id for it in found.entries} == {it.hex() for it in shared}
    assert found.recordings == ()


def test_looking_at_the_list_is_in_the_log(cast: Cast) -> None:
    link = linked(cast, entries=(written(cast, cast.alice, "the sea").id,))
    listed(cast, link)
    latest = access_log(cast.work(), by=cast.alice).lines[0].event
    assert latest is not None
    assert (latest.what, latest.link) == ("entries", link)


def test_it_ends_with_the_link(cast: Cast) -> None:
    link = linked(cast, entries=(written(cast, cast.alice, "the sea").id,))
    listed(cast, link)
    linking.stop(cast.work(), by=cast.alice, link=link)
    with pytest.raises(LinkOver):
        listed(cast, link)


def test_only_its_therapist_gets_it(cast: Cast) -> None:
    link = linked(cast, entries=(written(cast, cast.alice, "the sea").id,))
    with pytest.raises(SecondFactorMissing):
        shared_notes(cast.work(), by=cast.charlie, link=link, content=content())
    for by in (with_factor(cast, cast.charlie), cast.alice, cast.dora):
        with pytest.raises(NotAllowed):
            shared_notes(cast.work(), by=by, link=link, content=content())
        with pytest.raises(NotAllowed):
            accepting.patient(cast.work(), by=by, link=link)


def test_a_therapist_keeps_their_own_name_for_a_patient_after_the_end(cast: Cast) -> None:
    link = linked(cast, "check_ins")
    accepting.call_patient(cast.work(), by=cast.bob, link=link, name="A.")
    linking.stop(cast.work(), by=cast.alice, link=link)
    assert accepting.patient(cast.work(), by=cast.bob, link=link).value.name == "A."
