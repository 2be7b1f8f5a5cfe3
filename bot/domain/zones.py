"""The time zone people mean by what they type: a place, an abbreviation, an offset or an IANA name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.identifiers import UTC_ZONE, ZoneName
from bot.domain.lookup import words
from bot.domain.zone_places import COUNTRY, STATE, TOWN, ZONE_WORD, PlaceWithZones, zone_places

WHICH = "can mean more than one. Which one do you mean?"
_LONGEST = 100
_FEW = 5
_ASKED = 12
"""The most zones to ask about."""
_DWARFED = 10
"""A town or state this many times smaller than another of its name is not what people mean by the bare name."""
_DWARFED_BY_A_CAPITAL, _DWARFED_BY_A_STATE = 3, 5
"""The same of a town beside a capital or country, or a state: these are meant before a town is."""
_OFFSET = re.compile(
    r"(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?:[:.]?(00|15|30|45)|[.,](5|25|75))?(?:\s*h(?:ours?)?)?", re.IGNORECASE
)

_ALL_YEAR = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2}),?\s*all year", re.IGNORECASE)
"""As ``zone_in_words`` writes a fixed offset."""

_AROUND = re.compile(
    r"^(?:the|in|at|(?:the )?state of)\s+|\s+(?:time ?zone|local time|time|state|province|city|area)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """A zone that a text means, or can mean, in words."""

    zone: ZoneName
    label: str


@dataclass(frozen=True, slots=True)
class ZoneAsked:
    """The text can mean any of these: ask which, in these words after the text."""

    choices: tuple[ZoneChoice, ...]
    question: str = WHICH


@dataclass(frozen=True, slots=True)
class ZoneUnknown:
    """The text names no place or zone there is; these are near, best first."""

    near: tuple[ZoneChoice, ...] = ()


def find_zone(text: str) -> ZoneChoice | ZoneAsked | ZoneUnknown:
    """The zone a text means, or what to ask. A name that is only like another, or part of it, is never taken."""
    text = " ".join(text[:_LONGEST].split())
    return _understood(text) or ZoneUnknown(_near(text, _key(text)))


def _understood(text: str) -> ZoneChoice | ZoneAsked | None:
    """Read a text without guessing; None if it is no name of a place or zone."""
    if iana := _iana().get(text.casefold().replace(" ", "_")):
        return ZoneChoice(iana, iana)
    if fixed := _ALL_YEAR.fullmatch(text):
        zone = ZoneName(f"Etc/GMT{'-' if fixed[1] == '+' else '+'}{int(fixed[2])}")
        return ZoneChoice(zone, zone_in_words(zone)) if zone in _available() else None
    if offset := _OFFSET.fullmatch(text):
        return _offset(offset)
    for said in _ways_to_say(text, _key(text)):
        if places := _meant(said) or _within(said):
            return _chosen(places)
    if text.title() in _areas():
        area = f"{text.title()}/"
        fullest = sorted(zone_places().zones, key=lambda zone: -zone.people)
        near = [zone.name for zone in fullest if zone.name.startswith(area)][:_ASKED]
        return ZoneAsked(tuple(ZoneChoice(zone, _city(zone)) for zone in near))
    return None


def _key(text: str) -> str:
    return "".join(words(text)) if any(char.isalnum() for char in text) else ""


def suggest_zones(text: str, limit: int) -> list[ZoneChoice]:
    """Complete half-typed text: what it means so far, then the names it begins."""
    text = " ".join(text[:_LONGEST].split())
    key = _key(text)
    if not key:
        return _fullest(limit)
    match _understood(text):
        case ZoneChoice() as meant:
            found = [meant]
        case ZoneAsked(choices):
            found = list(choices)
        case None:
            found = []
    begun = zone_places().beginning(key) if len(key) > 1 else []
    found += [choice for place in begun for choice in _choices(place)[:_FEW]]
    folded = text.strip().casefold().replace(" ", "_")
    found += [ZoneChoice(zone, zone) for name, zone in _iana().items() if name.startswith(folded)]
    found = _once(found) or list(_near(text, key))
    return [ZoneChoice(choice.zone, _with_zone(choice)) for choice in found[:limit]]


def is_zone(text: str) -> bool:
    """Return whether the text is an IANA name as it stands."""
    return text in _available()


def is_zone_name(text: str) -> bool:
    """Return whether the text names a place, a zone or an offset, nothing guessed; too short a word does not."""
    key = "".join(words(text[:_LONGEST]))
    if len(key) < 3 and key not in ("uk", "us"):
        return False
    return text[:1] not in "#@<" and _understood(" ".join(text[:_LONGEST].split())) is not None


def zone_in_words(zone: ZoneName) -> str:
    """The zone as people read it; fixed offsets have their sign the wrong way round in IANA's names."""
    fixed = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", zone)
    if not fixed:
        return zone
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}, all year"


