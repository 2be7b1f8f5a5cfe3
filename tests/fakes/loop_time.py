"""The event loop's time in a test's hands: it stands still, and passes when it is told to, or goes on by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.fakes.patience import PATIENCE

ROUNDS = 200
"""How often everybody on the loop gets a turn until the loop counts as having nothing to do."""


class LoopTime:
    """Timers ring when the loop is taken past them. Sockets work on."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._real = loop.time
        self._ahead = 0.0
        self._stopped: float | None = None

    @property
    def now(self) -> float:
        """The time on the loop's clock."""
        return (self._real() if self._stopped is None else self._stopped) + self._ahead

    def stop(self) -> None:
        """Let time go by only by hand from now on, however busy the machine is."""
        self._stopped = self._real()

    def go_on(self) -> None:
        """Let time go by of itself again."""
        self._stopped = None

    def by(self, seconds: float) -> None:
        """Let that much time go by; who waited for it gets a turn when the test waits for something."""
        self._ahead += seconds

    async def passes(self, seconds: float) -> None:
        """Let time pass, and everybody do what they do then."""
        self.by(seconds)
        await self.settled()

    async def settled(self) -> None:
        """Let everybody do what they can do without time passing."""
        for _ in range(ROUNDS):
            await asyncio.sleep(0)

    async def until(self, ask: Callable[[], object], what: str) -> None:
        """Let everybody work until something is true, those on threads too, without time passing for them."""
        end = time.monotonic() + PATIENCE
        while not ask():
            assert time.monotonic() < end, f"it never came: {what}"
            await turns(1)


@contextmanager
def loop_time(*, stopped: bool = True) -> Iterator[LoopTime]:
    """Take the running loop's time into one's hands."""
    loop = asyncio.get_running_loop()
    mine = LoopTime(loop)
    real = loop.time
    if stopped:
        mine.stop()
    loop.time = lambda: mine.now  # type: ignore[method-assign]
    try:
        yield mine
    finally:
        loop.time = real  # type: ignore[method-assign]


async def turns(number: int = 50) -> None:
    """Let everybody go on, those on threads and at sockets too, without time going by for the loop."""
    for _ in range(number):
        await asyncio.to_thread(time.sleep, 0.001)
