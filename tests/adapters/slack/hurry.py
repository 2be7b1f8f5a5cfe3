"""The running loop's clock, moved by hand."""

from __future__ import annotations

import asyncio
import time

import pytest


class Hurry:
    """Makes the loop's clock go faster: what waits for a time comes due, and nobody sleeps."""

    def __init__(self, loop: asyncio.AbstractEventLoop, patch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        self._stopped: float | None = None
        self._real = loop.time
        patch.setattr(loop, "time", self._time)

    def _time(self) -> float:
        return (self._real() if self._stopped is None else self._stopped) + self._ahead

    def stop(self) -> None:
        """Let time go by only by hand from now on, however busy the machine is."""
        self._stopped = self._real()

    def go_on(self) -> None:
        """Let time go by of itself again."""
        self._stopped = None

    def by(self, seconds: float) -> None:
        """Let that much time go by."""
        self._ahead += seconds


async def turns(number: int = 50) -> None:
    """Let everything that can go on go on, without time going by."""
    for _ in range(number):
        await asyncio.to_thread(time.sleep, 0.001)