def _ways_to_say(text: str, key: str) -> list[str]:
    """The text, and without the words people put around a place."""
    said = [text] if key else []
    bare = _AROUND.sub("", text)
    return [*said, bare] if bare != text and bare else said


def _meant(text: str) -> list[PlaceWithZones]:
    """The places by that name that people may mean."""
    own, others = zone_places().called("".join(words(text)))
    if not own:
        return _without_dwarfs(others)
    if any(place.kind != TOWN for place in own):
        return _without_dwarfs(own)
    heaviest = max(place.people for place in own)
    return _without_dwarfs([*own, *(place for place in others if place.people > 3 * heaviest)])


def _without_dwarfs(places: Sequence[PlaceWithZones]) -> list[PlaceWithZones]:
    """The places people may mean by a name; where it is asked anyway, smaller towns are worth a line."""
    likely = _not_dwarfed(places, 1)
    return _not_dwarfed(places, 10) if len({_clock(zone) for place in likely for zone in place.zones}) > 1 else likely


def _not_dwarfed(places: Sequence[PlaceWithZones], times: int) -> list[PlaceWithZones]:
    heaviest = max((place.people for place in places), default=0)
    by = {TOWN: _DWARFED, STATE: _DWARFED_BY_A_STATE}
    least = {
        TOWN: max((place.people / by.get(place.kind, _DWARFED_BY_A_CAPITAL) for place in places), default=0) / times,
        STATE: heaviest / _DWARFED / times,
    }
    return [place for place in places if place.people >= least.get(place.kind, 0)]


def _within(text: str) -> list[PlaceWithZones]:
    """The places of "Cambridge, MA" or "portland oregon": those by the first name inside those by the second."""
    if "," in text:
        name, *around = (part.strip() for part in text.split(","))
        splits = [(name, [part for part in around if part])]
    else:
        parts = text.replace("(", " ").replace(")", " ").split()
        splits = [(" ".join(parts[:i]), [" ".join(parts[i:])]) for i in range(len(parts) - 1, 0, -1)]
    for name, regions in splits:
        own, others = zone_places().called("".join(words(name)))
        inside = [*own, *others]
        for region in regions:
            around_it, _ = zone_places().called("".join(words(region)))
            inside = [place for place in inside if any(_inside(place, other) for other in around_it)]
        if inside and regions:
            return _without_dwarfs(inside)
    return []


def _inside(place: PlaceWithZones, around: PlaceWithZones) -> bool:
    if around.kind == COUNTRY:
        return place.country == around.country
    return around.kind == STATE and place.country == around.country and place.state == around.label


def _chosen(places: Sequence[PlaceWithZones]) -> ZoneChoice | ZoneAsked:
    zones = {zone for place in places for zone in place.zones}
    if len(zones) == 1 or len({_clock(zone) for zone in zones}) == 1:
        return ZoneChoice(places[0].zones[0], zone_places().in_words(places[0]))
    choices = _once([choice for place in places for choice in _choices(place)])[:_ASKED]
    return ZoneAsked(tuple(choices))


def _choices(place: PlaceWithZones) -> list[ZoneChoice]:
    """One for each zone of the place, named after the place or, if there are several, after their cities."""
    known = zone_places()
    if len(place.zones) == 1 and place.kind != ZONE_WORD:
        return [ZoneChoice(place.zones[0], known.in_words(place))]
    return [ZoneChoice(zone, _city(zone)) for zone in place.zones if zone in _available()]


