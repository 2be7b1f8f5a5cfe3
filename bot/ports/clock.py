"""The time, and chance: the only two things features are handed instead of fetching."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time in UTC, and how much time passes."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC. It can jump: people and time servers set clocks."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment. It never jumps, and may stand still while the machine sleeps."""
        ...


class Dice(Protocol):
    """Draws seeds; everything random follows from one."""

    def seed(self) -> int:
        """A number between 0 and 2**31 - 1."""
        ...
