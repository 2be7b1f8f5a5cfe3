"""Turns to speak to a platform: a limited number a second, posts before reveals."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from bot.ports.publisher import Priority, Uncertain

T = TypeVar("T")

CALL_TIMEOUT = 30.0
"""Seconds after which a call's outcome counts as unknown; well under the lease of a post."""

_RANK = {Priority.POST: 0, Priority.REVEAL: 1}


class Pacer:
    """Hands out turns at a steady rate; who asks with a higher priority goes first."""

    def __init__(
        self,
        per_second: float,
        time: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / per_second
        self._time = time
        self._sleep = sleep
        self._next = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._serving: asyncio.Task[None] | None = None

    async def turn(self, priority: Priority) -> None:
        """Wait for a turn."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (_RANK[priority], next(self._order), future))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        await future

    async def in_turn(self, priority: Priority, call: Callable[[], Awaitable[T]]) -> T | Uncertain:
        """Call the platform when the turn has come."""
        await self.turn(priority)
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                return await call()
        except TimeoutError:
            return Uncertain()

    async def _serve(self) -> None:
        time = self._time or asyncio.get_running_loop().time
        late_at_most = 0.0
        while self._waiting:
            now = time()
            if now < self._next:
                await self._sleep(self._next - now)
                # A timer rings late, the later the busier the machine: half a turn of that is made up for, so that
                # a second has at most one turn more than the rate.
                late_at_most = self._interval / 2
                continue
            _, _, future = heapq.heappop(self._waiting)
            if future.done():  # whoever waited was cancelled
                continue
            # Never make up for idle time: a burst would break the platform's limit.
            self._next = max(self._next, time() - late_at_most) + self._interval
            future.set_result(None)
