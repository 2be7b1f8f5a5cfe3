"""Faults in something an author wrote: the rule it breaks, the field, and what would fit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

At = tuple[str | int, ...]
"""Where within an item: field names and positions in lists, such as ``("options", 2, "why")``."""


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
