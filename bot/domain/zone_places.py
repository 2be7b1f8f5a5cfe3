"""Countries, states, cities and names of zones, each with the zones its people live by.

Read from ``zone_places.tsv``, which tools/zone_places.py makes from GeoNames, CLDR and the tz database.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.identifiers import ZoneName
from bot.domain.lookup import words

COUNTRY, CAPITAL, TOWN, STATE, ZONE_WORD = "c", "C", "t", "s", "z"
_ALIKE = 0.79
"""From here on a name is like another one: one slip in five letters."""
_BEGUN = 400
"""The number of names beginning with what was typed that are looked at."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: how many thousands live by it, and its minutes ahead of UTC, in summer too where that differs."""

    name: ZoneName
    people: int
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlaceWithZones:
    """A place or the name of a zone, with its zones, the most populous first; ``people`` in thousands."""

    kind: str
    label: str
    country: str
    state: str
    people: int
    zones: tuple[ZoneName, ...]


class ZonePlaces:
    """Places by name; most are read only when they are asked for."""

    def __init__(self, text: str) -> None:
        head, zones, places, names = text.split("\n\n")
        del head
        self.zones = tuple(self._zone(line) for line in zones.splitlines())
        self._places = places.splitlines()
        self._names = names.splitlines()
        self._countries = {place.country: place.label for place in self._all(COUNTRY)}

    def called(self, key: str) -> tuple[tuple[PlaceWithZones, ...], tuple[PlaceWithZones, ...]]:
        """The places by that name, and those it is another name of; the most populous first."""
        position = bisect_left(self._names, f"{key}\t")
        if not key or position == len(self._names) or not self._names[position].startswith(f"{key}\t"):
            return (), ()
        _, ids, *others = self._names[position].split("\t")
        return self._numbered(ids), self._numbered(others[0] if others else "")

    def beginning(self, key: str) -> list[PlaceWithZones]:
        """The places whose name begins with it, the most populous first."""
        found: dict[int, None] = {}
        position = bisect_left(self._names, key)
        for line in self._names[position : position + _BEGUN]:
            if not line.startswith(key):
                break
            _, ids, *others = line.split("\t")
            found |= dict.fromkeys(int(id) for id in f"{ids} {others[0] if others else ''}".split())
        return [self._place(id) for id in sorted(found)]

    def holding(self, parts: Sequence[str]) -> list[PlaceWithZones]:
        """The places with all these words in their name, the most populous first."""
        wanted = set(parts)
        rarest = max(parts, key=len)
        near = (id for id, line in enumerate(self._places) if rarest in line.casefold())
        return [place for place in map(self._place, near) if wanted <= set(words(place.label))]

    def alike(self, key: str, limit: int) -> list[PlaceWithZones]:
        """The places with a similar name, the most similar and most populous first."""
        # pyrefly: ignore[no-matching-overload]
        scored = process.extract(
            key, self._keys, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=8 * limit
        )
        found: list[tuple[float, int]] = []
        for name, likeness, _ in scored:
            own, others = self._ids(name)
            found += [(-likeness, id) for id in (*own, *others)]
        return [self._place(id) for _, id in sorted(set(found))[:limit]]

    def in_words(self, place: PlaceWithZones) -> str:
        """The place with where it lies, such as "Cambridge, Massachusetts"."""
        if place.kind in (COUNTRY, ZONE_WORD) or place.label == self._countries.get(place.country):
            return place.label
        around = place.state if place.kind != STATE and place.country in ("US", "CA", "AU") else ""
        return f"{place.label}, {around or self._countries.get(place.country, '')}".rstrip(", ")

    def _all(self, kind: str) -> Iterator[PlaceWithZones]:
        return (self._place(id) for id, line in enumerate(self._places) if line.startswith(f"{kind}\t"))

    @cached_property
    def _keys(self) -> list[str]:
        return [line.partition("\t")[0] for line in self._names]

    def _ids(self, key: str) -> tuple[list[int], list[int]]:
        _, ids, *others = self._names[bisect_left(self._names, f"{key}\t")].split("\t")
        return [int(id) for id in ids.split()], [int(id) for id in (others[0] if others else "").split()]

    def _numbered(self, ids: str) -> tuple[PlaceWithZones, ...]:
        return tuple(self._place(int(id)) for id in ids.split())

    def _place(self, id: int) -> PlaceWithZones:
        kind, label, country, state, people, zones = self._places[id].split("\t")
        return PlaceWithZones(
            kind, label, country, state, int(people), tuple(self.zones[int(zone)].name for zone in zones.split())
        )

    @staticmethod
    def _zone(line: str) -> Zone:
        name, people, offsets = line.split("\t")
        return Zone(ZoneName(name), int(people), tuple(int(offset) for offset in offsets.split()))


@cache
def zone_places() -> ZonePlaces:
    """The places there are; read on first use, which takes about 20 ms."""
    return ZonePlaces((files("bot.domain") / "zone_places.tsv").read_text(encoding="utf-8"))
