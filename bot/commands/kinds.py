"""Every kind of option: how typed text becomes a value, and what to offer when it does not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import Any, NewType, get_type_hints

from bot.commands.option_kind import (
    SUGGESTIONS,
    Fits,
    Kind,
    NoFit,
    ReadResult,
    ReadText,
    Several,
    chosen_from,
    named,
    parsed,
)
from bot.domain.calendar_dates import TypedDate, TypedDates, parse_date, parse_dates
from bot.domain.explained import NotUnderstood
from bot.domain.identifiers import (
    OptionId,
    PlaceRef,
    ProfileId,
    QuestionId,
    RoleId,
    RoundId,
    RoundRef,
    StepId,
    TopicId,
    TrackId,
    TrackRef,
    ZoneName,
)
from bot.domain.knowledge import KINDS, Background, Knowledge
from bot.domain.lookup import Ambiguous, Exact, Unknown, find, is_name, suggest
from bot.domain.plain_text import shortened, tidy
from bot.domain.question import Difficulty
from bot.domain.roadmap import NEXT
from bot.domain.time_of_day import parse_time
from bot.domain.weekdays import parse_weekdays
from bot.domain.zones import ZoneAsked, ZoneChoice, find_zone, is_zone_name, suggest_zones
from bot.ports.catalog import Catalog

Weekdays = NewType("Weekdays", frozenset)  # type: ignore[type-arg]  # frozenset[int]; NewType takes no parameters
TopicIds = NewType("TopicIds", frozenset)  # type: ignore[type-arg]  # frozenset[TopicId]
CommandName = NewType("CommandName", str)
SearchText = NewType("SearchText", str)
"""Words to look for: any will do, and the names of what there is are offered."""
PingRef = NewType("PingRef", str)
"""A platform's own id of a role to ping, or none."""
SeveralLines = NewType("SeveralLines", str)
"""A text of several lines, as it was typed."""
PersonRef = NewType("PersonRef", str)
"""A platform's own id of a person."""
TITLE_SENT = 100
"""So much of a title fits Discord's autocomplete, and the option it fills."""
ALL = ("all", "any", "every topic", "all topics")
AT_WORK = ("at work", "at-work")


# A number that does not fit is still meant as one, so that the range is told and not "that is no topic".
_NUMERAL = re.compile(r"[+-]?\d{1,10}(?:[.,]\d{1,10})?", re.ASCII)


