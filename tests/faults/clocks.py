"""Clocks that go wrong, and zones that do unusual things: what the person saw is kept, and the order of writing."""

from datetime import UTC, datetime, timedelta, timezone
from time import time
from typing import NamedTuple

from kapjournal.journal.values import Entry
from kapjournal.records import Record
from tests.faults.oracle import Log
from tests.faults.outcome import Outcome, Tally
from tests.faults.stage import Kind, Patient, Site, Stage
from tests.faults.writer import tab

DAY = 86_400
TOLERANCE = timedelta(minutes=2)


class Scene(NamedTuple):
    """When somebody writes in which zone, and how many minutes their wall is ahead of UTC then."""

    utc: datetime | None
    zone: str
    ahead: int


SCENES = (
    Scene(None, "Pacific/Kiritimati", 14 * 60),
    # Lord Howe moves by half an hour: 1:45 happens twice, 2:15 never.
    Scene(datetime(2025, 4, 5, 14, 45, tzinfo=UTC), "Australia/Lord_Howe", 11 * 60),
    Scene(datetime(2025, 4, 5, 15, 15, tzinfo=UTC), "Australia/Lord_Howe", 10 * 60 + 30),
    Scene(datetime(2025, 10, 4, 15, 45, tzinfo=UTC), "Australia/Lord_Howe", 11 * 60),
    # Samoa went from the 29th to the 31st of December 2011.
    Scene(datetime(2011, 12, 30, 9, 45, tzinfo=UTC), "Pacific/Apia", -10 * 60),
    Scene(datetime(2011, 12, 30, 10, 15, tzinfo=UTC), "Pacific/Apia", 14 * 60),
)


def server_clock_a_day_back(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The server's clock jumps back by a day between two entries: both are kept in the order of writing."""
    site = stage.site(kind)
    tally = Tally(site.database.folder)
    for _round in range(rounds):
        patient = site.patient()
        written = [_written(site, tally.log, patient, offset) for offset in (0, -DAY)]
        records = _records(site, patient)
        assert [records[it].seq for it in written] == sorted(it.seq for it in records.values())
        ahead = records[written[0]].value.at - records[written[1]].value.at
        assert abs(ahead - DAY) <= TOLERANCE.total_seconds(), ahead
    return tally.outcome("server_clock_a_day_back", kind, rounds)


def unusual_zones(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Kiritimati, both hours of Lord Howe, both sides of the day that Samoa left out."""
    site = stage.site(kind)
    tally, patient = Tally(site.database.folder), site.patient()
    for _round in range(rounds):
        for zone in dict.fromkeys(scene.zone for scene in SCENES):
            _write_in(stage, site, tally, patient, zone)
    return tally.outcome("unusual_zones", kind, rounds, scenes=len(SCENES))


def _write_in(stage: Stage, site: Site, tally: Tally, patient: Patient, zone: str) -> None:
    context = stage.browser(site.server.address, site.cookie, timezone_id=zone)
    for scene in SCENES:
        if scene.zone == zone:
            offset = scene.utc.timestamp() - time() if scene.utc else 0.0
            record = _written(site, tally.log, patient, offset, context=context)
            _check(_records(site, patient)[record].value, scene)
    context.close()


def _written(site: Site, log: Log, patient: Patient, offset: float, **options: object) -> bytes:
    """Write an entry while the server's clock is ahead by so many seconds."""
    site.database.set_clock(offset)
    try:
        with tab(site, log, patient, **options) as writer:  # type: ignore[arg-type]  # a context, if anything
            writer.open()
            writer.type("What time is it?")
            writer.is_saved()
            return writer.record
    finally:
        site.database.set_clock(0)


def _records(site: Site, patient: Patient) -> dict[bytes, Record[Entry]]:
    with site.database.opened() as application:
        return dict(application.work().complete(patient.by).all(Entry))


def _check(value: Entry, scene: Scene) -> None:
    at = datetime.fromtimestamp(value.at, UTC)
    wall = datetime.fromisoformat(value.wall)
    ahead = timezone(timedelta(minutes=scene.ahead))
    assert value.zone == scene.zone
    assert abs(at - (scene.utc or datetime.now(UTC))) <= TOLERANCE, at
    assert wall == at.astimezone(ahead).replace(tzinfo=None, second=0), (wall, at)
