"""Time zones by name and by city: found without a question wherever the clocks are the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.lookup import Exact, find, suggest
from bot.domain.zones import is_zone, zone_names


def clock(zone: str) -> list[timedelta | None]:
    """How far the zone is ahead of UTC, week by week for two years."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [(start + timedelta(weeks=week)).astimezone(ZoneInfo(zone)).utcoffset() for week in range(104)]


def test_every_zone_is_found_by_its_iana_name_however_it_is_typed() -> None:
    names = zone_names()
    assert len(names) > 400
    for zone in names:
        for typed in (zone, zone.casefold(), zone.upper(), zone.replace("_", " ")):
            assert find(names, typed) == Exact(zone)
        assert is_zone(zone)
        assert ZoneInfo(zone).key == zone


def test_names_of_an_older_fashion_never_mean_other_clocks() -> None:
    names = zone_names()
    for zone in available_timezones() - set(names):
        found = find(names, zone)
        if isinstance(found, Exact):
            assert clock(found.id) == clock(zone)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("mumbai", "Asia/Kolkata"),
        ("Delhi", "Asia/Kolkata"),
        ("India", "Asia/Kolkata"),
        ("sao paulo", "America/Sao_Paulo"),
        ("S\u00e3o Paulo", "America/Sao_Paulo"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("London", "Europe/London"),
        ("Nuuk", "America/Nuuk"),
        ("St. John's", "America/St_Johns"),
        ("lord howe", "Australia/Lord_Howe"),
        ("san francisco", "America/Los_Angeles"),
        ("Boston", "America/New_York"),
        ("hamburg", "Europe/Berlin"),
        ("Kyiv", "Europe/Kyiv"),
        ("Beijing", "Asia/Shanghai"),
        ("hong kong", "Asia/Hong_Kong"),
        ("Hongkong", "Asia/Hong_Kong"),
        ("cape town", "Africa/Johannesburg"),
        ("The Hague", "Europe/Amsterdam"),
        ("Pacific time", "America/Los_Angeles"),
        ("PT", "America/Los_Angeles"),
        # Several zones are named after these, with the same clocks.
        ("Istanbul", "Europe/Istanbul"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Nicosia", "Asia/Nicosia"),
        ("Indianapolis", "America/Indiana/Indianapolis"),
        ("Montreal", "America/Montreal"),
        ("Saigon", "Asia/Saigon"),
        ("Tel Aviv", "Asia/Tel_Aviv"),
        ("Canberra", "Australia/Canberra"),
    ],
)
def test_cities(said: str, zone: str) -> None:
    found = find(zone_names(), said)
    assert isinstance(found, Exact)
    assert found.id == zone or clock(found.id) == clock(zone)


def test_no_city_a_zone_is_named_after_needs_a_question() -> None:
    names = zone_names()
    for zone in names:
        found = find(names, zone.rpartition("/")[2].replace("_", " "))
        assert isinstance(found, Exact), found
        assert clock(found.id) == clock(zone)


@pytest.mark.parametrize(
    "said", ["", "atlantis", "UTC+2", "GMT+5", "\U0001f30d", "Europe/Atlantis", "x" * 5000, "\u202eberlin\x00"]
)
def test_what_is_no_zone_is_not_guessed(said: str) -> None:
    assert not isinstance(find(zone_names(), said), Exact) or said.endswith("\x00")
    assert not is_zone(said)


def test_a_city_is_offered_while_it_is_typed() -> None:
    for typed, zone in (("ber", "Europe/Berlin"), ("new y", "America/New_York"), ("mumb", "Asia/Kolkata")):
        assert zone in [id for id, _ in suggest(zone_names(), typed)]
