"""Faults in something an author wrote: the rule it breaks, the field, and what would fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

At = tuple[str | int, ...]
"""Where within an item: field names and positions in lists, such as ``("options", 2, "why")``."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LIMIT = 32


class Level(StrEnum):
    """The weight of a finding."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Fault:
    """A thing to mend, in a sentence for the author."""

    rule: str
    """The rule of the content check it breaks, such as ``L11``."""
    at: At
    text: str


class Faulty(ValueError):
    """Raised by a value that cannot stand; holds all that is wrong with it, not only the first thing."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.text for fault in faults))
        self.faults = faults


def refuse(faults: Iterable[Fault]) -> None:
    """Raise ``Faulty`` if there is any fault."""
    found = tuple(faults)
    if found:
        raise Faulty(found)


def slug(field: str, value: str) -> Iterator[Fault]:
    """An id of short lower-case words joined by hyphens, so that it fits a button, address and file name."""
    if len(value) > SLUG_LIMIT or not SLUG.fullmatch(value):
        yield Fault(
            "L03",
            (field,),
            f"{field} {value!r} must be lower-case words joined by hyphens, at most {SLUG_LIMIT} characters",
        )


def text(at: str | At, value: str, most: int, least: int = 1, *, rule: str = "L11") -> Iterator[Fault]:
    """A text that says something and fits."""
    path = (at,) if isinstance(at, str) else at
    what = path[0] if len(path) == 1 else f"a line of {path[0]}"
    if not value.strip():
        yield Fault("L02", path, f"{what} is empty")
    elif len(value) < least:
        yield Fault(rule, path, f"{what} has {len(value)} characters, at least {least} are wanted")
    elif len(value) > most:
        yield Fault(rule, path, f"{what} has {len(value)} characters, at most {most} fit")


def lines(field: str, values: tuple[str, ...], most: int, least: int = 0) -> Iterator[Fault]:
    """A list of texts, each of which fits a line."""
    if len(values) < least:
        yield Fault("L02", (field,), f"{field} needs at least {least} line{'s' * (least != 1)}")
    for position, value in enumerate(values):
        yield from text((field, position), value, most)
