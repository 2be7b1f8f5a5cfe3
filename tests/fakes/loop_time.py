"""The event loop's time in a test's hands: it stands still, and passes when it is told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ROUNDS = 200
"""How often everybody on the loop gets a turn until the loop counts as having nothing to do."""


class LoopTime:
    """Timers ring when ``passes`` takes the loop past them. Sockets work on."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.now = loop.time()

    async def passes(self, seconds: float) -> None:
        """Let time pass, and everybody do what they do then."""
        self.now += seconds
        await self.settled()

    async def settled(self) -> None:
        """Let everybody do what they can do without time passing."""
        for _ in range(ROUNDS):
            await asyncio.sleep(0)

    async def until(self, ask: Callable[[], object], what: str) -> None:
        """Let everybody work until something is true, without time passing for them; for a real minute at most."""
        end = time.monotonic() + 60
        while not ask():
            assert time.monotonic() < end, what
            await asyncio.sleep(0)


@contextmanager
def loop_time() -> Iterator[LoopTime]:
    """Take the running loop's time into one's hands."""
    loop = asyncio.get_running_loop()
    mine = LoopTime(loop)
    real = loop.time
    loop.time = lambda: mine.now  # type: ignore[method-assign]
    try:
        yield mine
    finally:
        loop.time = real  # type: ignore[method-assign]
