"""A guard: a promise, the line of code that keeps it, and the test that turns red without it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("guards.yaml")


@dataclass(frozen=True, slots=True)
class Guard:
    """A promise, and how it is broken."""

    promise: str
    file: str
    old: str
    new: str
    red: str
    """The test, as pytest names it."""

    def broken(self, code: str) -> str:
        """The code without what keeps the promise."""
        return code.replace(self.old, self.new, 1)


@cache
def guards() -> tuple[Guard, ...]:
    """Every guard of the list, in its order."""
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return tuple(
        Guard(one["promise"], one["file"], one["old"].rstrip("\n"), (one["new"] or "").rstrip("\n"), one["red"])
        for one in listed
    )
