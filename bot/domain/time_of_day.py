"""Times of day and spans of time as people type them: ``9 pm``, ``21h30``, ``half past nine``; ``7d``, ``3 hours``."""

from __future__ import annotations

import re
from datetime import time, timedelta

from bot.domain.explained import NotUnderstood

WANTED = "a time as HH:MM, such as 09:00 or 18:30; 9 pm works too"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_MINUTES = {"fifteen": "15", "thirty": "30", "forty-five": "45", "forty five": "45"}
_NOON = ("noon", "midday", "12 noon", "12 midday")
_MIDNIGHT = ("midnight", "12 midnight")
_24_HOURS = re.compile(r"(\d{1,2})[:.,](\d{2})(?::00)?(?:\s*(?:h|hrs?|hours?|uhr|o'?clock))?")
_WITH_H = re.compile(r"(\d{1,2})\s*(?:h|uhr)\s*(\d{2})?")
_RUN_TOGETHER = re.compile(r"(\d{1,2})(\d{2})\s*(?:h|hrs?|hours?|uhr)?")
_HALF_DAY = re.compile(r"(\d{1,2})(?:[:.,\s]?(\d{2}))?\s*(?:o'?clock\s*)?([ap])\.?\s*(?:m\.?)?")
_PART_OF_DAY = re.compile(
    r"(\d{1,2})(?:[:.,\s]?(\d{2}))?\s*(?:o'?clock\s*)?(?:in the |at )?(morning|afternoon|evening|night)"
)
_SPOKEN = re.compile(r"(half past|half|quarter past|quarter to|halb) (\d{1,2})(?:\s*([ap])\.?\s*m\.?)?")
_HOUR = re.compile(r"(\d{1,2})\s*(?:o'?clock)?")
_ONE_DIGIT_MINUTE = re.compile(r"(\d{1,2}):(\d)")
_SPAN = re.compile(r"(\d{1,4}|an?|one)\s*(?:(m)(?:ins?|inutes?)?|(h)(?:rs?|ours?)?|(d)(?:ays?)?|(w)(?:ks?|eeks?)?)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_time(text: str) -> time:
    """Read a time of day; ask where it may mean the morning or the evening."""
    folded = " ".join(text.casefold().replace("\uff1a", ":").split())
    folded = _NUMBER.sub(lambda found: str(_NUMBERS.index(found[0]) + 1), folded.removeprefix("at "))
    for word, digits in _MINUTES.items():
        folded = folded.replace(f" {word}", f":{digits}")
    if folded in _NOON or folded in _MIDNIGHT:
        return time(12 if folded in _NOON else 0)
    if found := _24_HOURS.fullmatch(folded) or _WITH_H.fullmatch(folded) or _RUN_TOGETHER.fullmatch(folded):
        return _time(int(found[1]), int(found[2] or 0))
    if found := _HALF_DAY.fullmatch(folded):
        return _half_day(int(found[1]), int(found[2] or 0), afternoon=found[3] == "p")
    if found := _PART_OF_DAY.fullmatch(folded):
        return _part_of_day(int(found[1]), int(found[2] or 0), found[3])
    if found := _SPOKEN.fullmatch(folded):
        return _spoken(found[1], int(found[2]), found[3])
    if found := _HOUR.fullmatch(folded):
        if found[1].startswith("0") or not 0 < int(found[1]) < 12:
            return _time(int(found[1]), 0)
        raise _asked([int(found[1]) * 60, int(found[1]) * 60 + 720])
    if (found := _ONE_DIGIT_MINUTE.fullmatch(folded)) and int(found[1]) < 24 and int(found[2]) < 6:
        hour, digit = int(found[1]), int(found[2])
        if digit == 0:
            return time(hour)
        raise _asked([hour * 60 + digit, hour * 60 + digit * 10])
    raise NotUnderstood(WANTED)


def _time(hour: int, minute: int) -> time:
    if hour < 24 and minute < 60:
        return time(hour, minute)
    raise NotUnderstood(WANTED, *(["00:00"] if (hour, minute) == (24, 0) else []))


def _half_day(hour: int, minute: int, *, afternoon: bool) -> time:
    if 1 <= hour <= 12 and minute < 60:
        return time(hour % 12 + (12 if afternoon else 0), minute)
    # "13 pm" and "0 am" are no times on a 12-hour clock, but they leave little doubt.
    if minute < 60 and (12 < hour < 24 if afternoon else hour == 0):
        raise NotUnderstood(WANTED, f"{hour:02d}:{minute:02d}")
    raise NotUnderstood(WANTED)


def _part_of_day(hour: int, minute: int, part: str) -> time:
    if not 1 <= hour <= 12:
        return _time(hour, minute)
    late = {"morning": False, "afternoon": True, "evening": True, "night": 5 <= hour < 12}[part]
    return _half_day(hour, minute, afternoon=late)


def _spoken(words: str, hour: int, half: str | None) -> time:
    """Read "half past 9"; "half 9" is 9:30 in English and 8:30 in German and Dutch, so it is asked about."""
    if not 1 <= hour <= 12:
        raise NotUnderstood(WANTED)
    minutes = {"half past": [30], "half": [-30, 30], "halb": [-30], "quarter past": [15], "quarter to": [-15]}[words]
    halves = [0, 720] if half is None else [720 if half == "p" else 0]
    meant = [(hour % 12 * 60 + late + by) % 1440 for late in halves for by in minutes]
    if len(meant) == 1:
        return time(*divmod(meant[0], 60))
    raise _asked(meant)


def _asked(minutes: list[int]) -> NotUnderstood:
    times = list(dict.fromkeys(f"{at // 60:02d}:{at % 60:02d}" for at in minutes))
    return NotUnderstood(WANTED, *times, question="can be more than one time of day. Which one do you mean?")


def parse_span(text: str) -> timedelta:
    """A span such as ``7d``, ``3 hours``, ``30m`` or ``2w``, at most ten years."""
    found = _SPAN.fullmatch(text.strip().casefold())
    if not found:
        raise NotUnderstood("a span such as 7d, 3h, 30m or 2w", "1d")
    number, *units = found.groups()
    count = int(number) if number.isdecimal() else 1
    span = timedelta(**{_UNITS[unit]: count for unit in units if unit})
    if span > timedelta(days=3660):
        raise NotUnderstood("a span of at most ten years")
    return span
