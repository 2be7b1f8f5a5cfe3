"""A face with people in front of it: what the contract says of every platform is said through this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

LETTERS = frozenset("ABCD")


@dataclass(frozen=True, slots=True)
class Shown:
    """Something shown to somebody, read as a person reads it."""

    text: str
    labels: tuple[str, ...] = ()
    """What can be pressed, letters left out."""
    private: bool = True
    handle: Any = field(default=None, compare=False)
    """What the stage needs to press it."""


class Stage(Protocol):
    """One community with a daily question in #general, asked every day; ``boss`` manages."""

    async def say(self, who: str, line: str, place: str = "#general") -> Shown:
        """Use a command, as in ``/role ai engineer``."""
        ...

    async def press(self, who: str, label: str, on: Shown) -> Shown:
        """Press something that was shown to that person."""
        ...

    async def fill(self, who: str, form: Shown, name: str, values: Mapping[str, str]) -> Shown:
        """Fill in the form of that name, which opened, and send it; fields left out stay as they are."""
        ...

    async def correct(self, who: str, wrong: Shown, values: Mapping[str, str]) -> Shown:
        """Fill in what was at fault in a form and send it again."""
        ...

    async def answer(self, who: str, letter: str) -> Shown:
        """Press a letter on the newest post in #general."""
        ...

    async def more(self, who: str) -> Shown:
        """Press More on the newest post in #general."""
        ...

    async def post(self) -> str:
        """The newest post in #general."""
        ...

    async def tomorrow(self) -> str:
        """Live on to the next question; everything that came or changed in the channels meanwhile."""
        ...

    async def restart(self) -> None:
        """The bot is stopped and started again."""
        ...