def _number(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    digits = tidy(text)
    if digits.isascii() and digits.isdigit() and len(digits) <= 10 and least <= int(digits) <= most:
        return Fits(int(digits))
    wanted = f"a whole number from {least} to {most}"
    if not digits.isascii() or not digits.isdigit():
        return NoFit(wanted)
    nearest = str(least if int(digits[:10]) < least else most)
    return NoFit(wanted, ((nearest, nearest),))


def _zone(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    match find_zone(tidy(text)):
        case ZoneChoice(zone):
            return Fits(zone)
        case ZoneAsked(choices, question):
            return Several(tuple((choice.zone, choice.label) for choice in choices), question)
        case unknown:
            near = tuple((choice.zone, choice.label) for choice in unknown.near)
            return NoFit("a city, country or IANA zone such as Europe/Berlin", near)


def _zones_offered(catalog: Catalog, text: str) -> Sequence[tuple[str, str]]:
    return [(choice.zone, choice.label) for choice in suggest_zones(tidy(text), SUGGESTIONS)]


def _zone_literally(catalog: Catalog, text: str) -> bool:
    """Return whether words are a zone's among those of other options: "mon" is a weekday, though a state as well."""
    for parse in (parse_time, parse_weekdays):
        try:
            parse(text)
        except NotUnderstood as error:
            if not error.question:
                continue
        return False
    return is_zone_name(text)


def _tagged(make: Callable[[int, str | None], RoundRef | TrackRef], wanted: str) -> ReadText:
    """A number with a tag behind a dash; or alone, as on buttons from before there were tags."""

    def read(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
        number, dash, tag = text.partition("-")
        numbered = number.isascii() and number.isdigit() and len(number) <= 18
        if numbered and ((tag.isascii() and tag.isalnum()) or not dash):
            return Fits(make(int(number), tag if dash else None))
        return NoFit(wanted)

    return read


def _text(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    tidied = tidy(text)
    if len(tidied) > most:
        return NoFit(f"a text of at most {most} characters")
    if not tidied:
        return NoFit("some text")
    return Fits(tidied)


def _lines(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    if len(text) > most:
        return NoFit(f"a text of at most {most:,} characters")
    return Fits(text) if text.strip() else NoFit("some text")


def _found_by(catalog: Catalog, text: str) -> Sequence[tuple[str, str]]:
    """Titles that begin with the text, or have a word that does; each is found by being sent."""
    titles = (hit.title for hit in catalog.search.begun(tidy(text), SUGGESTIONS))
    return [(shortened(title, TITLE_SENT), shortened(title, TITLE_SENT)) for title in titles]


_PLACE = re.compile(r"<?#\S.*|[CG][A-Z0-9]{6,}|\d{15,}")


def is_place(text: str) -> bool:
    """Return whether bare words name a channel, as ``#name`` or by a platform's id; any word may after its key."""
    return bool(_PLACE.fullmatch(text))


def _flag(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    folded = tidy(text).casefold()
    if folded in ("yes", "on", "true", "1"):
        return Fits(True)
    if folded in ("no", "off", "false", "0"):
        return Fits(False)
    return NoFit("yes or no", (("yes", "yes"), ("no", "no")))


def _topics(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    words = [word.strip() for word in tidy(text).split(",") if word.strip()]
    if any(word.casefold() in ALL for word in words):
        return Fits(frozenset())
    if any(word.casefold() in AT_WORK for word in words):
        return Fits(frozenset(topic.id for topic in catalog.topics_asked if topic.at_work))
    if not words:
        return NoFit("topics separated by commas, or all")
    found: set[TopicId] = set()
    for word in words:
        match find(catalog.topic_names, word):
            case Exact(id):
                found.add(id)
            case Ambiguous(ids) | Unknown(ids):
                names = tuple((str(id), catalog.topic_names.name(id)) for id in ids)
                return NoFit(f"topics separated by commas, or all; {shortened(word, 30)!r} is none", names)
    return Fits(frozenset(found))


def _every_topic(catalog: Catalog | None) -> list[tuple[str, str]]:
    if catalog is None:
        return []
    preset = ("at work", "At work: all but pay and job search")
    return [("all", "All topics"), preset, *((topic.id, topic.title) for topic in catalog.topics_asked)]


_WEEKDAYS = tuple((name[:3].lower(), name) for name in calendar.day_name)


def _weekdays_chosen(text: str) -> tuple[str, ...]:
    try:
        days = parse_weekdays(text)
    except NotUnderstood:
        return ()
    return tuple(value for number, (value, _) in enumerate(_WEEKDAYS) if number in days)


_STEP = named("step", lambda catalog: catalog.step_names, "a roadmap step, by its name or number")
_STEP_WORD = re.compile(r"(?:the |my )?(?:roadmap )?step\s*#?(?=\S)|#", re.IGNORECASE)
_NEXT_STEP = frozenset({"next", "current", "now", "next step", "my next step", "the next step", "next one"})


_EVERY_STEP = frozenset({"all", "whole", "every", "everything", "list", "show", "steps", "all steps", "whole roadmap"})


def _step(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    if tidy(text).casefold() in _NEXT_STEP:
        return Fits(NEXT)
    if tidy(text).casefold() in _EVERY_STEP:
        return Fits(None)
    return _STEP.read(catalog, _step_named(text), least, most)


def _step_named(text: str) -> str:
    """The text without "step" before a name or number."""
    return _STEP_WORD.sub("", tidy(text), count=1) if _STEP_WORD.match(tidy(text)) else tidy(text)


def _step_literally(catalog: Catalog, text: str) -> bool:
    """Return whether the words are meant for a step; a number is, even if there are fewer steps."""
    named = _step_named(text)
    return tidy(text).casefold() in _NEXT_STEP or bool(_NUMERAL.fullmatch(named)) or _STEP.exact(catalog, named, 0, 0)


_PROFILE = named("role", lambda catalog: catalog.profile_names, "a role")
_ONESELF = re.compile(r"(?:i am|i m|i'm|i\u2019m|im|i was|i work as|i worked as|as)\s+(?:an? )?", re.IGNORECASE)


def _profile(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
    """A role; else a background, as somebody says what they are."""
    reading = _PROFILE.read(catalog, text, least, most)
    if isinstance(reading, Fits):
        return reading
    names, said = catalog.knowledge.names(Background), _ONESELF.sub("", tidy(text), count=1)
    told = find(names, said)
    # What may mean several roles means a background only where it is called just so.
    if isinstance(told, Exact) and (isinstance(reading, NoFit) or is_name(names, said)):
        return Fits(ProfileId(told.id))
    return reading


def _profiles_offered(catalog: Catalog, text: str) -> Sequence[tuple[str, str]]:
    roles = suggest(catalog.profile_names, text, SUGGESTIONS)
    backgrounds = suggest(catalog.knowledge.names(Background), text, SUGGESTIONS) if tidy(text) else []
    return [(str(id), name) for id, name in (*roles, *backgrounds)][:SUGGESTIONS]


def _profile_literally(catalog: Catalog, text: str) -> bool:
    return _PROFILE.exact(catalog, text, 0, 0) or is_name(catalog.knowledge.names(Background), text)


_KINDS: dict[Any, Kind] = {
    RoleId: named("role", lambda catalog: catalog.role_names, "a role"),
    ProfileId: Kind("role", _profile, _profiles_offered, literal=_profile_literally),
    TopicId: named("topic", lambda catalog: catalog.topic_names, "a topic"),
    StepId: Kind("step", _step, _STEP.suggest, literal=_step_literally),
    ZoneName: Kind("zone", _zone, _zones_offered, literal=_zone_literally),
    time: parsed("time", parse_time),
    TypedDate: parsed("date", parse_date),
    Weekdays: replace(parsed("weekdays", parse_weekdays), offers=lambda _: _WEEKDAYS, chosen=_weekdays_chosen),
    TypedDates: parsed("dates", parse_dates),
    TopicIds: Kind("topics", _topics, greedy=True, offers=_every_topic),
    int: Kind("number", _number, literal=lambda catalog, text: bool(_NUMERAL.fullmatch(tidy(text)))),
    bool: Kind("flag", _flag, choices=("yes", "no")),
    str: Kind("text", _text, greedy=True),
    SeveralLines: Kind("lines", _lines, whole=True, greedy=True),
    PlaceRef: Kind("place", _text, greedy=True),
    PersonRef: Kind("person", _text, greedy=True),
    PingRef: Kind("ping", _text, greedy=True),
    SearchText: Kind("search", _text, _found_by, greedy=True),
    CommandName: Kind("command", _text, greedy=True),
    RoundRef: Kind("round", _tagged(lambda number, tag: RoundRef(RoundId(number), tag), "a round")),
    TrackRef: Kind("track", _tagged(lambda number, tag: TrackRef(TrackId(number), tag), "a daily question")),
    QuestionId: Kind("slug", _text),
    OptionId: Kind("slug", _text),
    Difficulty: chosen_from("level", Difficulty),
}


def _knowledge(word: str, kind: type[Knowledge]) -> Kind:
    article = "an" if word[0] in "aeiou" else "a"
    return named(word, lambda catalog: catalog.knowledge.names(kind), f"{article} {word}")


# A parameter of type TermId is a term: the type of a kind's ids names the kind, here as in the content files.
_KINDS |= {get_type_hints(kind)["id"]: _knowledge(word, kind) for word, kind in KINDS.items()}


def kind_of(annotation: Any) -> Kind:  # noqa: ANN401 - any type may be written there
    """The kind for a parameter's type; ``TypeError`` if there is none."""
    if annotation in _KINDS:
        return _KINDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return chosen_from(annotation.__name__.lower(), annotation)
    raise TypeError(f"no kind of option for {annotation!r}")