def _city(zone: ZoneName) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _offset(found: re.Match[str]) -> ZoneChoice | ZoneAsked | None:
    """Ask about an offset: offer the places that keep it, and the offset itself for the whole year."""
    sign, hours, minutes = -1 if found[1] != "+" else 1, int(found[2]), int(found[3] or 0)
    if found[4]:
        minutes = {"5": 30, "25": 15, "75": 45}[found[4]]
    ahead = sign * (hours * 60 + minutes)
    if ahead == 0:
        return ZoneChoice(UTC_ZONE, UTC_ZONE)
    keeping = sorted(
        (zone for zone in zone_places().zones if ahead in zone.offsets and zone.people),
        key=lambda zone: (zone.offsets[0] != ahead, -zone.people),
    )
    apart: dict[tuple[int, ...], int] = {}
    choices: list[ZoneChoice] = []
    for zone in keeping:
        # Two places of each way clocks go are enough to see what is meant.
        apart[zone.offsets] = apart.get(zone.offsets, 0) + 1
        if apart[zone.offsets] <= 3:
            choices.append(ZoneChoice(zone.name, _city(zone.name)))
    fixed = ZoneName(f"Etc/GMT{'-' if sign > 0 else '+'}{hours}")
    if not minutes and fixed in _available():
        choices = [*choices[: _ASKED - 1], ZoneChoice(fixed, f"{zone_in_words(fixed)}")]
    if len(choices) < 2:
        return choices[0] if choices and minutes else None
    return ZoneAsked(
        tuple(choices),
        "is an offset, which is right for only half the year where clocks change. Which place do you mean?",
    )


def _near(text: str, key: str) -> tuple[ZoneChoice, ...]:
    """Places with the text in their name, that begin with it, or are like it."""
    if len(key) < 3:
        return ()
    known = zone_places()
    parts = words(text)
    near = [*known.holding(parts)[:_FEW], *known.beginning(key)[:_FEW]] or known.alike(key, 2 * _FEW)
    if not near and "," in text:  # a town too small to be known, in a place that is not
        near = list(known.called("".join(words(text.rpartition(",")[2])))[0][:1])
    return tuple(_once([choice for place in near for choice in _choices(place)[:_FEW]])[:_FEW])


def _once(choices: Iterable[ZoneChoice]) -> list[ZoneChoice]:
    """The choices without those whose zone stands before them."""
    found: dict[ZoneName, ZoneChoice] = {}
    for choice in choices:
        found.setdefault(choice.zone, choice)
    return list(found.values())


def _with_zone(choice: ZoneChoice) -> str:
    says_it = choice.label in (choice.zone, zone_in_words(choice.zone))
    return choice.label if says_it else f"{choice.label} ({choice.zone})"


@cache
def _fullest(limit: int) -> list[ZoneChoice]:
    zones = sorted(zone_places().zones, key=lambda zone: -zone.people)[:limit]
    return [ZoneChoice(zone.name, zone.name) for zone in zones]


@cache
def _areas() -> frozenset[str]:
    return frozenset(zone.name.partition("/")[0] for zone in zone_places().zones if "/" in zone.name)


@cache
def _clock(zone: ZoneName) -> tuple[timedelta | None, ...]:
    """List what the clocks of a zone show, week by week for two years."""
    start = datetime(2027, 1, 1, tzinfo=UTC)
    return tuple((start + timedelta(weeks=week)).astimezone(ZoneInfo(zone)).utcoffset() for week in range(104))


@cache
def _iana() -> dict[str, ZoneName]:
    """Every IANA name with an area, and UTC; bare names such as EST are older than what people mean by them."""
    return {name.casefold(): ZoneName(name) for name in sorted(_available()) if "/" in name or name == UTC_ZONE}


@cache
def _available() -> frozenset[str]:
    # Reading the names again opens every file there is: hundreds of them.
    return frozenset(available_timezones())
