"""Zones by what people call them: understood, asked about or refused, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zone_places import zone_places
from bot.domain.zones import (
    ZoneAsked,
    ZoneChoice,
    ZoneUnknown,
    find_zone,
    is_zone,
    is_zone_name,
    suggest_zones,
    zone_in_words,
)

SWEEP = Path(__file__).with_name("zone_sweep.txt")


def clock(zone: str) -> list[timedelta | None]:
    """The zone's offset from UTC, week by week for two years."""
    start = datetime(2026, 12, 1, tzinfo=UTC)
    return [(start + timedelta(weeks=week)).astimezone(ZoneInfo(zone)).utcoffset() for week in range(104)]


def swept() -> Iterator[tuple[str, str]]:
    for line in SWEEP.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted, _, names = line.partition(": ")
            yield from ((name.strip(), wanted) for name in names.split(";"))


def found_for(name: str) -> str:
    """The result for a name, in the words of the sweep."""
    match find_zone(name.strip('"')):
        case ZoneChoice(zone):
            return zone
        case ZoneAsked(choices):
            return f"ask {' '.join(choice.zone for choice in choices)}"
        case ZoneUnknown(near):
            return f"offer {' '.join(choice.zone for choice in near)}" if near else "refuse"


def comes_to(found: str, wanted: str) -> bool:
    if wanted.startswith(("ask ", "offer ")):
        what, *zones = wanted.split()
        found_what, *found_zones = found.split()
        return found_what == what and set(zones) <= set(found_zones)
    if wanted == "refuse" or found.startswith(("ask", "offer", "refuse")):
        return found == wanted
    return found == wanted or clock(found) == clock(wanted)


def test_the_names_people_use_come_to_what_they_mean() -> None:
    names = list(swept())
    assert len(names) > 700
    wrong = [
        f"{name}: {found}, not {wanted}" for name, wanted in names if not comes_to(found := found_for(name), wanted)
    ]
    assert wrong == []


def test_every_zone_is_found_by_its_iana_name_however_it_is_typed() -> None:
    zones = [zone for zone in available_timezones() if "/" in zone]
    assert len(zones) > 400
    for zone in zones:
        for typed in (zone, zone.casefold(), zone.upper(), zone.replace("_", " ")):
            found = find_zone(typed)
            assert isinstance(found, ZoneChoice)
            assert found.zone == zone
        assert is_zone(zone)


def test_every_zone_the_data_names_is_one_this_machine_has() -> None:
    assert {zone.name for zone in zone_places().zones} <= available_timezones()


def test_the_city_a_zone_is_named_after_never_means_other_clocks() -> None:
    for zone in zone_places().zones:
        found = find_zone(zone.name.rpartition("/")[2].replace("_", " "))
        if isinstance(found, ZoneChoice):
            # A far station or village may share its name with a city of many more people.
            assert clock(found.zone) == clock(zone.name) or zone.people < 20, zone
        else:
            assert isinstance(found, ZoneAsked), zone


def test_what_is_offered_is_understood() -> None:
    for name, _ in swept():
        found = find_zone(name)
        choices = (
            found.choices if isinstance(found, ZoneAsked) else found.near if isinstance(found, ZoneUnknown) else ()
        )
        for choice in choices:
            again = find_zone(choice.zone)
            assert isinstance(again, ZoneChoice)
            assert again.zone == choice.zone
        assert len({choice.label for choice in choices}) == len(choices) <= 12


def test_an_offset_says_that_it_does_not_follow_summer_time() -> None:
    found = find_zone("utc+2")
    assert isinstance(found, ZoneAsked)
    assert "right for only half the year" in found.question
    assert found.choices[-1].label == "UTC+2, all year"
    assert zone_in_words(found.choices[-1].zone) == "UTC+2, all year"


@given(st.text() | st.text("aeinrst ,+-/0123456789:", max_size=12))
def test_whatever_is_typed_is_understood_asked_or_refused(text: str) -> None:
    found = find_zone(text)
    if isinstance(found, ZoneChoice):
        assert is_zone(found.zone)
    assert len(suggest_zones(text, 25)) <= 25
    is_zone_name(text)


@pytest.mark.parametrize(
    ("typed", "zone", "label"),
    [
        ("ber", "Europe/Berlin", "Berlin, Germany (Europe/Berlin)"),
        ("new y", "America/New_York", "New York, United States (America/New_York)"),
        ("mumb", "Asia/Kolkata", "Mumbai, India (Asia/Kolkata)"),
        ("münch", "Europe/Berlin", "Munich, Germany (Europe/Berlin)"),
        ("東京", "Asia/Tokyo", None),
        ("spain", "Europe/Madrid", "Spain (Europe/Madrid)"),
        ("cet", "Europe/Berlin", "Berlin (Europe/Berlin)"),
        ("utc+2", "Etc/GMT-2", "UTC+2, all year"),
        ("europe/b", "Europe/Berlin", "Europe/Berlin"),
        ("usa", "America/Denver", "Denver (America/Denver)"),
        ("berln", "Europe/Berlin", None),
        ("", "Asia/Kolkata", None),
    ],
)
def test_a_zone_is_offered_while_it_is_typed(typed: str, zone: str, label: str | None) -> None:
    offered = {str(choice.zone): choice.label for choice in suggest_zones(typed, 25)}
    assert zone in offered
    if label is not None:
        assert offered[zone] == label


@pytest.mark.parametrize("typed", ["xyzzy", "zzzz\U0001f600", "qwertz"])
def test_nothing_is_offered_for_what_is_like_no_place(typed: str) -> None:
    assert suggest_zones(typed, 25) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("berlin", True),
        ("new york", True),
        ("cet", True),
        ("uk", True),
        ("in", False),
        ("no", False),
        ("#general", False),
    ],
)
def test_a_name_as_it_stands(text: str, named: bool) -> None:
    assert is_zone_name(text) is named


def test_the_data_says_where_it_comes_from() -> None:
    head = (files("bot.domain") / "zone_places.tsv").read_text(encoding="utf-8").partition("\n\n")[0]
    for source in ("GeoNames (CC BY 4.0)", "CLDR (Unicode License v3)", "tz database (public domain)"):
        assert source in head


@pytest.mark.long
def test_a_name_is_looked_up_well_within_a_keystroke() -> None:
    find_zone("berlin")
    start = process_time()
    for text in ("berlin", "cambridge", "lodnon", "utc+2", "no such place", "san"):
        suggest_zones(text, 25)
    assert process_time() - start < 3
