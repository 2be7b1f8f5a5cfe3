"""Texts that mean a number, a truth, a day or one of a few words: strictly one way of writing each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from bot.catalog.nearest import instead

SHOWN = 60
"""So much of a text is repeated in a sentence about it."""


def whole_number(value: object) -> int:
    """``12``; not ``012``, ``1_000``, ``1.0`` or ``+1``, which people read differently."""
    if isinstance(value, str) and re.fullmatch(r"0|-?[1-9][0-9]{0,17}", value):
        return int(value)
    raise ValueError(f"must be a whole number such as 12, not {as_written(value)}")


def truth(value: object) -> bool:
    """``true`` or ``false``, and nothing else."""
    if value in ("true", "false"):
        return value == "true"
    raise ValueError(f"must be true or false, not {as_written(value)}")


def day(value: object) -> date:
    """``2027-05-01``, the one order of numbers everybody reads alike."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(f"must be a date such as 2027-05-01, not {as_written(value)}")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value} is not in the calendar: write a date such as 2027-05-01") from None


def one_of(kind: type[Enum]) -> Callable[[object], Any]:
    """A word of the enum."""
    words = {member.value: member for member in kind}

    def choose(value: object) -> Enum:
        if isinstance(value, str) and value in words:
            return words[value]
        fix = instead(value, words) if isinstance(value, str) else f"choose one of {', '.join(words)}"
        raise ValueError(f"cannot be {as_written(value)}: {fix}")

    return choose


def as_written(value: object) -> str:
    """Quote what an author wrote, as a sentence can hold it."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    text = str(value)
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "\u2026")
