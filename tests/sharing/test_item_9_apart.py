"""From all that a link without item 9 opens, item 9 cannot be computed: everything is equal for all four answers."""

from typing import Any

from sqlalchemy import delete, func, select

from kapjournal.database.tables import access_log, accounts, grants, links, records, rekeys
from kapjournal.measures.responses import delete_response
from kapjournal.measures.values import Response
from kapjournal.sharing import accepting
from kapjournal.sharing.log import access_log as read_log
from tests.cast import Cast, content
from tests.measures.forms import responded, shipped
from tests.sharing.desk import linked, opened, seen, settle
from tests.sharing.oracle import everything

ANSWERS = "0123"
PHQ = shipped(content(), "phq-9")
WITHOUT = ("check_ins", "measures", "sessions", "dose", "side_effects", "substances", "steps")


def traces(cast: Cast, link: bytes) -> dict[str, Any]:
    """All that the therapist, or a thief, could look at, but for what is random or sealed."""
    [listed] = accepting.patients(cast.work(), by=cast.bob)
    size = func.length
    with cast.engine.connect() as connection:
        owner = cast.alice.account
        of = {
            "grants": select(size(grants.c.sealed)).where(grants.c.link == link),
            "links": select(
                size(links.c.offer), size(links.c.answer), size(links.c.digest), links.c.epoch, links.c.ends
            ),
            "records": select(
                records.c.kind,
                records.c.seq,
                records.c.gen,
                records.c.version,
                size(records.c.body),
                size(records.c.dek),
            )
            .where(records.c.owner == owner)
            .order_by(records.c.seq),
            "rekeys": select(func.count()).select_from(rekeys),
            "log": select(access_log.c.n, access_log.c.times, size(access_log.c.body)).order_by(
                access_log.c.n
            ),
        }
        rows = {name: [tuple(it) for it in connection.execute(asked)] for name, asked in of.items()}
    values = sorted(repr(it) for _id, it in everything(opened(cast, link)))
    log = [(it.n, it.times) for it in read_log(cast.work(), by=cast.alice).lines]
    return rows | {
        "opened": values,
        "digest": listed.digest,
        "is new": listed.is_new,
        "page": seen(cast, link),
        "lines": log,
    }


def lived(cast: Cast, code: str) -> list[dict[str, Any]]:
    """The traces of a life in which item 9 was answered so: before and after, shared once and from now on."""
    link = linked(cast, *WITHOUT)  # type: ignore[arg-type]
    found = [traces(cast, link)]
    first = responded(cast, cast.alice, PHQ, *"11111111", code)
    found.append(traces(cast, link))
    cast.later(60)
    responded(cast, cast.alice, PHQ, *"22222222", code)
    found.append(traces(cast, link))
    delete_response(cast.work(), by=cast.alice, response=first.id)
    settle(cast)
    found.append(traces(cast, link))
    return found


def test_everything_is_equal_for_all_answers(cast: Cast) -> None:
    found = []
    for code in ANSWERS:
        with cast.engine.begin() as connection:
            connection.execute(delete(accounts))
        found.append(lived(Cast(cast.engine), code))
    for other in found[1:]:
        for one, two in zip(found[0], other, strict=True):
            assert one == two


def test_no_answer_to_item_9_is_among_what_is_opened(cast: Cast) -> None:
    link = linked(cast, *WITHOUT)  # type: ignore[arg-type]
    for code in ANSWERS:
        responded(cast, cast.alice, PHQ, *"11111111", code)
    found = [it.value.answers for it in opened(cast, link).all(Response).values()]
    assert {it[:8] for it in found} == {tuple("11111111")}
    assert not any(code for it in found for code in it[8:])
    page = repr(seen(cast, link))
    assert "PHQ-8" in page
    assert "PHQ-9" not in page.replace("without='PHQ-9'", "")


def test_item_9_opens_only_when_it_is_chosen(cast: Cast) -> None:
    """The other way round: with it, what differs is seen to differ."""
    totals = []
    for code in ANSWERS:
        cast.later(60)
        link = linked(cast, "measures", "item_9")
        responded(cast, cast.alice, PHQ, *"11111111", code)
        totals.append(seen(cast, link).scores[0].total)
    assert totals == [8, 9, 10, 11]
