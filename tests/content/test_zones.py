"""The country of a time zone, as a first guess for whom to call."""

import pytest

from kapjournal.content import Content, country_of_zone


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("America/Toronto", "CA"),
        ("Europe/London", "GB"),
        ("GB", "GB"),
        ("Europe/Oslo", "NO"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Kolkata", "IN"),
        ("Europe/Kiev", "UA"),
        ("Australia/Lord_Howe", "AU"),
        ("Africa/Nairobi", "KE"),
    ],
)
def test_a_zone_has_its_country(zone: str, country: str) -> None:
    assert country_of_zone(zone) == country


@pytest.mark.parametrize(
    "zone", [None, "", "UTC", "Etc/UTC", "Etc/GMT+5", "Factory", "Antarctica/Troll", "Mars/Olympus"]
)
def test_a_zone_of_no_country_or_an_unknown_one_has_none(zone: str | None) -> None:
    assert country_of_zone(zone) is None


@pytest.mark.parametrize("zone", ["CET", "EET", "EST", "MET", "WET"])
def test_a_clock_shared_by_many_countries_has_none(zone: str) -> None:
    assert country_of_zone(zone) is None


def test_every_country_with_lines_is_the_guess_for_a_city_of_its_own(content: Content) -> None:
    cities = (
        "America/New_York America/Toronto Europe/London Europe/Dublin Australia/Sydney Pacific/Auckland"
        " Europe/Berlin Europe/Vienna Europe/Zurich Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam"
        " Europe/Brussels Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Helsinki Europe/Warsaw"
        " Europe/Lisbon Asia/Kolkata Asia/Tokyo Africa/Johannesburg America/Sao_Paulo America/Mexico_City"
    )
    guessed = {content.crisis(country_of_zone(zone)).country for zone in cities.split()}
    assert guessed == {country.country for country in content.countries}
