"""Spans of time as people type them: ``7d``, ``3 hours``, ``a week``."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.not_understood import NotUnderstood

_SPAN = re.compile(r"(\d{1,4}|an?|one)\s*(?:(m)(?:ins?|inutes?)?|(h)(?:rs?|ours?)?|(d)(?:ays?)?|(w)(?:ks?|eeks?)?)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


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
