"""Time zones by IANA name, and by the cities people say."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from bot.domain.identifiers import ZoneName
from bot.domain.lookup import NameIndex

# Cities and words people type; the zone is the one their clocks follow. Where an older zone is named after the
# same city, what is said here goes before it.
_SAID = {
    "America/Los_Angeles": (
        "San Francisco",
        "Seattle",
        "San Diego",
        "Las Vegas",
        "Pacific time",
        "PST",
        "PT",
    ),
    "America/Argentina/Buenos_Aires": ("Buenos Aires",),
    "America/Argentina/Catamarca": ("Catamarca",),
    "America/Argentina/Cordoba": ("Cordoba",),
    "America/Argentina/Jujuy": ("Jujuy",),
    "America/Argentina/Mendoza": ("Mendoza",),
    "America/Indiana/Indianapolis": ("Indianapolis",),
    "America/Kentucky/Louisville": ("Louisville",),
    "America/New_York": ("Boston", "Washington", "Miami", "Atlanta", "Philadelphia", "Eastern time", "ET"),
    "America/Chicago": ("Houston", "Dallas", "Austin", "Central time", "CT"),
    "America/Denver": ("Salt Lake City", "Mountain time"),
    "America/Toronto": ("Ottawa", "Montreal", "Quebec"),
    "America/Sao_Paulo": ("Rio de Janeiro", "Brasilia"),
    "Asia/Kolkata": (
        "Mumbai",
        "Delhi",
        "New Delhi",
        "Bangalore",
        "Bengaluru",
        "Chennai",
        "Hyderabad",
        "India",
    ),
    "Asia/Shanghai": ("Beijing", "Shenzhen", "Guangzhou", "China"),
    "Asia/Ho_Chi_Minh": ("Hanoi", "Saigon"),
    "Asia/Karachi": ("Lahore", "Islamabad"),
    "Asia/Nicosia": ("Nicosia",),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Jerusalem": ("Tel Aviv",),
    "Asia/Tokyo": ("Osaka", "Kyoto", "Japan"),
    "Europe/Berlin": ("Hamburg", "Munich", "Frankfurt", "Cologne", "Germany"),
    "Europe/London": ("Manchester", "Edinburgh", "Glasgow", "Cardiff"),
    "Europe/Madrid": ("Barcelona", "Valencia", "Sevilla"),
    "Europe/Rome": ("Milan", "Naples", "Turin"),
    "Europe/Paris": ("Lyon", "Marseille", "France"),
    "Europe/Amsterdam": ("Rotterdam", "The Hague"),
    "Europe/Zurich": ("Geneva", "Basel", "Bern"),
    "Europe/Moscow": ("St Petersburg",),
    "Europe/Istanbul": ("Istanbul", "Ankara", "Izmir"),
    "Africa/Johannesburg": ("Cape Town", "Durban", "Pretoria"),
    "Africa/Lagos": ("Abuja",),
    "Australia/Sydney": ("Canberra",),
    "UTC": ("GMT", "Zulu", "Universal time"),
}
_AREAS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


@cache
def zone_names() -> NameIndex[ZoneName]:
    """Every current zone by its name, its city, and the big cities that share it."""
    names: list[tuple[ZoneName, str, tuple[str, ...]]] = []
    elsewhere = {said for cities in _SAID.values() for said in cities}
    for zone in sorted(_available()):
        area, _, rest = zone.partition("/")
        if zone != "UTC" and (area not in _AREAS or not rest):
            continue
        city = rest.rpartition("/")[2].replace("_", " ") if rest else zone
        own = () if city in elsewhere else (city,)
        names.append((ZoneName(zone), zone, (*own, *_SAID.get(zone, ()))))
    return NameIndex(names)


def is_zone(text: str) -> bool:
    """Whether the text is an IANA name as it stands."""
    return text in _available()


@cache
def _available() -> frozenset[str]:
    # Reading the names anew opens every file there is: hundreds of them.
    return frozenset(available_timezones())
