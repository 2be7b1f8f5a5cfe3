"""Time zones by IANA name, and by the cities people say."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from bot.domain.identifiers import ZoneName
from bot.domain.lookup import NameIndex

# Cities and words people type that no zone is named after; the zone is the one their clocks follow.
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
    "Europe/Istanbul": ("Ankara", "Izmir"),
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
    for zone in sorted(available_timezones()):
        area, _, rest = zone.partition("/")
        if zone != "UTC" and (area not in _AREAS or not rest):
            continue
        city = rest.rpartition("/")[2].replace("_", " ") if rest else zone
        names.append((ZoneName(zone), zone, (city, *_SAID.get(zone, ()))))
    return NameIndex(names)


def is_zone(text: str) -> bool:
    """Whether the text is an IANA name as it stands."""
    return text in available_timezones()
