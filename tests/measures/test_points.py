"""Ratings as points: the person's own day, and the number."""

import os
from datetime import date, datetime

import pytest

from kapjournal.clock import Moment, moment, moment_at_wall
from kapjournal.errors import OutOfRange
from kapjournal.measures.check_ins import ALWAYS, EXTRAS, check_in, delete_check_in, points
from tests.cast import ZONE, Cast

DAY = 86_400


def rated(cast: Cast, when: Moment, **ratings: int) -> bytes:
    save_id = os.urandom(16)
    return check_in(cast.work(), by=cast.alice, ratings=ratings, when=when, save_id=save_id).id


def of(cast: Cast, rating: str) -> list[tuple[int, int]]:
    return sorted(points(cast.work(), by=cast.alice, rating=rating))


def test_every_rating_of_a_name_is_a_point(cast: Cast) -> None:
    today = cast.now().day.toordinal()
    for days, mood in ((0, 7), (0, 3), (2, 0)):
        rated(cast, moment(cast.at - days * DAY, ZONE), mood=mood)
    rated(cast, cast.now(), anxiety=9)
    assert of(cast, "mood") == [(today - 2, 0), (today, 3), (today, 7)]
    assert of(cast, "anxiety") == [(today, 9)]
    assert of(cast, "energy") == []


def test_a_point_stands_on_the_day_the_person_saw(cast: Cast) -> None:
    late = datetime.fromisoformat("2026-09-20T23:30")
    for zone in ("Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"):
        rated(cast, moment_at_wall(late, zone), mood=5)
    assert of(cast, "mood") == [(date(2026, 9, 20).toordinal(), 5)] * 3


@pytest.mark.parametrize("rating", [*ALWAYS, *EXTRAS])
def test_everything_that_can_be_rated_has_points(cast: Cast, rating: str) -> None:
    rated(cast, cast.now(), **{rating: 4})
    assert of(cast, rating) == [(cast.now().day.toordinal(), 4)]


def test_points_follow_every_change(cast: Cast) -> None:
    id = rated(cast, cast.now(), mood=4, craving=5)
    assert [len(of(cast, name)) for name in ("mood", "craving")] == [1, 1]
    delete_check_in(cast.work(), by=cast.alice, check_in=id)
    assert [len(of(cast, name)) for name in ("mood", "craving")] == [0, 0]


@pytest.mark.parametrize("rating", ["joy", "at", "wall", "zone", "origin", "v", "", "Mood"])
def test_what_cannot_be_rated_has_no_points(cast: Cast, rating: str) -> None:
    rated(cast, cast.now(), mood=4)
    with pytest.raises(OutOfRange, match="rating"):
        of(cast, rating)
