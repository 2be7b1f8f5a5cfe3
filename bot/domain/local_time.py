"""Times, weekdays, dates and spans as people type them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from bot.domain.schedule import EVERY_DAY, WEEKDAYS

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,4})\s*(?:(m)(?:ins?|inutes?)?|(h)(?:rs?|ours?)?|(d)(?:ays?)?|(w)(?:ks?|eeks?)?)")
_SPAN_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class NotUnderstood(ValueError):
    """Typed text that means nothing here; ``meant`` is what it may have been, ready to be offered."""

    def __init__(self, wanted: str, meant: str | None = None) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.meant = meant


def parse_time(text: str) -> time:
    """A time of day on the 24-hour clock, such as ``9:00`` or ``18:30``."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text.strip())
    wanted = "a time as HH:MM on the 24-hour clock, such as 09:00 or 18:30"
    if found:
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            return time(hour, minute)
        raise NotUnderstood(wanted, "00:00" if (hour, minute) == (24, 0) else None)
    raise NotUnderstood(wanted, _guessed_time(text.strip().casefold()))


def _guessed_time(text: str) -> str | None:
    half = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?", text)
    bare = re.fullmatch(r"(\d{1,2})(\d{2})?\s*(?:h|uhr|o'clock)?", text)
    if half and 1 <= int(half[1]) <= 12:
        hour, minute = int(half[1]) % 12 + (12 if half[3] == "p" else 0), int(half[2] or 0)
    elif bare:
        hour, minute = int(bare[1]), int(bare[2] or 0)
    else:
        return None
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def parse_weekdays(text: str) -> frozenset[int]:
    """Weekdays in words: ``every day``, ``weekdays``, ``mon-fri``, ``mon wed fri``."""
    folded = text.strip().casefold()
    if folded in ("every day", "everyday", "daily", "all", "all days", "mon-sun", "mon to sun"):
        return EVERY_DAY
    if folded in ("weekdays", "workdays", "working days"):
        return WEEKDAYS
    if folded in ("weekend", "weekends"):
        return EVERY_DAY - WEEKDAYS
    folded = re.sub(r"\s*(?:-|\u2013|\bto\b)\s*", "-", folded)
    found: set[int] = set()
    for word in re.split(r"[\s,;/&+]+|\band\b", folded):
        if not word:
            continue
        first, dash, last = word.partition("-")
        start = _weekday(first)
        end = _weekday(last) if dash else start
        found |= {(start + i) % 7 for i in range((end - start) % 7 + 1)}
    if not found:
        raise NotUnderstood('weekdays such as "mon-fri", "mon wed fri" or "every day"', "mon-fri")
    return frozenset(found)


def _weekday(word: str) -> int:
    stem = word.removesuffix("s") if len(word) > 3 else word
    for number, name in enumerate(_DAYS):
        if len(stem) >= 2 and name.startswith(stem):
            return number
    raise NotUnderstood('weekdays such as "mon-fri", "mon wed fri" or "every day"', "mon-fri")


def parse_date(text: str) -> date:
    """A calendar date as ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotUnderstood("a date as YYYY-MM-DD, such as 2026-12-24") from None


def parse_dates(text: str) -> frozenset[date]:
    """Dates and stretches of dates: ``2026-12-24, 2026-12-28..2027-01-02``."""
    found: set[date] = set()
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        first, dots, last = word.partition("..")
        start = parse_date(first)
        end = parse_date(last) if dots else start
        if not 0 <= (end - start).days <= 366:
            raise NotUnderstood("a stretch of at most a year as 2026-12-24..2027-01-02, the earlier date first")
        found |= {start + timedelta(days=i) for i in range((end - start).days + 1)}
    return frozenset(found)


def parse_span(text: str) -> timedelta:
    """A span such as ``7d``, ``3 hours``, ``30m`` or ``2w``, at most ten years."""
    found = _SPAN.fullmatch(text.strip().casefold())
    if not found:
        raise NotUnderstood("a span such as 7d, 3h, 30m or 2w", "1d")
    number, *units = found.groups()
    span = timedelta(**{_SPAN_UNITS[unit]: int(number) for unit in units if unit})
    if span > timedelta(days=3660):
        raise NotUnderstood("a span of at most ten years")
    return span
