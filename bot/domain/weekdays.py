"""Weekdays as people type them: ``mon-fri``, ``mon, wed and fri``, ``weekdays``, ``every day except sun``."""

from __future__ import annotations

import re

from bot.domain.explained import NotUnderstood
from bot.domain.schedule import EVERY_DAY, WEEKDAYS

WANTED = 'weekdays such as "mon-fri", "mon wed fri" or "every day"'
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETS = {
    **dict.fromkeys(("every day", "everyday", "daily", "all", "all days", "all week", "7 days", "each day"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "working days", "work days", "business days"), WEEKDAYS),
    **dict.fromkeys(("every weekday", "on weekdays", "each weekday"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends", "the weekend", "every weekend"), EVERY_DAY - WEEKDAYS),
}
_SEPARATORS = re.compile(r"[\s,;/&+]+|\band\b|\bplus\b|\bon\b|\bevery\b")
_RANGE = re.compile(r"\s*(?:[-\u2010-\u2015]|\.\.+|\b(?:to|until|till|through|thru)\b)\s*")
_EXCEPT = re.compile(r"\b(?:except(?: on| for)?|but not(?: on)?|without|not on)\b")


def parse_weekdays(text: str) -> frozenset[int]:
    """Read weekdays in words."""
    wanted, *left_out = _EXCEPT.split(text.casefold(), maxsplit=1)
    found = _days(wanted) - (_days(left_out[0]) if left_out else frozenset())
    if not found:
        raise NotUnderstood(WANTED, "mon-fri")
    return found


def _days(text: str) -> frozenset[int]:
    text = " ".join(text.strip(" ,;").split())
    if text in _SETS:
        return _SETS[text]
    found: set[int] = set()
    for word in _SEPARATORS.split(_RANGE.sub("-", text)):
        if word in _SETS:
            found |= _SETS[word]
        elif word:
            first, dash, last = word.partition("-")
            start = _weekday(first)
            end = _weekday(last) if dash else start
            found |= {(start + i) % 7 for i in range((end - start) % 7 + 1)}
    if not found:
        raise NotUnderstood(WANTED, "mon-fri")
    return frozenset(found)


def _weekday(word: str) -> int:
    word = word.removesuffix(".")
    stem = word.removesuffix("s") if len(word) > 3 else word
    for number, name in enumerate(DAYS):
        if len(stem) >= 2 and name.startswith(stem):
            return number
    raise NotUnderstood(WANTED, "mon-fri")
