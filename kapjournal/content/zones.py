"""The country of a time zone: a guess for whom to call, which a person can change."""

from babel.core import get_global

# Clocks of many countries that the table files under one; a wrong country's line is worse than none.
_SHARED = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})
_NOT_A_COUNTRY = frozenset({"001", "ZZ"})


def country_of_zone(zone: str | None) -> str | None:
    """The ISO 3166 code of the country of an IANA zone, such as `US` for `US/Eastern`; None if unknown."""
    if not zone or zone in _SHARED:
        return None
    territory = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone))
    return None if territory in _NOT_A_COUNTRY else territory
