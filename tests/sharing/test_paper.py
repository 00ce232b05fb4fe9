"""The summary on paper: the same page, without a link and without a trace but one line of the log."""

import os

import msgspec
import pytest
from sqlalchemy import func, select

from kapjournal.database.tables import grants, links
from kapjournal.errors import ConfirmFirst, NotAllowed, OutOfRange
from kapjournal.measures.check_ins import check_in
from kapjournal.sharing.log import access_log
from kapjournal.sharing.paper import paper, save_paper
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.values import Scope
from tests.cast import Cast, content
from tests.journal.desk import written
from tests.measures.forms import responded, shipped
from tests.sharing.desk import linked, previewed


def printed(cast: Cast, scope: Scope) -> Summary:
    return paper(
        cast.work(),
        by=cast.alice,
        scope=scope,
        content=content(),
        now=cast.now(),
        my_name="A.",
        purpose="you",
    )


def rated(cast: Cast, mood: int) -> None:
    check_in(cast.work(), by=cast.alice, ratings={"mood": mood}, when=cast.now(), save_id=os.urandom(16))


def test_paper_says_what_a_link_would_show(cast: Cast) -> None:
    rated(cast, 4)
    responded(cast, cast.alice, shipped(content(), "phq-9"), *"111111113")
    entry = written(cast, cast.alice, "the sea").id
    link = linked(
        cast,
        "check_ins",
        "measures",
        entries=(entry,),
        goes_on=False,
        words={"purpose": "you", "my_name": "A."},
    )
    scope = Scope(categories=("measures", "check_ins"), entries=(entry,))
    shown = previewed(cast, link)
    assert printed(cast, scope) == msgspec.structs.replace(shown, ends_on="")
    assert printed(cast, scope).scores[0].name == "PHQ-8"


def test_a_wider_choice_is_not_taken_for_the_one_before(cast: Cast) -> None:
    rated(cast, 4)
    assert printed(cast, Scope()).mood is None
    assert printed(cast, Scope(categories=("check_ins",))).mood is not None
    rated(cast, 5)
    assert printed(cast, Scope(categories=("check_ins",))).quality.ratings == 2


def test_looking_leaves_no_trace_and_saving_leaves_one_line(cast: Cast) -> None:
    before = len(access_log(cast.work(), by=cast.alice).lines)
    shown = printed(cast, Scope())
    assert len(access_log(cast.work(), by=cast.alice).lines) == before
    saved = save_paper(
        cast.work(),
        by=cast.alice,
        scope=Scope(),
        content=content(),
        now=cast.now(),
        my_name="A.",
        purpose="you",
    )
    assert saved == shown
    [line, *_rest] = access_log(cast.work(), by=cast.alice).lines
    assert line.event
    assert line.event.what == "export"
    with cast.engine.connect() as connection:
        for table in (links, grants):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_saving_asks_for_the_passphrase_once_more(cast: Cast) -> None:
    by = cast.alice
    cast.later(11 * 60)
    with pytest.raises(ConfirmFirst):
        save_paper(cast.work(), by=by, scope=Scope(), content=content(), now=cast.now())
    assert len(access_log(cast.work(), by=by).lines) == 1


def test_paper_is_of_ones_own_things(cast: Cast) -> None:
    theirs = written(cast, cast.dora, "hers").id
    with pytest.raises(NotAllowed):
        printed(cast, Scope(entries=(theirs,)))
    with pytest.raises(NotAllowed):
        paper(cast.work(), by=cast.bob, scope=Scope(), content=content(), now=cast.now())
    with pytest.raises(OutOfRange):
        printed(cast, Scope(categories=("item_9",)))
