"""The time Slack goes by: real, or a test's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. ``tests.fakes.clock.FakeClock`` fulfils it."""

    def now(self) -> datetime:
        """The moment it is, with its zone."""
        ...


class RealClock:
    """Tells the time of the machine."""

    def now(self) -> datetime:
        """The moment it is."""
        return datetime.now(UTC)
